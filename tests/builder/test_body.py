"""The animal: it measures what its owner measured, from kitten to mastiff, and straps lie free."""

import itertools
import os
import random
from functools import cache

import numpy as np
import pytest
import trimesh
from scipy.spatial import ConvexHull

from pet_app.builder.body import Body, Plane, body
from pet_app.builder.design import Measurements
from pet_app.builder.geometry.animal import animal_parts
from pet_app.builder.rules import Build
from tests.builder.factory import random_measurements

KITTEN = Measurements(150, 200, 150, 1_200)
MASTIFF = Measurements(800, 1150, 850, 90_000)
MIDDLING = Measurements(400, 640, 480, 18_000)
ANIMALS = list(itertools.product(Build, (KITTEN, MIDDLING, MASTIFF)))
BODIES = int(os.environ.get("BODIES", "16"))
"""How many animals of any measures are made; `make proofs` makes more."""
CLOSE_MM = 2.0
"""Far less than an owner can measure: the flat faces of the coat take the most of it."""


@cache
def coat(measured: Measurements, build: Build) -> trimesh.Trimesh:
    part = animal_parts(measured, build)[0]
    mesh = trimesh.Trimesh(part.vertices, part.faces, process=False)
    mesh.merge_vertices(merge_tex=True, merge_norm=True)
    return mesh


def taped(mesh: trimesh.Trimesh, plane: Plane) -> float:
    """The tape round the piece of a mesh's section that holds the plane's point, in mm."""
    section = mesh.section(plane_origin=plane.point, plane_normal=plane.normal)
    assert section is not None
    loops = [np.asarray(loop) @ np.stack([plane.up, plane.right]).T for loop in section.discrete]
    middle = np.array([plane.point @ plane.up, plane.point @ plane.right])
    holding = [loop for loop in loops if winds_round(loop - middle)]
    assert len(holding) == 1
    return float(ConvexHull(holding[0]).area)


def winds_round(loop: np.ndarray) -> bool:
    turn = np.unwrap(np.arctan2(loop[:, 1], loop[:, 0]))
    return abs(turn[-1] - turn[0]) > 6


def back(mesh: trimesh.Trimesh, animal: Body) -> float:
    """The tape drawn tight along the mesh's back from the withers to the tail, in mm."""
    start, end = animal.landmarks["withers"], animal.landmarks["tail_base"]
    section = mesh.section(plane_origin=[0, 0, 0], plane_normal=[0, 0, 1])
    assert section is not None
    outline = max((np.asarray(loop) for loop in section.discrete), key=len)[:, :2]
    shares = np.linspace(0, 1, 200)[1:-1]
    line = [start[:2]]
    for x in start[0] + shares * (end[0] - start[0]):
        heights = crossings(outline, x)
        # What is over the back, as a tail is, lies above the first way out of the body.
        level = np.interp(x, [end[0], start[0]], [end[1], start[1]])
        line.append(np.array([x, heights[np.argmin(np.abs(heights - level))]]))
    line.append(end[:2])
    kept = [line[0]]
    for point in line[1:]:
        while len(kept) > 1 and sinks(kept[-2], kept[-1], point):
            kept.pop()
        kept.append(point)
    return float(np.linalg.norm(np.diff(kept, axis=0), axis=1).sum())


def sinks(first: np.ndarray, middle: np.ndarray, last: np.ndarray) -> bool:
    """Whether the middle one lies below the straight line, going from head to tail."""
    ahead, after = middle - first, last - middle
    return bool(ahead[0] * after[1] - ahead[1] * after[0] < 0)


def crossings(outline: np.ndarray, x: float) -> np.ndarray:
    first, last = outline[:-1], outline[1:]
    over = (first[:, 0] > x) != (last[:, 0] > x)
    first, last = first[over], last[over]
    share = (x - first[:, 0]) / (last[:, 0] - first[:, 0])
    return first[:, 1] + share * (last[:, 1] - first[:, 1])


@pytest.mark.parametrize(("build", "measured"), ANIMALS)
def test_the_animal_measures_what_its_owner_measured(build: Build, measured: Measurements) -> None:
    animal, mesh = body(measured, build), coat(measured, build)
    assert taped(mesh, animal.girth) == pytest.approx(measured.girth_mm, abs=CLOSE_MM)
    assert taped(mesh, animal.collar) == pytest.approx(measured.neck_mm, abs=CLOSE_MM)
    assert back(mesh, animal) == pytest.approx(measured.back_mm, abs=CLOSE_MM)


@pytest.mark.parametrize(("build", "measured"), ANIMALS)
def test_the_coat_is_one_smooth_closed_body(build: Build, measured: Measurements) -> None:
    mesh = coat(measured, build)
    assert mesh.is_watertight
    assert mesh.is_winding_consistent
    assert mesh.volume > 0
    assert mesh.body_count == 1
    angles = np.degrees(mesh.face_adjacency_angles)
    assert np.percentile(angles, 95) < 35
    middles = mesh.vertices[mesh.face_adjacency_edges].mean(axis=1)
    animal = body(measured, build)
    plain = np.abs(animal.depth(middles) - animal.depth_whole(middles)) < 0.01
    assert plain.sum() > 4_000
    assert angles[plain].max() < 28  # elsewhere ears have rims, and paws toes
    assert 6_000 < len(mesh.faces) < 18_500


@pytest.mark.parametrize("build", Build)
def test_normals_follow_the_coat(build: Build) -> None:
    part = animal_parts(MIDDLING, build)[0]
    mesh = trimesh.Trimesh(part.vertices, part.faces, process=False)
    assert np.allclose(np.linalg.norm(part.normals, axis=1), 1, atol=1e-4)
    agree = np.einsum("ij,ikj->ik", mesh.face_normals, part.normals[part.faces])
    assert np.percentile(agree, 1) > 0.6
    assert (agree > 0).mean() > 0.999


@pytest.mark.parametrize("build", Build)
def test_both_sides_of_the_animal_are_alike(build: Build) -> None:
    vertices = coat(MIDDLING, build).vertices
    other = vertices * [1, 1, -1]
    order = np.lexsort(np.round(vertices, 4).T)
    mirrored = np.lexsort(np.round(other, 4).T)
    assert np.allclose(vertices[order], other[mirrored], atol=1e-3)


@pytest.mark.parametrize(("build", "measured"), ANIMALS)
def test_legs_and_head_keep_clear_of_where_straps_run(build: Build, measured: Measurements) -> None:
    animal = body(measured, build)
    half = min(25.0, 0.045 * measured.girth_mm)
    for name, plane in (("girth", animal.girth), ("collar", animal.collar)):
        for aside in (-half, 0.0, half):
            loop = animal.section(plane.point + aside * plane.normal, plane.normal)
            assert animal.depth_whole(loop.points).min() > -0.3, (name, aside)
    for share in (0.6, 0.8, 1.0):
        plane = animal.along(share)
        loop = animal.section(plane.point, plane.normal)
        assert animal.depth_whole(loop.points).min() > -0.3, share
    ends = animal.landmarks["breastbone"], animal.landmarks["brisket"]
    ahead = animal.underline(np.linspace(ends[1][0], 0.8 * ends[0][0], 20))
    for aside in (0.0, 0.7 * half, half):
        strip = animal.project(ahead + np.array([0.0, 0.0, aside]))
        assert animal.depth_whole(strip).min() > -0.3, aside


def test_a_body_is_made_in_a_blink_whatever_it_measures() -> None:
    dice = random.Random(4)
    for _ in range(BODIES):
        measured = random_measurements(dice)
        for build in Build:
            animal = Body(measured, build)
            assert animal.tape(animal.girth) == pytest.approx(measured.girth_mm, abs=CLOSE_MM)
            assert animal.tape(animal.collar) == pytest.approx(measured.neck_mm, abs=CLOSE_MM)
            loop = animal.neck_plane(1.04 * measured.neck_mm)
            assert animal.tape(loop) == pytest.approx(1.04 * measured.neck_mm, rel=0.02)


@pytest.mark.parametrize("build", Build)
def test_a_heavy_animal_is_fuller_round_the_belly(build: Build) -> None:
    lean, full = (
        Body(Measurements(400, 640, 480, weight_g), build) for weight_g in (11_000, 27_000)
    )
    waist = np.array([0.6 * lean.landmarks["tail_base"][0]])
    assert full.underline(waist)[0, 1] < lean.underline(waist)[0, 1]
    slice_ = Plane(np.array([waist[0], 0.0, 0.0]), np.array([1.0, 0.0, 0.0]))
    assert full.tape(slice_) > lean.tape(slice_) * 1.03


def test_a_tape_in_a_slanting_plane_lies_on_the_body() -> None:
    animal = body(MIDDLING, Build.RETRIEVER)
    for normal in ([0.8, 0.2, 0.3], [0.5, -0.3, 0.8], [1.0, 0.0, 0.0]):
        loop = animal.section(np.zeros(3), np.array(normal))
        steps = np.diff(loop.arc)
        assert steps.max() < 1.05 * steps.min()
        assert np.allclose(loop.points[0], loop.points[-1])
        assert np.abs((loop.points - loop.points[0]) @ normal).max() < 1e-6
        assert animal.depth(loop.points).min() > -0.1
        assert np.percentile(animal.depth(loop.points), 50) < 0.5
        assert loop.points[64, 2] > 0


def test_depth_is_a_distance_near_the_coat() -> None:
    for build in Build:
        animal = body(MIDDLING, build)
        loop = animal.section(animal.girth.point, animal.girth.normal)
        for height in (3.0, 10.0):
            raised = loop.offset(height).points
            assert np.abs(animal.depth(raised) - height).max() < 0.08 * height
            assert np.linalg.norm(animal.project(raised) - loop.points, axis=1).max() < 0.8
