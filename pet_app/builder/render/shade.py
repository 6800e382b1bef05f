"""How every fragment answers the light, before any colour is known.

All light that arrives is `A = L + P`: L comes from the studio, `P = (X · body + Y · others) · (1 +
T · mean …)` is thrown by the piece, where X and Y are what the first slot's surfaces and all others
would throw if they were white, and T how much light those get of each other. What leaves is

    radiance = A · (base · (Q · M + (1 - w) · s) + w · s) + Q · (S + G · P)

with M the share of a matt surface, S what it mirrors of the studio uncoloured, G how much of P it
mirrors, s the sheen, w the white in it (`SHEEN_WHITE`), and Q what sheen leaves of all below it, as
its brightest channel says. All but the colours of P and Q are kept, and how much of the pattern's
accent lies under the fragment: a new colour is a sum over them.

Fragments go through in blocks that stay in the nearest cache: first what needs gathering from
tables, one fragment after the other, then what is plain arithmetic, many at a time.
"""

from math import sqrt

import numpy as np

from pet_app.builder.render.compiled import compiled, streaming
from pet_app.builder.render.gather import (
    BLOCK,
    COLOURS,
    CORNER,
    LANES,
    LINE,
    TAPS,
    claim,
    columns_of_8,
    columns_of_16,
    entry_at,
    fetch,
    light_at,
    rows,
    weave_at,
)
from pet_app.builder.render.gloss import CELLS, FINER, IN_TABLE, ROUGHNESSES, TABLE, WIDE, lobe_of
from pet_app.builder.render.material import (
    ACROSS,
    ALONG,
    FUZZ,
    METALLIC,
    PRINTED,
    RELIEF,
    ROUGH,
    ROUGHNESS,
    SHADE,
    SPECULAR,
    STEEPNESS,
    WEAVE,
)
from pet_app.builder.render.material import COLUMNS as KINDS
from pet_app.builder.render.texture import (
    COLUMNS,
    PATTERN_TILE,
    SIDE,
    STRIDE,
    TANGENT,
    UNDER,
    WEAVE_TILE,
    aimed,
    footprints,
    lay,
    lie,
    masks,
)
from pet_app.builder.surfaces import LEAST_ROUGHNESS

LIGHT, FROM_BODY, GLOSS, MASK, SHOWN, FROM_OTHERS = 0, 3, 4, 7, 8, 9
MATT, SHEEN, TWICE, ROWS = 10, 11, 12, 13
"""An exposure's rows: L in three colours, X, S in three colours, the pattern's mask, G, Y, M, s
and T."""

ZERO, HALF, ONE, TWO, FOUR = (np.float32(value) for value in (0, 0.5, 1, 2, 4))
TINY, EDGE_ON, SMOOTH = (np.float32(value) for value in (1e-12, 0.02, LEAST_ROUGHNESS))
LAST_CELL, LAST_ENTRY = np.float32(CELLS - 1.001), np.float32(TABLE - 1.001)
MIDST, ENTRIES = np.float32(CELLS / 2), np.float32(TABLE)
DEEPEST, NEXT_TO_DEEPEST = np.float32(ROUGHNESSES - 1), np.float32(ROUGHNESSES - 2)

# Where each row of the working block begins.
NX, NY, NZ, VX, VY, VZ, SECOND, THIRD, DEPTH, MASKED = range(0, 10 * BLOCK, BLOCK)
LENGTH, KEY, CELL_A, CELL_B, CELL_C, ENTRY_A, ENTRY_B = range(10 * BLOCK, 17 * BLOCK, BLOCK)
FREE, LIT, BACK, BESIDE, OPEN, CLOSE, AGAIN, FINELY = range(17 * BLOCK, 25 * BLOCK, BLOCK)
WOVEN, IRRADIANCE, RETURNED, MIRRORED, WORN, LAID = (
    row * BLOCK for row in (25, 30, 33, 37, 41, 49)
)
WORK = 49 + COLUMNS

GRAIN, METAL, F0 = (WORN + column * BLOCK for column in (ROUGHNESS, METALLIC, SPECULAR))
FUZZY, RELIEVED = WORN + FUZZ * BLOCK, WORN + RELIEF * BLOCK
TILE, SHOWING = WORN + WEAVE * BLOCK, WORN + PRINTED * BLOCK
TX, TY, TZ = (LAID + (TANGENT + axis) * BLOCK for axis in range(3))
HANDED = LAID + SIDE * BLOCK

CELL, ENTRY, LAYOUT, KIND, SHARED = (row * BLOCK for row in range(TAPS, TAPS + 5))
NUMBERS = TAPS + 5
"""Rows of whole numbers: the first are the taps'."""


@compiled
def answer(
    mesh, look, view, seen, places, reached, turn, harmonics, key, maps, returned, layouts, into
):
    """Fill an exposure, float32 (ROWS, k), and each fragment's slot, uint8 (k,), both `into`.

    mesh: vertices, uv, faces, parts and slots of a `Scene`. look: table, pattern, weaves and units
    of `Materials`. view: vertices on the screen, the eye, the way it looks. seen: face and bary of
    `Fragments`. layouts: float32 (faces, texture.COLUMNS), to work in.
    """
    vertices, uv, faces, parts, slots = mesh
    table, pattern, weaves, units = look
    (screen, eye, ahead), (face, bary) = view, seen
    slot_of, found = into
    everything = found.reshape(-1)
    work, under, shares = rows(WORK), rows(UNDER), rows(2 * TAPS)
    spots, printed = rows(NUMBERS).view(np.int32), rows(TAPS).view(np.uint32)
    texels, steps = weaves.reshape(-1), units.reshape(-1)
    light, shelf = maps.reshape(-1), returned.reshape(-1)
    lines, kinds = layouts.reshape(-1), table.reshape(-1)
    weights, spread, arrived = bary.reshape(-1), places.reshape(-1), reached.reshape(-1)
    lay(vertices, uv, screen, faces, face, layouts)
    for start in range(0, len(face), BLOCK):
        count = min(BLOCK, len(face) - start)
        _name(face, parts, slots, start, count, slot_of, spots)
        for row in range(ROWS):
            for place in range(start, start + count, LINE):
                claim(everything, np.uint64(row * len(face) + place))  # pyright: ignore[reportCallIssue]
        _take(weights, spread, eye, ahead, start, count, work)
        for place in range(start + BLOCK, start + 2 * BLOCK, 2):
            fetch(spread, np.uint64(place * 6))  # pyright: ignore[reportCallIssue]
            fetch(arrived, np.uint64(place * CORNER))  # pyright: ignore[reportCallIssue]
        for place in range(0, count, LANES):
            columns_of_8(  # pyright: ignore[reportCallIssue]
                *(arrived, spots, np.uint64(SHARED + place), work, np.uint64(FREE + place))
            )
            columns_of_16(  # pyright: ignore[reportCallIssue]  the compiler gives the first
                *(lines, spots, np.uint64(LAYOUT + place), work, np.uint64(LAID + place))
            )
            columns_of_8(  # pyright: ignore[reportCallIssue]
                *(kinds, spots, np.uint64(KIND + place), work, np.uint64(WORN + place))
            )
        lie(work[LAID:], under, work[SECOND:], work[THIRD:], work[DEPTH:])
        footprints(under)
        if table[0, PRINTED] > 0:
            aimed(under, PATTERN_TILE, spots, shares)
            masks(pattern, spots, shares, printed, work[MASKED:])
        aimed(under, WEAVE_TILE, spots, shares)
        for place in range(count):
            if work[RELIEVED + place] > 0:
                tile, line = np.uint64(work[TILE + place]), np.uint64(under[STRIDE + place])
                weave_at(  # pyright: ignore[reportCallIssue]
                    *(texels, steps, tile, spots, shares, line, np.uint64(place)),
                    *(work, np.uint64(WOVEN + place)),
                )
        _aim(work, spots, turn, harmonics, key)
        for place in range(count):
            for on in (0, CELLS, CELLS * CELLS, CELLS * CELLS + CELLS):
                cell = np.uint64(spots[CELL + place] + on)
                fetch(light, np.uint64(COLOURS) * cell)  # pyright: ignore[reportCallIssue]
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
def _name(face, parts, slots, start, count, slot_of, spots):
    """Each fragment's slot, and where its rows of the tables begin."""
    for place in range(count):
        fragment = np.uint64(start + place)
        mine = np.uint64(face[fragment])
        slot = slots[np.uint64(parts[mine])]
        slot_of[fragment] = slot
        spots[LAYOUT + place], spots[KIND + place] = mine * COLUMNS, slot * KINDS
        spots[SHARED + place] = fragment * CORNER


@streaming
def _take(bary, places, eye, ahead, start, count, work):
    """What is known of each fragment in a block, as rows; the arrays are flat."""
    ahead_x, ahead_y, ahead_z = ahead[0], ahead[1], ahead[2]
    eye_x, eye_y, eye_z = eye[0], eye[1], eye[2]
    own = bary[2 * start : 2 * (start + count)]
    for place in range(count):
        work[SECOND + place], work[THIRD + place] = own[2 * place], own[2 * place + 1]
    own = places[6 * start : 6 * (start + count)]
    for place in range(count):
        x, y = eye_x - own[6 * place], eye_y - own[6 * place + 1]
        z = eye_z - own[6 * place + 2]
        work[VX + place], work[VY + place], work[VZ + place] = x, y, z
        work[DEPTH + place] = -(ahead_x * x + ahead_y * y + ahead_z * z)
        work[NX + place], work[NY + place] = own[6 * place + 3], own[6 * place + 4]
        work[NZ + place] = own[6 * place + 5]


@streaming
def _aim(work, spots, turn, harmonics, key):
    """From normals, relief and views: mirrored directions, irradiance, and how the key falls."""
    key_x, key_y, key_z, soft, turn_c, turn_s = key[0], key[1], key[2], key[6], turn[0], turn[1]
    for place in range(BLOCK):
        nx, ny, nz = work[NX + place], work[NY + place], work[NZ + place]
        vx, vy, vz = work[VX + place], work[VY + place], work[VZ + place]
        scale = ONE / sqrt(max(vx * vx + vy * vy + vz * vz, TINY))
        vx, vy, vz = vx * scale, vy * scale, vz * scale
        plain = nx * vx + ny * vy + nz * vz
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
        upright = ONE / sqrt(max(nx * nx + ny * ny + nz * nz, TINY))
        nx, ny, nz = nx * upright, ny * upright, nz * upright
        cosine = max(nx * vx + ny * vy + nz * vz, HALF * plain, EDGE_ON)
        level, leaning, facing = lobe_of(roughness, lost, cosine)
        twofold = TWO * cosine + leaning
        rx, ry, rz = twofold * nx - vx, twofold * ny - vy, twofold * nz - vz
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
        x = min(max(facing * ENTRIES - HALF, ZERO), LAST_ENTRY)
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
    """The rows of a block. What metal mirrors stands in L and S, and nothing is thrown on it."""
    end = start + count
    for place in range(count):
        finer = min(max((WIDE - work[GRAIN + place]) * FINER, ZERO), ONE)
        work[OPEN + place] += finer * (work[FINELY + place] - work[OPEN + place])
    for channel in range(3):
        power, lamp = key[3 + channel], key[7 + channel]
        leaving, gloss = found[LIGHT + channel, start:end], found[GLOSS + channel, start:end]
        for place in range(count):
            scale, bias = work[RETURNED + place], work[RETURNED + BLOCK + place]
            metal, f0 = work[METAL + place], work[F0 + place]
            matt = ONE - metal
            share = work[RETURNED + 2 * BLOCK + place] + (f0 - IN_TABLE) * scale
            free, lit, seen = work[FREE + place], work[LIT + place], work[OPEN + place]
            light = work[IRRADIANCE + channel * BLOCK + place] * free
            light += work[KEY + place] * lit * power
            mirrored = work[MIRRORED + channel * BLOCK + place]
            mirrored += work[MIRRORED + 3 * BLOCK + place] * lamp
            leaving[place] = matt * light + metal * mirrored * scale
            gloss[place] = mirrored * (matt * share * seen + metal * bias)
    from_body, from_others = found[FROM_BODY, start:end], found[FROM_OTHERS, start:end]
    shown, masked = found[SHOWN, start:end], found[MASK, start:end]
    matts, sheens, twice = found[MATT, start:end], found[SHEEN, start:end], found[TWICE, start:end]
    for place in range(count):
        scale, metal = work[RETURNED + place], work[METAL + place]
        share = work[RETURNED + 2 * BLOCK + place] + (work[F0 + place] - IN_TABLE) * scale
        matt, relief = ONE - metal, work[RELIEVED + place]
        body, others = work[BACK + place], work[BESIDE + place]
        from_body[place], from_others[place] = matt * body, matt * others
        twice[place] = work[AGAIN + place]
        shows = matt * share * work[CLOSE + place]
        shown[place] = shows / max(body + others, TINY)
        shade = work[WOVEN + SHADE * BLOCK + place] if relief > 0 else ONE
        matts[place] = metal + matt * (ONE - share) * shade
        sheens[place] = work[FUZZY + place] * work[RETURNED + 3 * BLOCK + place]
        masked[place] = work[SHOWING + place] * work[MASKED + place]
