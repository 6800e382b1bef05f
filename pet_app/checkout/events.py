"""What cart and checkout announce; `owner` is an `Identity.owner`, an id that names nobody."""

from dataclasses import dataclass
from typing import ClassVar

from pet_app.messaging.bus import Event


@dataclass(frozen=True)
class CartLineAdded(Event):
    """Something was put into a cart."""

    name: ClassVar[str] = "cart.line_added"

    owner: str
    thing: str
    quantity: int
    unit_cents: int
    currency: str


@dataclass(frozen=True)
class CheckoutBegun(Event):
    """Somebody went from the cart to the checkout."""

    name: ClassVar[str] = "checkout.begun"

    owner: str
    items_cents: int
    currency: str


@dataclass(frozen=True)
class ShippingChosen(Event):
    """Somebody said how it is to be sent."""

    name: ClassVar[str] = "checkout.shipping_chosen"

    owner: str
    method: str


@dataclass(frozen=True)
class PaymentBegun(Event):
    """Somebody went from the checkout to pay."""

    name: ClassVar[str] = "checkout.payment_begun"

    owner: str
    order_id: str
    due_cents: int
    currency: str


@dataclass(frozen=True)
class GiftCardIssued(Event):
    """A gift card somebody bought was made; its code is to be mailed."""

    name: ClassVar[str] = "gift_card.issued"

    card_id: str
    order_id: str
