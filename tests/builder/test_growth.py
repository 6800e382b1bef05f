"""What growing means for a piece."""

from dataclasses import replace
from math import inf

import pytest

from pet_app.builder.growth import GrowthPlan, curve_of, curves, growth, is_growing
from pet_app.builder.resolve import resolve
from pet_app.builder.rules import Kind
from tests.builder.factory import make_design


def puppy(kind: Kind | str = "harness", age_weeks: int = 14, **changes: object) -> GrowthPlan:
    design = make_design(kind, 300, 480, 380, 9_000, width_mm=20, age_weeks=age_weeks)
    found = growth(resolve(replace(design, **changes)))
    assert found
    return found


def test_a_curve_goes_through_half_and_all_of_the_grown_weight() -> None:
    for curve in curves():
        assert curve.weight_share(curve.half_weeks) == pytest.approx(0.5)
        assert curve.weight_share(curve.grown_weeks) == pytest.approx(0.99)
        assert curve.length_share(10) < curve.length_share(20) < 1


def test_larger_dogs_grow_longer() -> None:
    assert [c.grown_weeks for c in curves()] == sorted(c.grown_weeks for c in curves())


def test_the_size_expected_follows_from_weight_and_age() -> None:
    small, large = make_design(weight_g=3_000, age_weeks=20), make_design(age_weeks=12)
    assert curve_of(small).up_to_kg < curve_of(large).up_to_kg
    cat = make_design(weight_g=2_000, age_weeks=12, build="cat")
    assert curve_of(cat).name == "cat"


def test_only_the_young_grow() -> None:
    assert growth(resolve(make_design(age_weeks=0))) is None
    assert growth(resolve(make_design(age_weeks=300))) is None
    assert not is_growing(make_design(age_weeks=0))
    assert is_growing(make_design(age_weeks=12))


def test_the_loop_that_runs_out_first_is_named_first() -> None:
    plan = puppy()
    weeks = [inf if loop.in_weeks is None else loop.in_weeks for loop in plan.loops]
    assert weeks == sorted(weeks)
    assert {loop.name for loop in plan.loops} == {"neck", "girth"}
    assert plan.first is plan.loops[0]
    assert plan.first
    assert str(plan.first.holds_mm) in plan.says
    assert f"{plan.first.at_weeks} weeks" in plan.says


def test_a_loop_runs_out_when_the_measurement_passes_what_it_holds() -> None:
    plan = puppy()
    curve = curve_of(make_design(weight_g=9_000, age_weeks=14))
    for loop in plan.loops:
        if loop.at_weeks is None:
            continue
        share = curve.length_share(14)
        assert loop.now_mm * curve.length_share(loop.at_weeks) / share > loop.holds_mm
        assert loop.now_mm * curve.length_share(loop.at_weeks - 1) / share <= loop.holds_mm
        assert loop.in_weeks == loop.at_weeks - 14


def test_more_to_let_out_lasts_longer() -> None:
    design = make_design("collar", 300, 480, 380, 9_000, width_mm=20, age_weeks=10)
    resolved = resolve(design)
    (loop,) = resolved.loops
    short = growth(replace(resolved, loops=(replace(loop, longest_mm=loop.inner_mm),)))
    long = growth(replace(resolved, loops=(replace(loop, longest_mm=loop.inner_mm + 60),)))
    endless = growth(replace(resolved, loops=(replace(loop, longest_mm=2000),)))
    assert short
    assert long
    assert endless
    assert short.loops[0].in_weeks is not None
    assert long.loops[0].in_weeks is not None
    assert short.loops[0].in_weeks < long.loops[0].in_weeks
    assert endless.loops[0].in_weeks is None
    assert "until then" in endless.says


@pytest.mark.parametrize("kind", [Kind.TAG, Kind.LEASH])
def test_what_goes_round_nothing_is_not_outgrown(kind: Kind) -> None:
    assert growth(resolve(make_design(kind, age_weeks=12))) is None


def test_the_plan_says_that_its_curve_is_assumed() -> None:
    assert puppy().is_assumed
    assert puppy().rule
