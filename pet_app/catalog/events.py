"""What the catalogue announces."""

from dataclasses import dataclass
from typing import ClassVar

from pet_app.messaging.bus import Event


@dataclass(frozen=True)
class ProductAdded(Event):
    """A product has come into the shop; it may have no picture yet."""

    name: ClassVar[str] = "product.added"

    handle: str
