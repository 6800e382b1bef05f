"""What a piece weighs, from what it is made of."""

from math import ceil

from pet_app.builder import library
from pet_app.builder.resolve import Resolved


def weigh(resolved: Resolved) -> int:
    """The weight of a resolved design in whole grams, at least 1: cloth, hardware and thread."""
    rows = library.table("weights")
    density: dict[str, float] = rows["density"]
    grams = rows["sewn"]["label_g"]
    for strap in resolved.straps:
        volume_mm3 = strap.cut_mm * strap.width_mm * strap.thickness_mm
        grams += volume_mm3 / 1000 * density[_roll(strap.sku)]
    for panel in resolved.panels:
        grams += panel.area_mm2 * panel.thickness_mm / 1000 * density[_roll(panel.sku)]
    for fitting in resolved.fittings:
        piece = rows["piece"][fitting.piece]
        grams += piece["grams"] * (fitting.size_mm / piece["at_mm"]) ** 2
    thread_mm = sum(line.quantity for line in resolved.bom if line.sku.startswith("THREAD"))
    return ceil(grams + thread_mm / 1000 * rows["sewn"]["thread_g_per_m"])


def _roll(sku: str) -> str:
    """The material a roll or sheet is of: the letters its stock number begins with."""
    return sku.split("-", maxsplit=1)[0]
