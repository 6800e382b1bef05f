"""How every fragment answers the light, before any colour is known.

All light that arrives is `A = L + P`: L comes from the studio, `P = (X · body + Y · others) · (1 +
T · mean …)` is thrown by the piece, where X and Y are what the first slot's surfaces and all others
would throw if they were white, and T how much light those get of each other. What leaves is

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

from pet_app.builder.render.compiled import compiled, streaming
from pet_app.builder.render.gather import BLOCK, TAPS, entry_at, light_at, weave_at
from pet_app.builder.render.gloss import CELLS, IN_TABLE, ROUGHNESSES, TABLE
from pet_app.builder.render.light import HALF as HALF_SIZE
from pet_app.builder.render.light import RADIANCE
from pet_app.builder.render.material import (
    ACROSS,
    ALONG,
    FUZZ,
    METALLIC,
    RELIEF,
    ROUGH,
    ROUGHNESS,
    SHADE,
    SPECULAR,
    STEEPNESS,
    TEXELS,
    WEAVE,
)
from pet_app.builder.render.texture import (
    LINE,
    PATTERN,
    SIDE,
    UNDER,
    aimed,
    footprints,
    laid,
    lie,
    mask_at,
)
from pet_app.builder.render.texture import WEAVE as WEAVE_TILE
from pet_app.builder.surfaces import LEAST_ROUGHNESS

LIGHT, FROM_BODY, GLOSS, MASK, SHOWN, FROM_OTHERS = 0, 3, 4, 7, 8, 9
MATT, SHEEN, TWICE, ROWS = 10, 11, 12, 13
"""An exposure's rows: L in three colours, X, S in three colours, the pattern's mask, G, Y, M, s
and T."""

ZERO, HALF, ONE, TWO, FOUR = (np.float32(value) for value in (0, 0.5, 1, 2, 4))
TINY, EDGE_ON = np.float32(1e-12), np.float32(0.02)
SMOOTH = np.float32(LEAST_ROUGHNESS)
LAST_CELL, LAST_ENTRY = np.float32(CELLS - 1.001), np.float32(TABLE - 1.001)
MIDST, ENTRIES = np.float32(CELLS / 2), np.float32(TABLE)
DEEPEST, NEXT_TO_DEEPEST = np.float32(ROUGHNESSES - 1), np.float32(ROUGHNESSES - 2)

# Where each row of the working block begins.
NX, NY, NZ, VX, VY, VZ, TX, TY, TZ, HANDED = range(0, 10 * BLOCK, BLOCK)
GRAIN, RELIEVED, F0, METAL, FUZZY, MASKED = range(10 * BLOCK, 16 * BLOCK, BLOCK)
LENGTH, KEY, CELL_A, CELL_B, CELL_C, ENTRY_A, ENTRY_B = range(16 * BLOCK, 23 * BLOCK, BLOCK)
WOVEN, IRRADIANCE, RETURNED, MIRRORED, ARRIVED = (row * BLOCK for row in (23, 28, 31, 35, 39))
WORK = 46

CELL, ENTRY = TAPS * BLOCK, (TAPS + 1) * BLOCK
"""Rows of whole numbers: the first are the taps'."""


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
    screen,
    eye,
    ahead,
    turn,
    harmonics,
    key,
    maps,
    returned,
    face,
    bary,
    places,
    reached,
    layouts,
    slot_of,
    found,
):
    """Fill an exposure, float32 (ROWS, k), and each fragment's slot, uint8 (k,).

    layouts: float32 (faces, texture.COLUMNS), to work in.
    """
    work, under = np.zeros(WORK * BLOCK, np.float32), np.zeros(UNDER * BLOCK, np.float32)
    spots = np.zeros((TAPS + 2) * BLOCK, np.int32)
    shares = np.zeros(2 * TAPS * BLOCK, np.float32)
    known = np.zeros(len(faces), np.uint8)
    texels, light, shelf = weaves.reshape(-1), maps.reshape(-1), returned.reshape(-1)
    worn = table[:, RELIEF] > 0
    worn[0] |= patterned
    for start in range(0, len(face), BLOCK):
        count = min(BLOCK, len(face) - start)
        _lay(vertices, uv, screen, faces, face, start, count, layouts, known)
        for place in range(count):
            fragment = start + place
            mine = np.uint64(face[fragment])
            slot = slots[parts[mine]]
            slot_of[fragment] = slot
            work[NX + place], work[NY + place] = places[fragment, 3], places[fragment, 4]
            work[NZ + place] = places[fragment, 5]
            vx, vy = eye[0] - places[fragment, 0], eye[1] - places[fragment, 1]
            vz = eye[2] - places[fragment, 2]
            work[VX + place], work[VY + place], work[VZ + place] = vx, vy, vz
            if worn[slot]:
                depth = -(ahead[0] * vx + ahead[1] * vy + ahead[2] * vz)
                lie(under, place, layouts, mine, bary[fragment, 0], bary[fragment, 1], depth)
                work[TX + place], work[TY + place] = layouts[mine, 0], layouts[mine, 1]
                work[TZ + place], work[HANDED + place] = layouts[mine, 2], layouts[mine, SIDE]
            work[GRAIN + place] = table[slot, ROUGHNESS]
            work[RELIEVED + place] = table[slot, RELIEF]
            work[F0 + place], work[METAL + place] = table[slot, SPECULAR], table[slot, METALLIC]
            work[FUZZY + place] = table[slot, FUZZ]
            for column in range(7):
                work[ARRIVED + column * BLOCK + place] = reached[fragment, column]
        footprints(under)
        if patterned:
            aimed(under, PATTERN, spots, shares)
            for place in range(count):
                bare = slot_of[start + place] > 0
                work[MASKED + place] = ZERO if bare else mask_at(pattern, spots, shares, place)
        aimed(under, WEAVE_TILE, spots, shares)
        for place in range(count):
            slot = slot_of[start + place]
            if table[slot, RELIEF] > 0:
                tile, line = int(table[slot, WEAVE]) * TEXELS, under[LINE + place]
                weave_at(  # pyright: ignore[reportCallIssue]  the compiler gives the first
                    *(texels, np.uint64(tile), spots, shares, np.uint64(line), np.uint64(place)),
                    *(work, np.uint64(WOVEN + place)),
                )
        _aim(work, spots, turn, harmonics, key)
        for place in range(count):
            cell, entry = np.uint64(spots[CELL + place]), np.uint64(spots[ENTRY + place])
            light_at(  # pyright: ignore[reportCallIssue]
                *(light, cell, np.uint64(CELLS), np.uint64(CELLS * CELLS)),
                *(work[CELL_A + place], work[CELL_B + place], work[CELL_C + place]),
                *(work, np.uint64(MIRRORED + place)),
            )
            entry_at(  # pyright: ignore[reportCallIssue]
                *(shelf, entry, np.uint64(TABLE), work[ENTRY_A + place], work[ENTRY_B + place]),
                *(work, np.uint64(RETURNED + place)),
            )
        _sum(work, key, found, start, count)


@compiled
def _lay(vertices, uv, screen, faces, face, start, count, layouts, known):
    """See to it that `laid` is known of all faces in a block."""
    for fragment in range(start, start + count):
        mine = np.uint64(face[fragment])
        if not known[mine]:
            laid(
                *(vertices, uv, screen, faces[mine, 0], faces[mine, 1], faces[mine, 2]),
                layouts[mine],
            )
            known[mine] = 1


@streaming
def _aim(work, spots, turn, harmonics, key):
    """From normals, relief and views: mirrored directions, irradiance, and how the key falls."""
    key_x, key_y, key_z, soft, turn_c, turn_s = key[0], key[1], key[2], key[6], turn[0], turn[1]
    for place in range(BLOCK):
        nx, ny, nz = work[NX + place], work[NY + place], work[NZ + place]
        relief = work[RELIEVED + place]
        bare = relief <= 0
        along = relief * work[WOVEN + ALONG * BLOCK + place]
        across = relief * work[WOVEN + ACROSS * BLOCK + place]
        # Slopes lost to the level: their variance blurs, and shortens the normal.
        lost = relief * relief * work[WOVEN + STEEPNESS * BLOCK + place]
        lost = max(lost - along * along - across * across, ZERO)
        length = ONE / (ONE + HALF * lost)
        across *= work[HANDED + place]
        tx, ty, tz = work[TX + place], work[TY + place], work[TZ + place]
        off = tx * nx + ty * ny + tz * nz
        tx, ty, tz = tx - off * nx, ty - off * ny, tz - off * nz
        scale = ONE / sqrt(max(tx * tx + ty * ty + tz * tz, TINY))
        tx, ty, tz = tx * scale, ty * scale, tz * scale
        nx, ny, nz = (
            nx - along * tx - across * (ny * tz - nz * ty),
            ny - along * ty - across * (nz * tx - nx * tz),
            nz - along * tz - across * (nx * ty - ny * tx),
        )
        roughness = work[GRAIN + place]
        roughness *= ONE if bare else work[WOVEN + ROUGH * BLOCK + place]
        roughness = max(min(roughness, ONE), SMOOTH)
        alpha = roughness * roughness
        # The lost slopes' variance adds to alpha², whose fourth root is roughness.
        level = min(sqrt(sqrt(alpha * alpha + lost)), ONE)
        upright = ONE / sqrt(max(nx * nx + ny * ny + nz * nz, TINY))
        nx, ny, nz = nx * upright, ny * upright, nz * upright
        vx, vy, vz = work[VX + place], work[VY + place], work[VZ + place]
        scale = ONE / sqrt(max(vx * vx + vy * vy + vz * vz, TINY))
        vx, vy, vz = vx * scale, vy * scale, vz * scale
        cosine = max(nx * vx + ny * vy + nz * vz, EDGE_ON)
        rx, ry, rz = TWO * cosine * nx - vx, TWO * cosine * ny - vy, TWO * cosine * nz - vz
        # Turned back with the studio, and folded onto the octahedron.
        rx, rz = rx * turn_c - rz * turn_s, rx * turn_s + rz * turn_c
        scale = ONE / max(abs(rx) + abs(ry) + abs(rz), TINY)
        a, b = rx * scale, rz * scale
        folded_a = (ONE - abs(b)) * (ONE if a >= 0 else -ONE)
        folded_b = (ONE - abs(a)) * (ONE if b >= 0 else -ONE)
        a, b = folded_a if ry < 0 else a, folded_b if ry < 0 else b
        # Where that lies on the maps, and how much of it returns.
        x = min(max(a * MIDST + MIDST - HALF, ZERO), LAST_CELL)
        y = min(max(b * MIDST + MIDST - HALF, ZERO), LAST_CELL)
        deep = min(level * DEEPEST, NEXT_TO_DEEPEST)
        i, j, k = np.int32(x), np.int32(y), np.int32(deep)
        spots[CELL + place] = (k * CELLS + j) * CELLS + i
        work[CELL_A + place], work[CELL_B + place] = x - np.float32(i), y - np.float32(j)
        work[CELL_C + place] = level * DEEPEST - np.float32(k)
        x = min(max(cosine * ENTRIES - HALF, ZERO), LAST_ENTRY)
        y = min(max(roughness * ENTRIES - HALF, ZERO), LAST_ENTRY)
        i, j = np.int32(x), np.int32(y)
        spots[ENTRY + place] = j * TABLE + i
        work[ENTRY_A + place], work[ENTRY_B + place] = x - np.float32(i), y - np.float32(j)
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


@streaming
def _sum(work, key, found, start, count):
    """The rows of a block. All that metal mirrors is its own colour or white: it stands in L and S,
    and nothing is thrown on it."""
    end = start + count
    for channel in range(3):
        power, lamp = key[3 + channel], key[7 + channel]
        leaving, gloss = found[LIGHT + channel, start:end], found[GLOSS + channel, start:end]
        for place in range(count):
            scale, bias = work[RETURNED + place], work[RETURNED + BLOCK + place]
            metal, f0 = work[METAL + place], work[F0 + place]
            matt = ONE - metal
            share = work[RETURNED + 2 * BLOCK + place] + (f0 - IN_TABLE) * scale
            free, lit = work[ARRIVED + place], work[ARRIVED + BLOCK + place]
            seen = work[ARRIVED + 4 * BLOCK + place]
            light = work[IRRADIANCE + channel * BLOCK + place] * free
            light += work[KEY + place] * lit * power
            mirrored = work[MIRRORED + channel * BLOCK + place]
            mirrored += work[MIRRORED + 3 * BLOCK + place] * lamp
            leaving[place] = matt * light + metal * mirrored * scale
            gloss[place] = mirrored * (matt * share * seen + metal * bias)
    from_body, from_others = found[FROM_BODY, start:end], found[FROM_OTHERS, start:end]
    shown, masked = found[SHOWN, start:end], found[MASK, start:end]
    matts, sheens = found[MATT, start:end], found[SHEEN, start:end]
    twice = found[TWICE, start:end]
    for place in range(count):
        scale, metal = work[RETURNED + place], work[METAL + place]
        share = work[RETURNED + 2 * BLOCK + place] + (work[F0 + place] - IN_TABLE) * scale
        matt, relief = ONE - metal, work[RELIEVED + place]
        body, others = work[ARRIVED + 2 * BLOCK + place], work[ARRIVED + 3 * BLOCK + place]
        from_body[place], from_others[place] = matt * body, matt * others
        twice[place] = work[ARRIVED + 6 * BLOCK + place]
        shows = matt * share * work[ARRIVED + 5 * BLOCK + place]
        shown[place] = shows / max(body + others, TINY)
        shade = work[WOVEN + SHADE * BLOCK + place] if relief > 0 else ONE
        matts[place] = metal + matt * (ONE - share) * shade
        sheens[place] = work[FUZZY + place] * work[RETURNED + 3 * BLOCK + place]
        masked[place] = work[MASKED + place]


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
