"""The proof of clearance finds straps that press in and straps that stand off."""

from dataclasses import replace

import numpy as np
import trimesh

from pet_app.builder.geometry.build import build, glb
from pet_app.builder.resolve import resolve
from tests.builder.factory import make_design
from tests.proofs import tape
from tests.proofs.clearance import Surface
from tests.proofs.proof import clearance
from tests.proofs.prove import animal

DESIGN = make_design("collar")


def found_with(*, out_mm: float) -> list[str]:
    """What is wrong with a middling collar whose strap is drawn in or out about its middle."""
    model = build(DESIGN)
    part = next(part for part in model.parts if part.name == "collar_strap")
    middle = part.vertices.mean(axis=0)
    size = 1 + out_mm / np.linalg.norm(part.vertices - middle, axis=1).mean()
    scaled = replace(part, vertices=middle + size * (part.vertices - middle))
    parts = tuple(scaled if each is part else each for each in model.parts)
    meshes = tape.unpack(glb(replace(model, parts=parts)))
    return clearance(meshes, animal(DESIGN), resolve(DESIGN))[1]


def test_a_strap_where_it_belongs_is_clear() -> None:
    assert found_with(out_mm=0.0) == []


def test_a_strap_that_presses_into_the_coat_is_caught() -> None:
    (fault,) = found_with(out_mm=-4.0)
    assert fault.startswith("collar lies -")


def test_a_strap_that_stands_off_is_caught() -> None:
    (fault,) = found_with(out_mm=12.0)
    assert "are allowed" in fault


def test_distances_from_a_ball_are_its_radius_less() -> None:
    surface = Surface(trimesh.creation.icosphere(subdivisions=4, radius=100.0))
    for height in (-3.0, 0.5, 9.0):
        ways = trimesh.creation.icosphere(subdivisions=3).vertices
        away, normals = surface.distances((100.0 + height) * ways)
        assert np.abs(away - height).max() < 0.4
        assert np.einsum("ij,ij->i", normals, ways).min() > 0.99
