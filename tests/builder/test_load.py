"""Whether a piece holds its animal."""

from dataclasses import replace

import pytest

from pet_app.builder import library
from pet_app.builder.load import load, may_hold_kg, seam_strength_n
from pet_app.builder.quote import judged, settled
from pet_app.builder.resolve import Resolved, resolve
from pet_app.builder.rules import Buckle, Kind, Material
from tests.builder.factory import make_design, random_designs

PULLED = (Kind.HARNESS, Kind.COLLAR, Kind.MARTINGALE, Kind.LEASH)


def weaker(resolved: Resolved, name: str, strength_n: float) -> Resolved:
    """The piece with one fitting that breaks at another pull."""
    fittings = tuple(
        replace(part, strength_n=strength_n) if part.name == name else part
        for part in resolved.fittings
    )
    return replace(resolved, fittings=fittings)


def test_a_third_of_the_breaking_strength_may_hang_on_a_part() -> None:
    assert may_hold_kg(900) == pytest.approx(900 / 3 / 9.81)


@pytest.mark.parametrize("kind", PULLED)
def test_every_part_that_the_leash_pulls_on_is_in_the_report(kind: Kind) -> None:
    resolved = resolve(make_design(kind))
    report = load(resolved)
    named = {bearing.name for bearing in report.bearings}
    assert {part.title for part in resolved.fittings if part.bears} <= named
    assert {"strap", "seam", "fitting"} == {bearing.what for bearing in report.bearings}
    assert [b.kg for b in report.bearings] == sorted(b.kg for b in report.bearings)
    assert report.weakest == report.bearings[0]
    assert report.weakest
    assert report.weakest.name.lower() in report.says
    assert report.rule
    assert report.source


def test_what_can_be_made_holds_its_animal() -> None:
    for design in random_designs(60, seed=17):
        report = load(resolve(design))
        assert report.passes
        assert report.animal_kg == design.measurements.weight_g / 1000


def test_one_weak_ring_is_the_weakest_part_and_fails_the_piece() -> None:
    resolved = resolve(make_design("collar"))
    ring = next(part for part in resolved.fittings if part.piece == "d_ring")
    report = load(weaker(resolved, ring.name, 300))
    assert report.weakest
    assert report.weakest.name == ring.title
    assert report.weakest.kg == pytest.approx(300 / 3 / 9.81)
    assert not report.passes
    assert report.margin < 1


def test_buckles_that_share_a_pull_hold_together() -> None:
    resolved = resolve(make_design("harness"))
    buckles = [part for part in resolved.fittings if part.piece == "side_release_buckle"]
    assert [part.shared_by for part in buckles] == [2, 2]
    bearing = next(b for b in load(resolved).bearings if b.name == buckles[0].title)
    assert bearing.count == 2
    assert bearing.kg == pytest.approx(2 * may_hold_kg(900))


def test_a_strength_without_a_source_is_marked() -> None:
    bearings = load(resolve(make_design("harness"))).bearings
    buckle = next(bearing for bearing in bearings if "buckle" in bearing.name)
    assert "strapstogo" in buckle.source
    assert not buckle.is_assumed
    assert all(b.is_assumed for b in bearings if b.what == "strap")


@pytest.mark.parametrize("kind", [Kind.TAG, Kind.BANDANA])
def test_nothing_pulls_on_what_is_worn_for_looks(kind: Kind) -> None:
    report = load(resolve(make_design(kind, weight_g=90_000, girth_mm=1080, back_mm=820)))
    assert report.passes
    assert report.weakest is None


def test_a_cats_collar_opens_instead_of_holding() -> None:
    cat = make_design(
        "collar",
        240,
        340,
        300,
        4_000,
        width_mm=10,
        build="cat",
        buckle=Buckle.BREAKAWAY,
    )
    report = load(resolve(cat))
    assert report.passes
    assert not report.bearings
    assert "opens at a pull of" in report.says


@pytest.mark.parametrize("kind", PULLED)
def test_too_weak_a_strap_is_settled_by_one_that_holds(kind: Kind) -> None:
    heavy = make_design(kind, 620, 980, 760, 65_000, width_mm=15, material=Material.HEMP)
    (refusal,) = (found for found in judged(heavy) if found.field == "width_mm")
    assert "one third" in refusal.reason
    mended = settled(heavy)
    assert load(resolve(mended)).passes
    assert mended.width_mm > heavy.width_mm


def test_a_seam_holds_by_its_stitches_and_its_thread() -> None:
    assert seam_strength_n(120, 25) == 2 * seam_strength_n(60, 25)
    assert seam_strength_n(60, 15) < seam_strength_n(60, 25)


def test_thread_goes_by_the_width_it_sews() -> None:
    assert library.thread(15).sku == "THREAD-T70"
    assert library.thread(19).sku == "THREAD-T70"
    assert library.thread(20).sku == "THREAD-T90"
