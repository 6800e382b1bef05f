"""What a piece costs, line by line, in whole cents."""

from dataclasses import dataclass
from math import ceil

from pet_app.builder import library
from pet_app.builder.resolve import BomLine, Lettering, Resolved
from pet_app.core.money import Money

MADE_BY_HAND = "Cutting and making"


@dataclass(frozen=True)
class Line:
    """One line of the price; `sku` is set for what is in the bill of materials."""

    label: str
    quantity: str
    amount: Money
    sku: str = ""


@dataclass(frozen=True)
class Breakdown:
    """The itemised price; `total` is the sum of the lines."""

    lines: tuple[Line, ...]

    @property
    def total(self) -> Money:
        first, *others = (line.amount for line in self.lines)
        for other in others:
            first += other
        return first


def price(resolved: Resolved) -> Breakdown:
    """The price of a resolved design: material, hardware, making, and the shop's share."""
    shop = library.table("making")["shop"]
    currency: str = shop["currency"]
    lines = [
        Line(
            line.name,
            _quantity(line),
            Money(line.cost_cents, currency),
            line.sku,
        )
        for line in resolved.bom
    ]
    minutes = _minutes(resolved)
    labour = ceil(minutes * library.table("making")["minutes"]["cents_per_minute"])
    lines.append(Line(MADE_BY_HAND, f"{minutes} min", Money(labour, currency)))
    made = sum(line.amount.cents for line in lines)
    step: int = shop["round_to_cents"]
    total = ceil(made / (1 - shop["share"]) / step) * step
    lines.append(Line("Shop, fit guarantee and care", "", Money(total - made, currency)))
    return Breakdown(tuple(lines))


def _minutes(resolved: Resolved) -> int:
    """What making it takes: setting up for its kind, and then every single operation."""
    row = library.table("making")["minutes"]
    sewn = sum(
        row["per_seam"].get(seam.stitch, row["per_seam"]["other"]) for seam in resolved.seams
    )
    put_in = sum(
        row["per_fitting"].get(part.piece, row["per_fitting"]["other"])
        for part in resolved.fittings
    )
    written = sum(_lettering_minutes(lettering) for lettering in resolved.letterings)
    return ceil(
        row["kind"][resolved.design.kind.value]
        + row["per_cut"] * (len(resolved.straps) + len(resolved.panels))
        + sewn
        + put_in
        + written
    )


def _lettering_minutes(lettering: Lettering) -> float:
    row = library.table("making")["minutes"]["per_text"][lettering.method.value]
    letters = sum(not letter.isspace() for line in lettering.lines for letter in line)
    return row["set_up"] + row["per_letter"] * letters


def _quantity(line: BomLine) -> str:
    if line.unit == "mm":
        return f"{line.quantity / 1000:.2f} m"
    if line.unit == "mm2":
        return f"{line.quantity / 100:.0f} cm²"
    return f"{line.quantity} x"
