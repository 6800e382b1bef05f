"""The tag: its plate and hole, what is engraved in it, and the ring it hangs from."""

import numpy as np
import pytest
import trimesh

from pet_app.builder import library
from pet_app.builder.design import Design
from pet_app.builder.geometry.build import build, glb
from pet_app.builder.geometry.letters import outlines
from pet_app.builder.geometry.sheet import filled, regions_of
from pet_app.builder.geometry.tag import FORWARD
from pet_app.builder.resolve import resolve
from pet_app.builder.resolve.tag import blank
from pet_app.builder.rules import Kind, TagShape
from tests.builder.factory import make_design, random_designs
from tests.proofs import tape

SIZES = (22, 28, 32, 40)
DESIGNS = [
    make_design("tag", tag_shape=shape, tag_mm=32, text="Rex\n555 0134") for shape in TagShape
]
DEEP_MM = 0.3


def plate_of(design: Design) -> trimesh.Trimesh:
    """The plate in its own frame: across x, up y, its engraved face towards +z."""
    part = next(part for part in build(design).parts if part.name == "tag")
    points = part.vertices @ FORWARD
    mesh = trimesh.Trimesh(points - points.min(axis=0), part.faces, process=False)
    mesh.merge_vertices(merge_tex=True, merge_norm=True)
    return mesh


def polygon_mm2(points: np.ndarray) -> float:
    x, y = points.T
    return float(x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2


@pytest.mark.parametrize("shape", TagShape)
@pytest.mark.parametrize("tag_mm", SIZES)
def test_a_tag_is_as_wide_as_ordered_and_alike_on_both_sides(shape: TagShape, tag_mm: int) -> None:
    outline = blank(shape, tag_mm).outline
    assert np.ptp(outline[:, 0]) == pytest.approx(tag_mm, abs=0.2)
    right, left = (np.clip(side * outline[:, 0], 0.0, None) for side in (1.0, -1.0))
    halves = [polygon_mm2(np.stack([half, outline[:, 1]], axis=1)) for half in (right, left)]
    assert halves[0] == pytest.approx(-halves[1], rel=0.005)


@pytest.mark.parametrize("shape", TagShape)
@pytest.mark.parametrize("tag_mm", SIZES)
def test_the_ring_passes_the_hole_and_metal_is_left_round_it(shape: TagShape, tag_mm: int) -> None:
    cut = blank(shape, tag_mm)
    wire = library.hardware("split_ring", cut.ring_mm).bar_mm
    turned_past = np.hypot(wire, 2 * wire)
    assert cut.hole_mm >= turned_past + 0.4
    away = np.linalg.norm(cut.outline[:, None] - cut.hole[None], axis=2).min()
    assert away >= 1.7


@pytest.mark.parametrize("design", DESIGNS, ids=lambda design: design.options.tag_shape.value)
def test_the_panel_is_what_the_plate_is_cut_to(design: Design) -> None:
    (panel,), plate = resolve(design).panels, plate_of(design)
    size = np.ptp(np.array(panel.outline_mm), axis=0)
    assert plate.extents == pytest.approx([*size, panel.thickness_mm], abs=0.02)
    cut = np.concatenate([np.array(ring) for ring in (panel.outline_mm, *panel.holes_mm)])
    cut = cut - np.array(panel.outline_mm).min(axis=0)
    bevel = library.table("tag")["bevel_mm"]
    edge = plate.vertices[np.abs(plate.vertices[:, 2] - bevel) < 1e-6][:, :2]
    apart = np.linalg.norm(cut[:, None] - edge[None], axis=2)
    assert apart.min(axis=1).max() < 0.01
    assert apart.min(axis=0).max() < 0.01
    assert panel.area_mm2 == pytest.approx(
        polygon_mm2(np.array(panel.outline_mm)) + polygon_mm2(np.array(panel.holes_mm[0]))
    )
    assert len(panel.holes_mm) == 1


@pytest.mark.parametrize("design", DESIGNS, ids=lambda design: design.options.tag_shape.value)
def test_engraving_takes_metal_away(design: Design) -> None:
    (lettering,) = resolve(design).letterings
    blank_design = make_design("tag", tag_shape=design.options.tag_shape, tag_mm=32, text="")
    ink = filled(regions_of(outlines(lettering))).area_mm2
    taken = plate_of(blank_design).volume - plate_of(design).volume
    assert taken == pytest.approx(ink * DEEP_MM, rel=0.02)
    plate = plate_of(design)
    level = plate.extents[2] - DEEP_MM
    floor = (np.abs(plate.triangles_center[:, 2] - level) < 1e-6) & (plate.face_normals[:, 2] > 0.9)
    assert plate.area_faces[floor].sum() == pytest.approx(ink, rel=0.01)


@pytest.mark.parametrize("design", DESIGNS, ids=lambda design: design.options.tag_shape.value)
def test_letters_have_their_true_size_and_keep_to_the_plate(design: Design) -> None:
    (lettering,), (panel,) = resolve(design).letterings, resolve(design).panels
    part = next(part for part in build(design).parts if part.name == "tag_letters")
    across = part.vertices[:, 2]
    assert np.ptp(across) == pytest.approx(lettering.length_mm, abs=0.2)
    edge = np.array(panel.outline_mm)
    ink = np.concatenate([shape.outline for shape in outlines(lettering)])
    assert np.linalg.norm(edge[:, None] - ink[None], axis=2).min() > 1.2
    hole = np.array(panel.holes_mm[0])
    assert np.linalg.norm(hole[:, None] - ink[None], axis=2).min() > 0.4


@pytest.mark.parametrize("tag_mm", SIZES)
def test_capitals_are_as_high_as_worked_out(tag_mm: int) -> None:
    design = make_design("tag", tag_mm=tag_mm, text="HEX")
    (lettering,) = resolve(design).letterings
    part = next(part for part in build(design).parts if part.name == "tag_letters")
    assert np.ptp(part.vertices[:, 1]) == pytest.approx(lettering.height_mm, abs=0.2)


def test_a_tag_carries_three_lines_and_no_more() -> None:
    design = make_design("tag", tag_mm=40, text="Rex\n020 7946\nchip 98")
    assert resolve(design).letterings[0].lines == ("Rex", "020 7946", "chip 98")
    with pytest.raises(ValueError, match="3 lines"):
        resolve(make_design("tag", tag_mm=40, text="a\nb\nc\nd"))


def test_a_tag_without_a_text_is_plain() -> None:
    design = make_design("tag", text="")
    assert {part.name for part in build(design).parts} == {"tag", "split_ring"}


def test_every_part_is_closed_with_any_script() -> None:
    for text in ("Ąęłż\n+48 555", "Ζευς", "Бобик", "כלב", "كلب", "&@%80"):
        for shape in TagShape:
            design = make_design("tag", tag_shape=shape, tag_mm=40, text=text)
            meshes = tape.unpack(glb(build(design)))
            assert [name for name, mesh in meshes.items() if not tape.closed(mesh)] == []


def test_the_ring_goes_through_the_hole_without_touching() -> None:
    for design in random_designs(4, seed=3, kinds=(Kind.TAG,)):
        meshes = tape.unpack(glb(build(design)))
        assert not meshes["tag"].contains(meshes["split_ring"].vertices).any()
        assert meshes["split_ring"].bounds[0, 1] < meshes["tag"].bounds[1, 1]
