"""The floor's shadow as paper shows it, and the piece and its shadow laid over a page.

Laying over happens in sRGB, as browsers do it, so that a picture without background put over any
page is the picture taken with that page behind it.
"""

import numpy as np

from pet_app.builder.render.camera import View
from pet_app.builder.render.compiled import compiled, streaming
from pet_app.builder.render.floor import Floor, floor_at
from pet_app.builder.render.tone import SRGB, STEPS

SHADOW = 0.9
"""How dark the darkest shadow is: light from beyond the studio always reaches the floor."""

FAINT = 0.04
"""A shadow as faint as this is halved: the wide veil round a piece would only grey the page."""

RIM = 0.2
"""The share of the picture, at each side, in which shadow runs out: none is ever cut off."""

NODE = 4
"""Pixels from one place to the next at which shadow is worked out."""

SHADOW_COLOUR = (24, 21, 18)
"""sRGB; a touch warm for paper, and dark enough not to glow on a dark page."""

HALF, WHOLE, ACROSS = np.float32(0.5), np.float32(255), np.float32(1 / NODE)


def shadow(share: np.ndarray) -> np.ndarray:
    """float32 (h, w): how much of the page the shadow covers.

    share: (h, w), the light that reaches the floor under each pixel as a share of the open floor's.
    """
    covered = np.empty(share.shape, np.float32)
    _cover(share.astype(np.float32), _ends(share.shape[0]), _ends(share.shape[1]), covered)
    return covered


def shadows(floor: Floor, view: View) -> np.ndarray:
    """uint8 (2, size²): how much of the page the shadow covers, 255 for all.

    First of a piece so dark that it throws no light back on the floor, then of a white one. Shadow
    is soft, so it is worked out at every fourth pixel and drawn straight between them.
    """
    nodes = view.size // NODE + 2
    dark = np.zeros((2, nodes, nodes), np.float32)
    _darken(
        *(view.eye.astype(np.float64), view.axes.astype(np.float64), view.focal, view.size),
        *(floor.values, floor.bounce, floor.place, _ends(nodes * NODE)[::NODE].copy(), dark),
    )
    found = np.empty((2, view.size, view.size), np.uint8)
    _between(dark, found)
    return found.reshape(2, -1)


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


@compiled
def _darken(eye, axes, focal, size, values, back, place, ends, dark):
    """Every row of the picture is a straight line on the floor, for the camera stands upright."""
    for row in range(dark.shape[1]):
        up = (size / 2 - row * NODE) / focal
        dy = axes[2, 1] + up * axes[1, 1]
        if dy > -1e-4:
            continue
        distance = (place[4] - eye[1]) / dy
        x = eye[0] + distance * (axes[2, 0] + up * axes[1, 0])
        z = eye[2] + distance * (axes[2, 2] + up * axes[1, 2])
        for column in range(dark.shape[2]):
            along = (column * NODE - size / 2) * distance / focal
            at_x, at_z = x + along * axes[0, 0], z + along * axes[0, 2]
            share = floor_at(values, place, at_x, at_z)
            if share < 1:
                fade = ends[row] * ends[column]
                dark[0, row, column] = fade * _darkness(share)
                share += floor_at(back, place, at_x, at_z)
                dark[1, row, column] = fade * _darkness(share)


@streaming
def _between(dark, found):
    """Straight lines between the nodes."""
    size = found.shape[1]
    line = np.empty(dark.shape[2], np.float32)
    for kind in range(2):
        for row in range(size):
            near = row // NODE
            share = (np.float32(row % NODE) + HALF) * ACROSS
            for node in range(len(line)):
                first = dark[kind, near, node]
                line[node] = (first + share * (dark[kind, near + 1, node] - first)) * WHOLE + HALF
            for part in range(NODE):
                share = (np.float32(part) + HALF) * ACROSS
                for node in range((size - part + NODE - 1) // NODE):
                    value = line[node] + share * (line[node + 1] - line[node])
                    found[kind, row, node * NODE + part] = np.uint8(value)
