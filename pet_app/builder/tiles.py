"""Tiles that give straps their pattern and surface, the same in the browser and in pictures.

A tile repeats without a seam. Columns run along the strap and rows across it; the tile's first row
lies on the strap's middle (v = 0), so that stripes and paws stay centred at every width.
"""

from functools import cache, lru_cache
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image

from pet_app.builder import library, weaves
from pet_app.builder.rules import Pattern
from pet_app.builder.texels import OVERSAMPLING, SIZE, TILE_MM, WEAVE_MM, from_centre, grid, noise
from pet_app.core.errors import NotFound

MOST = 2.0
"""What a full texel of a shade or roughness stands for: twice the average."""

KEPT = 2
"""Tiles are large, and what is made of them is kept: as they are, only the last are."""


@cache
def pattern_mask(pattern: Pattern) -> np.ndarray:
    """uint8 (256, 256): 0 takes the colour, 255 the accent, between them a mix."""
    u, v = grid(TILE_MM, SIZE * OVERSAMPLING)
    fine = np.broadcast_to(_PATTERNS[pattern](u, v), (SIZE * OVERSAMPLING,) * 2)
    mask = fine.reshape(SIZE, OVERSAMPLING, SIZE, OVERSAMPLING).mean(axis=(1, 3))
    return _frozen(np.rint(mask * 255).astype(np.uint8))


@lru_cache(maxsize=KEPT)
def height(weave: str) -> np.ndarray:
    """float32 (256, 256): how high the surface stands, from 0 to 1.

    `weave` is a row of `data/weaves.toml`.
    """
    tile = np.broadcast_to(weaves.drawn(weave)(*grid(WEAVE_MM, SIZE)), (SIZE, SIZE))
    return _frozen(np.clip(tile, 0, 1).astype(np.float32))


@lru_cache(maxsize=KEPT)
def relief(weave: str) -> np.ndarray:
    """float32 (256, 256, 4): the slope along and across the strap, the shade and the roughness.

    Shade and roughness are factors that average 1, so that a surface keeps its colour and gloss
    when seen from afar.
    """
    row, tile = weaves.rows()[weave], height(weave)
    step = 2 * WEAVE_MM / SIZE / row["depth_mm"] if row["depth_mm"] else np.inf
    along = (np.roll(tile, -1, axis=1) - np.roll(tile, 1, axis=1)) / step
    across = (np.roll(tile, -1, axis=0) - np.roll(tile, 1, axis=0)) / step
    shade = 1 - row["cavity"] * (1 - tile) + row["mottle"] * _blotches(3.0, 31)
    rough = 1 - row["worn"] * tile + row["patchy"] * _blotches(4.0, 32)
    layers = [along, across, shade / shade.mean(), rough / rough.mean()]
    return _frozen(np.stack(layers, axis=2).astype(np.float32))


@cache
def names() -> frozenset[str]:
    """Every tile the browser can ask for: of a normal, in the strengths that gear is made in."""
    rows = [row for group in library.table("surfaces").values() for row in _rows(group)]
    return frozenset(
        [f"pattern-{pattern}" for pattern in Pattern]
        + [f"{layer}-{row['weave']}" for row in rows for layer in ("shade", "rough")]
        + [normal_name(row) for row in rows]
    )


def normal_name(row: dict[str, Any]) -> str:
    """The tile of a surface's normals: the weave, and the strength in hundredths."""
    return f"normal-{row['weave']}-{round(row['relief'] * 100)}"


@cache
def png(name: str) -> bytes:
    """The tile as a PNG file, as glTF has its textures.

    `pattern-plaid` is grey. `shade-ribbed` is grey too: sRGB of the shade over `MOST`.
    `normal-ribbed-90` is tangent-space, red along the strap and green against v. `rough-ribbed` has
    the roughness over `MOST` in green, and blue full for the metalness factor. Raises NotFound for
    a name that is not in `names()`.
    """
    if name not in names():
        raise NotFound("There is no such tile.")
    kind, what, *strength = name.split("-")
    if kind == "pattern":
        pixels = pattern_mask(Pattern(what))
    elif kind == "normal":
        slopes = relief(what) * float(strength[0]) / 100
        # v runs down the picture, and a glTF normal map's green stands for up
        normal = np.stack([-slopes[..., 0], slopes[..., 1], np.ones((SIZE, SIZE))], axis=2)
        normal /= np.linalg.norm(normal, axis=2, keepdims=True)
        pixels = np.rint(normal * 127.5 + 127.5).astype(np.uint8)
    elif kind == "shade":
        shade = np.clip(relief(what)[..., 2] / MOST, 0, 1)
        pixels = np.rint(255 * (1.055 * shade ** (1 / 2.4) - 0.055)).astype(np.uint8)
    else:
        pixels = np.full((SIZE, SIZE, 3), 255, np.uint8)
        pixels[..., 1] = np.rint(255 * np.clip(relief(what)[..., 3] / MOST, 0, 1))
    file = BytesIO()
    Image.fromarray(pixels).save(file, "PNG", compress_level=6)
    return file.getvalue()


def _rows(group: Any) -> list[dict[str, Any]]:
    return [row for row in group.values() if row["relief"]] if isinstance(group, dict) else []


@cache
def _blotches(period_mm: float, seed: int) -> np.ndarray:
    return noise(period_mm, 24, seed, WEAVE_MM)


def _frozen(tile: np.ndarray) -> np.ndarray:
    tile.setflags(write=False)
    return tile


def _plain(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    return 0 * (u + v)


def _stripe(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    distance = np.abs(from_centre(v, TILE_MM))
    return (distance < 2.6) | (np.abs(distance - 7.4) < 0.7) | (np.abs(distance - 16) < 1.6)


def _plaid(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    def sett(x: np.ndarray) -> np.ndarray:
        distance = np.abs(from_centre(x, 24.0))
        return ((distance > 4.2) & (distance < 9.0)) | (distance < 0.55)

    twill = (u + v) % 1.5 < 0.75
    return np.where(twill, sett(u), sett(v)) * 1.0


def _dots(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    first = np.hypot(from_centre(u, 12.0), from_centre(v, 12.0))
    second = np.hypot(from_centre(u - 6, 12.0), from_centre(v - 6, 12.0))
    return np.minimum(first, second) < 2.1


def _chevron(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    return (u + np.abs(from_centre(v, 24.0))) % 12.0 < 5.0


def _paw(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    return _print_at(u, v, 12.0, 0.0, 1.0) | _print_at(u, v, 0.0, 12.0, -1.0)


def _print_at(u: np.ndarray, v: np.ndarray, u_mm: float, v_mm: float, side: float) -> np.ndarray:
    """One paw in every 24 mm square, its toes along the strap, leaning to one `side`."""
    x, y = from_centre(u - u_mm, 24.0), from_centre(v - v_mm, 24.0)
    cos, sin = np.cos(0.3), side * np.sin(0.3)
    x, y = cos * x + sin * y, cos * y - sin * x
    found = (x / 2.5) ** 2 + (y / (3.1 - 0.25 * np.clip(x, -2, 2))) ** 2 < 1
    for toe_x, toe_y in ((1.9, 3.9), (4.2, 1.6), (4.2, -1.6), (1.9, -3.9)):
        found = found | (((x - toe_x) / 1.55) ** 2 + ((y - toe_y) / 1.1) ** 2 < 1)
    return found


def _camo(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    patches = noise(14.0, 24, 5, TILE_MM)
    half = noise(11.0, 24, 8, TILE_MM)
    return np.where(patches > 0.55, 1.0, np.where(half > 0.5, 0.45, 0.0))


def _gradient(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    return 0.5 - 0.5 * np.cos(2 * np.pi * u / TILE_MM)


_PATTERNS: dict[Pattern, weaves.Tile] = {
    Pattern.PLAIN: _plain,
    Pattern.STRIPE: _stripe,
    Pattern.PLAID: _plaid,
    Pattern.DOTS: _dots,
    Pattern.CHEVRON: _chevron,
    Pattern.PAW: _paw,
    Pattern.CAMO: _camo,
    Pattern.GRADIENT: _gradient,
}
