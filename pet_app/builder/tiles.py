"""Tiles that give straps their pattern and surface, the same in the browser and in pictures.

A tile repeats without a seam. Columns run along the strap and rows across it; the tile's first row
lies on the strap's middle (v = 0), so that stripes and paws stay centred at every width.
"""

from collections.abc import Callable
from functools import cache
from io import BytesIO

import numpy as np
from PIL import Image

from pet_app.builder.rules import Pattern
from pet_app.core.errors import NotFound

TILE_MM = 48.0
"""What one pattern tile covers along and across the strap."""

WEAVE_MM = 12.0
"""What one surface tile covers along and across the strap."""

SIZE = 256
"""Texels along each side of a tile."""

OVERSAMPLING = 4
DEPTH_MM = 0.24
"""How deep the surface's valleys are where `height` is 0."""


@cache
def pattern_mask(pattern: Pattern) -> np.ndarray:
    """uint8 (256, 256): 0 takes the colour, 255 the accent, between them a mix."""
    u, v = _grid(TILE_MM, SIZE * OVERSAMPLING)
    fine = np.broadcast_to(_PATTERNS[pattern](u, v), (SIZE * OVERSAMPLING,) * 2)
    mask = fine.reshape(SIZE, OVERSAMPLING, SIZE, OVERSAMPLING).mean(axis=(1, 3))
    return _frozen(np.rint(mask * 255).astype(np.uint8))


@cache
def height(weave: str) -> np.ndarray:
    """float32 (256, 256): how high the surface stands, from 0 to 1.

    `weave` is a key of `WEAVES`.
    """
    u, v = _grid(WEAVE_MM, SIZE)
    tile = np.broadcast_to(WEAVES[weave](u, v), (SIZE, SIZE))
    return _frozen(np.clip(tile, 0, 1).astype(np.float32))


@cache
def relief(weave: str) -> np.ndarray:
    """float32 (256, 256, 3): the slope along and across the strap, and the shade of the valleys.

    The shade averages 1, so that a surface keeps its colour when seen from afar.
    """
    tile = height(weave)
    step = 2 * WEAVE_MM / SIZE
    along = (np.roll(tile, -1, axis=1) - np.roll(tile, 1, axis=1)) * DEPTH_MM / step
    across = (np.roll(tile, -1, axis=0) - np.roll(tile, 1, axis=0)) * DEPTH_MM / step
    shade = 0.62 + 0.38 * tile
    return _frozen(np.stack([along, across, shade / shade.mean()], axis=2).astype(np.float32))


def names() -> list[str]:
    """Every tile the browser can ask for."""
    return [f"pattern-{pattern}" for pattern in Pattern] + [
        f"{kind}-{weave}" for kind in ("normal", "shade") for weave in WEAVES
    ]


@cache
def png(name: str) -> bytes:
    """The tile as a PNG file: `pattern-plaid` and `shade-ribbed` grey, `normal-ribbed` colour.

    Normals are tangent-space, red along the strap and green against v, as glTF has them; shades
    are halved so that their mean is mid grey. Raises NotFound for a name that is not in `names()`.
    """
    if name not in names():
        raise NotFound("There is no such tile.")
    kind, _, what = name.partition("-")
    if kind == "pattern":
        pixels = pattern_mask(Pattern(what))
    elif kind == "shade":
        pixels = np.rint(np.clip(relief(what)[..., 2] * 127.5, 0, 255)).astype(np.uint8)
    else:
        slopes = relief(what)
        # v runs down the picture, and a glTF normal map's green stands for up
        normal = np.stack([-slopes[..., 0], slopes[..., 1], np.ones((SIZE, SIZE))], axis=2)
        normal /= np.linalg.norm(normal, axis=2, keepdims=True)
        pixels = np.rint(normal * 127.5 + 127.5).astype(np.uint8)
    file = BytesIO()
    Image.fromarray(pixels).save(file, "PNG", compress_level=9)
    return file.getvalue()


def _frozen(tile: np.ndarray) -> np.ndarray:
    tile.setflags(write=False)
    return tile


def _grid(extent_mm: float, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Texel centres in mm: u as a row, v as a column."""
    at = (np.arange(count) + 0.5) * extent_mm / count
    return at[None, :], at[:, None]


def _from_centre(x: np.ndarray, period: float) -> np.ndarray:
    """The distance to the nearest multiple of `period`, with its sign."""
    return (x + period / 2) % period - period / 2


def _noise(period_mm: float, waves: int, seed: int, extent_mm: float) -> np.ndarray:
    """Smooth periodic noise of mean 0 and deviation 1, with features of about `period_mm`."""
    count = SIZE * OVERSAMPLING if extent_mm == TILE_MM else SIZE
    dice = np.random.default_rng(seed)
    u, v = _grid(1.0, count)
    highest = extent_mm / period_mm
    total = np.zeros((count, count))
    for _ in range(waves):
        angle, phase = dice.uniform(0, 2 * np.pi, 2)
        pitch = highest * dice.uniform(0.5, 1.0)
        along, across = round(pitch * np.cos(angle)), round(pitch * np.sin(angle))
        total += np.cos(2 * np.pi * (along * u + across * v) + phase)
    total -= total.mean()
    return total / total.std()


def _plain(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    return 0 * (u + v)


def _stripe(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    distance = np.abs(_from_centre(v, TILE_MM))
    return (distance < 2.6) | (np.abs(distance - 7.4) < 0.7) | (np.abs(distance - 16) < 1.6)


def _plaid(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    def sett(x: np.ndarray) -> np.ndarray:
        distance = np.abs(_from_centre(x, 24.0))
        return ((distance > 4.2) & (distance < 9.0)) | (distance < 0.55)

    twill = (u + v) % 1.5 < 0.75
    return np.where(twill, sett(u), sett(v)) * 1.0


def _dots(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    first = np.hypot(_from_centre(u, 12.0), _from_centre(v, 12.0))
    second = np.hypot(_from_centre(u - 6, 12.0), _from_centre(v - 6, 12.0))
    return np.minimum(first, second) < 2.1


def _chevron(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    return (u + np.abs(_from_centre(v, 24.0))) % 12.0 < 5.0


def _paw(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    return _print_at(u, v, 12.0, 0.0, 1.0) | _print_at(u, v, 0.0, 12.0, -1.0)


def _print_at(u: np.ndarray, v: np.ndarray, u_mm: float, v_mm: float, side: float) -> np.ndarray:
    """One paw in every 24 mm square, its toes along the strap, leaning to one `side`."""
    x, y = _from_centre(u - u_mm, 24.0), _from_centre(v - v_mm, 24.0)
    cos, sin = np.cos(0.3), side * np.sin(0.3)
    x, y = cos * x + sin * y, cos * y - sin * x
    found = (x / 2.5) ** 2 + (y / (3.1 - 0.25 * np.clip(x, -2, 2))) ** 2 < 1
    for toe_x, toe_y in ((1.9, 3.9), (4.2, 1.6), (4.2, -1.6), (1.9, -3.9)):
        found = found | (((x - toe_x) / 1.55) ** 2 + ((y - toe_y) / 1.1) ** 2 < 1)
    return found


def _camo(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    patches = _noise(14.0, 24, 5, TILE_MM)
    half = _noise(11.0, 24, 8, TILE_MM)
    return np.where(patches > 0.55, 1.0, np.where(half > 0.5, 0.45, 0.0))


def _gradient(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    return 0.5 - 0.5 * np.cos(2 * np.pi * u / TILE_MM)


def _woven(u: np.ndarray, v: np.ndarray, along_mm: float, across_mm: float) -> np.ndarray:
    """Plain weave: yarns along the strap that dive under every other one across it."""
    yarn = np.abs(np.cos(np.pi * v / across_mm))
    parity = np.pi * np.floor(v / across_mm + 0.5)
    over = 0.5 + 0.5 * np.cos(np.pi * u / along_mm + parity)
    return np.sqrt(yarn) * (0.35 + 0.65 * over)


def _ribbed(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    return _woven(u, v, 1.5, 1.0)


def _canvas(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    return _woven(u, v, 1.2, 1.2) * 0.9 + 0.05 * _noise(1.0, 40, 2, WEAVE_MM)


def _burlap(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    uneven = 0.35 * _noise(3.0, 24, 3, WEAVE_MM)
    return _woven(u + 0.2 * uneven, v, 2.0, 1.5) * 0.8 + 0.1 * _noise(0.7, 40, 4, WEAVE_MM) + 0.1


def _grain(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    pebbles = np.abs(_noise(1.1, 40, 6, WEAVE_MM)) ** 0.6
    return 0.62 + 0.22 * (pebbles - 0.8) + 0.05 * _noise(0.5, 40, 7, WEAVE_MM)


def _coated(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    return 0.9 + 0.025 * _noise(0.8, 40, 9, WEAVE_MM)


def _mesh(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    first = np.hypot(_from_centre(u, 3.0), _from_centre(v, 3.0))
    second = np.hypot(_from_centre(u - 1.5, 3.0), _from_centre(v - 1.5, 3.0))
    return np.clip((np.minimum(first, second) - 0.35) / 0.5, 0, 1)


def _fleece(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    curls = 0.24 * _noise(1.6, 60, 11, WEAVE_MM) + 0.1 * _noise(0.7, 60, 12, WEAVE_MM)
    return 0.55 + curls


def _knit(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    """Jersey: columns of little slanting loops."""
    column = v % 0.75 / 0.75
    slant = np.where(column < 0.5, u, -u) + 0.4 * column
    return 0.45 + 0.3 * np.abs(np.sin(np.pi * column)) + 0.25 * np.cos(2 * np.pi * slant / 0.6)


def _satin(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    """Threads lying close together across the strap, as in embroidery."""
    thread = np.abs(np.cos(np.pi * u / 0.4))
    return np.sqrt(thread) * (0.85 + 0.05 * _noise(2.0, 24, 13, WEAVE_MM))


def _beads(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    """The fine lattice that holds a reflective tape's glass beads."""
    first = np.abs(_from_centre(u + v, 1.0))
    second = np.abs(_from_centre(u - v, 1.0))
    return np.where(np.minimum(first, second) > 0.09, 1.0, 0.5)


def _fur(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    """Short hair lying along u."""
    return 0.5 + 0.2 * _streaks(5.0, 0.55, 14) + 0.12 * _streaks(2.4, 0.3, 15)


def _streaks(long_mm: float, thin_mm: float, seed: int) -> np.ndarray:
    """Smooth periodic noise drawn out along u."""
    dice = np.random.default_rng(seed)
    u, v = _grid(1.0, SIZE)
    total = np.zeros((SIZE, SIZE))
    for _ in range(60):
        along = round(WEAVE_MM / long_mm * dice.uniform(-1.0, 1.0))
        across = round(WEAVE_MM / thin_mm * dice.uniform(0.35, 1.0))
        total += np.cos(2 * np.pi * (along * u + across * v) + dice.uniform(0, 2 * np.pi))
    return (total - total.mean()) / total.std()


def _felt(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    """Wool beaten into a cloth: no thread in it, only tufts."""
    return 0.6 + 0.13 * _noise(0.8, 60, 16, WEAVE_MM) + 0.09 * _noise(0.35, 60, 17, WEAVE_MM)


def _wood(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    """Grain along u: broad years, and the fine lines between them."""
    years = 0.16 * _streaks(12.0, 2.6, 18) + 0.1 * _streaks(7.0, 0.6, 19)
    return 0.6 + years + 0.05 * _streaks(3.0, 0.25, 20)


def _speckle(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    """A glaze through which the clay shows in specks."""
    dice = np.random.default_rng(21)
    found = 0 * (u + v)
    for x, y, size in dice.uniform((0, 0, 0.03), (WEAVE_MM, WEAVE_MM, 0.11), (60, 3)):
        far = np.hypot(_from_centre(u - x, WEAVE_MM), _from_centre(v - y, WEAVE_MM))
        found = np.maximum(found, np.clip(1.6 - far / size, 0, 1))
    return 0.95 - 0.75 * found


def _twist(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    """Yarn laid slantwise round a strand."""
    yarn = np.abs(np.cos(np.pi * (u + v) / 1.0))
    return np.sqrt(yarn) * (0.85 + 0.06 * _noise(1.2, 24, 22, WEAVE_MM))


def _smooth(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    return 1 + 0 * (u + v)


Tile = Callable[[np.ndarray, np.ndarray], np.ndarray]

WEAVES: dict[str, Tile] = {
    "ribbed": _ribbed,
    "canvas": _canvas,
    "burlap": _burlap,
    "grain": _grain,
    "coated": _coated,
    "mesh": _mesh,
    "fleece": _fleece,
    "knit": _knit,
    "satin": _satin,
    "beads": _beads,
    "fur": _fur,
    "felt": _felt,
    "wood": _wood,
    "speckle": _speckle,
    "twist": _twist,
    "smooth": _smooth,
}

_PATTERNS: dict[Pattern, Tile] = {
    Pattern.PLAIN: _plain,
    Pattern.STRIPE: _stripe,
    Pattern.PLAID: _plaid,
    Pattern.DOTS: _dots,
    Pattern.CHEVRON: _chevron,
    Pattern.PAW: _paw,
    Pattern.CAMO: _camo,
    Pattern.GRADIENT: _gradient,
}
