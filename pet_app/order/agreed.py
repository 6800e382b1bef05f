"""What was agreed at the checkout, and the sums that have to come out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pet_app.core.errors import Invalid
from pet_app.core.ids import new_id
from pet_app.core.money import Money

MOST_OF_ONE = 99
MOST_LINES = 100
NO_SUM = "The sums of this order do not come out. Look at your cart again."


@dataclass(frozen=True)
class NewLine:
    """One line: a variant of the shelf, or a design of the customer's own (`variant_id` empty).

    `discount_cents` and `tax_cents` are of the whole line; `breakdown` is (label, quantity in
    words, cents) for one piece. `design` is frozen, empty for what is not made; `picture` is a
    storage key, `kind` the catalogue's.
    """

    sku: str
    title: str
    words: str
    unit: Money
    quantity: int
    variant_id: str = ""
    kind: str = ""
    handle: str = ""
    design: Mapping[str, Any] = field(default_factory=dict)
    design_id: str = ""
    content_key: str = ""
    breakdown: tuple[tuple[str, str, int], ...] = ()
    picture: str = ""
    discount_cents: int = 0
    tax_cents: int = 0
    weight_g: int = 0

    @property
    def cents(self) -> int:
        """What the pieces of this line cost, before discount and tax."""
        return self.unit.cents * self.quantity


@dataclass(frozen=True)
class Discount:
    """What a code took off, from lines and shipping together; 0 where it did something else."""

    code: str
    words: str
    cents: int


@dataclass(frozen=True)
class TaxLine:
    """One tax: `percent` as it is written (`8.875`), where the rate stands, and of which date."""

    name: str
    percent: str
    cents: int
    source: str
    date: str


@dataclass(frozen=True)
class NewOrder:
    """An order as its customer agreed to it. `total` is what they were shown, and is checked.

    items - discounts + shipping + taxes = total; total - gift = due. Discounts are those of the
    lines, the rest of them is taken off shipping; taxes are those of the lines, the rest is on
    shipping. `id` is the holder under which stock is reserved, `checkout_key` names the click.
    """

    checkout_key: str
    owner: str
    email: str
    address: Mapping[str, str]
    method: str
    method_label: str
    lines: tuple[NewLine, ...]
    shipping: Money
    total: Money
    pay_by: datetime
    discounts: tuple[Discount, ...] = ()
    tax_lines: tuple[TaxLine, ...] = ()
    gift: Money | None = None
    id: str = field(default_factory=new_id)

    @property
    def items_cents(self) -> int:
        return sum(line.cents for line in self.lines)

    @property
    def discount_cents(self) -> int:
        return sum(discount.cents for discount in self.discounts)

    @property
    def tax_cents(self) -> int:
        return sum(tax.cents for tax in self.tax_lines)

    @property
    def gift_cents(self) -> int:
        return self.gift.cents if self.gift else 0


def check_sums(new: NewOrder) -> None:
    """Raise `Invalid` unless every sum of an order comes out, in one currency."""
    off = sum(line.discount_cents for line in new.lines)
    taxed = sum(line.tax_cents for line in new.lines)
    currencies = {line.unit.currency for line in new.lines} | {new.shipping.currency}
    if new.gift:
        currencies.add(new.gift.currency)
    sound = (
        0 < len(new.lines) <= MOST_LINES,
        all(0 < line.quantity <= MOST_OF_ONE and line.unit.cents >= 0 for line in new.lines),
        all(0 <= line.discount_cents <= line.cents for line in new.lines),
        all(line.tax_cents >= 0 and line.weight_g >= 0 for line in new.lines),
        all(discount.cents >= 0 for discount in new.discounts),
        all(tax.cents >= 0 for tax in new.tax_lines),
        off <= new.discount_cents <= off + new.shipping.cents,
        taxed <= new.tax_cents,
        new.shipping.cents >= 0,
        0 <= new.gift_cents <= new.total.cents,
        currencies == {new.total.currency},
        new.items_cents - new.discount_cents + new.shipping.cents + new.tax_cents
        == new.total.cents,
    )
    if not all(sound):
        raise Invalid(NO_SUM)
