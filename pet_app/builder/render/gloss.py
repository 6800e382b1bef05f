"""What rough surfaces mirror of a studio, worked out once: the two halves of the split sum.

A glossy surface returns (light around the mirrored direction) times (the share it returns). Karis
("Real Shading in Unreal Engine 4", 2013) averages the two apart. The first half is a map of all
directions for each of a few roughnesses, laid on an octahedron; the second is a table over the
angle of view and the roughness. The maps are made in the studio's own frame, so no camera changes
them: a direction is turned back before it is looked up.
"""

from functools import lru_cache
from math import cos, pi, radians, sin, sqrt

import numpy as np

from pet_app.builder.render.compiled import compiled, inlined
from pet_app.builder.render.gather import light_at
from pet_app.builder.render.light import Studio, light, radiance
from pet_app.builder.render.threads import side_by_side
from pet_app.builder.render.vector import dot, frame

CELLS = 64
"""Cells along each side of a map."""

ROUGHNESSES = 8
"""Maps, for roughness from 0 to 1 in even steps."""

FINE = 128
SAMPLES = 192
TABLE = 32

LEAST = 256
"""Directions that one thread takes at least."""

GLASS = 0.04
"""The reflectance, seen head-on, of what has the refractive index 1.5."""

IN_TABLE = np.float32(GLASS)
"""The same, as compiled code subtracts it from others."""

WIDE, FINER = np.float32(0.56), np.float32(1 / 0.11)
"""From this roughness on a lobe is as wide as that of `rays.GLOSS`, and 1 over how much less is as
narrow as that of FINE: there GGX, seen head-on, is about as wide as these powers of the cosine."""

ONE = np.float32(1)
LEANING = np.float32(1.9)
"""So much of the normal, times alpha², is in the direction that a lobe lies round."""

AT_GRAZING = np.float32(0.85)
"""Seen edge-on a lobe is so much as wide as head-on: low facets mirror most there."""

TOWARDS = np.float32(0.25)
"""Of both slopes' variance one half is along the view, and half of those are turned towards it."""


@lru_cache(maxsize=16)
def gloss_maps(studio: Studio) -> np.ndarray:
    """float32 (ROUGHNESSES * CELLS², 4): radiance without the key, then what the key lamp adds.

    The key's part is a share of its own radiance, so that its shadow can be laid on it.
    """
    lit = light(studio, 0.0)
    rest = lit.lamps.copy()
    rest[0, 11:] = 0
    alone = lit.lamps[:1].copy()
    alone[0, 11:] = 1
    fine = np.empty((FINE * FINE, 4), np.float32)
    _raw(rest, lit.sky, alone, np.zeros((3, 3)), _directions(FINE), fine)
    maps = np.empty((ROUGHNESSES, CELLS * CELLS, 4), np.float32)
    ways, points = _directions(CELLS), _even(SAMPLES)
    side_by_side(len(ways), LEAST, lambda *part: _prefilter(fine, ways, *part, points, maps))
    return maps.reshape(-1, 4)


@lru_cache(maxsize=1)
def returned_table() -> np.ndarray:
    """float32 (TABLE * TABLE, 4): the share of light that a surface returns, all directions alike.

    Rows by roughness, columns by the cosine of the angle of view, both from 0 to 1. A metal of
    reflectance f returns f · first + second (Schlick, 1994). Third is what glass of reflectance
    GLASS returns, by Fresnel's own formula, which at slanting angles is a fifth more. Fourth is
    what fibres return whose sheen has a weight of 1.
    """
    table = np.empty((TABLE * TABLE, 4), np.float32)
    _integrate(_even(256), table)
    cosine = (np.arange(TABLE) + 0.5) / TABLE
    table[:, 3] = np.tile(np.exp(-0.162 - 3.012 * cosine - 0.792 * cosine**2), TABLE)
    return table


def _even(count: int) -> np.ndarray:
    """float64 (count, 2): points that fill the unit square evenly (the golden ratio's lattice)."""
    index = np.arange(count)
    return np.stack([(index + 0.5) / count, (index * 0.6180339887498949) % 1], axis=1)


def _directions(cells: int) -> np.ndarray:
    """float64 (cells², 3): the direction in the middle of each cell of an octahedral map."""
    at = (np.arange(cells) + 0.5) * 2 / cells - 1
    z, x = (grid.ravel() for grid in np.meshgrid(at, at, indexing="ij"))
    y = 1 - np.abs(x) - np.abs(z)
    folded_x = np.where(y < 0, (1 - np.abs(z)) * np.sign(x), x)
    folded_z = np.where(y < 0, (1 - np.abs(x)) * np.sign(z), z)
    ways = np.stack([folded_x, y, folded_z], axis=1)
    return ways / np.linalg.norm(ways, axis=1, keepdims=True)


def turned(turn_deg: float) -> np.ndarray:
    """float32 (2,): cosine and sine of the studio's turn."""
    return np.array([cos(radians(turn_deg)), sin(radians(turn_deg))], np.float32)


@compiled
def _raw(rest, sky, alone, dark, ways, found):
    for place in range(len(ways)):
        x, y, z = ways[place]
        red, green, blue = radiance(rest, sky, x, y, z)
        key, _, _ = radiance(alone, dark, x, y, z)
        found[place, 0], found[place, 1], found[place, 2], found[place, 3] = red, green, blue, key


@compiled
def _cell(x, y, z, cells):
    """The cell of an octahedral map that a direction falls into."""
    scale = 1 / (abs(x) + abs(y) + abs(z))
    a, b = x * scale, z * scale
    if y < 0:
        a, b = (1 - abs(b)) * (1 if a >= 0 else -1), (1 - abs(a)) * (1 if b >= 0 else -1)
    column = max(0, min(int((a + 1) * (cells / 2)), cells - 1))
    row = max(0, min(int((b + 1) * (cells / 2)), cells - 1))
    return row * cells + column


@compiled
def _prefilter(fine, ways, first, last, points, maps):
    """Average what shines round some directions over GGX's lobe, seen straight on.

    A facet counts as much as it returns past all others: by the cosine alone lobes are too narrow.
    """
    lobe = np.empty((len(points), 4))
    for step in range(len(maps)):
        alpha = max((step / (len(maps) - 1)) ** 2, 1e-4)
        for point in range(len(points)):
            even, turn = points[point]
            c2 = (1 - even) / (1 + (alpha * alpha - 1) * even)
            c, s = sqrt(c2), sqrt(max(1 - c2, 0.0))
            # The half vector's direction, mirrored: l = 2 (v · h) h - v with v = n.
            lobe[point, 0] = 2 * c * s * cos(2 * pi * turn)
            lobe[point, 1] = 2 * c * s * cos(2 * pi * turn - pi / 2)
            out = max(2 * c2 - 1, 0.0)
            lobe[point, 2] = out
            lobe[point, 3] = 2 * out / (out + sqrt(out * out * (1 - alpha * alpha) + alpha * alpha))
        for place in range(first, last):
            x, y, z = ways[place]
            across, up = frame(x, y, z)
            red, green, blue, key, whole = 0.0, 0.0, 0.0, 0.0, 0.0
            for point in range(len(points)):
                a, b, d, share = lobe[point]
                if share <= 0:
                    continue
                other = fine[
                    _cell(
                        a * across[0] + b * up[0] + d * x,
                        a * across[1] + b * up[1] + d * y,
                        a * across[2] + b * up[2] + d * z,
                        FINE,
                    )
                ]
                red += share * other[0]
                green += share * other[1]
                blue += share * other[2]
                key += share * other[3]
                whole += share
            own = maps[step, place]
            own[0], own[1], own[2], own[3] = red / whole, green / whole, blue / whole, key / whole


@compiled
def _integrate(points, table):
    """Sum GGX with Smith's correlated masking over all half vectors."""
    for row in range(TABLE):
        alpha = max(((row + 0.5) / TABLE) ** 2, 1e-4)
        square = alpha * alpha
        for column in range(TABLE):
            cosine = (column + 0.5) / TABLE
            flat = sqrt(1 - cosine * cosine)
            scale, bias, glass = 0.0, 0.0, 0.0
            for point in points:
                c2 = (1 - point[0]) / (1 + (square - 1) * point[0])
                c, s = sqrt(c2), sqrt(max(1 - c2, 0.0))
                half = s * cos(2 * pi * point[1])
                seen = dot(flat, 0.0, cosine, half, 0.0, c)
                out = 2 * seen * c - cosine
                if out <= 0 or seen <= 0:
                    continue
                masked = out * sqrt(cosine * cosine * (1 - square) + square) + cosine * sqrt(
                    out * out * (1 - square) + square
                )
                share = 2 * out * seen / (masked * c)
                grazing = (1 - seen) ** 5
                scale += (1 - grazing) * share
                bias += grazing * share
                glass += _fresnel(seen) * share
            own = table[row * TABLE + column]
            own[0], own[1] = scale / len(points), bias / len(points)
            own[2] = glass / len(points)


@compiled
def _fresnel(cosine):
    """What glass of index 1.5 reflects of unpolarised light."""
    g = sqrt(1.5 * 1.5 - 1 + cosine * cosine)
    a, b = (g - cosine) / (g + cosine), (cosine * (g + cosine) - 1) / (cosine * (g - cosine) + 1)
    return 0.5 * a * a * (1 + b * b)


@inlined
def lobe_of(roughness, lost, cosine):
    """Which lobe a surface mirrors through, fitted to the sum over GGX's facets.

    lost: the variance of slopes too small to be seen, which adds to alpha². Returns the roughness
    of the map to look into; how much of the normal comes on top of the mirrored direction, for wide
    lobes lean that way (Lagarde and de Rousiers 2014); and the cosine at which light returns: of
    the slopes those that are turned this way are seen.
    """
    wide = roughness * roughness * roughness * roughness + lost
    narrowed = AT_GRAZING + (ONE - AT_GRAZING) * cosine
    facing = sqrt(cosine * cosine + TOWARDS * lost)
    return min(sqrt(sqrt(wide)), ONE) * narrowed, LEANING * wide, facing


@inlined
def gloss_at(maps, lamp, turn, x, y, z, rough, found):
    """What the studio shows in a direction through a lobe, between its maps' nearest cells.

    found: float32 (COLOURS, BLOCK), room to fetch into.
    """
    x, z = x * turn[0] - z * turn[1], x * turn[1] + z * turn[0]
    scale = 1 / (abs(x) + abs(y) + abs(z))
    a, b = x * scale, z * scale
    if y < 0:
        a, b = (1 - abs(b)) * (1 if a >= 0 else -1), (1 - abs(a)) * (1 if b >= 0 else -1)
    a = min(max((a + 1) * (CELLS / 2) - 0.5, 0.0), CELLS - 1.001)
    b = min(max((b + 1) * (CELLS / 2) - 0.5, 0.0), CELLS - 1.001)
    c = min(rough, 0.999) * (ROUGHNESSES - 1)
    i, j, k = int(a), int(b), int(c)
    light_at(  # pyright: ignore[reportCallIssue]
        *(maps, np.uint64((k * CELLS + j) * CELLS + i), np.uint64(CELLS), np.uint64(CELLS**2)),
        *(np.float32(a - i), np.float32(b - j), np.float32(c - k), found, np.uint64(0)),
    )
    red, green, blue, key = found[0, 0], found[1, 0], found[2, 0], found[3, 0]
    return red + key * lamp[0], green + key * lamp[1], blue + key * lamp[2]
