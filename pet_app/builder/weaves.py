"""What cloth, leather, wood and metal look like from close by: the height of a surface, 0 to 1.

Each way of drawing takes texel centres in mm, u as a row and v as a column, and the numbers of a
row in `data/weaves.toml`; lengths that do not go into the tile are stretched until they do.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from pet_app.builder import library
from pet_app.builder.texels import WEAVE_MM, from_centre, noise, smoothstep, streaks

Tile = Callable[[np.ndarray, np.ndarray], np.ndarray]

OF_THE_SET = ("kind", "depth_mm", "cavity", "mottle", "worn", "patchy")
"""What a row says beside the numbers that its kind is drawn from."""


def rows() -> dict[str, dict[str, Any]]:
    """Every surface by its name."""
    table = library.table("weaves")
    return {name: row for name, row in table.items() if isinstance(row, dict)}


def drawn(name: str) -> Tile:
    """How the surface of that name is drawn."""
    row = rows()[name]
    return partial(KINDS[row["kind"]], **{k: v for k, v in row.items() if k not in OF_THE_SET})


def _fitting(period_mm: float, even: bool = False) -> float:
    """The period nearest to `period_mm` that goes into the tile, `even` times if asked."""
    step = 2 if even else 1
    return WEAVE_MM / (step * max(round(WEAVE_MM / (step * period_mm)), 1))


def _plain_weave(
    u: np.ndarray,
    v: np.ndarray,
    along_mm: float,
    across_mm: float,
    filaments: int,
    uneven: float,
) -> np.ndarray:
    """Round warp yarns along the strap that dive under every other weft yarn across it."""
    along, across = _fitting(along_mm, even=True), _fitting(across_mm, even=True)
    bent = v + 0.6 * uneven * noise(3.0, 24, 1, WEAVE_MM)
    yarn = np.abs(np.cos(np.pi * bent / across))
    if filaments:
        yarn = yarn - 0.05 + 0.05 * np.cos(2 * np.pi * filaments * bent / across)
    parity = np.pi * np.floor(bent / across + 0.5)
    over = 0.5 + 0.5 * np.cos(np.pi * u / along + parity)
    thick = uneven * streaks(5.0, across, 2)
    return (1 - (1 - yarn) ** 1.6) * (0.3 + 0.6 * over) + 0.05 + thick


def _jersey(u: np.ndarray, v: np.ndarray, column_mm: float, loop_mm: float) -> np.ndarray:
    """Columns of little slanting loops."""
    wide, loop = _fitting(column_mm), _fitting(loop_mm)
    column = v % wide / wide
    slant = np.where(column < 0.5, u, -u) + 0.4 * column
    return 0.45 + 0.3 * np.abs(np.sin(np.pi * column)) + 0.25 * np.cos(2 * np.pi * slant / loop)


def _holes(
    u: np.ndarray, v: np.ndarray, across: int, along: int, open_mm: float, rim_mm: float
) -> np.ndarray:
    """A spacer mesh: holes in staggered rows, with threads knitted round them."""
    wide, tall = WEAVE_MM / across, 2 * WEAVE_MM / along
    first = np.hypot(from_centre(u, wide), from_centre(v, tall))
    second = np.hypot(from_centre(u - wide / 2, wide), from_centre(v - tall / 2, tall))
    rim = smoothstep((np.minimum(first, second) - open_mm) / rim_mm)
    knit = 0.5 + 0.5 * np.cos(2 * np.pi * (u + v) / _fitting(0.4))
    return 0.94 * rim + 0.06 * knit * rim


def _laid(u: np.ndarray, v: np.ndarray, yarn_mm: float, uneven: float) -> np.ndarray:
    """Yarn laid slantwise round a strand."""
    yarn = np.abs(np.cos(np.pi * (u + v) / _fitting(yarn_mm)))
    return (1 - (1 - yarn) ** 1.8) * 0.9 + uneven * noise(1.2, 24, 22, WEAVE_MM)


def _stitched(u: np.ndarray, v: np.ndarray, thread_mm: float, uneven: float) -> np.ndarray:
    """Threads lying close together across the strap, as in embroidery."""
    bent = u + 0.03 * noise(6.0, 16, 12, WEAVE_MM)
    thread = np.abs(np.cos(np.pi * bent / _fitting(thread_mm)))
    return (1 - (1 - thread) ** 1.7) * 0.85 + uneven * noise(2.0, 24, 13, WEAVE_MM)


def _tufts(
    u: np.ndarray, v: np.ndarray, tuft_mm: float, curl: float, fibre_mm: float
) -> np.ndarray:
    """Wool: tufts, the curls that run round them like contour lines, and fibres over all."""
    tufts = noise(tuft_mm, 60, 11, WEAVE_MM)
    curls = np.cos(2 * np.pi * (curl * tufts + 0.15 * noise(fibre_mm, 60, 13, WEAVE_MM)))
    return 0.5 + 0.1 * tufts + 0.14 * curls + 0.06 * noise(fibre_mm, 60, 12, WEAVE_MM)


def _pebbles(
    u: np.ndarray, v: np.ndarray, pebble_mm: float, crease_mm: float, wrinkle_mm: float
) -> np.ndarray:
    """Leather grain: pebbles of many sizes with creases between them (Worley's cells)."""
    bent = 0.12 * pebble_mm
    bent_u = u + bent * noise(pebble_mm, 40, 3, WEAVE_MM)
    bent_v = v + bent * noise(pebble_mm, 40, 4, WEAVE_MM)
    first, second = _cells(bent_u, bent_v, pebble_mm)
    wrinkles = noise(wrinkle_mm, 24, 7, WEAVE_MM)
    deep = np.clip(0.85 + 0.25 * wrinkles, 0.3, 1.2)
    crease = deep * smoothstep((second - first) / (2 * crease_mm))
    dome = 1 - (first / pebble_mm) ** 2
    pores = 0.03 * noise(0.25, 40, 5, WEAVE_MM)
    return 0.16 + 0.4 * crease + 0.25 * dome + 0.04 * wrinkles + pores


def _cells(u: np.ndarray, v: np.ndarray, size_mm: float) -> tuple[np.ndarray, np.ndarray]:
    """How far the nearest and the second nearest of many points are, in mm.

    The points lie on a shaken grid, so that no two are close: Worley, A cellular texture basis
    function, SIGGRAPH 1996.
    """
    size = _fitting(size_mm)
    count = round(WEAVE_MM / size)
    points = np.random.default_rng(6).uniform(0.08, 0.92, (count, count, 2))
    column, row = np.floor(u / size).astype(int), np.floor(v / size).astype(int)
    first = np.full(np.broadcast_shapes(u.shape, v.shape), np.inf)
    second = first.copy()
    for right, down in np.ndindex(5, 5):
        x, y = column + right - 2, row + down - 2
        point = points[y % count, x % count]
        far = size * np.hypot(u / size - x - point[..., 0], v / size - y - point[..., 1])
        np.minimum(second, np.maximum(first, far), out=second)
        np.minimum(first, far, out=first)
    return first, second


def _skin(u: np.ndarray, v: np.ndarray, wave_mm: float, fine_mm: float) -> np.ndarray:
    """A coating that has run level but for a slow wave, or the frost of blasted metal."""
    return 0.5 + 0.12 * noise(wave_mm, 40, 9, WEAVE_MM) + 0.05 * noise(fine_mm, 40, 10, WEAVE_MM)


def _lattice(u: np.ndarray, v: np.ndarray, cell_mm: float, line_mm: float) -> np.ndarray:
    """The fine lattice that holds a reflective tape's glass beads."""
    cell = _fitting(cell_mm)
    line = np.minimum(np.abs(from_centre(u + v, cell)), np.abs(from_centre(u - v, cell)))
    return 0.5 + 0.5 * smoothstep(line / line_mm)


def _specks(
    u: np.ndarray, v: np.ndarray, specks: int, least_mm: float, most_mm: float
) -> np.ndarray:
    """A glaze through which the clay shows in specks."""
    dice = np.random.default_rng(21)
    found = 0 * (u + v)
    for x, y, size in dice.uniform((0, 0, least_mm), (WEAVE_MM, WEAVE_MM, most_mm), (specks, 3)):
        far = np.hypot(from_centre(u - x, WEAVE_MM), from_centre(v - y, WEAVE_MM))
        found = np.maximum(found, np.clip(1.6 - far / size, 0, 1))
    return 0.95 - 0.75 * found


def _years(
    u: np.ndarray, v: np.ndarray, year_mm: float, line_mm: float, pore_mm: float
) -> np.ndarray:
    """Grain along u: broad years, the fine lines between them, and pores."""
    years = 0.16 * streaks(12.0, year_mm, 18) + 0.1 * streaks(7.0, line_mm, 19)
    return 0.6 + years + 0.05 * streaks(3.0, pore_mm, 20)


def _hairs(u: np.ndarray, v: np.ndarray, long_mm: float, thin_mm: float) -> np.ndarray:
    """What a brush draws along metal: long hairs, and shorter finer ones between them."""
    return 0.5 + 0.14 * streaks(long_mm, thin_mm, 14) + 0.09 * streaks(long_mm / 3, thin_mm, 15)


def _flat(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    return 1 + 0 * (u + v)


KINDS: dict[str, Callable[..., np.ndarray]] = {
    "plain_weave": _plain_weave,
    "jersey": _jersey,
    "holes": _holes,
    "laid": _laid,
    "stitched": _stitched,
    "tufts": _tufts,
    "pebbles": _pebbles,
    "skin": _skin,
    "lattice": _lattice,
    "specks": _specks,
    "years": _years,
    "hairs": _hairs,
    "flat": _flat,
}
