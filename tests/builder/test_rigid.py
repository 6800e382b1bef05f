"""Hardware that recurs is one mesh in several places."""

from dataclasses import replace

import numpy as np
import pytest

from pet_app.builder.geometry.build import build, glb
from pet_app.builder.geometry.mesh import Part, Slot
from pet_app.builder.geometry.rigid import rigid
from pet_app.builder.rules import RingPlace
from tests.builder.factory import make_design
from tests.proofs import tape

DICE = np.random.default_rng(5)


def a_rivet(turn: np.ndarray | None = None, shift: tuple[float, ...] = (0.0, 0.0, 0.0)) -> Part:
    model = build(make_design("collar", material="leather"))
    part = next(part for part in model.parts if "rivet" in part.name)
    turn = np.eye(3) if turn is None else turn
    return replace(part, vertices=part.vertices @ turn.T + shift, normals=part.normals @ turn.T)


def some_turn() -> np.ndarray:
    turn, _ = np.linalg.qr(DICE.normal(size=(3, 3)))
    return turn * np.linalg.det(turn)


@pytest.mark.parametrize("number", range(6))
def test_the_same_piece_elsewhere_is_known_again(number: int) -> None:
    turn = some_turn() if number else np.diag([-1.0, -1.0, 1.0])
    other = a_rivet(turn, (40.0, -3.0, 250.0))
    move = rigid(a_rivet(), other)
    assert move
    assert np.allclose(move.turn, turn, atol=1e-9)
    x, y, z, w = move.quaternion()
    assert np.hypot(np.hypot(x, y), np.hypot(z, w)) == pytest.approx(1)
    first = [1 - 2 * (y * y + z * z), 2 * (x * y + z * w), 2 * (x * z - y * w)]
    assert np.allclose(first, turn[:, 0], atol=1e-9)


def test_a_mirrored_or_larger_piece_is_another() -> None:
    piece = a_rivet()
    lopsided = replace(piece, vertices=piece.vertices * [1.0, 1.0, 1.02])
    assert rigid(piece, lopsided) is None
    snap = next(p for p in build(make_design("leash")).parts if p.slot is Slot.METAL)
    mirrored = replace(snap, vertices=snap.vertices * [1.0, 1.0, -1.0])
    assert rigid(snap, mirrored) is None


def test_every_piece_is_where_it_was_built() -> None:
    both = (RingPlace.BACK, RingPlace.CHEST)
    model = build(make_design(material="leather", rings=both, handle=True))
    data = glb(model)
    meshes = tape.unpack(data)
    for part in model.parts:
        found = meshes[part.name]
        assert np.abs(found.vertices - part.vertices).max() < 0.02, part.name
        agree = np.einsum("ij,ij->i", found.metadata["normals"], part.normals)
        assert agree.min() > 0.99, part.name
    pieces = [part for part in model.parts if part.slot in (Slot.METAL, Slot.PLASTIC)]
    assert len(pieces) > 20
    everything = sum(len(part.vertices) for part in model.parts)
    assert len(data) < 24 * everything  # with each piece written out, 29 bytes for each vertex
