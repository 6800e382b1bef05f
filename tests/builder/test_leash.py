"""The leash: how it is divided up, and how it lies."""

import numpy as np
import pytest

from pet_app.builder import library
from pet_app.builder.courses import coil, leash
from pet_app.builder.geometry.build import build
from pet_app.builder.resolve import resolve
from pet_app.builder.rules import Kind
from tests.builder.factory import make_design, random_designs

DESIGNS = random_designs(24, seed=5, kinds=(Kind.LEASH,))


def test_a_leash_is_as_long_as_ordered_from_the_snap_to_the_hand() -> None:
    for design in DESIGNS:
        parts = leash.plan(design)
        snap = library.hardware("snap_hook", design.width_mm).span_mm
        finished = snap + parts.neck_mm + parts.hand_loop_mm
        assert finished == pytest.approx(design.options.leash_mm)


def test_the_strap_is_cut_for_leash_hand_loop_and_fold() -> None:
    for design in DESIGNS:
        parts, strap = leash.plan(design), resolve(design).strap("leash")
        assert strap.neutral_mm == pytest.approx(parts.strap_mm, abs=0.5)
        assert strap.cut_mm == pytest.approx(parts.strap_mm + parts.fold_mm, abs=1.5)


def test_a_leash_is_cut_like_the_one_that_is_known_by_measure() -> None:
    """mcacc-collars cut 1664 mm for a leash finished 1480 to 1499, its hand loop 162 to 165."""
    design = make_design("leash", leash_mm=1490, width_mm=25)
    assert resolve(design).strap("leash").cut_mm == pytest.approx(1664, abs=20)
    assert 162 <= leash.plan(design).hand_loop_mm <= 165


def test_nothing_of_a_leash_runs_through_itself() -> None:
    for design in DESIGNS:
        parts = leash.plan(design)
        thick = library.webbing(design.look.material).thickness_mm
        middle = leash.lay(design).strap("leash").curve.offset(thick / 2)
        ways = np.arange(0.0, parts.neck_mm - parts.overlap_mm - 5, 4.0)
        points = middle.at(ways).points[:, [0, 2]]
        away = np.linalg.norm(points[:, None] - points[None], axis=2)
        apart = np.abs(ways[:, None] - ways[None]) > 90
        assert away[apart].min() > thick + 3, design


def test_a_leash_stands_on_the_floor_from_end_to_end() -> None:
    for design in DESIGNS[:8]:
        part = next(part for part in build(design).parts if part.name == "leash_strap")
        heights = part.vertices[:, 1]
        assert heights.min() == pytest.approx(0.0, abs=0.4)
        assert heights.max() == pytest.approx(design.width_mm, abs=1.0)


def test_an_arm_of_the_coil_is_as_long_as_it_says() -> None:
    winding = coil.wind(2000.0, 34.0, 8.0, 1.8)
    assert winding.length_mm() == pytest.approx(2000.0)
    drawn = winding.arm().length + winding.arm(winding.extra).length
    assert drawn == pytest.approx(2000.0)


def test_a_drop_closes_beside_itself() -> None:
    points, headings = coil.walked(coil.drop(165.0, 2.0))
    assert points[-1] == pytest.approx([0.0, 2.0], abs=0.01)
    assert headings[-1] - headings[0] == pytest.approx(np.pi, abs=0.3)


def test_a_traffic_handle_has_room_for_a_hand() -> None:
    design = make_design("leash", leash_mm=1500, handle=True, width_mm=25)
    curve, parts = leash.lay(design).strap("handle").curve, leash.plan(design)
    under = leash.lay(design).strap("leash").curve
    off = np.linalg.norm(curve.points[:, None] - under.points[None], axis=2).min(axis=1)
    assert off.max() > 35
    assert parts.handle_strap_mm > parts.handle_base_mm + 60


def test_what_is_not_sewn_is_riveted() -> None:
    sewn, riveted = (resolve(make_design("leash", material=m)) for m in ("nylon", "leather"))
    assert {seam.name for seam in sewn.seams} == {"snap_fold", "hand_seam"}
    assert not riveted.seams
    names = {fitting.name for fitting in riveted.fittings if fitting.piece == "rivet"}
    assert names == {f"{seam}_rivet_{n}" for seam in ("snap_fold", "hand_seam") for n in (1, 2)}


def test_marks_lie_on_the_strap_in_order() -> None:
    for design in DESIGNS:
        for strap in resolve(design).straps:
            places = [mark.at_mm for mark in strap.marks]
            assert places == sorted(places)
            assert all(0 <= place <= strap.cut_mm for place in places)
