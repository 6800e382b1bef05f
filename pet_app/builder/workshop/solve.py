"""The cutting plan that wastes the least: all patterns of a small roll, column generation for a
large one, the choice among them by HiGHS."""

import time
from collections.abc import Sequence
from math import ceil

import numpy as np
from scipy.optimize import Bounds, linprog, milp

from pet_app.builder.workshop.cutting import (
    Cut,
    Piece,
    Plan,
    Remnant,
    Stock,
    by_roll,
    first_fit,
    one_by_one,
)
from pet_app.builder.workshop.patterns import BOUGHT_WEIGHT, Pattern, Roll
from pet_app.core import offload

BUDGET_S = 8.0
"""How long a whole plan may be worked on."""

MOST_PATTERNS = 4000
"""So many are all written down; of more only those that help are looked for."""

TRIES = 200
"""Fillings tried by chance before patterns are weighed against each other."""

ROUNDS = 60
LEAST_GAIN = 1e-6


def solve(
    cuts: Sequence[Cut],
    stock: Stock,
    shelf: Sequence[Remnant] = (),
    budget_s: float = BUDGET_S,
) -> Plan:
    """The plan that wastes least, as far as time allows.

    For no roll does it waste or buy more than first-fit does. Rolls are solved one after the
    other, each with a fair share of what is left of `budget_s`. Says how far it is through
    `offload.progress`. Raises `TooLongForStock`.
    """
    rolls = sorted(by_roll(cuts).values(), key=len)
    ends = time.monotonic() + budget_s
    pieces: list[Piece] = []
    least = 0
    for done, wanted in enumerate(rolls):
        offload.progress(f"{50 + 40 * done // len(rolls)} Finding the plan")
        share = max(0.05, (ends - time.monotonic()) / (len(rolls) - done))
        made, bound = _solve_roll(wanted, stock, shelf, share)
        pieces += made
        least += bound
    pieces.sort(key=lambda piece: piece.roll)
    return Plan(tuple(pieces), stock, least)


def _solve_roll(
    cuts: list[Cut], stock: Stock, shelf: Sequence[Remnant], budget_s: float
) -> tuple[tuple[Piece, ...], int]:
    """The pieces for the cuts of one roll, and the least waste there can be."""
    ends = time.monotonic() + budget_s
    roll = Roll(cuts, stock, shelf)
    fitted, turned = first_fit(cuts, stock, shelf), one_by_one(cuts, stock, shelf)
    most_mm = fitted.bought_mm
    best = fitted if turned.bought_mm > most_mm else _better(fitted, list(turned.pieces))
    kerf = stock.kerf_mm * len(cuts)
    for piece in best.pieces:
        roll.add_piece(piece)
    dice = np.random.default_rng(len(cuts))
    for _ in range(TRIES):
        if best.waste_mm == kerf or time.monotonic() > ends:
            break
        best = _better(best, _pieces(roll, cuts, roll.fill_by_chance(most_mm, dice)))
    if best.waste_mm == kerf:
        return best.pieces, kerf
    complete = roll.add_all(MOST_PATTERNS)
    bound = 0.0 if complete else _generate(roll, most_mm, ends)
    chosen, proved = _choose(roll, most_mm, ends)
    best = _better(best, _pieces(roll, cuts, chosen))
    # What is bought weighs a little though it is no waste; and waste is whole millimetres.
    bound = max(bound, proved) if complete else bound
    least = kerf + max(0, ceil(bound - BOUGHT_WEIGHT * most_mm - LEAST_GAIN))
    return best.pieces, min(least, best.waste_mm)


def _better(best: Plan, pieces: list[Piece]) -> Plan:
    """The one of two plans that wastes less, or as little from less; an empty one is none."""
    other = Plan(tuple(pieces), best.stock)
    return min(best, other, key=lambda plan: (plan.waste_mm, plan.bought_mm)) if pieces else best


def _generate(roll: Roll, most_mm: int, ends: float) -> float:
    """Add patterns for as long as one helps; the least cost if fractions of pieces were allowed.

    Stopped by the clock it gives the bound that the missing patterns leave (Lasdon's): no piece
    gains more than the best of them, and there are only so many pieces.
    """
    bound = 0.0
    for _ in range(ROUNDS):
        cost, made, limited = roll.matrices()
        found = linprog(
            cost,
            A_ub=limited,
            b_ub=roll.limits(most_mm),
            A_eq=made,
            b_eq=roll.wanted,
            method="highs",
        )
        worth, paid = found.eqlin.marginals, found.ineqlin.marginals
        gains = [0.0]
        for index, source in enumerate(roll.sources):
            own = (
                source.length_mm * paid[-1]
                if source.bought
                else paid[index - len(roll.stock.lengths_mm)]
            )
            for value, pattern in roll.fullest(worth, source):
                gain = value - roll.opening(source) + own
                if gain > LEAST_GAIN and roll.add(pattern):
                    gains.append(gain)
        bound = max(bound, float(found.fun) - int(roll.wanted.sum()) * max(gains))
        if len(gains) == 1 or time.monotonic() > ends:
            break
    return bound


def _choose(roll: Roll, most_mm: int, ends: float) -> tuple[list[Pattern], float]:
    """The best patterns to use, none when time did not do; and the least any choice can cost."""
    cost, made, limited = roll.matrices()
    found = milp(
        cost,
        constraints=[
            (made, roll.wanted, roll.wanted),
            (limited, -np.inf, roll.limits(most_mm)),
        ],
        bounds=Bounds(0, np.inf),
        integrality=np.ones(len(cost)),
        options={"time_limit": max(0.05, ends - time.monotonic()), "mip_rel_gap": 0.0},
    )
    proved = found.mip_dual_bound if found.mip_dual_bound is not None else 0.0
    if found.x is None:
        return [], proved
    times = np.round(found.x).astype(int).tolist()
    used = zip(roll.patterns, times, strict=True)
    return [pattern for pattern, count in used for _ in range(count)], proved


def _pieces(roll: Roll, cuts: list[Cut], used: list[Pattern]) -> list[Piece]:
    """The patterns with the cuts themselves; the earliest order first among equal lengths."""
    waiting: dict[int, list[Cut]] = {}
    for cut in reversed(cuts):
        waiting.setdefault(cut.length_mm + roll.stock.kerf_mm, []).append(cut)
    pieces = []
    for pattern in used:
        source = roll.sources[pattern.source]
        mine = tuple(
            waiting[size].pop()
            for size, count in zip(roll.sizes.tolist(), pattern.counts, strict=True)
            for _ in range(count)
        )
        pieces.append(Piece(roll.name, source.length_mm, mine, source.bought))
    return pieces
