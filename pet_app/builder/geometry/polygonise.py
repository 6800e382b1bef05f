"""A solid given by its signed distance, as a closed mesh of even triangles."""

from collections.abc import Callable

import numpy as np

Distance = Callable[[np.ndarray, float], np.ndarray]
"""Points (n, 3) and how far away a solid has to be felt, mm, to signed distances (n,)."""

STRIDE = 4
"""The surface is first sought between every fourth plane of the grid."""

CORNERS = np.array([[1.0, -1, -1], [-1, -1, 1], [-1, 1, -1], [1, 1, 1]])
SLOPE_MM = 0.25

FOLDED = 0.15
"""A face whose normal agrees less with the solid's at its corners has been folded over."""


def lines(low: float, high: float, pitch: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """Grid planes from `low` to beyond `high`, as far apart as `pitch` says; a multiple of STRIDE
    and one."""
    fine = np.linspace(low, high, 512)
    count = np.concatenate([[0.0], np.cumsum(np.diff(fine) / pitch((fine[1:] + fine[:-1]) / 2))])
    whole = int(np.ceil(count[-1] / STRIDE)) * STRIDE
    return np.interp(np.linspace(0.0, count[-1], whole + 1), count, fine)


def polygonise(
    distance: Distance, axes: tuple[np.ndarray, np.ndarray, np.ndarray]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Vertices (n, 3), faces int32 (m, 3) and unit normals (n, 3) of a solid alike on both sides.

    `axes` are the grid's planes; those of z run from 0 outwards and are mirrored.
    """
    field = _field(distance, axes)
    field = np.concatenate([field[:, :, :0:-1], field], axis=2)
    mirrored = (axes[0], axes[1], np.concatenate([-axes[2][:0:-1], axes[2]]))
    inside = _clear(field)
    vertices, cells = _vertices(field, inside, mirrored)
    quads = _quads(inside, cells)
    right = vertices[:, 2] >= -1e-9
    whole = np.array([1.0, 1.0, -1.0])
    vertices = _relaxed(vertices, quads)
    asked = np.where(right[:, None], vertices, vertices * whole)
    # Both sides are settled as if they were right ones, so that they come out alike.
    for _ in range(2):
        away, normals = _slopes(distance, asked)
        asked = asked - np.clip(away, -4.0, 4.0)[:, None] * normals
    _, normals = _slopes(distance, asked)
    vertices = np.where(right[:, None], asked, asked * whole)
    normals = np.where(right[:, None], normals, normals * whole)
    settled, vertices = vertices, _unfolded(vertices, normals, quads)
    moved = (vertices != settled).any(axis=1)
    normals[moved] = _facing(vertices, quads)[moved]
    return vertices, _triangles(vertices, quads), normals


def _field(distance: Distance, axes: tuple[np.ndarray, ...]) -> np.ndarray:
    coarse = [axis[::STRIDE] for axis in axes]
    sizes = [float(np.diff(axis).max()) for axis in coarse]
    reach = 0.62 * float(np.linalg.norm(sizes))
    corners = _at(coarse)
    seen = distance(corners, 2 * reach).reshape([len(axis) for axis in coarse])
    near = np.abs(seen) < reach
    active = np.zeros([len(axis) - 1 for axis in coarse], bool)
    for x in (0, 1):
        for y in (0, 1):
            for z in (0, 1):
                part = near[x:, y:, z:]
                active |= part[: active.shape[0], : active.shape[1], : active.shape[2]]
    blocks = np.argwhere(active)
    shape = [len(axis) for axis in axes]
    # What is far away only needs its side.
    field = np.repeat(np.repeat(np.repeat(seen, STRIDE, 0), STRIDE, 1), STRIDE, 2)
    field = np.ascontiguousarray(field[: shape[0], : shape[1], : shape[2]])
    wanted = np.zeros(shape, bool)
    steps = np.arange(STRIDE + 1)
    starts = blocks * STRIDE
    grid = np.stack(np.meshgrid(steps, steps, steps, indexing="ij"), axis=-1).reshape(-1, 3)
    places = (starts[:, None] + grid).reshape(-1, 3)
    wanted[places[:, 0], places[:, 1], places[:, 2]] = True
    where = np.argwhere(wanted)
    points = np.stack([axis[where[:, index]] for index, axis in enumerate(axes)], axis=1)
    field[wanted] = distance(points, 0.0)
    return field


def _at(axes: list[np.ndarray]) -> np.ndarray:
    return np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, 3)


def _clear(field: np.ndarray) -> np.ndarray:
    """Which grid points are inside, thickened where a surface would touch itself."""
    inside = field < 0
    for _ in range(6):
        doubtful = np.zeros_like(inside)
        for axis in range(3):
            one, other = [index for index in range(3) if index != axis]
            views = []
            for first in (0, 1):
                for second in (0, 1):
                    cut = [slice(None)] * 3
                    cut[one] = slice(first, inside.shape[one] - 1 + first)
                    cut[other] = slice(second, inside.shape[other] - 1 + second)
                    views.append(tuple(cut))
            low, right, up, far = (inside[view] for view in views)
            crossed = (low == far) & (right == up) & (low != right)
            for view in views:
                doubtful[view] |= crossed
        doubtful &= ~inside
        if not doubtful.any():
            break
        inside |= doubtful
    return inside


def _vertices(
    field: np.ndarray, inside: np.ndarray, axes: tuple[np.ndarray, ...]
) -> tuple[np.ndarray, np.ndarray]:
    """One vertex in every cell that the surface passes, and the number of each cell's vertex."""
    shape = np.array(field.shape) - 1
    corners = [(x, y, z) for x in (0, 1) for y in (0, 1) for z in (0, 1)]
    filled = np.zeros(shape, np.int8)
    for x, y, z in corners:
        filled += inside[x : shape[0] + x, y : shape[1] + y, z : shape[2] + z]
    where = np.argwhere((filled > 0) & (filled < 8))
    cells = np.full(shape, -1, np.int32)
    cells[tuple(where.T)] = np.arange(len(where))
    total, count = np.zeros((len(where), 3)), np.zeros(len(where))
    for axis in range(3):
        step = np.eye(3, dtype=int)[axis]
        for corner in corners:
            if corner[axis]:
                continue
            start = where + corner
            end = start + step
            first, last = field[tuple(start.T)], field[tuple(end.T)]
            crossed = inside[tuple(start.T)] != inside[tuple(end.T)]
            share = np.clip(first / np.where(first == last, 1.0, first - last), 0.02, 0.98)
            point = np.stack([line[start[:, index]] for index, line in enumerate(axes)], axis=1)
            far = axes[axis][end[:, axis]]
            point[:, axis] += share * (far - point[:, axis])
            total += np.where(crossed[:, None], point, 0.0)
            count += crossed
    return total / count[:, None], cells


def _quads(inside: np.ndarray, cells: np.ndarray) -> np.ndarray:
    """The four vertices round every grid edge that the surface crosses, seen from outside."""
    found = []
    for axis in range(3):
        one, other = (axis + 1) % 3, (axis + 2) % 3
        cut = [slice(1, -1)] * 3
        cut[axis] = slice(0, -1)
        ahead = [slice(1, -1)] * 3
        ahead[axis] = slice(1, None)
        first, last = inside[tuple(cut)], inside[tuple(ahead)]
        for leaving in (True, False):
            edges = np.argwhere((first == leaving) & (last != leaving))
            edges += [0 if index == axis else 1 for index in range(3)]
            around = []
            for left, down in ((1, 1), (0, 1), (0, 0), (1, 0)):
                cell = edges.copy()
                cell[:, one] -= left
                cell[:, other] -= down
                around.append(cells[tuple(cell.T)])
            quad = np.stack(around, axis=1)
            found.append(quad if leaving else quad[:, ::-1])
    return np.concatenate(found)


def _relaxed(vertices: np.ndarray, quads: np.ndarray) -> np.ndarray:
    """The vertices moved half-way to the middle of those beside them."""
    total, count = np.zeros_like(vertices), np.zeros(len(vertices))
    starts, ends = quads.ravel(), np.roll(quads, -1, axis=1).ravel()
    for axis in range(3):
        total[:, axis] = np.bincount(starts, vertices[ends, axis], len(vertices))
        total[:, axis] += np.bincount(ends, vertices[starts, axis], len(vertices))
    count = np.bincount(starts, minlength=len(vertices)) + np.bincount(
        ends, minlength=len(vertices)
    )
    return 0.5 * vertices + 0.5 * total / count[:, None]


def _unfolded(vertices: np.ndarray, normals: np.ndarray, quads: np.ndarray) -> np.ndarray:
    """The vertices with those evened out at which the mesh looks another way than the solid."""
    for _ in range(4):
        across = _across(vertices, quads)
        across /= np.linalg.norm(across, axis=1, keepdims=True) + 1e-12
        wrong = np.einsum("ij,ikj->ik", across, normals[quads]).min(axis=1) < FOLDED
        if not wrong.any():
            break
        moved = np.zeros(len(vertices), bool)
        moved[quads[wrong].ravel()] = True
        vertices = np.where(moved[:, None], _relaxed(vertices, quads), vertices)
    return vertices


def _facing(vertices: np.ndarray, quads: np.ndarray) -> np.ndarray:
    """The unit normals (n, 3) of the mesh itself, large faces counting for more."""
    across, corners = _across(vertices, quads), quads.T.ravel()
    total = np.stack([np.bincount(corners, np.tile(way, 4), len(vertices)) for way in across.T], 1)
    return total / (np.linalg.norm(total, axis=1, keepdims=True) + 1e-12)


def _across(vertices: np.ndarray, quads: np.ndarray) -> np.ndarray:
    """What is square to the diagonals of each quad, (m, 3), outwards and twice as long as its
    area."""
    return np.cross(
        vertices[quads[:, 2]] - vertices[quads[:, 0]],
        vertices[quads[:, 3]] - vertices[quads[:, 1]],
    )


def _slopes(distance: Distance, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Signed distances (n,) and unit normals (n, 3) at points."""
    nudged = (points[:, None] + SLOPE_MM * CORNERS).reshape(-1, 3)
    found = distance(nudged, 0.0).reshape(-1, 4)
    normals = found @ CORNERS
    steep = np.linalg.norm(normals, axis=1, keepdims=True) + 1e-12
    return found.mean(axis=1) / (steep[:, 0] / (4 * SLOPE_MM)), normals / steep


def _triangles(vertices: np.ndarray, quads: np.ndarray) -> np.ndarray:
    """Two triangles for every quad, cut along its shorter diagonal."""
    first = np.linalg.norm(vertices[quads[:, 0]] - vertices[quads[:, 2]], axis=1)
    second = np.linalg.norm(vertices[quads[:, 1]] - vertices[quads[:, 3]], axis=1)
    turned = np.where((first <= second)[:, None], quads, np.roll(quads, -1, axis=1))
    return np.concatenate([turned[:, [0, 1, 2]], turned[:, [0, 2, 3]]]).astype(np.int32)
