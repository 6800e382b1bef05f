"""The flat collar: what it adjusts, what it carries and how it is cut."""

from itertools import pairwise

import pytest

from pet_app.builder import library
from pet_app.builder.courses import collar
from pet_app.builder.design import Design
from pet_app.builder.geometry.build import build
from pet_app.builder.resolve import resolve
from pet_app.builder.rules import Buckle, Kind, Lining, RingPlace
from tests.builder.factory import make_design, random_designs

DESIGNS = random_designs(24, seed=6, kinds=(Kind.COLLAR,))
BOTH = (RingPlace.BUCKLE, RingPlace.NAPE)
"""Both places for a ring."""

CHART = (
    (10, 295, 149, 229),
    (10, 387, 194, 311),
    (15, 448, 222, 333),
    (15, 518, 257, 400),
    (20, 578, 286, 441),
    (20, 676, 337, 543),
    (25, 721, 365, 584),
    (25, 848, 432, 711),
    (40, 854, 441, 702),
    (40, 956, 489, 800),
)
"""mcacc-collars: webbing as the nearest width of ours, cut length, and the neck from and to."""


def make_pinned(**changes: object) -> Design:
    return make_design("collar", material="leather", buckle=Buckle.PIN, **changes)  # pyright: ignore[reportArgumentType]


def test_a_collar_can_be_let_out_and_taken_in() -> None:
    for design in DESIGNS:
        loop = resolve(design).loop("collar")
        assert loop.shortest_mm <= loop.inner_mm <= loop.longest_mm
        if design.measurements.neck_mm > 250 and design.options.buckle is not Buckle.PIN:
            assert loop.longest_mm >= 1.05 * loop.inner_mm


@pytest.mark.parametrize(("width_mm", "cut_mm", "least_mm", "most_mm"), CHART)
def test_a_collar_is_cut_and_adjusts_much_like_a_makers(
    width_mm: int, cut_mm: int, least_mm: int, most_mm: int
) -> None:
    """Theirs are stock sizes with a longer tail: cut up to an eighth longer, let out further."""
    neck = (least_mm + most_mm) // 2
    design = make_design(
        "collar", neck_mm=neck, girth_mm=round(1.6 * neck), back_mm=round(1.2 * neck),
        width_mm=width_mm, weight_g=9000,
    )  # fmt: skip
    resolved = resolve(design)
    loop = resolved.loop("collar")
    assert 0.85 * cut_mm <= resolved.strap("collar").cut_mm <= 1.02 * cut_mm
    assert loop.shortest_mm == pytest.approx(least_mm, rel=0.1)
    assert 0.88 * most_mm <= loop.longest_mm <= 1.02 * most_mm


def test_ease_and_neck_come_out_on_the_middle_hole() -> None:
    for width, apart in ((15, 13), (20, 19), (25, 19), (40, 25)):
        design = make_pinned(width_mm=width, neck_mm=500, girth_mm=800, back_mm=600, weight_g=30000)
        parts, resolved = collar.plan(design), resolve(design)
        span = library.hardware("pin_buckle", width).span_mm
        assert parts.holes[2] == pytest.approx(span / 2)
        assert [b - a for a, b in pairwise(parts.holes)] == pytest.approx([apart] * 4)
        loop = resolved.loop("collar")
        assert loop.longest_mm - loop.inner_mm == loop.inner_mm - loop.shortest_mm == 2 * apart
        marks = [mark for mark in resolved.strap("collar").marks if mark.what.startswith("hole")]
        assert len(marks) == 5


def test_a_pin_buckle_has_a_keeper_and_no_slider() -> None:
    pieces = [fitting.piece for fitting in resolve(make_pinned()).fittings]
    assert "keeper" in pieces
    assert "slider" not in pieces
    assert pieces.count("pin_buckle") == 1
    assert not resolve(make_pinned()).seams


def test_every_ring_hangs_where_it_was_chosen() -> None:
    for rings in ((), BOTH[:1], BOTH[1:], BOTH):
        for design in (make_design("collar", rings=rings), make_pinned(rings=rings)):
            names = {f.name for f in resolve(design).fittings if f.piece == "d_ring"}
            assert names == {f"{ring}_d_ring" for ring in rings}


def test_a_ring_beside_the_buckle_hangs_from_the_throat_and_one_on_the_nape_lies_on_top() -> None:
    parts = {part.name: part for part in build(make_design("collar", rings=BOTH)).parts}
    strap = parts["collar_strap"].vertices
    low, high = strap[:, 1].min(), strap[:, 1].max()
    assert parts["buckle_d_ring"].vertices[:, 1].min() < low
    assert parts["nape_d_ring"].vertices[:, 1].max() > high


def test_things_on_a_collar_do_not_overlap() -> None:
    for design in DESIGNS:
        parts = collar.plan(design)
        reach = library.allowance_mm("hem", 0)[0]
        assert parts.tail_mm > 0
        assert parts.over_fold_mm < parts.under_tail_mm
        for _, at in parts.tabs:
            assert parts.over_fold_mm - 1 < at < parts.under_tail_mm
        if parts.text_room_mm > reach:
            assert parts.over_fold_mm < parts.text_mm - parts.text_room_mm / 2
            assert parts.text_mm + parts.text_room_mm / 2 < parts.strap_mm


def test_webbing_over_a_lining_is_cut_longer_by_its_thickness_all_round() -> None:
    plain, lined = (
        resolve(make_design("collar", lining=lining)) for lining in (Lining.NONE, Lining.NEOPRENE)
    )
    assert plain.loop("collar").inner_mm == lined.loop("collar").inner_mm
    longer = lined.strap("collar").neutral_mm - plain.strap("collar").neutral_mm
    assert longer == pytest.approx(2 * 3.14 * 3.0, abs=1.5)


def test_marks_lie_on_the_strap_in_order() -> None:
    for design in DESIGNS:
        for strap in resolve(design).straps:
            places = [mark.at_mm for mark in strap.marks]
            assert places == sorted(places)
            assert all(0 <= place <= strap.cut_mm for place in places)


def test_lining_and_tape_are_sewn_along_the_edges() -> None:
    plain = resolve(make_design("collar"))
    taped = resolve(make_design("collar", reflective=True, lining=Lining.FLEECE))
    assert not any(seam.name == "collar_edge" for seam in plain.seams)
    edge = next(seam for seam in taped.seams if seam.name == "collar_edge")
    assert edge.layers == 3
    assert {strap.name for strap in taped.straps} == {
        "collar", "collar_lining", "collar_tape_left", "collar_tape_right",
    }  # fmt: skip
