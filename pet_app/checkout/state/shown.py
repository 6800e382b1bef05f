"""A cart and an order to be placed as their pages show them: plain text, amounts written out."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from pet_app.checkout.service import CartLineView, CartView, CodeView, Found, MethodView, TaxView
from pet_app.core.money import Money

FIRST_OF_ALL = "problems"


@dataclass(frozen=True)
class Line:
    """One line. `was` is what one cost when it was last shown, empty when it still does; `most` is
    how many may be asked for."""

    id: str
    title: str
    words: str
    picture: str
    href: str
    unit: str
    total: str
    was: str
    quantity: int
    most: int
    made: bool
    problem: str
    breakdown: list[list[str]] = field(default_factory=list)


@dataclass(frozen=True)
class Code:
    """A code that was entered, and what it does."""

    key: str
    shown: str
    words: str
    amount: str
    problem: str


@dataclass(frozen=True)
class Sum:
    """One row above the total; `note` says where an amount comes from."""

    label: str
    amount: str
    note: str = ""


@dataclass(frozen=True)
class Method:
    """One way to send it; `was` is its price before something made it free."""

    key: str
    label: str
    days: str
    price: str
    was: str


@dataclass(frozen=True)
class Trouble:
    """One thing to see to, and where on the page."""

    sentence: str
    href: str


def line_shown(line: CartLineView) -> Line:
    """A line as the cart shows it."""
    return Line(
        id=line.id,
        title=line.title,
        words=line.words,
        picture=line.picture,
        href=f"/product/{line.handle}" if line.handle else f"/builder?design={line.design_id}",
        unit=str(line.unit),
        total=str(line.total),
        was=str(line.was) if line.was else "",
        quantity=line.quantity,
        most=line.most,
        made=line.made,
        problem=" ".join(found.sentence for found in line.problems),
        breakdown=[[label, quantity, str(amount)] for label, quantity, amount in line.breakdown],
    )


def code_shown(code: CodeView) -> Code:
    """A code as it stands under the lines."""
    left = f"{code.left} left on it" if code.left is not None else ""
    return Code(
        key=code.key,
        shown=code.shown,
        words=code.words or left,
        amount=taken_off(code.amount),
        problem=code.problem.sentence if code.problem else "",
    )


def method_shown(method: MethodView) -> Method:
    """A way to send it, free when it costs nothing."""
    return Method(
        key=method.key,
        label=method.label,
        days=method.days,
        price=free_or(method.price),
        was=str(method.was) if method.was != method.price else "",
    )


def item_sums(cart: CartView) -> list[Sum]:
    """What the pieces cost, and what is taken off."""
    count = "1 piece" if cart.count == 1 else f"{cart.count} pieces"
    off = [Sum("Discount", taken_off(cart.discount))] if cart.discount.cents else []
    return [Sum(f"Items ({count})", str(cart.items)), *off]


def tax_sums(taxes: Iterable[TaxView]) -> list[Sum]:
    """A row for each tax; where its rate stands is on the invoice."""
    return [
        Sum(f"{tax.name}, {tax.percent}%", str(tax.amount), f"The rate since {tax.since}")
        for tax in taxes
    ]


def troubles(found: Iterable[Found], lines: Iterable[Line], codes: Iterable[Code]) -> list[Trouble]:
    """Everything to see to, once each, with the place of the page it is about."""
    of_lines = frozenset(line.id for line in lines)
    of_codes = frozenset(code.key for code in codes)
    return list(
        dict.fromkeys(Trouble(one.sentence, _place(one.field, of_lines, of_codes)) for one in found)
    )


def field_troubles(fields: Mapping[str, str], labels: Mapping[str, str]) -> list[Trouble]:
    """The same for the faults of a form; apart from its field each has to say which it means."""
    return [
        Trouble(f"{labels[name]}: {sentence}" if name in labels else sentence, f"#field-{name}")
        for name, sentence in fields.items()
    ]


def taken_off(amount: Money) -> str:
    """An amount as it is subtracted, with a true minus."""
    return f"−{amount}" if amount.cents else ""


def free_or(amount: Money) -> str:
    """A price, or that there is none."""
    return str(amount) if amount.cents else "Free"


def _place(field: str, lines: Collection[str], codes: Collection[str]) -> str:
    if field in lines:
        return f"#line-{field}"
    if field in codes or field == "code":
        return "#codes"
    return f"#field-{field}" if field else f"#{FIRST_OF_ALL}"
