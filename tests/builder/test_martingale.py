"""The martingale: how far it opens and closes, and its control loop."""

import numpy as np
import pytest

from pet_app.builder import library
from pet_app.builder.courses import martingale
from pet_app.builder.geometry.build import build
from pet_app.builder.resolve import resolve
from pet_app.builder.rules import Kind
from tests.builder.factory import make_design, random_designs

DRAWN = random_designs(30, seed=8, kinds=(Kind.MARTINGALE,))
DESIGNS = [design for design in DRAWN if design.kind is Kind.MARTINGALE]
"""Without those of cats, which become collars."""


def test_drawn_tight_it_is_as_long_as_the_neck_and_no_shorter() -> None:
    for design in DESIGNS:
        loop = resolve(design).loop("martingale")
        assert loop.shortest_mm == pytest.approx(loop.measurement_mm, abs=1)
        assert loop.shortest_mm >= loop.measurement_mm


def test_open_it_goes_over_the_head() -> None:
    over = library.table("martingale")["head"]["over_neck"]
    for design in DESIGNS:
        loop = resolve(design).loop("martingale")
        assert loop.longest_mm >= over * loop.measurement_mm


def test_it_has_no_buckle_but_two_rings_and_one_for_the_leash() -> None:
    for design in DESIGNS:
        pieces = {f.name: f.piece for f in resolve(design).fittings}
        assert not any("buckle" in piece for piece in pieces.values())
        rings = {name for name, piece in pieces.items() if piece == "d_ring"}
        assert rings == {"martingale_ring_left", "martingale_ring_right", "leash_d_ring"}


def test_the_control_loop_is_cut_from_narrower_webbing() -> None:
    for design in DESIGNS:
        strap = resolve(design).strap("control")
        assert strap.width_mm < design.width_mm
        assert strap.sku.endswith(f"-{strap.width_mm}")
        assert strap.neutral_mm > 2 * library.hardware("d_ring", design.width_mm).bar_mm


def test_the_control_loop_clears_the_wires_it_goes_round() -> None:
    design = make_design("martingale")
    thick = library.webbing(design.look.material).thickness_mm
    held = martingale.control_loop(design)
    bar = library.hardware("d_ring", martingale.control_width_mm(design.width_mm)).bar_mm
    away = np.linalg.norm(held.curve.points - held.bar, axis=1)
    assert away.min() >= bar / 2
    assert away.min() < bar / 2 + thick


def test_it_goes_through_both_rings() -> None:
    """Between the two layers of the control loop lies the bow of either ring."""
    parts = {part.name: part for part in build(make_design("martingale")).parts}
    control = parts["control_strap"].vertices
    for side in ("left", "right"):
        ring = parts[f"martingale_ring_{side}"].vertices
        bow = ring[np.argmin(np.abs(ring[:, 2]))]
        near = control[np.abs(control[:, 2] - bow[2]) < 4]
        assert near[:, 1].min() < bow[1] < near[:, 1].max()


def test_the_control_loop_lies_over_the_nape() -> None:
    parts = {part.name: part for part in build(make_design("martingale")).parts}
    strap, control = parts["martingale_strap"].vertices, parts["control_strap"].vertices
    assert abs(control[:, 2].mean()) < 3
    assert control[:, 1].max() > strap[:, 1].max()
    assert parts["leash_d_ring"].vertices[:, 1].max() > control[:, 1].max() - 5


def test_marks_lie_on_the_straps_in_order() -> None:
    for design in DESIGNS:
        for strap in resolve(design).straps:
            places = [mark.at_mm for mark in strap.marks]
            assert places == sorted(places)
            assert all(0 <= place <= strap.cut_mm for place in places)
