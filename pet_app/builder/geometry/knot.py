"""The knot at the nape and the two ends that hang out of it."""

import numpy as np

from pet_app.builder.body import Body
from pet_app.builder.geometry.cloth import Cloth, finer, thick
from pet_app.builder.geometry.drape import CLEAR_MM
from pet_app.builder.geometry.solid import Solid, grid_faces, together
from pet_app.builder.geometry.track import unit
from pet_app.builder.resolve.bandana import Flat

TAKEN_MM = 0.34
"""How much of either end is inside the knot, as a share of what is left for it."""

BACK = (0.55, 0.85)
"""How far back to how far aside either end comes out of the knot."""

COLUMNS, ROWS = 9, 5
PLEATED = 0.42
"""Of its flat width, what an end shows: it comes out of the knot in folds."""


def frame(cloth: Cloth, animal: Body) -> tuple[np.ndarray, np.ndarray, float]:
    """Where the knot sits, its axes (rows: left, back along the spine, out), and its size in mm."""
    end = cloth.points[-1]
    middle = end.mean(axis=0) * [1.0, 1.0, 0.0]
    back = unit(((end[-1] - end[0]) * [1.0, 1.0, 0.0])[None])[0]
    out = animal.normals(middle[None])[0] * [1.0, 1.0, 0.0]
    out = unit((out - back * (out @ back))[None])[0]
    size = float(np.linalg.norm(end[-1] - end[0]))
    return middle, np.stack([np.cross(back, out), back, out]), size


def knot(cloth: Cloth, measure: Flat, animal: Body) -> Solid:
    """A turn of cloth drawn tight round both ends, and the lump of them under it."""
    middle, axes, size = frame(cloth, animal)
    size = max(0.62 * size, 6.0)
    lump = _ball(np.array([0.95, 0.85, 0.62]) * size, folds=5, deep=0.10)
    band = _ball(np.array([0.46, 1.02, 0.82]) * size, folds=3, deep=0.07)
    lift = 0.42 * size
    return together(
        [
            Solid(solid.vertices @ axes + middle + axes[2] * lift, solid.faces,
                  solid.normals @ axes, solid.uv)
            for solid in (lump, band)
        ]
    )  # fmt: skip


def _ball(radii: np.ndarray, folds: int, deep: float) -> Solid:
    """An egg of cloth with folds running along its first axis."""
    rows, columns = 13, 25
    polar = np.linspace(0.0, np.pi, rows)[:, None]
    round_ = np.linspace(0.0, 2 * np.pi, columns)[None]
    swell = 1 + deep * np.sin(polar) * np.cos(folds * round_ + 1.4 * polar)
    x = np.cos(polar) + 0 * round_
    side = np.sin(polar) ** 0.8 * swell
    points = np.stack([x, side * np.cos(round_), side * np.sin(round_)], axis=2) * radii
    points[:, -1] = points[:, 0]
    points[0], points[-1] = points[0, :1], points[-1, :1]
    flat = points.reshape(-1, 3)
    faces = grid_faces(rows, columns)
    faces = faces[np.linalg.norm(_square(flat, faces), axis=1) > 1e-9]
    along = np.gradient(points, axis=0)
    turn = np.gradient(points, axis=1)
    turn[:, 0] = turn[:, -1] = points[:, 1] - points[:, -2]
    out = np.cross(along, turn)
    out[0], out[-1] = [1.0, 0.0, 0.0], [-1.0, 0.0, 0.0]
    out = unit(out.reshape(-1, 3))
    out = np.where(np.einsum("ij,ij->i", out, flat)[:, None] > 0, out, -out)
    u = np.repeat(np.linspace(0.0, 2 * radii[0], rows), columns)
    v = np.tile(np.linspace(0.0, 2 * np.pi * float(radii[1:].mean()), columns), rows)
    turned = np.einsum("ij,ij->", _square(flat, faces), flat[faces[:, 0]]) < 0
    return Solid(flat, faces[:, ::-1] if turned else faces, out, np.stack([u, v], axis=1))


def _square(points: np.ndarray, faces: np.ndarray) -> np.ndarray:
    """Square to every triangle, as long as twice its area."""
    first, second, third = (points[faces[:, i]] for i in range(3))
    return np.cross(second - first, third - first)


def tails(cloth: Cloth, measure: Flat, animal: Body) -> list[Solid]:
    """The ends of the triangle, fallen over the neck to both sides of the knot."""
    middle, axes, size = frame(cloth, animal)
    left_over = (measure.long_mm - measure.neck_mm) / 2
    first = measure.neck_mm / 2 + TAKEN_MM * left_over
    place = np.linspace(first, measure.long_mm / 2 - 0.6, COLUMNS)
    step = place[1] - place[0]
    deep = np.array([measure.deep_at(x) for x in place])
    # Both at once, the right one and the left, which lies further back.
    right = axes[0] * np.sign(axes[0][2])
    ways = unit(np.stack([right, -right]) + np.outer(BACK, axes[1]) + 0.35 * axes[2])
    points = middle + axes[2] * 0.45 * size + ways * 0.45 * size
    out = animal.normals(points)
    spines, across = [], []
    for _ in place:
        spines.append(points)
        across.append(unit(np.cross(out, ways)))
        ways = unit(ways + np.array([0.0, -0.22, 0.0]))
        points = points + ways * step
        out = animal.normals(points)
        sunk = np.maximum(CLEAR_MM + 1.4 - animal.depth(points), 0.0)
        ways = unit(points + out * sunk[:, None] - spines[-1])
        points = spines[-1] + ways * step
    return [
        _tail(
            np.array(spines)[:, end],
            np.array(across)[:, end],
            place * sign,
            deep,
            measure,
            animal,
        )
        for end, sign in enumerate((1.0, -1.0))
    ]


def _tail(
    spine: np.ndarray,
    across: np.ndarray,
    place: np.ndarray,
    deep: np.ndarray,
    measure: Flat,
    animal: Body,
) -> Solid:
    """One end: a strip in folds along its spine, growing narrow towards its tip."""
    rows = np.linspace(0.0, 1.0, ROWS)
    out = animal.normals(spine)
    fold = np.array([0.0, 1.0, 0.15, 1.0, 0.0])
    lean = np.sqrt(1 - PLEATED**2) / (ROWS - 1)
    wide = (rows - 0.5)[None, :, None] * (PLEATED * deep)[:, None, None] * across[:, None]
    high = (fold[None] * (lean * deep)[:, None])[..., None] * out[:, None]
    points = spine[:, None] + wide + high
    pattern = np.stack(np.broadcast_arrays(place[:, None], -deep[:, None] * rows), axis=2)
    piece = Cloth(finer(points), finer(pattern), measure)
    return thick(piece, measure.thickness_mm / 2)
