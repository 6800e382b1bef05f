"""How much webbing a cutting plan wastes, beside cutting in turn and first-fit decreasing.

The shelf is as six earlier lists, cut in turn, have left it: nobody begins with an empty one.
"""

import time

from pet_app.builder.resolve import resolve
from pet_app.builder.workshop.cutting import Cut, Remnant, cuts_of, first_fit, one_by_one, stock
from pet_app.builder.workshop.solve import solve
from tests.benchmarks.row import Row
from tests.builder.factory import random_designs

DESIGNS = 200
EARLIER = range(100, 106)


def rows() -> list[Row]:
    shelf: list[Remnant] = []
    for seed in EARLIER:
        earlier = one_by_one(cuts_for(seed), stock(), shelf)
        shelf = earlier.shelf_after(shelf)
    cuts = cuts_for(1)
    started = time.perf_counter()
    plan = solve(cuts, stock(), shelf)
    taken = time.perf_counter() - started
    turned, fitted = one_by_one(cuts, stock(), shelf), first_fit(cuts, stock(), shelf)
    return [
        _beside("cutting plan, waste", plan.waste_mm, "cut in turn", turned.waste_mm),
        _beside("cutting plan, waste", plan.waste_mm, "first-fit decreasing", fitted.waste_mm),
        _beside("cutting plan, scrap", plan.scrap_mm, "cut in turn", turned.scrap_mm),
        Row(
            "cutting plan, waste of what is cut", round(100 * plan.waste_mm / plan.used_mm, 2), "%"
        ),
        Row("cutting plan, optimality gap", round(100 * plan.gap, 1), "%"),
        Row("cutting plan of 200 designs", round(taken, 1), "s"),
    ]


def cuts_for(seed: int) -> list[Cut]:
    """Every strap of a list of designs."""
    return [
        cut
        for index, design in enumerate(random_designs(DESIGNS, seed))
        for cut in cuts_of(resolve(design), f"{index:03}")
    ]


def _beside(name: str, ours_mm: int, versus: str, theirs_mm: int) -> Row:
    ratio = float(f"{theirs_mm / ours_mm:.3g}")
    return Row(name, round(ours_mm / 1000, 2), "m", versus, ratio)
