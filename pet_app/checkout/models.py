"""Carts, what customers say at checkout, promotion codes and gift cards."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from pet_app.core.db import UtcDateTime
from pet_app.core.ids import new_id


class Cart(SQLModel, table=True):
    """Somebody's cart, with what they have said so far of where it goes.

    `codes` are the promotion codes entered and `card:` with the ids of gift cards, in their order.
    `version` rises with every change. `requests` are the keys of what was put in lately, so that
    asking twice puts it in once. `order_id` is the order last placed from this cart, by what
    `order_digest` stands for.
    """

    __tablename__ = "cart"  # pyright: ignore[reportAssignmentType]

    id: str = Field(default_factory=new_id, primary_key=True)
    owner: str = Field(unique=True)
    email: str = Field(default="", repr=False)
    address: dict[str, str] = Field(sa_type=JSON, repr=False)
    method: str = ""
    codes: list[str] = Field(sa_type=JSON)
    version: int = 1
    requests: list[str] = Field(sa_type=JSON)
    order_id: str = Field(default="", index=True)
    order_digest: str = ""
    created: datetime = Field(sa_type=UtcDateTime)
    changed: datetime = Field(sa_type=UtcDateTime, index=True)


class CartLine(SQLModel, table=True):
    """One line of a cart; `thing` is what makes it that line: a variant's id or a content key.

    `design` is a frozen copy under `rules_version`, `seen_cents` the unit price last shown.
    """

    __tablename__ = "cart_line"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (UniqueConstraint("cart_id", "thing"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    cart_id: str = Field(foreign_key="cart.id", index=True)
    thing: str
    variant_id: str = Field(default="", index=True)
    design: dict[str, Any] = Field(sa_type=JSON)
    design_id: str = ""
    title: str = ""
    rules_version: str = ""
    seen_cents: int
    currency: str
    quantity: int
    saved: bool = False
    added: datetime = Field(sa_type=UtcDateTime)


class Promotion(SQLModel, table=True):
    """A code that takes something off; `kind` is one of `checkout.rules.PromotionKind`.

    Codes of one `group` are not used together; an empty group goes with every other.
    """

    __tablename__ = "promotion"  # pyright: ignore[reportAssignmentType]

    id: str = Field(default_factory=new_id, primary_key=True)
    code: str = Field(unique=True)
    words: str
    kind: str
    percent: int = 0
    amount_cents: int = 0
    currency: str
    minimum_cents: int = 0
    only_kinds: list[str] = Field(sa_type=JSON)
    group: str = ""
    most_uses: int | None = None
    most_per_person: int | None = None
    uses: int = 0
    starts: datetime = Field(sa_type=UtcDateTime)
    ends: datetime | None = Field(default=None, sa_type=UtcDateTime)
    active: bool = True
    created: datetime = Field(sa_type=UtcDateTime)


class PromotionUse(SQLModel, table=True):
    """One use of a code by an order. `email_key` is a keyed hash that counts and names nobody."""

    __tablename__ = "promotion_use"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (UniqueConstraint("promotion_id", "order_id"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    promotion_id: str = Field(foreign_key="promotion.id", index=True)
    order_id: str = Field(index=True)
    email_key: str = Field(index=True)
    given_back: bool = False
    created: datetime = Field(sa_type=UtcDateTime)


class GiftCard(SQLModel, table=True):
    """Money paid in advance. `code_key` is a keyed hash of the code; the code itself is mailed."""

    __tablename__ = "gift_card"  # pyright: ignore[reportAssignmentType]

    id: str = Field(default_factory=new_id, primary_key=True)
    code_key: str = Field(unique=True)
    last_four: str
    currency: str
    balance_cents: int
    origin: str = Field(unique=True)
    active: bool = True
    created: datetime = Field(sa_type=UtcDateTime)
    expires: datetime | None = Field(default=None, sa_type=UtcDateTime)


class GiftCardEntry(SQLModel, table=True):
    """One entry of a card's ledger; their sum is the balance. Each reason once for a reference."""

    __tablename__ = "gift_card_entry"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (UniqueConstraint("card_id", "reference", "reason"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    card_id: str = Field(foreign_key="gift_card.id", index=True)
    change_cents: int
    balance_cents: int
    reason: str
    reference: str = Field(index=True)
    created: datetime = Field(sa_type=UtcDateTime)
