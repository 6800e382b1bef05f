"""A look as arrays: colours in linear light, and tiles as pyramids of ever coarser levels."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from pet_app.builder import tiles
from pet_app.builder.design import Look, Options
from pet_app.builder.render.scene import SLOTS, Scene
from pet_app.builder.render.tone import linear
from pet_app.builder.rules import Pattern
from pet_app.builder.surfaces import Surface, surface

COLOUR, ACCENT, ROUGHNESS, METALLIC, SPECULAR, FUZZ, RELIEF, MEAN = 0, 3, 6, 7, 8, 9, 10, 11
COLUMNS = 14

LEVELS = tiles.SIZE.bit_length()
STARTS = np.cumsum([0, *(4**level for level in range(LEVELS - 1, 0, -1))])
"""Where each level begins in a pyramid, finest first."""

MIRRORS_BELOW = 0.45
"""Surfaces smoother than this show what stands beside them."""


@dataclass(frozen=True, eq=False)
class Materials:
    """The look of every slot, in the order its scene was laid out with.

    table: float64 (slots, COLUMNS). pattern: float32 (texels, 1), the webbing's mask from 0 to 1.
    weaves: float32 (slots, texels, 3): slope along, slope across, shade.
    """

    table: np.ndarray
    pattern: np.ndarray
    weaves: np.ndarray

    def mean(self, scene: Scene) -> np.ndarray:
        """float64 (3,): the piece's mean colour, which tints the light between its straps."""
        corners = scene.vertices[scene.faces]
        sides = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        areas = np.linalg.norm(sides, axis=1)
        rows = self.table[scene.slots[scene.parts], MEAN : MEAN + 3]
        return areas @ rows / areas.sum()


def materials(look: Look, options: Options | None = None) -> Materials:
    """Gather what the shading of a look needs; `options` as `surface` has them."""
    return materials_of([surface(slot, look, options) for slot in SLOTS], look.pattern)


def materials_of(surfaces: Sequence[Surface], pattern: Pattern) -> Materials:
    """Gather what the shading of these surfaces needs, by slot; the first carries the pattern."""
    table = np.zeros((len(surfaces), COLUMNS))
    mask = tiles.pattern_mask(pattern).mean() / 255
    for row, own in enumerate(surfaces):
        colour, accent = linear(own.colour), linear(own.accent)
        share = mask if row == 0 else 0.0
        table[row] = (
            *(*colour, *accent, own.roughness, own.metallic, own.specular, own.fuzz, own.relief),
            *(colour + (accent - colour) * share),
        )
    return Materials(
        table=table,
        pattern=_pattern(pattern),
        weaves=_weaves(tuple(own.weave for own in surfaces)),
    )


@cache
def _pattern(pattern: Pattern) -> np.ndarray:
    return _pyramid(tiles.pattern_mask(pattern)[..., None].astype(np.float32) / 255)


@cache
def _weaves(names: tuple[str, ...]) -> np.ndarray:
    return np.stack([_pyramid(tiles.relief(name)) for name in names])


def _pyramid(tile: np.ndarray) -> np.ndarray:
    """float32 (texels, channels): the tile, then each level at half the size, down to one texel."""
    levels = [tile]
    while len(levels[-1]) > 1:
        half = len(levels[-1]) // 2
        levels.append(levels[-1].reshape(half, 2, half, 2, -1).mean(axis=(1, 3)))
    return np.concatenate([level.reshape(-1, tile.shape[2]) for level in levels])
