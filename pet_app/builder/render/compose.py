"""Fragments over the floor's shadow over the page, or over nothing."""

import numpy as np

from pet_app.builder.render.camera import View
from pet_app.builder.render.compiled import compiled
from pet_app.builder.render.floor import Floor, floor_at
from pet_app.builder.render.tone import SRGB, linear
from pet_app.builder.render.visibility import Fragments

SHADOW = 0.9
"""How dark the darkest shadow is: light from beyond the studio always reaches the floor."""

FAINT = 0.04
"""A shadow as faint as this is halved: the wide veil round a piece would only grey the page."""

RIM = 0.2
"""The share of the picture, at each side, in which shadow runs out: none is ever cut off."""

SHADOW_COLOUR = (0.009, 0.007, 0.006)
"""Linear; a touch warm for paper, and dark enough not to glow on a dark page."""


def compose(
    seen: Fragments,
    colours: np.ndarray,
    floor: Floor,
    view: View,
    background: tuple[int, int, int] | None,
) -> np.ndarray:
    """uint8 (h, w, 3), or (h, w, 4) with straight alpha when there is no background."""
    size = view.size
    light = np.zeros((size * size, 4), np.float32)
    _gather(seen.pixel, seen.share, colours, light)
    _shadow(
        *(view.eye.astype(np.float64), view.axes.astype(np.float64), view.focal, size),
        *(floor.values, floor.place, np.array(SHADOW_COLOUR), light),
    )
    page = np.zeros(3) if background is None else linear(background)
    pixels = np.empty((size * size, 4 if background is None else 3), np.uint8)
    _lay(light, page.astype(np.float32), SRGB, pixels)
    return pixels.reshape(size, size, -1)


@compiled
def _gather(pixel, share, colours, light):
    for fragment in range(len(pixel)):
        for channel in range(3):
            light[pixel[fragment], channel] += share[fragment] * colours[fragment, channel]
        light[pixel[fragment], 3] += share[fragment]


@compiled
def _shadow(eye, axes, focal, size, values, place, tint, light):
    """Lay the floor's shadow behind what is there already."""
    ends = np.empty(size)
    for line in range(size):
        rim = min(min(line, size - 1 - line) / (RIM * size), 1.0)
        ends[line] = rim * rim * (3 - 2 * rim)
    for row in range(size):
        up = (size / 2 - row - 0.5) / focal
        for column in range(size):
            number = row * size + column
            free = 1 - light[number, 3]
            right = (column + 0.5 - size / 2) / focal
            dy = axes[2, 1] + right * axes[0, 1] + up * axes[1, 1]
            if free <= 0 or dy > -1e-4:
                continue
            distance = (place[4] - eye[1]) / dy
            x = eye[0] + distance * (axes[2, 0] + right * axes[0, 0] + up * axes[1, 0])
            z = eye[2] + distance * (axes[2, 2] + right * axes[0, 2] + up * axes[1, 2])
            fade = ends[row] * ends[column]
            lost = 1 - floor_at(values, place, x, z)
            dark = free * SHADOW * fade * lost * lost / (lost + FAINT)
            for channel in range(3):
                light[number, channel] += dark * tint[channel]
            light[number, 3] += dark


@compiled
def _lay(light, page, srgb, pixels):
    """Lay the picture on the page, or keep its own alpha, and turn light into sRGB."""
    steps = len(srgb) - 1
    for number in range(len(light)):
        alpha = light[number, 3]
        opaque = pixels.shape[1] == 3
        scale = 1 if opaque else 1 / max(alpha, np.float32(1e-6))
        for channel in range(3):
            value = light[number, channel] * scale
            if opaque:
                value += (1 - alpha) * page[channel]
            pixels[number, channel] = srgb[int(min(value, 1) * steps + 0.5) if value > 0 else 0]
        if not opaque:
            pixels[number, 3] = int(min(alpha, 1) * 255 + 0.5)
