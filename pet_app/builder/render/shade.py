"""How every fragment answers the light, before any colour is known.

All light that arrives is `A = L + P`: L comes from the studio, `P = X · body + Y · others` is
thrown by the piece, where X and Y are what the first slot's surfaces and all others would throw if
they were white. What leaves is

    radiance = A · (base · (Q · M + (1 - w) · s) + w · s) + Q · (S + G · P)

with M the share of a matt surface, S what it mirrors of the studio uncoloured, G how much of P it
mirrors, s the sheen, w the white in it (`SHEEN_WHITE`), and Q what sheen leaves of all below it, as
its brightest channel says. All but the colours of P and Q are kept, and how much of the pattern's
accent lies under the fragment, so that a new colour is a sum over them and no light is traced or
texture looked up again.

Fragments go through in blocks that stay in the processor's nearest cache: first what needs
gathering from tables, one fragment after the other, then what is plain arithmetic, many at a time.
"""

from math import cos, radians, sin, sqrt

import numpy as np

from pet_app.builder.render.compiled import compiled, inlined, streaming
from pet_app.builder.render.gloss import CELLS, GLASS, ROUGHNESSES, TABLE
from pet_app.builder.render.light import HALF as HALF_SIZE
from pet_app.builder.render.light import RADIANCE
from pet_app.builder.render.material import (
    FUZZ,
    METALLIC,
    RELIEF,
    ROUGHNESS,
    SPECULAR,
    WEAVE,
)
from pet_app.builder.render.texture import COLUMNS as LAID
from pet_app.builder.render.texture import SIDE, fetch_mask, fetch_weave, footprint, laid, taps
from pet_app.builder.surfaces import LEAST_ROUGHNESS

LIGHT, FROM_BODY, GLOSS, MASK, SHOWN, FROM_OTHERS, MATT, SHEEN = 0, 3, 4, 7, 8, 9, 10, 11
ROWS = 12
"""An exposure's rows: L in three colours, X, S in three colours, the pattern's mask, G, Y, M, s."""

BLOCK = 128

ZERO, HALF, ONE, TWO, FOUR = (np.float32(value) for value in (0, 0.5, 1, 2, 4))
TINY, EDGE_ON = np.float32(1e-12), np.float32(0.02)
SMOOTH = np.float32(LEAST_ROUGHNESS)
IN_TABLE = np.float32(GLASS)
LAST_CELL, LAST_ENTRY = np.float32(CELLS - 1.001), np.float32(TABLE - 1.001)

# Where each row of the working block begins.
NX, NY, NZ, VX, VY, VZ, LENGTH, SHADED, ALPHA, F0, METAL, FUZZY = range(0, 12 * BLOCK, BLOCK)
COSINE, TURNED_X, TURNED_Y, LEVEL, KEY, ROUGH = range(12 * BLOCK, 18 * BLOCK, BLOCK)
IRRADIANCE, RETURNED, MIRRORED, ARRIVED = (row * BLOCK for row in (18, 21, 25, 29))
ANSWER, WORK = 35 * BLOCK, 35 + ROWS
MASKED = ANSWER + MASK * BLOCK


@compiled
def spots(vertices, normals, faces, face, bary, found):
    """Each fragment's place in mm and its unit normal, into float32 (k, 6)."""
    for fragment in range(len(face)):
        i, j, k = faces[face[fragment]]
        b, c = bary[fragment]
        a = ONE - b - c
        for axis in range(3):
            found[fragment, axis] = (
                a * vertices[i, axis] + b * vertices[j, axis] + c * vertices[k, axis]
            )
        x = a * normals[i, 0] + b * normals[j, 0] + c * normals[k, 0]
        y = a * normals[i, 1] + b * normals[j, 1] + c * normals[k, 1]
        z = a * normals[i, 2] + b * normals[j, 2] + c * normals[k, 2]
        length = sqrt(x * x + y * y + z * z)
        if length < TINY:
            x, y, z, length = ZERO, ONE, ZERO, ONE
        found[fragment, 3], found[fragment, 4], found[fragment, 5] = (
            x / length,
            y / length,
            z / length,
        )


@compiled
def answer(
    vertices,
    uv,
    faces,
    parts,
    slots,
    table,
    pattern,
    patterned,
    weaves,
    starts,
    screen,
    eye,
    turn,
    harmonics,
    key,
    maps,
    returned,
    face,
    bary,
    at,
    places,
    reached,
    slot_of,
    found,
):
    """Fill an exposure, float32 (ROWS, k), and each fragment's slot, uint8 (k,)."""
    work = np.zeros(WORK * BLOCK, np.float32)
    layouts = np.empty((len(faces), LAID), np.float32)
    known = np.zeros(len(faces), np.uint8)
    for start in range(0, len(face), BLOCK):
        count = min(BLOCK, len(face) - start)
        for place in range(count):
            fragment = start + place
            mine = face[fragment]
            slot = slots[parts[mine]]
            slot_of[fragment] = slot
            px, py, pz = places[fragment, 0], places[fragment, 1], places[fragment, 2]
            nx, ny, nz = places[fragment, 3], places[fragment, 4], places[fragment, 5]
            work[VX + place], work[VY + place] = eye[0] - px, eye[1] - py
            work[VZ + place] = eye[2] - pz
            roughness, relief = table[slot, ROUGHNESS], table[slot, RELIEF]
            length = shade = ONE
            mask = spread = ZERO
            masked = patterned and slot == 0
            if masked or relief > 0:
                i, j, k = faces[mine, 0], faces[mine, 1], faces[mine, 2]
                how = layouts[mine]
                if not known[mine]:
                    laid(vertices, uv, screen, i, j, k, how)
                    known[mine] = 1
                b, c = bary[fragment, 0], bary[fragment, 1]
                a = ONE - b - c
                u = a * uv[i, 0] + b * uv[j, 0] + c * uv[k, 0]
                v = a * uv[i, 1] + b * uv[j, 1] + c * uv[k, 1]
                way = taps(footprint(how, at[fragment, 0], at[fragment, 1], u, v))
                if masked:
                    mask = fetch_mask(pattern, starts, u, v, way)
                if relief > 0:
                    along, across, steepness, shade, rough = fetch_weave(
                        weaves, int(table[slot, WEAVE]), starts, u, v, way
                    )
                    along, across = relief * along, relief * across * how[SIDE]
                    roughness = min(roughness * rough, ONE)
                    # Slopes lost to the level: their variance roughens, and shortens the normal.
                    lost = relief * relief * steepness
                    spread = max(lost - along * along - across * across, ZERO)
                    length = ONE / (ONE + HALF * spread)
                    tx, ty, tz = how[0], how[1], how[2]
                    off = tx * nx + ty * ny + tz * nz
                    tx, ty, tz = tx - off * nx, ty - off * ny, tz - off * nz
                    scale = tx * tx + ty * ty + tz * tz
                    scale = ONE / sqrt(scale) if scale > TINY else ZERO
                    tx, ty, tz = tx * scale, ty * scale, tz * scale
                    nx, ny, nz = (
                        nx - along * tx - across * (ny * tz - nz * ty),
                        ny - along * ty - across * (nz * tx - nx * tz),
                        nz - along * tz - across * (nx * ty - ny * tx),
                    )
            work[NX + place], work[NY + place], work[NZ + place] = nx, ny, nz
            work[LENGTH + place], work[SHADED + place] = length, shade
            roughness = max(roughness, SMOOTH)
            alpha = roughness * roughness
            work[ROUGH + place], work[ALPHA + place] = roughness, alpha * alpha + spread
            work[MASKED + place] = mask
            work[F0 + place], work[METAL + place] = table[slot, SPECULAR], table[slot, METALLIC]
            work[FUZZY + place] = table[slot, FUZZ]
            for column in range(6):
                work[ARRIVED + column * BLOCK + place] = reached[fragment, column]
        _aim(work, turn, harmonics, key)
        for place in range(count):
            _look_up(work, place, maps, returned)
        _sum(work, key)
        for row in range(ROWS):
            for place in range(count):
                found[row, start + place] = work[ANSWER + row * BLOCK + place]


@streaming
def _aim(work, turn, harmonics, key):
    """From normals and views: mirrored directions, irradiance, and how the key lamp falls."""
    key_x, key_y, key_z, soft, turn_c, turn_s = key[0], key[1], key[2], key[6], turn[0], turn[1]
    for place in range(BLOCK):
        nx, ny, nz = work[NX + place], work[NY + place], work[NZ + place]
        upright = ONE / sqrt(max(nx * nx + ny * ny + nz * nz, TINY))
        nx, ny, nz = nx * upright, ny * upright, nz * upright
        vx, vy, vz = work[VX + place], work[VY + place], work[VZ + place]
        scale = ONE / sqrt(max(vx * vx + vy * vy + vz * vz, TINY))
        vx, vy, vz = vx * scale, vy * scale, vz * scale
        cosine = max(nx * vx + ny * vy + nz * vz, EDGE_ON)
        work[COSINE + place] = cosine
        rx, ry, rz = TWO * cosine * nx - vx, TWO * cosine * ny - vy, TWO * cosine * nz - vz
        # Turned back with the studio, and folded onto the octahedron.
        rx, rz = rx * turn_c - rz * turn_s, rx * turn_s + rz * turn_c
        scale = ONE / max(abs(rx) + abs(ry) + abs(rz), TINY)
        a, b = rx * scale, rz * scale
        folded_a = (ONE - abs(b)) * (ONE if a >= 0 else -ONE)
        folded_b = (ONE - abs(a)) * (ONE if b >= 0 else -ONE)
        work[TURNED_X + place] = folded_a if ry < 0 else a
        work[TURNED_Y + place] = folded_b if ry < 0 else b
        # `ALPHA` came as alpha² with the lost slopes' variance; roughness is its fourth root.
        work[LEVEL + place] = min(sqrt(sqrt(work[ALPHA + place])), ONE)
        length = work[LENGTH + place]
        # Half of what a tilt takes from below the surface's own horizon is lost in the surface.
        work[LENGTH + place] = HALF + HALF * length * upright
        work[NX + place], work[NY + place], work[NZ + place] = nx * length, ny * length, nz * length
        towards = nx * key_x + ny * key_y + nz * key_z
        partly = max(towards + soft, ZERO)
        work[KEY + place] = length * (
            towards if towards >= soft else partly * partly / (FOUR * soft)
        )
    for channel in range(3):
        even, up, ahead = harmonics[0, channel], harmonics[1, channel], harmonics[2, channel]
        right, xy, yz = harmonics[3, channel], harmonics[4, channel], harmonics[5, channel]
        zz, xz, xx = harmonics[6, channel], harmonics[7, channel], harmonics[8, channel]
        for place in range(BLOCK):
            x, y, z = work[NX + place], work[NY + place], work[NZ + place]
            value = even + y * up + z * ahead + x * right + x * y * xy + y * z * yz + x * z * xz
            value += (TWO * z * z - x * x - y * y) * zz + (x * x - y * y) * xx
            work[IRRADIANCE + channel * BLOCK + place] = max(value, ZERO) * work[LENGTH + place]


@inlined
def _look_up(work, place, maps, returned):
    """What is mirrored, and the share returned: from tables, between their nearest entries."""
    half = np.float32(CELLS / 2)
    x = min(max(work[TURNED_X + place] * half + half - HALF, ZERO), LAST_CELL)
    y = min(max(work[TURNED_Y + place] * half + half - HALF, ZERO), LAST_CELL)
    deep = work[LEVEL + place] * np.float32(ROUGHNESSES - 1)
    i, j, k = int(x), int(y), min(int(deep), ROUGHNESSES - 2)
    a, b, c = x - np.float32(i), y - np.float32(j), deep - np.float32(k)
    first = (k * CELLS + j) * CELLS + i
    second = first + CELLS * CELLS
    wb, wc, wd = a * (ONE - b), (ONE - a) * b, a * b
    wa = ONE - wb - wc - wd
    for channel in range(4):
        sharp = (
            wa * maps[first, channel]
            + wb * maps[first + 1, channel]
            + wc * maps[first + CELLS, channel]
            + wd * maps[first + CELLS + 1, channel]
        )
        blunt = (
            wa * maps[second, channel]
            + wb * maps[second + 1, channel]
            + wc * maps[second + CELLS, channel]
            + wd * maps[second + CELLS + 1, channel]
        )
        work[MIRRORED + channel * BLOCK + place] = sharp + c * (blunt - sharp)
    x = min(max(work[COSINE + place] * np.float32(TABLE) - HALF, ZERO), LAST_ENTRY)
    y = min(max(work[ROUGH + place] * np.float32(TABLE) - HALF, ZERO), LAST_ENTRY)
    i, j = int(x), int(y)
    a, b = x - np.float32(i), y - np.float32(j)
    near = j * TABLE + i
    far = near + TABLE
    for channel in range(4):
        top = returned[near, channel] + a * (returned[near + 1, channel] - returned[near, channel])
        low = returned[far, channel] + a * (returned[far + 1, channel] - returned[far, channel])
        work[RETURNED + channel * BLOCK + place] = top + b * (low - top)


@streaming
def _sum(work, key):
    """The rows of a block. All that metal mirrors is its own colour or white: it stands in L and S,
    and nothing is thrown on it."""
    for channel in range(3):
        power, lamp = key[3 + channel], key[7 + channel]
        for place in range(BLOCK):
            scale, bias = work[RETURNED + place], work[RETURNED + BLOCK + place]
            metal, f0 = work[METAL + place], work[F0 + place]
            share = work[RETURNED + 2 * BLOCK + place] + (f0 - IN_TABLE) * scale
            free, lit = work[ARRIVED + place], work[ARRIVED + BLOCK + place]
            seen = work[ARRIVED + 4 * BLOCK + place]
            light = work[IRRADIANCE + channel * BLOCK + place] * free
            light += work[KEY + place] * lit * power
            mirrored = work[MIRRORED + channel * BLOCK + place]
            mirrored += work[MIRRORED + 3 * BLOCK + place] * lamp
            matt = ONE - metal
            work[ANSWER + (LIGHT + channel) * BLOCK + place] = (
                matt * light + metal * mirrored * scale
            )
            work[ANSWER + (GLOSS + channel) * BLOCK + place] = mirrored * (
                matt * share * seen + metal * bias
            )
    for place in range(BLOCK):
        scale, metal = work[RETURNED + place], work[METAL + place]
        share = work[RETURNED + 2 * BLOCK + place] + (work[F0 + place] - IN_TABLE) * scale
        matt = ONE - metal
        body, others = work[ARRIVED + 2 * BLOCK + place], work[ARRIVED + 3 * BLOCK + place]
        shown = matt * share * work[ARRIVED + 5 * BLOCK + place]
        work[ANSWER + FROM_BODY * BLOCK + place] = matt * body
        work[ANSWER + FROM_OTHERS * BLOCK + place] = matt * others
        work[ANSWER + SHOWN * BLOCK + place] = shown / max(body + others, TINY)
        work[ANSWER + MATT * BLOCK + place] = metal + matt * (ONE - share) * work[SHADED + place]
        work[ANSWER + SHEEN * BLOCK + place] = (
            work[FUZZY + place] * work[RETURNED + 3 * BLOCK + place]
        )


def packed_key(lamps: np.ndarray, key_power: np.ndarray) -> np.ndarray:
    """float32 (10,): the key lamp's direction, power, softness and radiance."""
    soft = sqrt(lamps[0, HALF_SIZE] * lamps[0, HALF_SIZE + 1])
    return np.array(
        [*lamps[0, :3], *key_power, soft, *lamps[0, RADIANCE : RADIANCE + 3]], np.float32
    )


def packed_harmonics(ambient: np.ndarray) -> np.ndarray:
    """float32 (9, 3): the factors of 1, y, z, x, xy, yz, 3z²-1, xz and x²-y² in `irradiance`."""
    factors = np.array(
        [0.282095, *[0.488603] * 3, 1.092548, 1.092548, 0.315392, 1.092548, 0.546274]
    )
    return (ambient * factors[:, None]).astype(np.float32)


def turned(turn_deg: float) -> np.ndarray:
    """float32 (2,): cosine and sine of the studio's turn."""
    return np.array([cos(radians(turn_deg)), sin(radians(turn_deg))], np.float32)
