"""The parts library: every piece at every width is a closed body of the size it says."""

from collections.abc import Iterator

import numpy as np
import pytest

from pet_app.builder import library
from pet_app.builder.geometry import hardware
from pet_app.builder.geometry.hardware.seams import SUNK_MM
from pet_app.builder.geometry.mesh import Part, Slot
from pet_app.builder.geometry.solid import Hole, Solid, padding, strap
from pet_app.builder.geometry.solid.woven import HOLE_ROOM
from pet_app.builder.geometry.tangent import tangents
from pet_app.builder.geometry.track import Frames
from pet_app.builder.library import Hardware
from tests.builder.solids import faults

THICKNESS_MM = 1.8
STITCHES = ("box and cross", "box", "bartack", "line", "hem")


def drawn(piece: str, part: Hardware) -> list[tuple[str, Solid]]:
    """The bodies of a piece of hardware by its row."""
    if piece.endswith("buckle"):
        return [(shape.name, shape.solid) for shape in hardware.buckle(piece, part, THICKNESS_MM)]
    solid = {
        "slider": lambda: hardware.slider(part.width_mm, part.span_mm),
        "d_ring": lambda: hardware.d_ring(part.width_mm, part.bar_mm),
        "o_ring": lambda: hardware.o_ring(part.span_mm, part.bar_mm),
        "split_ring": lambda: hardware.split_ring(part.span_mm, part.bar_mm),
        "rivet": lambda: hardware.rivet(part.span_mm, part.bar_mm, 2 * THICKNESS_MM),
        "name_plate": lambda: hardware.name_plate(part.span_mm, part.bar_mm, part.high_mm, 3.0),
        "keeper": lambda: hardware.keeper(part.width_mm, part.span_mm, part.bar_mm, 3.7),
        "snap_hook": lambda: hardware.snap_hook(part.width_mm, part.span_mm, part.bar_mm),
    }[piece]()
    return [("", solid)]


def rows() -> Iterator[tuple[str, Hardware]]:
    for piece, row in library.table("hardware").items():
        for size in row.get("sizes", ()) if isinstance(row, dict) else ():
            yield piece, library.hardware(piece, int(size))


def straight(places: np.ndarray) -> Frames:
    """Frames along a straight line."""
    many = len(places)
    axes = [np.tile(axis, (many, 1)) for axis in np.eye(3)]
    return Frames(places[:, None] * [1.0, 0.0, 0.0], axes[0], axes[1], axes[2], np.zeros(many))


@pytest.mark.parametrize("piece", [name for name, row in library.table("hardware").items()
                                   if isinstance(row, dict) and "sizes" in row])  # fmt: skip
def test_every_piece_at_every_width_is_a_closed_body(piece):
    for name, part in rows():
        for body, solid in drawn(name, part) if name == piece else ():
            assert faults(solid) == [], (name, body, part.width_mm)


def test_every_piece_says_what_it_bears_and_costs_and_whether_that_is_assumed():
    for piece, part in rows():
        row = library.table("hardware")[piece]["sizes"][str(part.width_mm)]
        assert part.strength_n > 0
        assert part.cost_cents > 0
        assert row.get("assumption") or row.get("source"), (piece, part.width_mm)


def test_a_wider_piece_is_larger_and_stronger():
    for piece in {name for name, _ in rows()}:
        sizes = [part for name, part in rows() if name == piece]
        reach = [max(np.ptp(body.vertices, axis=0).max() for _, body in drawn(piece, part))
                 for part in sizes]  # fmt: skip
        assert reach == sorted(reach), piece
        strengths = [part.strength_n for part in sizes]
        assert strengths == sorted(strengths), piece


def test_pieces_are_as_large_as_their_rows_say():
    for piece, part in rows():
        bodies = dict(drawn(piece, part))
        extent = np.ptp(bodies[""].vertices, axis=0)
        bar, span = part.bar_mm, part.span_mm
        if piece.endswith("buckle"):
            assert span < extent[0] < span + 0.6 * part.width_mm
            assert part.width_mm < extent[1] < 1.5 * part.width_mm + 2
        elif piece in ("d_ring", "o_ring"):
            assert extent.min() == pytest.approx(bar, rel=0.05)
            assert extent[1] == pytest.approx((span or part.width_mm + 1.2) + 2 * bar, rel=0.02)
        elif piece == "split_ring" or piece in ("slider", "name_plate", "rivet", "keeper"):
            assert extent[0] == pytest.approx(span, rel=0.02)
        elif piece == "snap_hook":
            assert bodies[""].vertices[:, 0].max() == pytest.approx(span, rel=0.02)


def test_webbing_passes_through_every_slot_with_little_to_spare():
    for piece, part in rows():
        if piece in ("slider", "keeper", "d_ring"):
            rim = np.abs(drawn(piece, part)[0][1].vertices[:, 1])
            spare = rim[rim > part.width_mm / 2].min() - part.width_mm / 2
            assert 0 < spare < 2, (piece, part.width_mm)


@pytest.mark.parametrize("width", [10, 15, 20, 25, 30, 40, 50])
def test_straps_padding_and_pierced_straps_are_closed(width):
    places = np.linspace(0.0, 200.0, 41)
    assert faults(strap(straight(places), width, THICKNESS_MM)) == []
    assert faults(padding(straight(places), width + 8, 4.0, width)) == []
    radius = 0.06 * width + 0.5
    holes = (60.0, 140.0)
    for at in holes:
        places = places[np.abs(places - at) > 1.5 * HOLE_ROOM * radius]
    room = HOLE_ROOM * radius
    places = np.sort(np.concatenate([places, *([at - room, at + room] for at in holes)]))
    pierced = [Hole(int(np.searchsorted(places, at)) - 1, radius) for at in holes]
    solid = strap(straight(places), width, THICKNESS_MM, holes=pierced)
    assert faults(solid) == []
    nearest = np.hypot(solid.vertices[:, 0] - 60.0, solid.vertices[:, 1]).min()
    assert nearest == pytest.approx(radius, rel=0.01)


def test_a_closed_strap_has_no_seam():
    turn = np.linspace(0.0, 2 * np.pi, 73)
    out = np.stack([np.cos(turn), np.sin(turn), 0 * turn], axis=1)
    along = np.stack([-np.sin(turn), np.cos(turn), 0 * turn], axis=1)
    frames = Frames(60 * out, along, np.cross(out, along), out, np.zeros(73))
    assert faults(strap(frames, 20, THICKNESS_MM, closed=True)) == []


@pytest.mark.parametrize("stitch", STITCHES)
def test_stitches_are_closed_threads_that_lie_on_the_webbing(stitch):
    solid = hardware.stitches(hardware.lines(stitch, 24.0, 16.0), 2.6, 0.7)
    assert faults(solid, facing=0.6) == []
    assert solid.vertices[:, 2].min() == pytest.approx(-SUNK_MM)
    assert 0.2 < solid.vertices[:, 2].max() < 0.7
    reach = np.abs(solid.vertices[:, :2]).max(axis=0)
    assert reach == pytest.approx([12.0, 0.4 if stitch == "line" else 8.0], abs=1.0)


def test_a_tangent_is_one_long_square_to_the_normal_and_runs_along_the_strap():
    frames = straight(np.linspace(0.0, 100.0, 21))
    solid = strap(frames, 20, THICKNESS_MM)
    part = Part("strap", Slot.WEBBING, solid.vertices, solid.faces, solid.normals, solid.uv)
    found = tangents(part)
    ways, hands = found[:, :3], found[:, 3]
    assert np.allclose(np.linalg.norm(ways, axis=1), 1)
    assert np.abs(np.einsum("ij,ij->i", ways, solid.normals)).max() < 1e-6
    outer = (solid.normals[:, 2] > 0.99) & (np.abs(solid.vertices[:, 0] - 50) < 40)
    assert np.allclose(ways[outer], [1, 0, 0], atol=1e-6)
    # up in the picture is the way of shrinking v
    across = np.cross(solid.normals, ways)[outer] * hands[outer, None]
    grows = np.sign(solid.uv[outer, 1].astype(float) * solid.vertices[outer, 1])
    assert np.all(across[grows != 0, 1] * grows[grows != 0] < 0)
