"""What a piece costs, line by line, in whole cents."""

from dataclasses import dataclass
from math import ceil

from pet_app.builder import library
from pet_app.builder.resolve import BomLine, Resolved
from pet_app.builder.rules import Kind, Material
from pet_app.core.money import Money


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
    lines.append(Line("Cutting and sewing", f"{minutes} min", Money(labour, currency)))
    made = sum(line.amount.cents for line in lines)
    step: int = shop["round_to_cents"]
    total = ceil(made / (1 - shop["share"]) / step) * step
    lines.append(Line("Shop, fit guarantee and care", "", Money(total - made, currency)))
    return Breakdown(tuple(lines))


def _minutes(resolved: Resolved) -> int:
    row = library.table("making")["minutes"]
    kind = resolved.design.kind
    base = row["harness"] if kind is Kind.HARNESS else row["collar"]
    minutes = base + row["per_seam"] * len(resolved.seams)
    if resolved.design.look.material is Material.LEATHER:
        minutes *= row["leather_factor"]
    return ceil(minutes)


def _quantity(line: BomLine) -> str:
    return f"{line.quantity / 1000:.2f} m" if line.unit == "mm" else f"{line.quantity} x"
