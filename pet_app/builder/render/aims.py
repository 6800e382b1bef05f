"""Which ways rays go from a surface, by how it is turned.

Normals are rounded to a grid of directions. All that are turned alike send their rays the same few
ways, so how bright a studio is along a ray is looked up once for many of them. Each of a few
neighbours has a grid of its own, a little aside: together they are turned as the surface is.
"""

from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

from pet_app.builder.render import embree, room, sampling
from pet_app.builder.render.compiled import compiled, streaming
from pet_app.builder.render.light import Light, folded, glow_cell, unfolded
from pet_app.builder.render.sampling import SHARES
from pet_app.builder.render.vector import frame

TURNED = 16
"""Cells along each side of a grid of directions: about 11 degrees each."""

CELLS = (TURNED + 1) ** 2
"""Cells of each grid: it lies aside by up to one."""

GRAZING = np.float32(0.1)
"""The cosine below which rays count as if it were theirs."""

PACKETS = 3
RAYS = PACKETS * embree.PACKET


@cache
def lobes() -> np.ndarray:
    """float32 (SHARES, 4, RAYS): ways round z, as likely as their cosine; then 1 over it."""
    ways = sampling.lobes(RAYS)
    found = room.lined((SHARES, 4, RAYS), np.float32)
    found[:, :3], found[:, 3] = ways, 1 / np.maximum(ways[:, 2], GRAZING)
    return found


@cache
def aside() -> np.ndarray:
    """float32 (SHARES, 2): how far each neighbour's grid lies aside, in cells."""
    return np.ascontiguousarray(sampling.points(1)[:, 0])


@cache
def axes() -> np.ndarray:
    """float32 (SHARES * CELLS, 3, 3): what x, y and z of `lobes` stand for, for each aim."""
    at = (np.arange(TURNED + 1) + 0.5 - aside()[..., None]) * 2 / TURNED - 1
    at = np.clip(at, -1, 1)
    across, down = np.broadcast_arrays(at[:, 0, None, :], at[:, 1, :, None])
    middles = folded(across.ravel(), down.ravel())
    return np.array([[*frame(*middle), middle] for middle in middles], np.float32)


@dataclass(frozen=True, eq=False)
class Shining:
    """How bright a light is along the rays of each aim, REST and KEY.

    rays: float32 (SHARES * CELLS, 2, RAYS). whole: float32 (SHARES * CELLS, 2), their sums.
    """

    rays: np.ndarray
    whole: np.ndarray


@lru_cache(maxsize=2)
def shining(light: Light) -> Shining:
    """Look a light up along all rays."""
    cells = _cells()
    rays = room.lined((len(cells), 2, RAYS), np.float32)
    whole = np.empty((len(cells), 2), np.float32)
    _look_up(cells, np.ascontiguousarray(light.glow.T), rays, whole)
    return Shining(rays, whole)


@cache
def _cells() -> np.ndarray:
    """uint16 (SHARES * CELLS, RAYS): the cells of `Light.glow` that rays fall into."""
    turned = axes().reshape(SHARES, CELLS, 3, 3)
    ways = np.einsum("sir,scix->scrx", lobes()[:, :3], turned).reshape(-1, 3)
    found = np.empty(len(ways), np.uint16)
    _name(ways, found)
    return found.reshape(-1, RAYS)


@compiled
def aim_of(x, y, z, aside, place):
    """The row of `shining` for a surface, by its unit normal; neighbours' places differ."""
    a, b = unfolded(x, y, z)
    share = place % SHARES
    column = int((a + 1) * (TURNED / 2) + aside[share, 0])
    row = int((b + 1) * (TURNED / 2) + aside[share, 1])
    column, row = min(column, TURNED), min(row, TURNED)
    return share * CELLS + row * (TURNED + 1) + column


@compiled
def _name(ways, found):
    for way in range(len(ways)):
        found[way] = glow_cell(ways[way, 0], ways[way, 1], ways[way, 2])


@streaming
def _look_up(cells, glow, found, whole):
    for aim in range(np.uint64(len(cells))):
        for part in range(np.uint64(2)):
            table, row, own = glow[part], found[aim, part], cells[aim]
            total = np.float32(0)
            for ray in range(np.uint64(RAYS)):
                row[ray] = table[np.uint64(own[ray])]
                total += row[ray]
            whole[aim, part] = total
