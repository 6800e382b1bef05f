"""The bandana: its flat triangle, how it is drawn from that, and what stands on it."""

import numpy as np
import pytest
import trimesh

from pet_app.builder.body import body
from pet_app.builder.design import Design
from pet_app.builder.geometry import bandana
from pet_app.builder.geometry.build import build, glb
from pet_app.builder.geometry.cloth import Cloth
from pet_app.builder.geometry.letters import outlines, raised
from pet_app.builder.geometry.mesh import Part
from pet_app.builder.geometry.solid import Solid
from pet_app.builder.resolve import resolve
from pet_app.builder.resolve.bandana import flat
from pet_app.builder.rules import Kind, Method
from tests.builder.factory import make_design, random_designs
from tests.proofs import tape

DESIGNS = random_designs(6, seed=8, kinds=(Kind.BANDANA,))
LETTERED = [
    make_design("bandana", text="Biscuit", method=method, neck_mm=neck, girth_mm=girth, build=build)
    for method, neck, girth, build in (
        ("printed", 400, 640, "retriever"),
        ("embroidered", 240, 360, "toy"),
        ("printed", 700, 1080, "mastiff"),
    )
]


def name(design: Design) -> str:
    measured = design.measurements
    return f"{design.build.value}-{measured.neck_mm}-{measured.girth_mm}"


def parts(design: Design) -> dict[str, Part]:
    return {part.name: part for part in build(design).parts}


def cloth_of(design: Design) -> Cloth:
    return bandana.draped(flat(design), body(design.measurements, design.build))


def polygon_mm2(points: np.ndarray) -> float:
    x, y = points.T
    return float(x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2


@pytest.mark.parametrize("design", DESIGNS, ids=name)
def test_the_panel_is_the_finished_triangle_with_its_hem_all_round(design: Design) -> None:
    (panel,), cloth = resolve(design).panels, flat(design)
    outline = np.array(panel.outline_mm)
    assert panel.area_mm2 == pytest.approx(polygon_mm2(outline), rel=1e-6)
    finished = cloth.long_mm * cloth.deep_mm / 2
    around = cloth.long_mm + 2 * cloth.leg_mm
    hem = panel.area_mm2 - finished
    assert 0.9 * around * cloth.hem_mm < hem < around * cloth.hem_mm + 6 * cloth.hem_mm**2
    corners = np.array([(-cloth.long_mm / 2, 0.0), (0.0, -cloth.deep_mm), (cloth.long_mm / 2, 0.0)])
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        way = (end - start) / np.linalg.norm(end - start)
        side = np.array([way[1], -way[0]])
        assert ((outline - start) @ side).max() == pytest.approx(cloth.hem_mm, abs=0.01)


def test_its_ends_reach_for_a_knot_beyond_the_neck() -> None:
    for design in DESIGNS:
        cloth = flat(design)
        assert cloth.inner_mm > design.measurements.neck_mm
        assert 2 * 50 < cloth.long_mm - cloth.neck_mm < 2 * 135


@pytest.mark.parametrize("design", [*DESIGNS, *LETTERED], ids=name)
def test_cloth_in_front_is_hardly_stretched_and_faces_who_meets_the_animal(design: Design) -> None:
    cloth, measure = cloth_of(design), flat(design)
    x, y = cloth.pattern[..., 0], cloth.pattern[..., 1]
    front = (np.abs(x) < 0.135 * measure.neck_mm) & (np.abs(y / measure.deep_mm + 0.44) < 0.07)
    drawn = np.linalg.norm(np.diff(cloth.points, axis=0), axis=2)
    long = np.linalg.norm(np.diff(cloth.pattern, axis=0), axis=2)
    stretch = (drawn / long)[front[1:] & front[:-1]]
    assert np.median(stretch) == pytest.approx(1.0, abs=0.1)
    *_, out = cloth.ways()
    assert np.percentile(out[front][:, 0], 10) > 0.25


@pytest.mark.parametrize("design", [*DESIGNS, *LETTERED], ids=name)
def test_cloth_lies_outside_the_animal(design: Design) -> None:
    whole = body(design.measurements, design.build)
    away = whole.depth_whole(cloth_of(design).points.reshape(-1, 3))
    assert np.percentile(away, 1) > -0.5
    assert away.min() > -0.02 * design.measurements.neck_mm


@pytest.mark.parametrize("neck_mm", [150, 400, 800])
def test_letters_are_cut_at_the_size_they_were_worked_out(neck_mm: int) -> None:
    design = make_design("bandana", neck_mm=neck_mm, text="HEX", method="printed")
    (lettering,) = resolve(design).letterings
    solid = raised(outlines(lettering), lettering.method, 2.5, any_way=True)
    assert np.ptp(solid.vertices[:, 0]) == pytest.approx(lettering.length_mm, rel=0.003)
    assert np.ptp(solid.vertices[:, 1]) == pytest.approx(lettering.height_mm, abs=0.2)


@pytest.mark.parametrize("design", LETTERED, ids=name)
def test_letters_stand_on_the_cloth_and_keep_their_height(design: Design) -> None:
    found = tape.unpack(glb(build(design)))
    cloth, letters = found["bandana"], found["bandana_letters"]
    assert tape.closed(letters)
    assert tape.facing(letters) > 0.98
    high = {Method.PRINTED: 0.08, Method.EMBROIDERED: 0.35}[design.options.method]
    stored = letters.metadata["normals"][letters.faces].mean(axis=1)
    stored /= np.linalg.norm(stored, axis=1, keepdims=True)
    agree = np.einsum("ij,ij->i", letters.face_normals, stored)
    upper = (agree > 0.9) & (letters.face_normals[:, 0] > 0.2)
    above, rays = heights_mm(cloth, letters.triangles_center[upper], letters.face_normals[upper])
    assert np.median(above) == pytest.approx(high + 0.1, abs=0.07)
    area = letters.area_faces[upper][rays]
    assert area[above > 0].sum() > 0.99 * area.sum()


def heights_mm(
    under: trimesh.Trimesh, points: np.ndarray, ways: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """How far points are above what lies under them, along their own ways out, and which are."""
    starts = points + 3.0 * ways
    found, rays, _ = under.ray.intersects_location(starts, -ways, multiple_hits=False)
    return np.linalg.norm(found - starts[rays], axis=1) - 3.0, rays


def test_a_fine_cut_changes_no_outline() -> None:
    (lettering,) = resolve(LETTERED[0]).letterings
    whole = raised(outlines(lettering), lettering.method)
    fine = raised(outlines(lettering), lettering.method, 2.5, any_way=True)
    edges = np.concatenate([fine.faces[:, [0, 1]], fine.faces[:, [1, 2]], fine.faces[:, [2, 0]]])
    corners = fine.vertices[edges]
    level = np.abs(np.diff(corners[..., 2], axis=1)[:, 0]) < 1e-9
    assert np.linalg.norm(np.diff(corners[level], axis=1)[:, 0], axis=1).max() < 2.5 * 1.5
    assert volume(fine) == pytest.approx(volume(whole), rel=0.002)


def volume(solid: Solid) -> float:
    return float(trimesh.Trimesh(solid.vertices, solid.faces, process=False).volume)


def test_a_bandana_without_a_text_has_no_letters() -> None:
    design = make_design("bandana", text="")
    assert not resolve(design).letterings
    assert set(parts(design)) == {"bandana", "hem_stitches"}


def test_every_part_is_closed_from_kitten_to_mastiff() -> None:
    for neck, girth, build_ in ((150, 200, "cat"), (260, 308, "toy"), (800, 1150, "bulldog")):
        design = make_design(
            "bandana", neck_mm=neck, girth_mm=girth, build=build_, text="Łucja & Ζευς"
        )
        data = glb(build(design))
        assert len(data) < 450_000
        assert [name for name, mesh in tape.unpack(data).items() if not tape.closed(mesh)] == []
