"""The simple body that gear is fitted to."""

import numpy as np
import pytest
import trimesh

from pet_app.builder.courses.ring import Ring, collar_ring, girth_ring, neck_ring
from pet_app.builder.geometry.torso import torso
from pet_app.builder.resolve import resolve
from tests.builder.factory import make_design, random_designs

DESIGNS = [make_design(), *random_designs(12, seed=3)]


def rings() -> list[tuple[Ring, int]]:
    """The rings of a middling dog, and what the owner measured there."""
    measured = make_design().measurements
    return [
        (girth_ring(measured.girth_mm), measured.girth_mm),
        (neck_ring(measured, measured.girth_mm, measured.neck_mm), measured.neck_mm),
        (collar_ring(measured, measured.neck_mm), measured.neck_mm),
    ]


@pytest.mark.parametrize(("ring", "measured_mm"), rings())
def test_a_ring_is_as_long_as_what_the_owner_measured(ring: Ring, measured_mm: int) -> None:
    curve = ring.curve()
    assert curve.length == pytest.approx(measured_mm, abs=0.1)
    assert np.allclose(curve.points[0], curve.points[-1])
    assert np.allclose(curve.points[0], ring.highest, atol=0.1)
    assert np.allclose(curve.points[len(curve.points) // 2], ring.lowest, atol=0.5)


def test_straps_lie_outside_the_body_and_near_it() -> None:
    for design in DESIGNS:
        solid = torso(design.measurements)
        body = trimesh.Trimesh(solid.vertices, solid.faces, process=False)
        body.merge_vertices(merge_tex=True, merge_norm=True)
        assert body.is_watertight
        assert body.volume > 0
        for strap in resolve(design).laid.straps:
            points = strap.curve.points[::4]
            assert not body.contains(points).any(), (design, strap.name)
            away = np.linalg.norm(points[:, None] - solid.vertices[None], axis=2).min(axis=1)
            assert away.max() < 0.09 * design.measurements.girth_mm, (design, strap.name)
