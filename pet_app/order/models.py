"""Orders, their lines, their timeline, what was shipped and what comes back."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from pet_app.core.db import UtcDateTime
from pet_app.core.ids import new_id
from pet_app.core.money import Money
from pet_app.order.rules import OrderStatus


class Order(SQLModel, table=True):
    """What somebody bought, frozen as it was agreed: lines, prices, tax, where it goes.

    items - discount + shipping + tax = total; total - gift = due, which is what is paid. Of that,
    `refunded_cents` went back; `gift_back_cents` went back onto gift cards.
    `tax_lines` are `[name, percent, cents, source, date]`, `discounts` are `[code, words, cents]`;
    `checkout_key` names the click that placed it, so that a second click places nothing.
    """

    __tablename__ = "shop_order"  # pyright: ignore[reportAssignmentType]

    id: str = Field(default_factory=new_id, primary_key=True)
    number: str = Field(unique=True)
    owner: str = Field(index=True)
    email: str = Field(index=True, repr=False)
    checkout_key: str = Field(unique=True)
    status: str = Field(default=OrderStatus.PENDING_PAYMENT.value, index=True)
    currency: str
    items_cents: int
    discount_cents: int
    shipping_cents: int
    tax_cents: int
    total_cents: int
    gift_cents: int
    due_cents: int
    refunded_cents: int = 0
    gift_back_cents: int = 0
    address: dict[str, str] = Field(sa_type=JSON, repr=False)
    method: str
    method_label: str
    discounts: list[list[Any]] = Field(sa_type=JSON)
    tax_lines: list[list[Any]] = Field(sa_type=JSON)
    payment_id: str = Field(default="", index=True)
    invoice_number: str | None = Field(default=None, unique=True)
    invoice_key: str = ""
    reason: str = ""
    placed: datetime = Field(sa_type=UtcDateTime, index=True)
    pay_by: datetime = Field(sa_type=UtcDateTime, index=True)
    paid: datetime | None = Field(default=None, sa_type=UtcDateTime)
    changed: datetime = Field(sa_type=UtcDateTime)

    @property
    def total(self) -> Money:
        return Money(self.total_cents, self.currency)

    @property
    def due(self) -> Money:
        return Money(self.due_cents, self.currency)


class OrderLine(SQLModel, table=True):
    """One line: a variant of the shelf, or a design of the customer's own with its itemised price.

    unit × quantity = line; line - discount + tax is what the customer pays for it. `breakdown` is
    `[label, quantity, cents]`. `design` is frozen, empty for what is not made; `kind` is the
    catalogue's. `returned` pieces came back, `refunded` ones were paid back.
    """

    __tablename__ = "order_line"  # pyright: ignore[reportAssignmentType]

    id: str = Field(default_factory=new_id, primary_key=True)
    order_id: str = Field(foreign_key="shop_order.id", index=True)
    position: int
    variant_id: str = ""
    kind: str = ""
    sku: str
    handle: str = ""
    title: str
    words: str
    design: dict[str, Any] = Field(sa_type=JSON)
    design_id: str = Field(default="", index=True)
    content_key: str = ""
    breakdown: list[list[Any]] = Field(sa_type=JSON)
    picture: str = ""
    unit_cents: int
    quantity: int
    line_cents: int
    discount_cents: int
    tax_cents: int
    weight_g: int
    returned: int = 0
    refunded: int = 0


class OrderStep(SQLModel, table=True):
    """One entry of an order's timeline. `by` is an owner, or a part of the shop."""

    __tablename__ = "order_step"  # pyright: ignore[reportAssignmentType]

    id: str = Field(default_factory=new_id, primary_key=True)
    order_id: str = Field(foreign_key="shop_order.id", index=True)
    what: str
    words: str
    by: str
    internal: bool = False
    at: datetime = Field(sa_type=UtcDateTime)


class Shipment(SQLModel, table=True):
    """A parcel: `lines` are `[line_id, quantity]`."""

    __tablename__ = "shipment"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (UniqueConstraint("carrier", "tracking_number"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    order_id: str = Field(foreign_key="shop_order.id", index=True)
    carrier: str
    tracking_number: str
    lines: list[list[Any]] = Field(sa_type=JSON)
    shipped: datetime = Field(sa_type=UtcDateTime)
    delivered: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ReturnRequest(SQLModel, table=True):
    """A line that is to come back (`return`), or to be made once more so that it fits (`remake`).

    `photo` is a storage key. `state` is one of `order.rules.ReturnState`.
    """

    __tablename__ = "return_request"  # pyright: ignore[reportAssignmentType]

    id: str = Field(default_factory=new_id, primary_key=True)
    order_id: str = Field(foreign_key="shop_order.id", index=True)
    line_id: str = Field(foreign_key="order_line.id", index=True)
    kind: str
    quantity: int
    reason: str
    words: str = ""
    photo: str = ""
    state: str = Field(default="asked", index=True)
    answer: str = ""
    decided_by: str = ""
    created: datetime = Field(sa_type=UtcDateTime)
    changed: datetime = Field(sa_type=UtcDateTime)
