"""From an exposure to pixels: colours, the tone map, smooth edges, the shadow and the page.

One pass over the fragments and one over the page; this is all that a new colour costs.
"""

import numpy as np

from pet_app.builder.render.albedo import matt, thrown_back
from pet_app.builder.render.compiled import compiled, streaming
from pet_app.builder.render.compose import TINT, page
from pet_app.builder.render.expose import Exposure
from pet_app.builder.render.gather import BLOCK, CORNER, LANES, columns_of_8
from pet_app.builder.render.light import LUMINANCE
from pet_app.builder.render.material import ACCENT, COLOUR, MEAN, Materials
from pet_app.builder.render.shade import (
    FROM_BODY,
    FROM_OTHERS,
    GLOSS,
    LIGHT,
    MASK,
    MATT,
    SHEEN,
    SHOWN,
    TWICE,
)
from pet_app.builder.render.tone import SRGB, STEPS, WHOLE_SRGB, neutral
from pet_app.builder.surfaces import SHEEN_WHITE

ZERO, ONE, HALF, WHOLE, PART = (np.float32(value) for value in (0, 1, 0.5, 255, 1 / 255))
MOST, MOST_SHARE = np.uint32(STEPS), np.float32(STEPS)
WHITE = np.float32(SHEEN_WHITE)


def develop(
    exposure: Exposure, worn: Materials, background: tuple[int, int, int] | None
) -> np.ndarray:
    """uint8 (h, w, 3), or (h, w, 4) with straight alpha when there is no background."""
    taken, size = exposure.frame, exposure.frame.view.size
    areas = taken.scene.areas * taken.scene.bright
    body, others, mean = thrown_back(worn, areas)
    # Light that is thrown back among the piece's own surfaces is thrown back again: the second time
    # as each place has it, from then on as the whole piece has it.
    thrown = np.stack([body, others, mean / (1 - taken.reached.again * mean)])
    mirrors = exposure.reflections
    first, second = matt(worn, areas) @ LUMINANCE
    # What is thrown again has its colour twice.
    bright = first, second, float(mean**2 @ LUMINANCE / max(mean @ LUMINANCE, 1e-6))
    pixels = page(exposure.ground, size, bright, background)
    _develop(
        *(exposure.values, exposure.slot, _under(worn).reshape(-1), thrown.astype(np.float32)),
        *(mirrors.fragment, mirrors.lit, mirrors.share),
        worn.colours[mirrors.slots, MEAN : MEAN + 3] * (1 + taken.reached.again * thrown[2]),
        *(taken.seen.pixel, taken.seen.share),
        *(SRGB, WHOLE_SRGB, TINT, pixels.reshape(size * size, -1)),
    )
    return pixels


def _under(worn: Materials) -> np.ndarray:
    """float32 (slots, CORNER): colour, the way from there to the accent, and two to spare."""
    found = np.zeros((len(worn.colours), CORNER), np.float32)
    found[:, :3] = worn.colours[:, COLOUR : COLOUR + 3]
    found[:, 3:6] = worn.colours[:, ACCENT : ACCENT + 3] - found[:, :3]
    return found


@compiled
def _develop(
    values,
    slots,
    colours,
    thrown,
    mirror,
    mirror_lit,
    mirror_share,
    mirrored,
    pixel,
    share,
    srgb,
    whole_srgb,
    tint,
    pixels,
):
    light, added = np.empty(3 * BLOCK, np.float32), np.empty(3 * BLOCK, np.float32)
    under, numbers = np.empty(CORNER * BLOCK, np.float32), np.zeros(BLOCK, np.int32)
    steps = np.zeros(3 * BLOCK, np.uint32)
    red, green, blue, alpha = ZERO, ZERO, ZERO, ZERO
    other, last = 0, len(pixel) - 1
    for start in range(0, len(pixel), BLOCK):
        count = min(BLOCK, len(pixel) - start)
        end = start + count
        _lay_on(slots[start:end], values[MASK, start:end], colours, numbers, under, light)
        added[:] = ZERO
        while other < len(mirror) and mirror[other] < end:
            place = mirror[other] - start
            for channel in range(3):
                shown = ZERO
                for slot in range(mirror_lit.shape[1]):
                    shown += mirrored[slot, channel] * mirror_lit[other, slot]
                base = light[channel * BLOCK + place]
                added[channel * BLOCK + place] = shown * (
                    base * mirror_share[other, 0] + mirror_share[other, 1]
                )
            other += 1
        _radiance(values, thrown, added, start, end, light)
        for place in range(3 * BLOCK):
            steps[place] = min(np.uint32(light[place] * MOST_SHARE + HALF), MOST)
        for place in range(count):
            fragment = start + place
            part = share[fragment]
            if part == ONE:
                number = pixel[fragment]
                for channel in range(3):
                    pixels[number, channel] = whole_srgb[steps[channel * BLOCK + place]]
                if pixels.shape[1] == 4:
                    pixels[number, 3] = np.uint8(255)
                continue
            red += part * light[place]
            green += part * light[BLOCK + place]
            blue += part * light[2 * BLOCK + place]
            alpha += part
            number = pixel[fragment]
            if fragment < last and pixel[fragment + 1] == number:
                continue
            scale = MOST_SHARE / alpha
            r = srgb[min(np.uint32(red * scale + HALF), MOST)]
            g = srgb[min(np.uint32(green * scale + HALF), MOST)]
            b = srgb[min(np.uint32(blue * scale + HALF), MOST)]
            if alpha < ONE and pixels.shape[1] == 3:
                r = r * alpha + (ONE - alpha) * np.float32(pixels[number, 0])
                g = g * alpha + (ONE - alpha) * np.float32(pixels[number, 1])
                b = b * alpha + (ONE - alpha) * np.float32(pixels[number, 2])
            elif alpha < ONE:
                shade = (ONE - alpha) * np.float32(pixels[number, 3]) * PART
                whole = alpha + shade
                r = (r * alpha + shade * tint[0]) / whole
                g = (g * alpha + shade * tint[1]) / whole
                b = (b * alpha + shade * tint[2]) / whole
                alpha = whole
            pixels[number, 0] = np.uint8(r + HALF)
            pixels[number, 1] = np.uint8(g + HALF)
            pixels[number, 2] = np.uint8(b + HALF)
            if pixels.shape[1] == 4:
                pixels[number, 3] = np.uint8(min(alpha, ONE) * WHOLE + HALF)
            red, green, blue, alpha = ZERO, ZERO, ZERO, ZERO


@streaming
def _lay_on(slots, masks, colours, numbers, under, light):
    """The colour under each fragment of a block; numbers and under are to work in."""
    for place in range(len(slots)):
        numbers[place] = np.int32(slots[place]) * np.int32(CORNER)
    for place in range(0, len(slots), LANES):
        columns_of_8(  # pyright: ignore[reportCallIssue]  the compiler gives the first
            *(colours, numbers, np.uint64(place), under, np.uint64(place))
        )
    for channel in range(3):
        row, on = under[channel * BLOCK :], under[(3 + channel) * BLOCK :]
        for place in range(len(slots)):
            light[channel * BLOCK + place] = row[place] + masks[place] * on[place]


@streaming
def _radiance(values, thrown, added, start, end, light):
    """Radiance of a block, tone-mapped, as `shade` has it; thrown: (3, 3), the colours of what the
    body throws, of what all others do, and of what both throw back on each other."""
    body_red, body_green, body_blue = thrown[0, 0], thrown[0, 1], thrown[0, 2]
    other_red, other_green, other_blue = thrown[1, 0], thrown[1, 1], thrown[1, 2]
    again_red, again_green, again_blue = thrown[2, 0], thrown[2, 1], thrown[2, 2]
    backs, besides = values[FROM_BODY, start:end], values[FROM_OTHERS, start:end]
    showns, sheens = values[SHOWN, start:end], values[SHEEN, start:end]
    twices, matts = values[TWICE, start:end], values[MATT, start:end]
    reds, glossy_red = values[LIGHT, start:end], values[GLOSS, start:end]
    greens, glossy_green = values[LIGHT + 1, start:end], values[GLOSS + 1, start:end]
    blues, glossy_blue = values[LIGHT + 2, start:end], values[GLOSS + 2, start:end]
    for place in range(end - start):
        back, beside, twice = backs[place], besides[place], twices[place]
        shown, sheen = showns[place], sheens[place]
        red, green, blue = light[place], light[BLOCK + place], light[2 * BLOCK + place]
        below = ONE - sheen * (WHITE + (ONE - WHITE) * max(red, green, blue))
        matt = below * matts[place] + (ONE - WHITE) * sheen
        white = WHITE * sheen
        on_red = (back * body_red + beside * other_red) * (ONE + twice * again_red)
        on_green = (back * body_green + beside * other_green) * (ONE + twice * again_green)
        on_blue = (back * body_blue + beside * other_blue) * (ONE + twice * again_blue)
        red = (reds[place] + on_red) * (red * matt + white)
        green = (greens[place] + on_green) * (green * matt + white)
        blue = (blues[place] + on_blue) * (blue * matt + white)
        red += below * (glossy_red[place] + shown * on_red) + added[place]
        green += below * (glossy_green[place] + shown * on_green) + added[BLOCK + place]
        blue += below * (glossy_blue[place] + shown * on_blue) + added[2 * BLOCK + place]
        red, green, blue = neutral(red, green, blue)
        light[place], light[BLOCK + place], light[2 * BLOCK + place] = red, green, blue
