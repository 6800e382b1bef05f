"""The products of the shop: variants and stock, what people think of them and look at."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from pet_app.catalog.indexes import attach
from pet_app.catalog.rules import Kind
from pet_app.core.db import UtcDateTime
from pet_app.core.ids import new_id
from pet_app.core.money import Money


class Product(SQLModel, table=True):
    """A product on the shelf. `design` is what its picture is rendered from: one of the builder
    as plain JSON values, or a simple thing; `made` says that the workshop makes it to order.

    `picture` and `picture_small` are storage keys of square pictures, empty until rendered, `views`
    those of further ones by what they show (`front`, `turntable`). `price_cents` is the lowest of
    its variants; `rating_sum` and `ratings` count published reviews.
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
    views: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    species: str = Field(default="dog", index=True)
    tags: list[str] = Field(sa_type=JSON)
    made: bool = True
    ratings: int = 0
    rating_sum: int = 0
    sold: int = Field(default=0, index=True)
    position: int = Field(default=0, index=True)
    published: bool = True
    changed: datetime = Field(sa_type=UtcDateTime, index=True)
    created: datetime = Field(sa_type=UtcDateTime)

    @property
    def price(self) -> Money:
        return Money(self.price_cents, self.currency)

    @property
    def plural(self) -> str:
        """The name of the product's category."""
        return Kind(self.kind).plural


class Variant(SQLModel, table=True):
    """What is put into a cart: one product in one size and colour.

    `stock` is what lies on the shelf, None for what is made to order; `reserved` of it is promised
    to orders that are being paid. `options` are `[name, value]` in their order. `design` is the
    frozen design of this very size, empty for what the workshop does not make.
    """

    __tablename__ = "variant"  # pyright: ignore[reportAssignmentType]

    id: str = Field(default_factory=new_id, primary_key=True)
    product_id: str = Field(foreign_key="product.id", index=True)
    sku: str = Field(unique=True)
    options: list[list[str]] = Field(sa_type=JSON)
    design: dict[str, Any] = Field(sa_type=JSON)
    price_cents: int = Field(index=True)
    currency: str
    weight_g: int
    stock: int | None = None
    reserved: int = 0
    position: int = 0
    published: bool = True

    @property
    def price(self) -> Money:
        return Money(self.price_cents, self.currency)


class ProductWords(SQLModel, table=True):
    """What a product is found by, as `catalog.spelling` takes words; `number` is its place in the
    indexes search stands on."""

    __tablename__ = "product_words"  # pyright: ignore[reportAssignmentType]

    number: int | None = Field(default=None, primary_key=True)
    product_id: str = Field(foreign_key="product.id", unique=True)
    title: str
    rest: str


class SearchWord(SQLModel, table=True):
    """A word that products are found by, and how it is shown to who meant it."""

    __tablename__ = "search_word"  # pyright: ignore[reportAssignmentType]

    number: int | None = Field(default=None, primary_key=True)
    word: str = Field(unique=True)
    shown: str


for _found_by in (ProductWords, SearchWord):
    attach(SQLModel.metadata.tables[str(_found_by.__tablename__)])


class Facet(SQLModel, table=True):
    """One value by which a product can be filtered: `size` M, `colour` pine, `material` leather."""

    __tablename__ = "product_facet"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (UniqueConstraint("facet", "value", "product_id"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    product_id: str = Field(foreign_key="product.id", index=True)
    facet: str
    value: str


class Reservation(SQLModel, table=True):
    """Stock promised to one holder (an order's id) until it is taken, or given back."""

    __tablename__ = "stock_reservation"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (UniqueConstraint("holder", "variant_id"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    holder: str
    variant_id: str = Field(foreign_key="variant.id", index=True)
    quantity: int
    state: str
    until: datetime = Field(sa_type=UtcDateTime, index=True)


class StockMove(SQLModel, table=True):
    """Why a stock changed; the sum of a variant's moves is its stock."""

    __tablename__ = "stock_move"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (UniqueConstraint("variant_id", "reference", "reason"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    variant_id: str = Field(foreign_key="variant.id", index=True)
    change: int
    reason: str
    reference: str
    created: datetime = Field(sa_type=UtcDateTime)


class Purchase(SQLModel, table=True):
    """That somebody bought a product, and so may say what they think of it."""

    __tablename__ = "purchase"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (UniqueConstraint("owner", "product_id"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    owner: str = Field(index=True)
    product_id: str = Field(foreign_key="product.id", index=True)
    order_number: str
    created: datetime = Field(sa_type=UtcDateTime)


class Review(SQLModel, table=True):
    """What a buyer says of a product; shown once somebody has read it. `state` is one of
    `catalog.rules.ReviewState`."""

    __tablename__ = "review"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (UniqueConstraint("owner", "product_id"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    owner: str = Field(index=True)
    product_id: str = Field(foreign_key="product.id", index=True)
    rating: int
    title: str
    text: str
    shown_name: str
    state: str = Field(index=True)
    answer: str = ""
    created: datetime = Field(sa_type=UtcDateTime)
    changed: datetime = Field(sa_type=UtcDateTime)


class Wish(SQLModel, table=True):
    """A product somebody wants to find again."""

    __tablename__ = "wish"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (UniqueConstraint("owner", "product_id"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    owner: str = Field(index=True)
    product_id: str = Field(foreign_key="product.id", index=True)
    created: datetime = Field(sa_type=UtcDateTime)


class Look(SQLModel, table=True):
    """A product somebody looked at lately."""

    __tablename__ = "product_look"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (UniqueConstraint("owner", "product_id"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    owner: str = Field(index=True)
    product_id: str = Field(foreign_key="product.id", index=True)
    at: datetime = Field(sa_type=UtcDateTime)
