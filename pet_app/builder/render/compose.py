"""The floor's shadow as paper shows it, and the piece and its shadow laid over a page.

Laying over happens in sRGB, as browsers do it, so that a picture without background put over any
page is the picture taken with that page behind it.
"""

from functools import cache, lru_cache

import numpy as np

from pet_app.builder.render.camera import View
from pet_app.builder.render.compiled import compiled, inlined, streaming
from pet_app.builder.render.gather import BLOCK, COLOURS, entry_at
from pet_app.builder.render.ground import Floor
from pet_app.builder.render.tone import SRGB, STEPS

SHADOW = 0.9
"""How dark the darkest shadow is: light from beyond the studio always reaches the floor."""

FAINT = 0.04
"""A shadow as faint as this is halved: the wide veil round a piece would only grey the page."""

RIM = 0.2
"""The share of the picture, at each side, in which shadow runs out: none is ever cut off."""

ALONG, DOWN = 4, 2
"""Pixels from one place to the next at which shadow is worked out: the floor is seen from the side,
so that across the picture shadow changes more slowly."""

SHADOW_COLOUR = (24, 21, 18)
"""sRGB; a touch warm for paper, and dark enough not to glow on a dark page."""

TINT = np.array(SHADOW_COLOUR, np.float32)

SHADES = 4096
"""Steps of the table of how dark a share of light looks."""

ZERO, HALF, ONE, WHOLE = (np.float32(value) for value in (0, 0.5, 1, 255))
STEPS_OF_SHARE = np.float32(SHADES)


def shadow(share: np.ndarray) -> np.ndarray:
    """float32 (h, w): how much of the page the shadow covers.

    share: (h, w), the light that reaches the floor under each pixel as a share of the open floor's.
    """
    covered = np.empty(share.shape, np.float32)
    _cover(share.astype(np.float32), _ends(share.shape[0]), _ends(share.shape[1]), covered)
    return covered


def arriving(floor: Floor, beams: np.ndarray, view: View) -> np.ndarray:
    """float32 (4, rows, columns): light on the floor behind every DOWN-th row's ALONG-th pixel.

    In shares of the open floor's: what comes past the piece or is mirrored by it; what its first
    slot's surfaces would throw there if they were white; what all others would. Last,
    `Floor.again`. beams: see `caustics`.
    """
    rows, columns = view.size // DOWN + 2, view.size // ALONG + 2
    found = np.empty((4, rows, columns), np.float32)
    found[0], found[1:] = 1, 0
    _arrive(
        *(view.eye.astype(np.float64), view.axes.astype(np.float64), view.focal, view.size),
        *(floor.values, beams, floor.again, floor.place),
        *(np.zeros(COLOURS * floor.again.size, np.float32), np.empty(2 * BLOCK, np.int32)),
        *(np.empty(4 * BLOCK, np.float32), np.empty(COLOURS * BLOCK, np.float32)),
        *(columns, found.reshape(4, -1)),
    )
    return found


def page(
    arriving: np.ndarray,
    size: int,
    bright: tuple[float, float, float],
    background: tuple[int, int, int] | None,
) -> np.ndarray:
    """uint8 (size, size, 3), or 4 without background: the page with the shadow, the piece away.

    bright: of what is matt, how bright the first slot is and all others; and of all there is, what
    it throws on itself. Shadow is soft, so it is worked out at a few pixels and drawn straight
    between them.
    """
    _, rows, columns = arriving.shape
    dark, shaded = np.empty((rows, columns), np.float32), np.empty(rows, np.bool_)
    _darken(
        *(arriving, np.array(bright, np.float32), _ends(rows * DOWN)[::DOWN].copy()),
        *(_ends(columns * ALONG)[::ALONG].copy(), _darknesses(), dark, shaded),
    )
    pixels = np.empty((size, size, 3 if background else 4), np.uint8)
    _draw(dark, shaded, np.array(background or (0, 0, 0), np.float32), TINT, pixels)
    return pixels


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


@lru_cache(maxsize=16)
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
def _arrive(
    eye, axes, focal, size, values, beams, again, place, coarse, cells, parts, work, columns, found
):
    """Every row of the picture is a straight line on the floor, for the camera stands upright."""
    flat, wide = values.reshape(-1), np.uint64(len(values))
    narrow, last = np.uint64(len(again)), len(values) - 1
    _pack(beams.reshape(3, -1), again.reshape(-1), coarse)
    free, body, others, more = found[0], found[1], found[2], found[3]
    for row in range(len(free) // columns):
        up = (size / 2 - row * DOWN) / focal
        dy = axes[2, 1] + up * axes[1, 1]
        if dy > -1e-4:
            continue
        distance = (place[4] - eye[1]) / dy
        x = eye[0] + distance * (axes[2, 0] + up * axes[1, 0])
        z = eye[2] + distance * (axes[2, 2] + up * axes[1, 2])
        along = distance / focal
        right_step, down_step = along * axes[0, 0] * place[2], along * axes[0, 2] * place[3]
        right = (x - place[0]) * place[2] - 0.5 - size / 2 * right_step
        down = (z - place[1]) * place[3] - 0.5 - size / 2 * down_step
        right_step, down_step = ALONG * right_step, ALONG * down_step
        right_end, down_end = right + columns * right_step, down + columns * down_step
        if max(right, right_end) < 0 or max(down, down_end) < 0:
            continue
        if min(right, right_end) > last or min(down, down_end) > last:
            continue
        for start in range(0, columns, BLOCK):
            _walk(
                *(right + start * right_step, right_step, down + start * down_step, down_step),
                *(wide, narrow, cells, parts),
            )
            for each in range(min(BLOCK, columns - start)):
                to = np.uint64(row * columns + start + each)
                cell = np.uint64(cells[BLOCK + each])
                entry_at(  # pyright: ignore[reportCallIssue]  the compiler gives the first
                    *(coarse, cell, narrow, parts[2 * BLOCK + each], parts[3 * BLOCK + each]),
                    *(work, np.uint64(0)),
                )
                cell = np.uint64(cells[each])
                free[to] = _bilinear(flat, cell, wide, parts[each], parts[BLOCK + each])
                free[to] += work[3 * BLOCK]
                body[to], others[to], more[to] = work[0], work[BLOCK], work[2 * BLOCK]


@streaming
def _pack(beams, again, coarse):
    """All that is known coarsely, side by side: COLOURS numbers to a place."""
    mirrored, body, others = beams[0], beams[1], beams[2]
    for cell in range(len(again)):
        coarse[COLOURS * cell], coarse[COLOURS * cell + 1] = body[cell], others[cell]
        coarse[COLOURS * cell + 2], coarse[COLOURS * cell + 3] = again[cell], mirrored[cell]


@streaming
def _walk(right, right_step, down, down_step, wide, narrow, cells, parts):
    """Which places of the fine grid and of the coarse one a block lies between, and how far on.

    Beyond the map it is as at its rim, where no shadow falls.
    """
    right, right_step = np.float32(right), np.float32(right_step)
    down, down_step = np.float32(down), np.float32(down_step)
    for grid in range(2):
        across = narrow if grid else wide
        most = np.float32(across) - np.float32(1.001)
        scale = np.float32(narrow / wide) if grid else ONE
        for each in range(BLOCK):
            step = np.float32(each)
            x = (right + step * right_step + HALF) * scale - HALF
            y = (down + step * down_step + HALF) * scale - HALF
            x, y = min(max(x, ZERO), most), min(max(y, ZERO), most)
            i, j = np.int32(x), np.int32(y)
            cells[grid * BLOCK + each] = j * np.int32(across) + i
            parts[2 * grid * BLOCK + each] = x - np.float32(i)
            parts[(2 * grid + 1) * BLOCK + each] = y - np.float32(j)


@inlined
def _bilinear(values, at, across, a, b):
    below = at + across
    near = values[at] + a * (values[at + np.uint64(1)] - values[at])
    far = values[below] + a * (values[below + np.uint64(1)] - values[below])
    return near + b * (far - near)


@streaming
def _darken(arriving, bright, rows, columns, darknesses, dark, shaded):
    """shaded: bool (rows,), whether anything in a row is dark."""
    first, second, both = bright
    steps = np.empty(len(columns), np.int32)
    for row in range(len(dark)):
        free, again = arriving[0, row], arriving[3, row]
        body, others = arriving[1, row], arriving[2, row]
        darkest = np.int32(SHADES)
        for column in range(len(columns)):
            back = first * body[column] + second * others[column]
            share = free[column] + back / (ONE - both * again[column])
            steps[column] = min(np.int32(share * STEPS_OF_SHARE + HALF), np.int32(SHADES))
            darkest = min(darkest, steps[column])
        shaded[row] = darkest < SHADES and rows[row] > 0
        dark[row] = 0
        if shaded[row]:
            for column in range(len(columns)):
                darkness = darknesses[np.uint32(steps[column])]
                dark[row, column] = rows[row] * columns[column] * darkness


@streaming
def _draw(dark, shaded, background, tint, pixels):
    """Straight lines between the nodes, laid over the page; without one they are its alpha."""
    size, channels = pixels.shape[0], pixels.shape[2]
    nodes = dark.shape[1]
    line, cover = np.empty(nodes, np.float32), np.zeros(nodes * ALONG, np.float32)
    red, green, blue = background
    to_red, to_green, to_blue = tint - background
    plain = True
    for row in range(size):
        near, own = row // DOWN, pixels[row].reshape(-1)
        if shaded[near] or shaded[near + 1]:
            share = np.float32((row % DOWN + 0.5) / DOWN)
            for node in range(nodes):
                line[node] = dark[near, node] + share * (dark[near + 1, node] - dark[near, node])
            for part in range(ALONG):
                share = np.float32((part + 0.5) / ALONG)
                for node in range(nodes - 1):
                    value = line[node] + share * (line[node + 1] - line[node])
                    cover[ALONG * node + part] = value
            plain = False
        elif not plain:
            cover[:] = 0
            plain = True
        if channels == 3:
            for place in range(size):
                own[3 * place] = np.uint8(np.int32(red + cover[place] * to_red + HALF))
                own[3 * place + 1] = np.uint8(np.int32(green + cover[place] * to_green + HALF))
                own[3 * place + 2] = np.uint8(np.int32(blue + cover[place] * to_blue + HALF))
        else:
            for place in range(size):
                own[4 * place] = np.uint8(np.int32(tint[0]))
                own[4 * place + 1] = np.uint8(np.int32(tint[1]))
                own[4 * place + 2] = np.uint8(np.int32(tint[2]))
                own[4 * place + 3] = np.uint8(np.int32(cover[place] * WHOLE + HALF))
