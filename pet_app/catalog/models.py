"""The products of the shop."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from pet_app.catalog.rules import Kind
from pet_app.core.db import UtcDateTime
from pet_app.core.ids import new_id
from pet_app.core.money import Money


class Product(SQLModel, table=True):
    """A product on the shelf, made from `design`, a design of the builder as plain JSON values.

    `picture` and `picture_small` are storage keys of square pictures, empty until rendered.
    """

    __tablename__ = "product"  # pyright: ignore[reportAssignmentType]

    id: str = Field(default_factory=new_id, primary_key=True)
    handle: str = Field(unique=True)
    kind: str = Field(index=True)
    title: str
    subtitle: str
    story: str
    details: list[list[str]] = Field(sa_type=JSON)
    design: dict[str, Any] = Field(sa_type=JSON)
    price_cents: int
    currency: str
    alt: str
    picture: str = ""
    picture_small: str = ""
    position: int = Field(default=0, index=True)
    published: bool = True
    created: datetime = Field(sa_type=UtcDateTime)

    @property
    def price(self) -> Money:
        return Money(self.price_cents, self.currency)

    @property
    def plural(self) -> str:
        """The name of the product's category."""
        return Kind(self.kind).plural
