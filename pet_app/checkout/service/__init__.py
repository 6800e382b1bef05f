"""The verbs of cart and checkout, each with the session first."""

from sqlmodel import Session

from pet_app.checkout.problems import Found, Problems
from pet_app.checkout.service.views import (
    CartLineView,
    CartView,
    CodeView,
    Estimate,
    MethodView,
    Placed,
    Review,
    TaxView,
)
from pet_app.core.security import Identity
from pet_app.user.service import Address

__all__ = [
    "CartLineView",
    "CartView",
    "CodeView",
    "Estimate",
    "Found",
    "MethodView",
    "Placed",
    "Problems",
    "Review",
    "TaxView",
    "accept_prices",
    "add_design",
    "add_variant",
    "adopt_cart",
    "begin_checkout",
    "buy_again",
    "cart_of",
    "change_quantity",
    "choose_method",
    "count_of",
    "drop_code",
    "enter_code",
    "estimate",
    "move_to_cart",
    "place_order",
    "remove",
    "review",
    "save_for_later",
    "say_where",
]


def cart_of(session: Session, identity: Identity) -> CartView:
    """Somebody's cart, priced now; an empty one for who has none. Changes nothing."""
    raise NotImplementedError


def count_of(session: Session, identity: Identity) -> int:
    """How many pieces are in the cart: for the header, one query."""
    raise NotImplementedError


def add_variant(
    session: Session, identity: Identity, variant_id: str, quantity: int, request_key: str
) -> CartView:
    """Put so many of a variant into the cart. Asking twice with one `request_key` adds once.

    Raises `NotFound`, `Invalid` with the field, and `Conflict` when there are not that many.
    """
    raise NotImplementedError


def add_design(
    session: Session, identity: Identity, design_id: str, quantity: int, request_key: str
) -> CartView:
    """Put a frozen copy of one's own saved design into the cart, else like `add_variant`.

    Raises `Invalid` with the fields at fault for what cannot be made.
    """
    raise NotImplementedError


def change_quantity(session: Session, identity: Identity, line_id: str, quantity: int) -> CartView:
    """So many of a line; 0 takes it out. Raises like `add_variant`."""
    raise NotImplementedError


def save_for_later(session: Session, identity: Identity, line_id: str) -> CartView:
    """Keep a line beside the cart."""
    raise NotImplementedError


def move_to_cart(session: Session, identity: Identity, line_id: str) -> CartView:
    """Put a line that was kept for later back into the cart."""
    raise NotImplementedError


def remove(session: Session, identity: Identity, line_id: str) -> CartView:
    """Take a line out. Safe to do twice."""
    raise NotImplementedError


def enter_code(session: Session, identity: Identity, code: str) -> CartView:
    """Use a promotion code or a gift card. Raises `Invalid` with the field `code`."""
    raise NotImplementedError


def drop_code(session: Session, identity: Identity, key: str) -> CartView:
    """Take a code away again, by its `CodeView.key`."""
    raise NotImplementedError


def accept_prices(session: Session, identity: Identity) -> CartView:
    """Note that the prices of today were seen: lines say no longer what they were."""
    raise NotImplementedError


def buy_again(session: Session, identity: Identity, order_id: str, request_key: str) -> CartView:
    """Put what an order of theirs held into the cart, as far as it can be had; what cannot be is
    in the view's `problems`. Raises `NotFound`."""
    raise NotImplementedError


def adopt_cart(session: Session, visitor_owner: str, user_owner: str) -> int:
    """Pour a guest's cart into that of the account they signed in to. Safe to do twice."""
    raise NotImplementedError


def estimate(session: Session, identity: Identity, country: str, postcode: str) -> Estimate:
    """What sending and tax would come to. Changes nothing."""
    raise NotImplementedError


def begin_checkout(session: Session, identity: Identity) -> Review:
    """Somebody went from the cart to the checkout: the first review, and word of it."""
    raise NotImplementedError


def say_where(session: Session, identity: Identity, email: str, address: Address | None) -> Review:
    """Who it is for and where it goes; `address` comes from `user.service.checked_address`, made
    before the transaction. None where nothing is sent by post. Raises `Invalid` with the fields."""
    raise NotImplementedError


def choose_method(session: Session, identity: Identity, method: str) -> Review:
    """How it is to be sent: the `key` of one of `Review.methods`. Raises `Invalid`."""
    raise NotImplementedError


def review(session: Session, identity: Identity) -> Review:
    """All that is about to be agreed to, worked out now. Changes nothing."""
    raise NotImplementedError


def place_order(session: Session, identity: Identity, digest: str, request_key: str) -> Placed:
    """Place the order that was shown under `digest`, hold its stock and open its payment.

    The same click twice, or the same order again while it waits to be paid, gives the same one.
    Raises `Problems` when anything is other than it was shown.
    """
    raise NotImplementedError
