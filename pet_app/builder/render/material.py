"""A look as arrays: colours in linear light, and tiles as pyramids of ever coarser levels."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

from pet_app.builder import tiles
from pet_app.builder.design import Look, Options
from pet_app.builder.render.scene import SLOTS
from pet_app.builder.render.tone import linear
from pet_app.builder.rules import Pattern
from pet_app.builder.surfaces import LEAST_ROUGHNESS, Surface, surface

COLOUR, ACCENT, MEAN = 0, 3, 6
COLOUR_COLUMNS = 9

ROUGHNESS, METALLIC, SPECULAR, FUZZ, RELIEF, WEAVE, PRINTED = 0, 1, 2, 3, 4, 5, 6
COLUMNS = 8
"""The last but one is 1 where the pattern shows; the last makes rows as long as vectors are."""

ALONG, ACROSS, STEEPNESS, SHADE, ROUGH = 0, 1, 2, 3, 4
CHANNELS, UNITS = 5, 8
"""Channels of a weave, and numbers that say what they stand for: as many as one vector fetches."""

LEVELS = tiles.SIZE.bit_length()
MARGIN = 2
"""Each line and column begins with its last texel and ends with its first: neighbours are side by
side, wherever a place lies."""

TEXELS = sum((2**level + MARGIN) ** 2 for level in range(LEVELS))

LEAST = 1e-9
"""The least that a channel's largest number counts as: a smooth weave has slopes of nothing."""

MOST_WEAVES = 48
_weaves = np.empty((MOST_WEAVES + 1, TEXELS, CHANNELS), np.int16)
_units = np.zeros((MOST_WEAVES, UNITS), np.float32)
_drawn: dict[str, int] = {}
"""Pyramids of all weaves drawn so far, what 1 stands for in each of their channels, and where each
lies. Memory is only taken for these; behind the last there is room, as vectors reach beyond it."""


@dataclass(frozen=True, eq=False)
class Materials:
    """The look of every slot, in the order its scene was laid out with.

    colours: float32 (slots, COLOUR_COLUMNS): colour, accent, and the mean over the pattern, linear.
    table: float32 (slots, COLUMNS): how light is taken, whatever the colour. pattern: uint32
    (texels,), the first slot's mask from 0 to 255: in the bytes of each, from the lowest, a
    texel, the next, and the two below them. weaves: int16 (weaves, texels, CHANNELS): the slope
    along and across, the mean of its square, shade and roughness; units: float32 (weaves, UNITS),
    what 1 stands for in each. key: names all but the colours of what is not metal; looks of one key
    share an `Exposure`.
    """

    colours: np.ndarray
    table: np.ndarray
    pattern: np.ndarray
    weaves: np.ndarray
    units: np.ndarray
    key: str


def materials(look: Look, options: Options | None = None) -> Materials:
    """Gather what the shading of a look needs; `options` as `surface` has them."""
    return materials_of([surface(slot, look, options) for slot in SLOTS], look.pattern)


def materials_of(surfaces: Sequence[Surface], pattern: Pattern) -> Materials:
    """Gather what the shading of these surfaces needs, by slot; the first carries the pattern."""
    colours = np.zeros((len(surfaces), COLOUR_COLUMNS), np.float32)
    table = np.zeros((len(surfaces), COLUMNS), np.float32)
    for row, own in enumerate(surfaces):
        colour, accent = linear(own.colour), linear(own.accent)
        share = _mask_mean(pattern) if row == 0 else 0.0
        colours[row] = (*colour, *accent, *(colour + (accent - colour) * share))
        weave = _weave(own.weave) if own.relief else 0
        given = (own.roughness, own.metallic, own.specular, own.fuzz, own.relief, weave)
        table[row, : len(given)] = given
    table[0, PRINTED] = pattern is not Pattern.PLAIN
    # What metal shows is traced in its own colours.
    metals = colours[table[:, METALLIC] > 0]
    key = f"{pattern}:{table.tobytes().hex()}:{metals.tobytes().hex()}"
    return Materials(colours, table, _pattern(pattern), _weaves, _units, key)


@lru_cache(maxsize=4)
def widths(worn: Materials) -> np.ndarray:
    """float64 (slots,): GGX's alpha of each slot, its relief taken as roughness (Toksvig 2005)."""
    table = worn.table
    weave = table[:, WEAVE].astype(int)
    slopes = worn.weaves[weave, -1, STEEPNESS] * worn.units[weave, STEEPNESS]
    slopes *= table[:, RELIEF] ** 2
    return np.sqrt(np.maximum(table[:, ROUGHNESS], LEAST_ROUGHNESS) ** 4 + slopes).astype(float)


@cache
def _mask_mean(pattern: Pattern) -> float:
    return float(tiles.pattern_mask(pattern).mean()) / 255


@cache
def _pattern(pattern: Pattern) -> np.ndarray:
    levels = _pyramid(tiles.pattern_mask(pattern)[..., None].astype(np.float32), _around)
    return levels.view("<u4")[:, 0].astype(np.uint32)


def _around(mask: np.ndarray) -> np.ndarray:
    """uint8 (n, n, 4): a mask and its neighbours, so that one number tells all round a place."""
    mask = np.rint(mask).astype(np.uint8)
    right, down = np.roll(mask, -1, axis=1), np.roll(mask, -1, axis=0)
    return np.concatenate([mask, right, down, np.roll(down, -1, axis=1)], axis=2)


def _weave(name: str) -> int:
    """Where a weave's pyramid lies; it is drawn when first asked for.

    Beside the mean slope it keeps the mean of its square, as LEAN mapping does (Olano and Baker,
    2010): what a level has averaged away of the relief comes back as roughness.
    """
    if name in _drawn:
        return _drawn[name]
    tile = tiles.relief(name)
    own = np.empty((*tile.shape[:2], CHANNELS), np.float32)
    own[..., [ALONG, ACROSS]] = tile[..., :2]
    own[..., STEEPNESS] = tile[..., 0] ** 2 + tile[..., 1] ** 2
    own[..., [SHADE, ROUGH]] = tile[..., 2:]
    unit = np.maximum(np.abs(own).max(axis=(0, 1)), LEAST) / np.iinfo(np.int16).max
    _weaves[len(_drawn)] = np.rint(_pyramid(own) / unit)
    _units[len(_drawn), :CHANNELS] = unit
    return _drawn.setdefault(name, len(_drawn))


def _pyramid(tile: np.ndarray, laid: Callable[[np.ndarray], np.ndarray] = np.asarray) -> np.ndarray:
    """(texels, channels): the tile, then each level at half the size, down to one texel.

    Each level goes through `laid`, and gets a margin of what lies on its other side.
    """
    levels = [tile]
    while len(levels[-1]) > 1:
        half = len(levels[-1]) // 2
        levels.append(levels[-1].reshape(half, 2, half, 2, -1).mean(axis=(1, 3)))
    around = ((1, 1), (1, 1), (0, 0))
    padded = [np.pad(laid(level), around, "wrap") for level in levels]
    return np.concatenate([level.reshape(-1, level.shape[2]) for level in padded])
