"""The lattice of points at which a piece's light is known."""

import numpy as np

from pet_app.builder.render.lattice import (
    ALONG,
    CLOSE,
    MOST_ENTRIES,
    Lattice,
    lattice,
    nearest,
)
from pet_app.builder.render.locating import locate
from pet_app.builder.render.scene import Scene, scene
from tests.builder.shapes import make_ball, make_box, make_model, make_part


def _laid(*parts) -> tuple[Scene, Lattice]:
    laid = scene(make_model(*parts))
    return laid, lattice(laid)


def _between(laid: Scene, points: Lattice, face: int, b: float, c: float) -> np.ndarray:
    """What lies between the four points that are said to be round a place."""
    around, between = np.empty((1, 4), np.int32), np.empty((1, 3), np.float32)
    mark = np.zeros(len(points.face), np.bool_)
    locate(
        *(points.layout, points.rows, points.points),
        *(np.array([face], np.int32), np.array([[b, c]], np.float32), around, between, mark),
    )
    assert set(np.flatnonzero(mark)) == set(around[0])
    rows, (down, near, far) = points.places[around[0], :3], between[0]
    first, second = rows[0] + near * (rows[1] - rows[0]), rows[2] + far * (rows[3] - rows[2])
    return first + down * (second - first)


def test_a_place_lies_between_its_four_points():
    laid, points = _laid(make_box((0, 0, 0), (80, 10, 50)))
    step = 80 / ALONG
    for face in range(len(laid.faces)):
        corners = laid.vertices[laid.faces[face]]
        for b, c in ((0.2, 0.3), (0.7, 0.2), (0.05, 0.9), (0.0, 0.0), (1.0, 0.0), (0.0, 1.0)):
            there = (1 - b - c) * corners[0] + b * corners[1] + c * corners[2]
            assert np.abs(_between(laid, points, face, b, c) - there).max() < step
            entry = nearest(points.layout, points.rows, points.points, face, b, c)
            assert np.abs(points.places[entry, :3] - there).max() < 1.5 * step


def test_faces_that_meet_share_the_points_between_them():
    _, points = _laid(make_ball(50.0))
    assert len(points.face) < 0.7 * len(points.points)
    assert set(points.points) == set(range(len(points.face)))


def test_points_stand_closer_where_something_is_close():
    floor = make_box((0, 0, 0), (100, 2, 100))
    _, alone = _laid(floor)
    _, laden = _laid(floor, make_box((48, 2, 48), (52, 6, 52)))
    on_top = [
        int(((points.places[:, 1] > 1.9) & (points.places[:, 4] > 0.9)).sum())
        for points in (alone, laden)
    ]
    assert on_top[1] > 0.7 * (CLOSE / ALONG) ** 2 * on_top[0]


def test_no_point_takes_the_place_of_one_far_off():
    x, z = (grid.ravel() * 4.0 for grid in np.meshgrid(np.arange(26), np.arange(26)))
    corner = np.arange(26 * 25).reshape(25, 26)[:, :-1].ravel()
    faces = np.stack(
        [corner, corner + 26, corner + 1, corner + 1, corner + 26, corner + 27], axis=1
    )
    sheet = make_part(np.stack([x, 0 * x, z], axis=1), faces.reshape(-1, 3))
    laid, points = _laid(sheet, make_box((42, 0, 42), (58, 9, 58)))
    for face in range(len(laid.faces)):
        low, high = laid.vertices[laid.faces[face]].min(0), laid.vertices[laid.faces[face]].max(0)
        first, rows = points.layout[face, 3], points.layout[face, 1]
        own = points.points[points.rows[first] : points.rows[first + rows + 1]]
        places = points.places[own, :3]
        assert (places >= low - 1).all()
        assert (places <= high + 1).all()


def test_long_thin_faces_without_end_take_bounded_memory():
    dice = np.random.default_rng(5)
    ends = dice.normal(0, 100, (40_000, 2, 3))
    corners = np.stack([ends[:, 0], ends[:, 1], ends[:, 1] + 3], axis=1).reshape(-1, 3)
    _, points = _laid(make_part(corners, np.arange(120_000).reshape(-1, 3)))
    assert len(points.points) <= MOST_ENTRIES


def test_a_ball_has_points_all_over():
    _, points = _laid(make_ball(50.0))
    heights = np.histogram(points.places[:, 1], bins=10)[0]
    assert heights.min() > 0.5 * heights.max()
