"""What a page shows of a cart and of an order about to be placed; every amount worked out here."""

from dataclasses import dataclass, field
from typing import Any

from pet_app.checkout.problems import Found
from pet_app.core.money import Money


@dataclass(frozen=True)
class CartLineView:
    """One line. `picture` is an address on this site, empty while there is none; `handle` leads to
    the product's page, empty for a design of one's own, which has `design_id`.

    `most` is how many may be asked for now. `was` is the unit price last shown when that was
    another. `breakdown` is (label, quantity, amount) of one piece of a design of one's own, and
    `design` what the workshop makes it from.
    """

    id: str
    variant_id: str
    design_id: str
    content_key: str
    sku: str
    handle: str
    kind: str
    title: str
    words: str
    picture: str
    unit: Money
    quantity: int
    total: Money
    most: int
    weight_g: int
    shippable: bool
    made: bool
    was: Money | None = None
    breakdown: tuple[tuple[str, str, Money], ...] = ()
    design: dict[str, Any] = field(default_factory=dict, repr=False)
    problems: tuple[Found, ...] = ()


@dataclass(frozen=True)
class CodeView:
    """A code that was entered. `key` is what `drop_code` takes; a gift card shows its last four.

    `amount` is what it takes off, or pays; `problem` says why it does nothing now.
    """

    key: str
    shown: str
    words: str
    amount: Money
    is_card: bool
    left: Money | None = None
    problem: Found | None = None


@dataclass(frozen=True)
class CartView:
    """A cart priced now. `count` is the number of pieces, `total` what they cost after discounts,
    before shipping and tax; `to_free_shipping` is what is missing for that, None where none is
    offered. `saved` are the lines kept for later."""

    version: int
    lines: tuple[CartLineView, ...]
    saved: tuple[CartLineView, ...]
    codes: tuple[CodeView, ...]
    items: Money
    discount: Money
    total: Money
    count: int
    to_free_shipping: Money | None = None
    problems: tuple[Found, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.lines


@dataclass(frozen=True)
class MethodView:
    """One way to send it; `days` in words: `3 to 5 working days`. `was` is its price before a code
    or the size of the order made it free."""

    key: str
    label: str
    days: str
    price: Money
    was: Money
    chosen: bool


@dataclass(frozen=True)
class TaxView:
    """One tax: `percent` as it is written, `7.25`; `source` and `since` say where it stands."""

    name: str
    percent: str
    amount: Money
    source: str
    since: str


@dataclass(frozen=True)
class Estimate:
    """What sending and tax come to, for a place. `problems` says what cannot be told."""

    methods: tuple[MethodView, ...]
    taxes: tuple[TaxView, ...]
    shipping: Money
    tax: Money
    total: Money
    problems: tuple[Found, ...] = ()


@dataclass(frozen=True)
class Review:
    """Everything that is agreed to by placing the order. `digest` stands for all of it.

    items - discount + shipping + tax = total; total - gift = due, which is what is paid.
    `address` holds `country` and the lines of the place; `written` is how it is on an envelope.
    """

    cart: CartView
    email: str
    address: dict[str, str] = field(repr=False)
    written: tuple[str, ...]
    must_ship: bool
    methods: tuple[MethodView, ...]
    taxes: tuple[TaxView, ...]
    items: Money
    discount: Money
    shipping: Money
    tax: Money
    total: Money
    gift: Money
    due: Money
    digest: str
    problems: tuple[Found, ...] = ()

    @property
    def can_be_placed(self) -> bool:
        return not self.problems


@dataclass(frozen=True)
class Placed:
    """An order that waits to be paid; `due` may be nothing."""

    order_id: str
    number: str
    payment_id: str
    due: Money
