"""Who is asking: the identity every verb is given."""

from dataclasses import dataclass, field

from pet_app.core.errors import Forbidden, NotSignedIn, SecondFactorNeeded
from pet_app.core.security.permissions import Permission, Role, is_granted, is_guarded

NOT_ALLOWED = "Your account does not allow this."
SECOND_FACTOR_FIRST = (
    "This needs a second step at sign-in. Set one up in your settings, under Security, "
    "then sign in again."
)


@dataclass(frozen=True)
class Identity:
    """Who is asking. `visitor` is the SHA-256 of the visitor cookie, empty without one.

    `strong` says that a second factor was shown. `scopes` is None for a browser and what a token
    may do for a program. `session` names the sign-in or token, as its owner may see it.
    """

    visitor: str = ""
    user_id: str | None = None
    role: Role | None = None
    name: str = ""
    email: str = field(default="", repr=False)
    demo: bool = False
    strong: bool = False
    scopes: frozenset[str] | None = None
    session: str = ""

    @property
    def signed_in(self) -> bool:
        return self.user_id is not None

    @property
    def owners(self) -> tuple[str, ...]:
        """Every `owner` value whose rows are theirs, the preferred one first; may be empty."""
        user = (user_owner(self.user_id),) if self.user_id else ()
        return user + ((visitor_owner(self.visitor),) if self.visitor else ())

    @property
    def owner(self) -> str:
        """The `owner` to write on a new row. Raises `NotSignedIn` for a caller without cookies."""
        if not self.owners:
            raise NotSignedIn("Sign in, or allow cookies, so that we can keep this for you.")
        return self.owners[0]

    def may(self, permission: Permission) -> bool:
        """Whether this is theirs to do, the second factor included where it takes one."""
        return is_granted(permission, self.role) and self._is_sure_enough(permission)

    def must(self, permission: Permission) -> None:
        """Raise `NotSignedIn` for a guest, `Forbidden` for who may not do this, and
        `SecondFactorNeeded` for who may not yet."""
        if not self.signed_in:
            raise NotSignedIn("Sign in to go on.")
        if not is_granted(permission, self.role):
            raise Forbidden(NOT_ALLOWED)
        if not self._is_sure_enough(permission):
            raise SecondFactorNeeded(SECOND_FACTOR_FIRST)

    def _is_sure_enough(self, permission: Permission) -> bool:
        return not is_guarded(permission) or self.strong or self.demo


GUEST = Identity()


def user_owner(user_id: str) -> str:
    """The `owner` value of everything a signed-in person has."""
    return f"user:{user_id}"


def visitor_owner(visitor: str) -> str:
    """The `owner` value of everything a guest has; `visitor` is already hashed."""
    return f"visitor:{visitor}"
