"""From an exposure to pixels: colours, the tone map, smooth edges, the shadow and the page.

One pass over the fragments and one over the page; this is all that a new colour costs.
"""

import numpy as np

from pet_app.builder.render.compiled import compiled, streaming
from pet_app.builder.render.compose import SHADOW_COLOUR
from pet_app.builder.render.expose import Exposure
from pet_app.builder.render.material import MEAN, Materials
from pet_app.builder.render.shade import BOUNCED, DIFFUSE, GLOSS, MASK
from pet_app.builder.render.tone import SRGB, STEPS, neutral

LUMINANCE = np.array([0.2126, 0.7152, 0.0722])
BLOCK = 256

ZERO, ONE, HALF, WHOLE = (np.float32(value) for value in (0, 1, 0.5, 255))


def develop(
    exposure: Exposure, worn: Materials, background: tuple[int, int, int] | None
) -> np.ndarray:
    """uint8 (h, w, 3), or (h, w, 4) with straight alpha when there is no background."""
    taken, size = exposure.frame, exposure.frame.view.size
    mean = taken.areas @ worn.colours[: len(taken.areas), MEAN : MEAN + 3]
    mirrors = exposure.reflections
    covered = _covered(taken.shadows, float(LUMINANCE @ mean))
    pixels = np.empty((size * size, 4 if background is None else 3), np.uint8)
    _page(covered, np.array(background or (0, 0, 0), np.float32), _TINT, pixels)
    _develop(
        *(exposure.values, exposure.slot, worn.colours, mean.astype(np.float32)),
        *(mirrors.fragment, mirrors.slot, mirrors.light, mirrors.share),
        *(taken.seen.pixel, taken.seen.share, covered, SRGB),
        *(np.array(background or (0, 0, 0), np.float32), _TINT, pixels),
    )
    return pixels.reshape(size, size, -1)


_TINT = np.array(SHADOW_COLOUR, np.float32)


def _covered(shadows: np.ndarray, brightness: float) -> np.ndarray:
    """uint8 (size²,): the page under a piece of this brightness, between black and white."""
    covered = np.empty(shadows.shape[1], np.uint8)
    _mix(shadows, int(brightness * 256), covered)
    return covered


@streaming
def _mix(shadows, share, covered):
    for place in range(len(covered)):
        dark, less = np.int32(shadows[0, place]), np.int32(shadows[1, place])
        covered[place] = np.uint8(dark + (((less - dark) * np.int32(share)) >> 8))


@compiled
def _page(covered, page, tint, pixels):
    """The page with the shadow on it, as if the piece were away."""
    table = np.empty((256, pixels.shape[1]), np.uint8)
    for step in range(256):
        share = np.float32(step) / WHOLE
        for channel in range(3):
            value = tint[channel]
            if pixels.shape[1] == 3:
                value = page[channel] + share * (tint[channel] - page[channel])
            table[step, channel] = np.uint8(value + HALF)
        if pixels.shape[1] == 4:
            table[step, 3] = step
    for place in range(len(covered)):
        step = covered[place]
        for channel in range(pixels.shape[1]):
            pixels[place, channel] = table[step, channel]


@compiled
def _develop(
    values,
    slots,
    colours,
    mean,
    mirror,
    mirror_slot,
    mirror_light,
    mirror_share,
    pixel,
    share,
    covered,
    srgb,
    page,
    tint,
    pixels,
):
    light = np.empty((3, BLOCK), np.float32)
    red, green, blue, alpha = ZERO, ZERO, ZERO, ZERO
    number, other = -1, 0
    for start in range(0, len(pixel), BLOCK):
        count = min(BLOCK, len(pixel) - start)
        for place in range(count):
            fragment = start + place
            own, mask = colours[slots[fragment]], values[MASK, fragment]
            light[0, place] = own[0] + mask * (own[3] - own[0])
            light[1, place] = own[1] + mask * (own[4] - own[1])
            light[2, place] = own[2] + mask * (own[5] - own[2])
        while other < len(mirror) and mirror[other] < start + count:
            # Rare: where metal shows the piece, D and S are empty; the sum is written as a gloss.
            place = mirror[other] - start
            seen = colours[mirror_slot[other]]
            for channel in range(3):
                light[channel, place] = -(
                    (light[channel, place] * mirror_share[other, 0] + mirror_share[other, 1])
                    * seen[6 + channel]
                    * mirror_light[other, channel]
                )
            other += 1
        _radiance(values, mean, start, count, light)
        for place in range(count):
            fragment = start + place
            if pixel[fragment] != number:
                if number >= 0:
                    _write(number, red, green, blue, alpha, covered, srgb, page, tint, pixels)
                number, red, green, blue, alpha = pixel[fragment], ZERO, ZERO, ZERO, ZERO
            part = share[fragment]
            red += part * light[0, place]
            green += part * light[1, place]
            blue += part * light[2, place]
            alpha += part
    if number >= 0:
        _write(number, red, green, blue, alpha, covered, srgb, page, tint, pixels)


@streaming
def _radiance(values, mean, start, count, light):
    """Radiance of a block, tone-mapped."""
    for place in range(count):
        fragment = start + place
        back = values[BOUNCED, fragment]
        red, green, blue = light[0, place], light[1, place], light[2, place]
        red = values[GLOSS, fragment] + (
            red * (values[DIFFUSE, fragment] + back * mean[0]) if red >= 0 else -red
        )
        green = values[GLOSS + 1, fragment] + (
            green * (values[DIFFUSE + 1, fragment] + back * mean[1]) if green >= 0 else -green
        )
        blue = values[GLOSS + 2, fragment] + (
            blue * (values[DIFFUSE + 2, fragment] + back * mean[2]) if blue >= 0 else -blue
        )
        red, green, blue = neutral(red, green, blue)
        light[0, place], light[1, place], light[2, place] = red, green, blue


@compiled
def _write(number, red, green, blue, alpha, covered, srgb, page, tint, pixels):
    """Lay one pixel over the shadow and the page."""
    scale = np.float32(STEPS) / alpha
    r = srgb[min(int(red * scale + HALF), STEPS)]
    g = srgb[min(int(green * scale + HALF), STEPS)]
    b = srgb[min(int(blue * scale + HALF), STEPS)]
    own = pixels[number]
    alpha = min(alpha, ONE)
    if alpha < ONE:
        under = (ONE - alpha) * np.float32(covered[number]) / WHOLE
        r = r * alpha + under * tint[0]
        g = g * alpha + under * tint[1]
        b = b * alpha + under * tint[2]
        alpha += under
        if pixels.shape[1] == 3:
            r += (ONE - alpha) * page[0]
            g += (ONE - alpha) * page[1]
            b += (ONE - alpha) * page[2]
        else:
            r, g, b = r / alpha, g / alpha, b / alpha
    own[0], own[1], own[2] = np.uint8(r + HALF), np.uint8(g + HALF), np.uint8(b + HALF)
    if pixels.shape[1] == 4:
        own[3] = np.uint8(alpha * WHOLE + HALF)
