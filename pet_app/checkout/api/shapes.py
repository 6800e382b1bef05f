"""What carts and reviews look like over HTTP."""

from collections.abc import Sequence
from typing import Annotated, Self

from pydantic import BaseModel, Field

from pet_app.checkout.problems import Found
from pet_app.checkout.service import (
    CartLineView,
    CartView,
    CodeView,
    Estimate,
    MethodView,
    Review,
    TaxView,
)
from pet_app.core.money import Money

Id = Annotated[str, Field(max_length=26)]
RequestKey = Annotated[str, Field(min_length=1, max_length=64)]
"""Made by the caller, another for each thing it asks for: asking twice with one does it once."""


class MoneyOut(BaseModel):
    """An amount in cents, and its currency."""

    cents: int
    currency: str

    @classmethod
    def of(cls, money: Money) -> Self:
        return cls(cents=money.cents, currency=money.currency)


class ProblemOut(BaseModel):
    """What is in the way. `code` is for programs, `sentence` for people; `field` is the field, the
    line or the code it is about."""

    code: str
    sentence: str
    field: str

    @classmethod
    def all(cls, found: Sequence[Found]) -> list[Self]:
        return [cls(code=one.code, sentence=one.sentence, field=one.field) for one in found]


class LineOut(BaseModel):
    """A line of a cart. `was` is the price last shown, when that was another; `most` is how many
    can be had now; `breakdown` is what one piece of a design of one's own costs, part by part."""

    id: str
    variant_id: str
    design_id: str
    sku: str
    handle: str
    kind: str
    title: str
    words: str
    picture: str | None
    unit: MoneyOut
    was: MoneyOut | None
    quantity: int
    most: int
    total: MoneyOut
    made: bool
    breakdown: list[tuple[str, str, MoneyOut]]
    problems: list[ProblemOut]

    @classmethod
    def of(cls, line: CartLineView) -> Self:
        return cls(
            id=line.id,
            variant_id=line.variant_id,
            design_id=line.design_id,
            sku=line.sku,
            handle=line.handle,
            kind=line.kind,
            title=line.title,
            words=line.words,
            picture=line.picture or None,
            unit=MoneyOut.of(line.unit),
            was=MoneyOut.of(line.was) if line.was else None,
            quantity=line.quantity,
            most=line.most,
            total=MoneyOut.of(line.total),
            made=line.made,
            breakdown=[(name, count, MoneyOut.of(cost)) for name, count, cost in line.breakdown],
            problems=ProblemOut.all(line.problems),
        )


class CodeOut(BaseModel):
    """A code that was entered. `key` names it; a gift card shows its last four signs."""

    key: str
    shown: str
    words: str
    amount: MoneyOut
    is_card: bool
    left: MoneyOut | None
    problem: str | None

    @classmethod
    def of(cls, code: CodeView) -> Self:
        return cls(
            key=code.key,
            shown=code.shown,
            words=code.words,
            amount=MoneyOut.of(code.amount),
            is_card=code.is_card,
            left=MoneyOut.of(code.left) if code.left else None,
            problem=code.problem.sentence if code.problem else None,
        )


class CartOut(BaseModel):
    """A cart, priced now. `total` is after discounts, before shipping and tax."""

    version: int
    lines: list[LineOut]
    saved: list[LineOut]
    codes: list[CodeOut]
    items: MoneyOut
    discount: MoneyOut
    total: MoneyOut
    count: int
    problems: list[ProblemOut]

    @classmethod
    def of(cls, cart: CartView) -> Self:
        return cls(
            version=cart.version,
            lines=[LineOut.of(line) for line in cart.lines],
            saved=[LineOut.of(line) for line in cart.saved],
            codes=[CodeOut.of(code) for code in cart.codes],
            items=MoneyOut.of(cart.items),
            discount=MoneyOut.of(cart.discount),
            total=MoneyOut.of(cart.total),
            count=cart.count,
            problems=ProblemOut.all(cart.problems),
        )


class MethodOut(BaseModel):
    """A way to send it; `was` is its price before anything made it free."""

    key: str
    label: str
    days: str
    price: MoneyOut
    was: MoneyOut
    chosen: bool

    @classmethod
    def of(cls, method: MethodView) -> Self:
        return cls(
            key=method.key,
            label=method.label,
            days=method.days,
            price=MoneyOut.of(method.price),
            was=MoneyOut.of(method.was),
            chosen=method.chosen,
        )


class TaxOut(BaseModel):
    """One tax, with where its rate stands and since when it holds."""

    name: str
    percent: str
    amount: MoneyOut
    source: str
    since: str

    @classmethod
    def of(cls, tax: TaxView) -> Self:
        return cls(
            name=tax.name,
            percent=tax.percent,
            amount=MoneyOut.of(tax.amount),
            source=tax.source,
            since=tax.since,
        )


class EstimateOut(BaseModel):
    """What sending and tax would come to."""

    methods: list[MethodOut]
    taxes: list[TaxOut]
    shipping: MoneyOut
    tax: MoneyOut
    total: MoneyOut
    problems: list[ProblemOut]

    @classmethod
    def of(cls, found: Estimate) -> Self:
        return cls(
            methods=[MethodOut.of(method) for method in found.methods],
            taxes=[TaxOut.of(tax) for tax in found.taxes],
            shipping=MoneyOut.of(found.shipping),
            tax=MoneyOut.of(found.tax),
            total=MoneyOut.of(found.total),
            problems=ProblemOut.all(found.problems),
        )


class ReviewOut(BaseModel):
    """All that placing the order agrees to. `digest` stands for it, and is sent with the order;
    while there are `problems`, no order can be placed."""

    cart: CartOut
    email: str
    address: dict[str, str]
    written: list[str]
    must_ship: bool
    methods: list[MethodOut]
    taxes: list[TaxOut]
    items: MoneyOut
    discount: MoneyOut
    shipping: MoneyOut
    tax: MoneyOut
    total: MoneyOut
    gift: MoneyOut
    due: MoneyOut
    digest: str
    problems: list[ProblemOut]

    @classmethod
    def of(cls, found: Review) -> Self:
        return cls(
            cart=CartOut.of(found.cart),
            email=found.email,
            address=found.address,
            written=list(found.written),
            must_ship=found.must_ship,
            methods=[MethodOut.of(method) for method in found.methods],
            taxes=[TaxOut.of(tax) for tax in found.taxes],
            items=MoneyOut.of(found.items),
            discount=MoneyOut.of(found.discount),
            shipping=MoneyOut.of(found.shipping),
            tax=MoneyOut.of(found.tax),
            total=MoneyOut.of(found.total),
            gift=MoneyOut.of(found.gift),
            due=MoneyOut.of(found.due),
            digest=found.digest,
            problems=ProblemOut.all(found.problems),
        )
