"""What surfaces throw back of light that reaches them from all round."""

from functools import cache, lru_cache

import numpy as np

from pet_app.builder.render.gloss import GLASS, TABLE, returned_table
from pet_app.builder.render.material import FUZZ, MEAN, METALLIC, SPECULAR, Materials, widths
from pet_app.builder.surfaces import SHEEN_WHITE


def thrown_back(worn: Materials, areas: np.ndarray) -> np.ndarray:
    """float64 (3, 3): the colours of the light that the first slot throws back, others, and all.

    areas: of each slot that throws light. What is mirrored counts as thrown.
    """
    mirrors = returned(worn) @ weights()
    white = mirrors + (1 - mirrors) * (1 - worn.table[:, METALLIC, None]) * _below(worn)
    found = white[0], _mean(white[1:], areas[1:]), _mean(white, areas)
    return np.stack(found).astype(np.float64)


def matt(worn: Materials, areas: np.ndarray) -> np.ndarray:
    """float64 (2, 3): the colours of what is matt, of the first slot and of all others."""
    base = _below(worn)
    shares = areas * (worn.table[:, METALLIC] == 0)
    return np.stack([base[0], _mean(base[1:], shares[1:])])


def _mean(colours: np.ndarray, shares: np.ndarray) -> np.ndarray:
    return shares @ colours / max(float(shares.sum()), 1e-6)


@lru_cache(maxsize=4)
def returned(worn: Materials) -> np.ndarray:
    """float32 (slots, 3, TABLE): what each slot mirrors, by the cosine of the angle of view."""
    base, metal = worn.colours[:, MEAN : MEAN + 3, None], worn.table[:, METALLIC, None, None]
    rows = np.minimum(widths(worn) ** 0.5 * TABLE, TABLE - 1).astype(int)
    table = returned_table().reshape(TABLE, TABLE, -1)[rows]
    scale, bias, glass = (table[:, None, :, part] for part in range(3))
    matt = glass + (worn.table[:, SPECULAR, None, None] - GLASS) * scale
    return metal * (base * scale + bias) + (1 - metal) * matt


@lru_cache(maxsize=4)
def _below(worn: Materials) -> np.ndarray:
    """float32 (slots, 3): what a matt surface throws back, fibres on it and what lies below."""
    base, fuzz = worn.colours[:, MEAN : MEAN + 3], worn.table[:, FUZZ, None] * _fibres()
    tint = SHEEN_WHITE + (1 - SHEEN_WHITE) * base
    return base * (1 - fuzz * tint.max(axis=1, keepdims=True)) + fuzz * tint


@cache
def weights() -> np.ndarray:
    """float32 (TABLE,): how much light comes at each angle, in all 1."""
    cosine = (np.arange(TABLE) + 0.5) / TABLE
    return (cosine / cosine.sum()).astype(np.float32)


@cache
def _fibres() -> float:
    """What fibres return whose sheen has a weight of 1."""
    return float(returned_table()[:TABLE, 3] @ weights())
