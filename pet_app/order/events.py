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
