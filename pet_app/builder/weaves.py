"""What cloth, leather, wood and glaze look like from close by: the height of a surface, 0 to 1."""

from collections.abc import Callable

import numpy as np

from pet_app.builder.texels import WEAVE_MM, from_centre, noise, streaks

Tile = Callable[[np.ndarray, np.ndarray], np.ndarray]


def _woven(u: np.ndarray, v: np.ndarray, along_mm: float, across_mm: float) -> np.ndarray:
    """Plain weave: yarns along the strap that dive under every other one across it."""
    yarn = np.abs(np.cos(np.pi * v / across_mm))
    parity = np.pi * np.floor(v / across_mm + 0.5)
    over = 0.5 + 0.5 * np.cos(np.pi * u / along_mm + parity)
    return np.sqrt(yarn) * (0.35 + 0.65 * over)


def _ribbed(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    return _woven(u, v, 1.5, 1.0)


def _canvas(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    return _woven(u, v, 1.2, 1.2) * 0.9 + 0.05 * noise(1.0, 40, 2, WEAVE_MM)


def _burlap(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    uneven = 0.35 * noise(3.0, 24, 3, WEAVE_MM)
    return _woven(u + 0.2 * uneven, v, 2.0, 1.5) * 0.8 + 0.1 * noise(0.7, 40, 4, WEAVE_MM) + 0.1


def _grain(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    pebbles = np.abs(noise(1.1, 40, 6, WEAVE_MM)) ** 0.6
    return 0.62 + 0.22 * (pebbles - 0.8) + 0.05 * noise(0.5, 40, 7, WEAVE_MM)


def _coated(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    return 0.9 + 0.025 * noise(0.8, 40, 9, WEAVE_MM)


def _mesh(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    first = np.hypot(from_centre(u, 3.0), from_centre(v, 3.0))
    second = np.hypot(from_centre(u - 1.5, 3.0), from_centre(v - 1.5, 3.0))
    return np.clip((np.minimum(first, second) - 0.35) / 0.5, 0, 1)


def _fleece(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    curls = 0.24 * noise(1.6, 60, 11, WEAVE_MM) + 0.1 * noise(0.7, 60, 12, WEAVE_MM)
    return 0.55 + curls


def _knit(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    """Jersey: columns of little slanting loops."""
    column = v % 0.75 / 0.75
    slant = np.where(column < 0.5, u, -u) + 0.4 * column
    return 0.45 + 0.3 * np.abs(np.sin(np.pi * column)) + 0.25 * np.cos(2 * np.pi * slant / 0.6)


def _satin(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    """Threads lying close together across the strap, as in embroidery."""
    thread = np.abs(np.cos(np.pi * u / 0.4))
    return np.sqrt(thread) * (0.85 + 0.05 * noise(2.0, 24, 13, WEAVE_MM))


def _beads(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    """The fine lattice that holds a reflective tape's glass beads."""
    first = np.abs(from_centre(u + v, 1.0))
    second = np.abs(from_centre(u - v, 1.0))
    return np.where(np.minimum(first, second) > 0.09, 1.0, 0.5)


def _fur(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    """Short hair lying along u."""
    return 0.5 + 0.2 * streaks(5.0, 0.55, 14) + 0.12 * streaks(2.4, 0.3, 15)


def _felt(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    """Wool beaten into a cloth: no thread in it, only tufts."""
    return 0.6 + 0.13 * noise(0.8, 60, 16, WEAVE_MM) + 0.09 * noise(0.35, 60, 17, WEAVE_MM)


def _wood(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    """Grain along u: broad years, and the fine lines between them."""
    years = 0.16 * streaks(12.0, 2.6, 18) + 0.1 * streaks(7.0, 0.6, 19)
    return 0.6 + years + 0.05 * streaks(3.0, 0.25, 20)


def _speckle(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    """A glaze through which the clay shows in specks."""
    dice = np.random.default_rng(21)
    found = 0 * (u + v)
    for x, y, size in dice.uniform((0, 0, 0.03), (WEAVE_MM, WEAVE_MM, 0.11), (60, 3)):
        far = np.hypot(from_centre(u - x, WEAVE_MM), from_centre(v - y, WEAVE_MM))
        found = np.maximum(found, np.clip(1.6 - far / size, 0, 1))
    return 0.95 - 0.75 * found


def _twist(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    """Yarn laid slantwise round a strand."""
    yarn = np.abs(np.cos(np.pi * (u + v) / 1.0))
    return np.sqrt(yarn) * (0.85 + 0.06 * noise(1.2, 24, 22, WEAVE_MM))


def _smooth(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    return 1 + 0 * (u + v)


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
