"""Cutting plans: every cut once, no piece overfull, and less waste than without a plan."""

import csv
import io
import random
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from pet_app.builder.resolve import resolve
from pet_app.builder.workshop.cutting import (
    Cut,
    Plan,
    Remnant,
    Stock,
    TooLongForStock,
    cuts_of,
    first_fit,
    one_by_one,
    roll_of,
    stock,
)
from pet_app.builder.workshop.lists import PLAN_HEADS
from pet_app.builder.workshop.planned import Order
from pet_app.builder.workshop.run import NOT_MAKEABLE, plan_orders
from pet_app.builder.workshop.solve import solve
from pet_app.core.errors import Invalid
from tests.builder.factory import make_design, random_designs

STOCK = Stock(lengths_mm=(1000, 2000), kerf_mm=2, remnant_mm=200)


def make_cuts(*lengths: int, roll: str = "NY-25", order: str = "A") -> list[Cut]:
    return [Cut(order, f"s{i}", f"Strap {i}", roll, long) for i, long in enumerate(lengths)]


def random_cuts(count: int, seed: int, rolls: int = 4) -> list[Cut]:
    """Cuts as they come from orders of several straps each."""
    dice = random.Random(seed)
    return [
        Cut(f"{index // 5:04}", f"s{index}", "Strap", f"R{dice.randrange(rolls)}", long)
        for index in range(count)
        for long in [round(80 * (900 / 80) ** dice.random())]
    ]


def random_shelf(count: int, seed: int, rolls: int = 4) -> list[Remnant]:
    dice = random.Random(seed)
    return [Remnant(f"R{dice.randrange(rolls)}", dice.randrange(300, 4000)) for _ in range(count)]


def assert_can_be_cut(plan: Plan, cuts: list[Cut], shelf: list[Remnant]) -> None:
    made = [cut for piece in plan.pieces for cut in piece.cuts]
    assert sorted(made, key=repr) == sorted(cuts, key=repr)
    for piece in plan.pieces:
        assert piece.cuts
        assert {cut.roll for cut in piece.cuts} == {piece.roll}
        need = sum(cut.length_mm + plan.stock.kerf_mm for cut in piece.cuts)
        assert need <= piece.length_mm
        assert not piece.bought or piece.length_mm in plan.stock.lengths_mm
    taken = Counter(Remnant(p.roll, p.length_mm) for p in plan.pieces if not p.bought)
    assert not taken - Counter(shelf)
    everything = sum(piece.length_mm for piece in plan.pieces)
    assert everything == plan.used_mm + plan.kept_mm + plan.waste_mm


@pytest.mark.parametrize("seed", range(6))
def test_every_way_of_cutting_makes_each_cut_once_and_overfills_no_piece(seed: int) -> None:
    cuts, shelf = random_cuts(60, seed), random_shelf(9, seed)
    for plan in (
        one_by_one(cuts, STOCK, shelf),
        first_fit(cuts, STOCK, shelf),
        solve(cuts, STOCK, shelf, budget_s=2),
    ):
        assert_can_be_cut(plan, cuts, shelf)


@pytest.mark.parametrize("seed", range(6))
def test_the_plan_wastes_no_more_than_first_fit_and_not_less_than_it_proves(seed: int) -> None:
    cuts, shelf = random_cuts(60, seed), random_shelf(9, seed)
    plan, fitted = solve(cuts, STOCK, shelf, budget_s=2), first_fit(cuts, STOCK, shelf)
    assert plan.waste_mm <= fitted.waste_mm
    assert plan.bought_mm <= fitted.bought_mm
    assert plan.least_waste_mm is not None
    assert plan.least_waste_mm <= plan.waste_mm
    assert 0 <= plan.gap <= 1


def test_where_pieces_can_be_filled_exactly_nothing_but_the_kerf_is_lost() -> None:
    # First-fit puts 600 and 398 less 2 apart: 600 + 300 and 500 + 396 leave scrap on both.
    cuts = make_cuts(598, 498, 498, 398)
    plan = solve(cuts, replace(STOCK, lengths_mm=(1000,)))
    assert plan.waste_mm == 2 * len(cuts)
    assert plan.gap == 0
    assert len(plan.pieces) == 2


def test_first_fit_can_be_beaten() -> None:
    cuts = make_cuts(440, 340, 320, 320, 290, 264)
    tight = replace(STOCK, lengths_mm=(1000,))
    plan, fitted = solve(cuts, tight), first_fit(cuts, tight)
    assert_can_be_cut(plan, cuts, [])
    assert plan.waste_mm < fitted.waste_mm


def test_the_shelf_is_used_before_anything_is_bought() -> None:
    shelf = [Remnant("NY-25", 702), Remnant("NY-25", 402), Remnant("LE-25", 5000)]
    plan = solve(make_cuts(700, 400), STOCK, shelf)
    assert plan.bought_mm == 0
    assert plan.waste_mm == 4
    assert [piece.roll for piece in plan.pieces] == ["NY-25", "NY-25"]


def test_what_is_left_goes_back_on_the_shelf_unless_it_is_too_short() -> None:
    plan = one_by_one(make_cuts(500, 300, 850, roll="X"), STOCK)
    before = [Remnant("X", 120)]
    after = plan.shelf_after(before)
    assert Remnant("X", 120) in after
    assert sum(lying.length_mm for lying in after) == 120 + plan.kept_mm


def test_rolls_are_never_mixed() -> None:
    cuts = make_cuts(300, roll="NY-25") + make_cuts(300, roll="NY-30")
    assert len(solve(cuts, STOCK).pieces) == 2


def test_a_cut_longer_than_anything_sold_is_said() -> None:
    for way in (solve, first_fit, one_by_one):
        with pytest.raises(TooLongForStock, match="2100"):
            way(make_cuts(2098), STOCK)
    assert solve(make_cuts(1998), STOCK).pieces[0].length_mm == 2000


def test_nothing_to_cut_is_an_empty_plan() -> None:
    plan = solve([], STOCK)
    assert (plan.pieces, plan.waste_mm, plan.gap) == ((), 0, 0.0)


def test_dyed_rolls_are_told_apart_by_colour_and_white_ones_are_not() -> None:
    def roll(material: str, colour: str, pattern: str = "plain") -> str:
        look: dict[str, Any] = {"material": material, "colour": colour, "pattern": pattern}
        resolved = resolve(make_design("collar", accent="honey", **look))
        return roll_of(resolved, resolved.straps[0])

    assert roll(material="nylon", colour="pine") == roll(material="nylon", colour="poppy")
    assert roll(material="leather", colour="pine") != roll(material="leather", colour="oxblood")
    plain = roll(material="hemp", colour="pine")
    assert roll(material="hemp", colour="pine", pattern="plaid") != plain


def orders_of(count: int, seed: int = 2) -> list[Order]:
    return [
        Order(f"HH-{index:04}", f"Piece {index}", dict(design.to_dict()))
        for index, design in enumerate(random_designs(count, seed))
    ]


def test_orders_are_planned_with_files_and_figures() -> None:
    planned = plan_orders(orders_of(12))
    figures = planned.figures
    assert figures.orders + len(planned.left) == 12
    assert figures.waste_mm <= figures.first_fit_mm
    assert planned.pdf.startswith(b"%PDF")
    heads, *rows = csv.reader(io.StringIO(planned.csv.removeprefix("\ufeff")))
    assert tuple(heads) == PLAN_HEADS
    assert len(rows) == figures.cuts
    assert sum(int(row[7]) for row in rows) == figures.used_mm


def test_what_has_no_strap_is_left_out_and_said() -> None:
    tag = Order("HH-TAG", "Tag", dict(make_design("tag").to_dict()))
    planned = plan_orders([*orders_of(2), tag])
    assert [left.number for left in planned.left] == ["HH-TAG"]


def test_a_design_that_is_no_longer_made_is_left_out_with_its_reason() -> None:
    gone = Order("HH-OLD", "Old", dict(make_design("collar").to_dict()) | {"width_mm": 13})
    strange = Order("HH-ODD", "Odd", {"kind": "saddle"})
    planned = plan_orders([*orders_of(2), gone, strange])
    assert {left.number for left in planned.left} == {"HH-OLD", "HH-ODD"}
    assert all(left.reason for left in planned.left)
    with pytest.raises(Invalid):
        plan_orders([gone, strange])


def test_nothing_chosen_is_refused() -> None:
    with pytest.raises(Invalid):
        plan_orders([])


def test_hostile_names_stay_text_in_a_plan() -> None:
    orders = [replace(order, number="=1+1", name="(((]]\\") for order in orders_of(1)]
    planned = plan_orders(orders)
    assert "'=1+1" in planned.csv
    assert planned.pdf.startswith(b"%PDF")


def test_a_large_list_is_planned_in_the_time_given() -> None:
    plan = solve(random_cuts(3000, seed=5, rolls=40), stock(), budget_s=4)
    assert_can_be_cut(plan, random_cuts(3000, seed=5, rolls=40), [])
    assert plan.waste_mm < one_by_one(random_cuts(3000, seed=5, rolls=40), stock()).waste_mm


def test_refused_designs_say_so() -> None:
    assert "any more" in NOT_MAKEABLE
    resolved = resolve(make_design())
    assert len(cuts_of(resolved, "A")) == len(resolved.straps)
