"""What orders announce."""

from dataclasses import dataclass
from typing import ClassVar

from pet_app.messaging.bus import Event


@dataclass(frozen=True)
class OrderPlaced(Event):
    """An order was placed; it is not paid yet."""

    name: ClassVar[str] = "order.created"

    order_id: str
    number: str


@dataclass(frozen=True)
class OrderStatusChanged(Event):
    """An order moved on."""

    name: ClassVar[str] = "order.status_changed"

    order_id: str
    was: str
    now: str


@dataclass(frozen=True)
class OrderPaid(Event):
    """An order is paid: the purchase is made."""

    name: ClassVar[str] = "order.paid"

    order_id: str
    number: str
    total_cents: int
    currency: str


@dataclass(frozen=True)
class OrderCancelled(Event):
    """An order came to nothing; `paid` says whether money had come in."""

    name: ClassVar[str] = "order.cancelled"

    order_id: str
    paid: bool


@dataclass(frozen=True)
class OrderShipped(Event):
    """A parcel of an order is on its way."""

    name: ClassVar[str] = "order.shipped"

    order_id: str
    shipment_id: str


@dataclass(frozen=True)
class OrderDelivered(Event):
    """Everything of an order has arrived."""

    name: ClassVar[str] = "order.delivered"

    order_id: str


@dataclass(frozen=True)
class ReturnAsked(Event):
    """A customer wants to send something back, or to have it made once more."""

    name: ClassVar[str] = "order.return_asked"

    order_id: str
    request_id: str


@dataclass(frozen=True)
class ReturnDecided(Event):
    """The shop has answered such a request, or received what was sent back."""

    name: ClassVar[str] = "order.return_decided"

    order_id: str
    request_id: str
    state: str


@dataclass(frozen=True)
class GiftMoneyBack(Event):
    """Money of a paid order goes back onto the gift cards it was paid with, once for each key."""

    name: ClassVar[str] = "order.gift_money_back"

    order_id: str
    cents: int
    key: str


@dataclass(frozen=True)
class OrderTroubled(Event):
    """Something about an order wants somebody of the staff. `step_id` is what its timeline says."""

    name: ClassVar[str] = "order.troubled"

    order_id: str
    step_id: str


@dataclass(frozen=True)
class OrderLinkAsked(Event):
    """Somebody who knows number and e-mail wants the link that opens an order."""

    name: ClassVar[str] = "order.link_asked"

    order_id: str
