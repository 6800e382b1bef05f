"""How a piece lies on its animal."""

from dataclasses import replace

import pytest

from pet_app.builder import library
from pet_app.builder.fit import (
    Verdict,
    ease_for,
    fingers_asked,
    fingers_under,
    fit,
    spoken,
)
from pet_app.builder.resolve import resolve
from pet_app.builder.rules import Kind
from tests.builder.factory import make_design, random_designs

WORN = (Kind.HARNESS, Kind.COLLAR, Kind.MARTINGALE)


@pytest.mark.parametrize("kind", WORN)
def test_every_loop_is_reported_with_its_rule(kind: Kind) -> None:
    resolved = resolve(make_design(kind))
    report = fit(resolved)
    assert [part.name for part in report.loops] == [loop.name for loop in resolved.loops]
    for part in report.loops:
        assert part.made_mm == part.measured_mm + part.ease_mm
        assert part.rule
        assert part.source or part.is_assumed
        assert part.says.endswith(".")


def test_two_fingers_go_under_what_we_make() -> None:
    for design in random_designs(80, seed=23):
        for part in fit(resolve(design)).loops:
            assert part.fingers >= part.fingers_asked - 0.15, part
            assert part.verdict is not Verdict.REFUSE


@pytest.mark.parametrize(
    ("loop", "measurement"),
    [
        ("collar", "neck_mm"),
        ("martingale", "neck_mm"),
        ("neck", "neck_mm"),
        ("girth", "girth_mm"),
    ],
)
def test_the_ease_has_room_for_the_fingers_asked_from_kitten_to_mastiff(
    loop: str, measurement: str
) -> None:
    low, high = library.limits(measurement)
    for measured in range(low, high + 1):
        ease = library.ease(loop).of(measured)
        assert fingers_under(ease, measured) >= fingers_asked(measured) - 0.15, measured


@pytest.mark.parametrize("loop", ["collar", "martingale", "neck", "girth"])
def test_a_longer_measurement_never_has_less_ease(loop: str) -> None:
    eases = [library.ease(loop).of(measured) for measured in range(140, 1401)]
    assert eases == sorted(eases)


def test_more_fingers_need_more_ease_and_a_small_neck_more_than_a_large_one() -> None:
    assert ease_for(1, 400) < ease_for(2, 400) < ease_for(3, 400)
    assert ease_for(1, 200) > ease_for(1, 600)
    assert fingers_under(ease_for(2, 400), 400) == pytest.approx(2, abs=1e-6)
    assert fingers_under(0, 400) == 0
    assert fingers_under(1000, 400) == 6


def test_a_loop_without_ease_is_warned_of() -> None:
    resolved = resolve(make_design("collar"))
    (loop,) = resolved.loops
    tight = replace(loop, ease_mm=4, inner_mm=loop.measurement_mm + 4)
    (part,) = fit(replace(resolved, loops=(tight,))).loops
    assert part.verdict is Verdict.WARN
    assert "snug" in part.says


def test_a_loop_that_cannot_be_let_out_to_the_measurement_is_refused() -> None:
    resolved = resolve(make_design("collar"))
    (loop,) = resolved.loops
    short = replace(loop, longest_mm=loop.inner_mm - 5)
    report = fit(replace(resolved, loops=(short,)))
    assert report.verdict is Verdict.REFUSE


def test_little_adjustment_is_warned_of() -> None:
    resolved = resolve(make_design("collar"))
    (loop,) = resolved.loops
    fixed = replace(loop, shortest_mm=loop.inner_mm, longest_mm=loop.inner_mm)
    (part,) = fit(replace(resolved, loops=(fixed,))).loops
    assert part.verdict is Verdict.WARN
    assert (part.tighter_mm, part.looser_mm) == (0, 0)


@pytest.mark.parametrize(("girth_mm", "fingers"), [(640, "four"), (400, "two")])
def test_a_girth_strap_lies_behind_the_front_legs_by_the_size(girth_mm: int, fingers: str) -> None:
    weight_g = girth_mm**3 // 14_000
    dog = make_design("harness", girth_mm * 5 // 8, girth_mm, girth_mm * 3 // 4, weight_g, 15)
    (note,) = fit(resolve(dog)).notes
    assert f"{fingers} fingers" in note.says
    assert "Julius-K9" in note.source


def test_a_weight_that_is_unlikely_is_warned_of_and_no_more() -> None:
    heavy = make_design("collar", weight_g=33_000)
    report = fit(resolve(heavy))
    assert report.verdict is Verdict.WARN
    assert "33.0 kg" in report.notes[-1].says
    assert not fit(resolve(make_design("collar"))).notes


@pytest.mark.parametrize("kind", [Kind.TAG, Kind.LEASH])
def test_what_is_worn_by_nobody_fits_everybody(kind: Kind) -> None:
    report = fit(resolve(make_design(kind, weight_g=33_000)))
    assert not report.loops
    assert report.verdict is Verdict.FITS


@pytest.mark.parametrize(
    ("fingers", "words"),
    [
        (0.4, "less than one finger goes"),
        (1.0, "one finger goes"),
        (1.6, "one and a half fingers go"),
        (1.95, "two fingers go"),
        (5.2, "more than four fingers go"),
    ],
)
def test_fingers_are_counted_as_people_do(fingers: float, words: str) -> None:
    assert spoken(fingers) == words
