"""The money of a piece, worked out once more from the workshop's data files."""

from math import ceil

from pet_app.builder import library
from pet_app.builder.price import Breakdown
from pet_app.builder.resolve import BomLine, Resolved


def disagreements(resolved: Resolved, breakdown: Breakdown) -> list[str]:
    """The bill against the piece, the price against the bill, the bill against the catalogue."""
    wrong = []
    counted = {line.sku: line for line in resolved.bom}
    for sku in {fitting.sku for fitting in resolved.fittings}:
        pieces = sum(fitting.sku == sku for fitting in resolved.fittings)
        if sku not in counted or counted[sku].quantity != pieces:
            wrong.append(f"{sku} is counted wrongly")
    for sku in {strap.sku for strap in resolved.straps}:
        cut = sum(strap.cut_mm for strap in resolved.straps if strap.sku == sku)
        if sku not in counted or counted[sku].quantity != cut:
            wrong.append(f"of {sku} more or less is bought than is cut")
    priced = [(line.sku, line.amount.cents) for line in breakdown.lines if line.sku]
    billed = [(line.sku, line.cost_cents) for line in resolved.bom]
    if priced != billed:
        wrong.append(f"the price does not follow the bill: {set(priced) ^ set(billed)}")
    if breakdown.total.cents != sum(line.amount.cents for line in breakdown.lines):
        wrong.append("the total is not the sum of its lines")
    for line in resolved.bom:
        cents = _catalogue_cents(resolved, line)
        if cents is not None and line.cost_cents != cents:
            wrong.append(f"{line.sku} costs {line.cost_cents} cents, not {cents}")
    return wrong


def _catalogue_cents(resolved: Resolved, line: BomLine) -> int | None:
    """What webbing and hardware cost by the data files; None for what is not in them by size."""
    look = resolved.design.look
    materials, hardware = library.table("materials"), library.table("hardware")
    stem, _, size = line.sku.rpartition("-")
    web = materials[look.material]
    if line.unit == "mm" and stem == web["sku"]:
        metre = web["cost_cents_per_m_25mm"] / 25 * int(size)
        return ceil(round(line.quantity / 1000 * metre, 6))
    piece = next((row for row in hardware.values() if row.get("sku") == stem), None)
    if line.unit == "piece" and piece and size in piece.get("sizes", {}):
        return (
            None
            if piece.get("finished", False)
            else line.quantity * (piece["sizes"][size]["cost_cents"])
        )
    return None
