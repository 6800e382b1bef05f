"""What the camera sees: coverage, depth, framing, and what lies behind it."""

from dataclasses import replace

import numpy as np
import pytest

from pet_app.builder.geometry.mesh import Model
from pet_app.builder.render import visibility
from pet_app.builder.render.camera import CAMERAS, Camera, View, place
from pet_app.builder.render.scene import Scene, scene
from pet_app.builder.render.visibility import Fragments, fragments
from pet_app.core.errors import Invalid
from tests.builder.factory import KINDS
from tests.builder.shapes import finer, make_ball, make_box, make_model, make_part

FLAT = View(np.array([0, 0, 100], np.float32), np.diag([1, 1, -1]).astype(np.float32), 100.0, 64)
"""Looks down on z = 0 from 100 mm above: a millimetre is a pixel there, and (0, 0) the middle."""


def _sheet(points: np.ndarray, faces: np.ndarray, **changes: object) -> Scene:
    """Faces of one part; those counter-clockwise are turned to FLAT."""
    return scene(make_model(make_part(points, faces, **changes)))


def _seen(built: Scene, view: View = FLAT) -> Fragments:
    return fragments(built, view.project(built.vertices), view.size)


def _middles(seen: Fragments) -> np.ndarray:
    """float64 (k, 2): the middles of the fragments' pixels, right and down."""
    return np.stack([seen.pixel % 64, seen.pixel // 64], axis=1) + 0.5


def _grid(cells: int, half_mm: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """A square of crooked triangles that share their corners."""
    dice = np.random.default_rng(seed)
    line = np.linspace(-half_mm, half_mm, cells + 1)
    points = np.stack([*np.meshgrid(line, line, indexing="ij"), np.zeros((cells + 1,) * 2)], -1)
    points[1:-1, 1:-1, :2] += (
        dice.uniform(-0.3, 0.3, (cells - 1, cells - 1, 2)) * np.ptp(line) / cells
    )
    first = (np.arange(cells)[:, None] * (cells + 1) + np.arange(cells)).ravel()
    right, below = first + cells + 1, first + 1
    faces = np.concatenate(
        [np.stack([first, right, below], 1), np.stack([right, right + 1, below], 1)]
    )
    return points.reshape(-1, 3), faces


@pytest.mark.parametrize("cells", [1, 7, 40, 90])
def test_faces_that_share_their_sides_leave_no_crack_between_them(cells):
    seen = _seen(_sheet(*_grid(cells, 40.0, cells)))
    covered = np.bincount(seen.pixel, seen.share, 64 * 64)
    assert np.abs(covered - 1).max() < 1e-6


def test_a_face_covers_as_many_samples_as_its_area_says():
    dice = np.random.default_rng(5)
    for _ in range(40):
        corners = np.column_stack([dice.uniform(-30, 30, (3, 2)), np.zeros(3)])
        (ax, ay), (bx, by) = corners[1, :2] - corners[0, :2], corners[2, :2] - corners[0, :2]
        area = ax * by - ay * bx
        order = [0, 1, 2] if area > 0 else [0, 2, 1]
        seen = _seen(_sheet(corners, np.array([order])))
        around = np.abs(np.roll(corners, 1, axis=0) - corners).sum()
        assert seen.share.sum() == pytest.approx(abs(area) / 2, abs=0.05 * around + 0.5)


def test_what_is_nearer_hides_what_is_behind_it_whatever_the_order():
    near = make_box((-10, -10, 0), (10, 10, 5), name="near")
    far = make_box((-20, -20, -30), (20, 20, -20), name="far")
    for parts in ((near, far), (far, near)):
        built = scene(make_model(*parts))
        seen = _seen(built)
        shown = built.parts[seen.face] == [part.name for part in parts].index("near")
        off = np.abs(_middles(seen) - 32).max(axis=1)
        assert shown[off < 9].all()
        assert not shown[off > 12].any()


def test_weights_find_the_place_that_was_seen_also_in_perspective():
    points = np.array([[-30.0, -25, 40], [28, -20, -160], [-5, 30, -30]])
    built = _sheet(points, np.array([[0, 1, 2]]))
    seen = _seen(built)
    b, c = seen.bary.T
    weights = np.stack([1 - b - c, b, c], axis=1)
    found = np.einsum("kc,kcx->kx", weights, built.vertices[built.faces[seen.face]])
    inside = seen.share == 1
    assert inside.sum() > 100
    off = FLAT.project(found.astype(np.float32))[:, :2] - _middles(seen)
    assert np.abs(off[inside]).max() < 0.01


def test_a_sliver_is_asked_near_the_pixel_that_shows_it():
    """Faces of a fan are thinner than a pixel from end to end, or as flat as a line."""
    rim = np.linspace(0, 0.9, 300)
    fan = np.stack([60 * np.cos(rim) - 30, 60 * np.sin(rim) - 30, 0 * rim], axis=1)
    points = np.concatenate([[[-30, -30, 0]], fan])
    corners = np.arange(1, len(fan))
    needles = np.stack([0 * corners, corners, corners + 1], axis=1)
    flat = np.stack([corners[:-1], corners[1:], np.full(len(corners) - 1, len(fan))], axis=1)
    for faces in (needles, flat):
        built = _sheet(points, faces)
        seen = _seen(built)
        weights = np.stack([1 - seen.bary.sum(axis=1), *seen.bary.T], axis=1)
        places = np.einsum("kc,kca->ka", weights, built.vertices[built.faces[seen.face]])
        screen = FLAT.project(np.ascontiguousarray(places, np.float32))[:, :2]
        assert np.abs(screen - _middles(seen)).max() < 1


def test_the_fragments_of_a_pixel_come_together():
    built = scene(make_model(make_ball(20), make_box((-30, -30, -40), (30, -25, 0), name="plate")))
    seen = _seen(built)
    runs = 1 + np.count_nonzero(np.diff(seen.pixel))
    assert len(seen.pixel) > runs == len(np.unique(seen.pixel))
    assert np.bincount(seen.pixel, seen.share, 64 * 64).max() <= 1


def test_a_face_behind_the_camera_or_across_it_is_left_out():
    part = make_box((-10, -10, 60), (10, 10, 300))
    seen = _seen(scene(make_model(part, make_box((-20, -20, -5), (20, 20, 0), name="before it"))))
    assert len(seen.pixel) > 500
    assert np.isfinite(seen.bary).all()


def test_more_fragments_than_there_is_room_for_are_refused(monkeypatch):
    built = scene(make_model(make_ball(25)))
    monkeypatch.setattr(visibility, "MOST_FRAGMENTS", 2000)
    with pytest.raises(Invalid, match="finer"):
        _seen(built)
    monkeypatch.undo()
    assert len(_seen(built).pixel) > 2000


def test_what_was_drawn_before_leaves_nothing_behind():
    ball, other = scene(make_model(make_ball(25))), scene(make_model(make_ball(30, name="other")))
    first = _seen(ball)
    _seen(other)
    again = _seen(ball)
    for name, values in vars(first).items():
        assert np.array_equal(values, getattr(again, name)), name


def test_splitting_faces_changes_next_to_nothing():
    model = make_model(make_ball(25))
    plain, fine = _seen(scene(model)), _seen(scene(finer(model, 40_000)))
    covered = [np.bincount(seen.pixel, seen.share, 64 * 64) for seen in (plain, fine)]
    assert np.abs(covered[0] - covered[1]).max() < 0.51
    assert covered[0].sum() == pytest.approx(covered[1].sum(), rel=1e-3)


@pytest.mark.parametrize("kind", KINDS)
def test_a_piece_fills_its_picture_up_to_the_margin(kind):
    camera = CAMERAS[kind]
    points = np.random.default_rng(4).normal(0, (160, 60, 90), (500, 3)).astype(np.float32)
    screen = place(camera, points, 800).project(points)
    low, high = screen[:, :2].min(axis=0), screen[:, :2].max(axis=0)
    edge = 800 * camera.margin
    assert low.min() == pytest.approx(edge, abs=0.1)
    assert high.max() == pytest.approx(800 - edge, abs=0.1)
    # The shorter side stands about in the middle.
    assert np.abs(low + high - 800).max() < 60


def test_a_steady_camera_keeps_a_turning_piece_inside_and_as_far_away():
    points = np.random.default_rng(6).normal(0, (150, 40, 60), (300, 3)).astype(np.float32)
    views = [place(Camera(turn_deg=turn, steady=True), points, 800) for turn in range(0, 360, 24)]
    screens = [view.project(points) for view in views]
    middle = (points.min(axis=0) + points.max(axis=0)) / 2
    away = [np.linalg.norm(view.eye - middle) for view in views]
    assert np.ptp(away) < 0.01
    assert min(screen[:, :2].min() for screen in screens) > 800 * 0.09 - 0.1
    assert max(screen[:, :2].max() for screen in screens) < 800 * 0.91 + 0.1


def test_a_close_up_brings_the_place_it_aims_at_to_the_middle():
    points = np.random.default_rng(8).normal(0, 50, (200, 3)).astype(np.float32)
    camera = Camera()
    whole = place(camera, points, 800).project(points)
    aim = (float(whole[17, 0]) / 800, float(whole[17, 1]) / 800)
    close = place(replace(camera, zoom=2.5, aim=aim), points, 800).project(points)
    assert np.abs(close[17, :2] - 400).max() < 0.1
    apart = [np.linalg.norm(seen[:, :2] - seen[17, :2], axis=1) for seen in (whole, close)]
    near = (apart[0] > 20) & (apart[0] < 120)
    assert np.median(apart[1][near] / apart[0][near]) == pytest.approx(2.5, rel=0.06)


def test_a_camera_may_look_straight_down():
    view = place(Camera(tilt_deg=90, turn_deg=30), np.eye(3, dtype=np.float32) * 50, 100)
    assert np.allclose(view.axes @ view.axes.T, np.eye(3), atol=1e-6)
    assert view.axes[2, 1] == pytest.approx(-1)


def test_the_areas_of_a_scene_are_the_shares_of_its_surface():
    small, large = make_box((0, 0, 0), (1, 1, 1)), make_box((0, 0, 0), (3, 3, 3), name="large")
    slots = ("webbing", "metal", "thread")
    built = scene(Model("two", (small, replace(large, slot="metal"))), slots)
    assert built.areas == pytest.approx([0.1, 0.9, 0])


def test_flat_faces_are_left_out_and_the_rest_is_drawn():
    ball = make_ball(20)
    needles = np.stack([ball.faces[:, 0], ball.faces[:, 1], ball.faces[:, 0]], axis=1)
    built = scene(make_model(replace(ball, faces=np.concatenate([needles, ball.faces]))))
    alone = scene(make_model(ball))
    assert np.array_equal(built.faces, alone.faces)
    assert np.array_equal(_seen(built).pixel, _seen(alone).pixel)
