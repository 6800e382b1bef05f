"""What the catalogue announces."""

from dataclasses import dataclass
from typing import ClassVar

from pet_app.messaging.bus import Event


@dataclass(frozen=True)
class ProductAdded(Event):
    """A product has come into the shop; it may have no picture yet."""

    name: ClassVar[str] = "product.added"

    handle: str


@dataclass(frozen=True)
class ProductChanged(Event):
    """A product is shown otherwise than before: its price, its words, its place on the shelf."""

    name: ClassVar[str] = "product.changed"

    handle: str


@dataclass(frozen=True)
class StockChanged(Event):
    """A variant was counted, sold or put back; `available` is None for what is made to order."""

    name: ClassVar[str] = "product.stock_changed"

    variant_id: str
    available: int | None


@dataclass(frozen=True)
class ReviewWritten(Event):
    """A buyer said what they think of a product; somebody has to read it."""

    name: ClassVar[str] = "product.review_written"

    review_id: str


@dataclass(frozen=True)
class ReviewDecided(Event):
    """A review was let onto the page, or was not."""

    name: ClassVar[str] = "product.review_decided"

    review_id: str
    state: str


@dataclass(frozen=True)
class ProductViewed(Event):
    """Somebody looked at a product. `owner` is whose browser that was, empty without cookies."""

    name: ClassVar[str] = "product.viewed"

    handle: str
    owner: str


@dataclass(frozen=True)
class ViewsMissed(Event):
    """Somebody looked at a product that has no further pictures yet, or a card of another price."""

    name: ClassVar[str] = "product.views_missed"

    handle: str
