"""Who may do what: roles, the permissions they have, and the scopes a token can carry."""

from enum import StrEnum


class Role(StrEnum):
    """What a signed-in person may be; a guest has none."""

    USER = "user"
    STAFF = "staff"
    CLERK = "clerk"
    ADMIN = "admin"


class Permission(StrEnum):
    """What a verb, a page or a handler asks of whoever calls it."""

    ACCOUNT = "account"
    """To have things of one's own: pets, designs, settings."""
    WORKSHOP = "workshop"
    """To see everybody's designs, and what making them takes."""
    CATALOGUE = "catalogue"
    """To change products, stock, codes and gift cards, and to decide on reviews."""
    ORDERS = "orders"
    """To see everybody's orders, move them on, and send money back."""
    LICENCES = "licences"
    """To decide on applications for a pet licence."""
    ADMINISTER = "administer"
    """To change accounts, roles and the running of the shop."""


EVERYBODY = frozenset(Role)
GRANTED: dict[Permission, frozenset[Role]] = {
    Permission.ACCOUNT: EVERYBODY,
    Permission.WORKSHOP: frozenset({Role.STAFF, Role.ADMIN}),
    Permission.CATALOGUE: frozenset({Role.STAFF, Role.ADMIN}),
    Permission.ORDERS: frozenset({Role.STAFF, Role.ADMIN}),
    Permission.LICENCES: frozenset({Role.CLERK, Role.ADMIN}),
    Permission.ADMINISTER: frozenset({Role.ADMIN}),
}
"""Every permission and the roles that have it."""


class Scope(StrEnum):
    """What the owner of a token lets a program do in their name."""

    PROFILE_READ = "profile:read"
    PROFILE_WRITE = "profile:write"
    ADDRESSES_READ = "addresses:read"
    ADDRESSES_WRITE = "addresses:write"
    PETS_READ = "pets:read"
    PETS_WRITE = "pets:write"
    DESIGNS_READ = "designs:read"
    DESIGNS_WRITE = "designs:write"
    CART_READ = "cart:read"
    CART_WRITE = "cart:write"
    ORDERS_READ = "orders:read"
    ORDERS_WRITE = "orders:write"
    WISHES_READ = "wishes:read"
    WISHES_WRITE = "wishes:write"
    WORKSHOP_READ = "workshop:read"
    CATALOGUE_WRITE = "catalogue:write"
    SALES_WRITE = "sales:write"
    LICENCES_READ = "licences:read"
    LICENCES_WRITE = "licences:write"
    DESK_READ = "desk:read"
    DESK_WRITE = "desk:write"


SCOPE_WORDS = {
    Scope.PROFILE_READ: "See your name, e-mail address and preferences",
    Scope.PROFILE_WRITE: "Change your name and preferences",
    Scope.ADDRESSES_READ: "See your postal addresses",
    Scope.ADDRESSES_WRITE: "Add, change and remove your postal addresses",
    Scope.PETS_READ: "See your pets and their measurements",
    Scope.PETS_WRITE: "Add, change and remove your pets",
    Scope.DESIGNS_READ: "See your designs",
    Scope.DESIGNS_WRITE: "Save, change and remove your designs",
    Scope.CART_READ: "See your cart",
    Scope.CART_WRITE: "Put things into your cart, and place orders",
    Scope.ORDERS_READ: "See your orders",
    Scope.ORDERS_WRITE: "Cancel and return your orders",
    Scope.WISHES_READ: "See your wish list and your reviews",
    Scope.WISHES_WRITE: "Change your wish list, and write reviews",
    Scope.CATALOGUE_WRITE: "Change products, stock and codes, if your work is that",
    Scope.SALES_WRITE: "Move everybody's orders and refund them, if your work is that",
    Scope.LICENCES_READ: "See your pets' licences and what you asked for",
    Scope.LICENCES_WRITE: "Ask for licences, renew them and hand them on",
    Scope.DESK_READ: "See the licence desk of your towns, if your work is that",
    Scope.DESK_WRITE: "Decide at the licence desk of your towns, if your work is that",
    Scope.WORKSHOP_READ: "See everybody's designs and what making them takes, if your work is that",
}
"""What each scope lets a program do, as its owner reads it."""


def is_granted(permission: Permission, role: Role | None) -> bool:
    """Whether a role has a permission; a guest has none."""
    return role in GRANTED[permission]


def is_guarded(permission: Permission) -> bool:
    """Whether it reaches beyond one's own things, and so takes a second factor at sign-in."""
    return GRANTED[permission] != EVERYBODY
