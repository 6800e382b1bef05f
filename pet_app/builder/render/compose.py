"""The floor's shadow as paper shows it, and the piece and its shadow laid over a page.

Laying over happens in sRGB, as browsers do it, so that a picture without background put over any
page is the picture taken with that page behind it.
"""

from functools import cache

import numpy as np

from pet_app.builder.render.camera import View
from pet_app.builder.render.compiled import compiled, inlined, streaming
from pet_app.builder.render.ground import Floor
from pet_app.builder.render.tone import SRGB, STEPS

SHADOW = 0.9
"""How dark the darkest shadow is: light from beyond the studio always reaches the floor."""

FAINT = 0.04
"""A shadow as faint as this is halved: the wide veil round a piece would only grey the page."""

RIM = 0.2
"""The share of the picture, at each side, in which shadow runs out: none is ever cut off."""

NODE = 2
"""Pixels from one place to the next at which shadow is worked out."""

SHADOW_COLOUR = (24, 21, 18)
"""sRGB; a touch warm for paper, and dark enough not to glow on a dark page."""

SHADES = 4096
"""Steps of the table of how dark a share of light looks."""

HALF, WHOLE, ACROSS = np.float32(0.5), np.float32(255), np.float32(1 / NODE)
STEPS_OF_SHARE = np.float32(SHADES)


def shadow(share: np.ndarray) -> np.ndarray:
    """float32 (h, w): how much of the page the shadow covers.

    share: (h, w), the light that reaches the floor under each pixel as a share of the open floor's.
    """
    covered = np.empty(share.shape, np.float32)
    _cover(share.astype(np.float32), _ends(share.shape[0]), _ends(share.shape[1]), covered)
    return covered


def arriving(floor: Floor, view: View) -> np.ndarray:
    """float32 (4, n, n): light on the floor behind every NODE-th pixel.

    In shares of the open floor's: what comes past the piece; what its first slot's surfaces would
    throw there if they were white; what all others would. Last, `Floor.again`.
    """
    nodes = view.size // NODE + 2
    found = np.zeros((4, nodes, nodes), np.float32)
    found[0] = 1
    _arrive(
        *(view.eye.astype(np.float64), view.axes.astype(np.float64), view.focal, view.size),
        *(floor.values, floor.bounce, floor.again, floor.place, found),
    )
    return found


def shadows(arriving: np.ndarray, size: int, body: float, others: float, mean: float) -> np.ndarray:
    """uint8 (size²,): how much of the page the shadow covers, 255 for all.

    body, others, mean: how bright the first slot is, all others and the whole piece. Shadow is
    soft, so it is worked out at every NODE-th pixel and drawn straight between them.
    """
    nodes = arriving.shape[1]
    dark = np.empty((nodes, nodes), np.float32)
    ends = _ends(nodes * NODE)[::NODE].copy()
    _darken(arriving, np.array([body, others, mean], np.float32), ends, _darknesses(), dark)
    found = np.empty((size, size), np.uint8)
    _between(dark, found)
    return found.ravel()


def lay(
    light: np.ndarray, covered: np.ndarray, background: tuple[int, int, int] | None
) -> np.ndarray:
    """uint8 (h, w, 3), or (h, w, 4) with straight alpha when there is no background.

    light: float32 (h, w, 4), tone-mapped linear light times coverage, and the coverage. covered:
    float32 (h, w), what `shadow` gave.
    """
    alpha = light[..., 3:]
    colour = SRGB[
        np.rint(np.clip(light[..., :3] / np.maximum(alpha, 1e-6), 0, 1) * STEPS).astype(int)
    ]
    under = (1 - alpha) * covered[..., None]
    both = alpha + under
    mixed = alpha * colour + under * np.array(SHADOW_COLOUR)
    if background is not None:
        return np.rint(mixed + (1 - both) * np.array(background)).astype(np.uint8)
    straight = np.concatenate([mixed / np.maximum(both, 1e-6), both * 255], axis=2)
    return np.rint(straight).astype(np.uint8)


def _ends(count: int) -> np.ndarray:
    """float32 (count,): 0 at both ends, 1 in the middle, smooth between."""
    inwards = np.minimum(np.arange(count), np.arange(count)[::-1]) / (RIM * count)
    inwards = np.minimum(inwards, 1)
    return (inwards * inwards * (3 - 2 * inwards)).astype(np.float32)


@compiled
def _darkness(share):
    """How much of a page in sRGB a shadow covers that leaves this share of light."""
    lost = max(1 - share, 0.0)
    left = 1 - SHADOW * lost * lost / (lost + FAINT)
    return 1 - max(left, 0.0) ** (1 / 2.2)


@compiled
def _cover(share, rows, columns, covered):
    for row in range(share.shape[0]):
        for column in range(share.shape[1]):
            covered[row, column] = rows[row] * columns[column] * _darkness(share[row, column])


@cache
def _darknesses() -> np.ndarray:
    """float32 (SHADES + 1,): `_darkness` of evenly spaced shares from 0 to 1."""
    return np.array([_darkness(step / SHADES) for step in range(SHADES + 1)], np.float32)


@compiled
def _arrive(eye, axes, focal, size, values, bounce, again, place, found):
    """Every row of the picture is a straight line on the floor, for the camera stands upright."""
    last = np.float32(values.shape[0] - 1)
    for row in range(found.shape[1]):
        up = (size / 2 - row * NODE) / focal
        dy = axes[2, 1] + up * axes[1, 1]
        if dy > -1e-4:
            continue
        distance = (place[4] - eye[1]) / dy
        x = eye[0] + distance * (axes[2, 0] + up * axes[1, 0])
        z = eye[2] + distance * (axes[2, 2] + up * axes[1, 2])
        for column in range(found.shape[2]):
            along = (column * NODE - size / 2) * distance / focal
            right = np.float32((x + along * axes[0, 0] - place[0]) * place[2] - 0.5)
            down = np.float32((z + along * axes[0, 2] - place[1]) * place[3] - 0.5)
            if right < 0 or down < 0 or right >= last or down >= last:
                continue
            i, j = int(right), int(down)
            a, b = right - np.float32(i), down - np.float32(j)
            if values[j, i] + values[j, i + 1] + values[j + 1, i] + values[j + 1, i + 1] == 4:
                continue
            found[0, row, column] = _bilinear(values, i, j, a, b)
            found[1, row, column] = _bilinear(bounce[0], i, j, a, b)
            found[2, row, column] = _bilinear(bounce[1], i, j, a, b)
            found[3, row, column] = _bilinear(again, i, j, a, b)


@inlined
def _bilinear(values, i, j, a, b):
    near = values[j, i] + a * (values[j, i + 1] - values[j, i])
    far = values[j + 1, i] + a * (values[j + 1, i + 1] - values[j + 1, i])
    return near + b * (far - near)


@compiled
def _darken(arriving, bright, ends, darknesses, dark):
    for row in range(len(dark)):
        for column in range(len(dark)):
            back = bright[0] * arriving[1, row, column] + bright[1] * arriving[2, row, column]
            share = arriving[0, row, column] + back / (1 - bright[2] * arriving[3, row, column])
            step = min(np.int32(share * STEPS_OF_SHARE + HALF), SHADES)
            dark[row, column] = ends[row] * ends[column] * darknesses[step]


@streaming
def _between(dark, found):
    """Straight lines between the nodes."""
    size = found.shape[1]
    line = np.empty(dark.shape[1], np.float32)
    for row in range(size):
        near = row // NODE
        share = (np.float32(row % NODE) + HALF) * ACROSS
        for node in range(len(line)):
            first = dark[near, node]
            line[node] = (first + share * (dark[near + 1, node] - first)) * WHOLE + HALF
        for part in range(NODE):
            share = (np.float32(part) + HALF) * ACROSS
            for node in range((size - part + NODE - 1) // NODE):
                value = line[node] + share * (line[node + 1] - line[node])
                found[row, node * NODE + part] = np.uint8(value)
