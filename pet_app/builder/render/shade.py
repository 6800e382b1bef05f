"""How every fragment answers the light, before any colour is known.

What leaves a fragment is `base · (D + X · mean) + S`: D is the light its own colour is mixed with,
X what the rest of the piece would throw on it if it were white, S what it mirrors uncoloured. All
three, and how much of the pattern's accent lies under the fragment, are kept, so that a new colour
is a sum over them and no light is traced or texture looked up again.

Fragments go through in blocks that stay in the processor's nearest cache: first what needs
gathering from tables, one fragment after the other, then what is plain arithmetic, many at a time.
"""

from math import cos, radians, sin, sqrt

import numpy as np

from pet_app.builder import tiles
from pet_app.builder.render.compiled import compiled, streaming
from pet_app.builder.render.gloss import CELLS, ROUGHNESSES, TABLE
from pet_app.builder.render.light import HALF, RADIANCE
from pet_app.builder.render.material import (
    ACROSS,
    ALONG,
    CHANNELS,
    FUZZ,
    METALLIC,
    RELIEF,
    ROUGH,
    ROUGHNESS,
    SHADE,
    SPECULAR,
    STEEPNESS,
    WEAVE,
)
from pet_app.builder.render.texture import COLUMNS as LAID
from pet_app.builder.render.texture import fetch, footprint, laid, taps
from pet_app.builder.surfaces import SHEEN_WHITE

DIFFUSE, BOUNCED, GLOSS, MASK = 0, 3, 4, 7
ROWS = 8
"""An exposure's rows: D in three colours, X, S in three colours, the pattern's mask."""

BLOCK = 128

ZERO, HALF_, ONE, TWO, THREE = (np.float32(value) for value in (0, 0.5, 1, 2, 3))
TINY, EDGE_ON, FLAT = np.float32(1e-12), np.float32(0.02), np.float32(1e-4)
FREE, LIT, BACK, SEEN = 0, 1, 2, 3

# Rows of the working block.
NX, NY, NZ, VX, VY, VZ, LENGTH, SHADED, ALPHA, F0, METAL, FUZZY, COSINE = range(13)
TURNED_X, TURNED_Y, LEVEL, IRRADIANCE, KEY, RETURNED, MIRRORED, WORK = (
    13,
    14,
    15,
    16,
    19,
    20,
    22,
    26,
)
TILE_MM, WEAVE_MM = np.float32(tiles.TILE_MM), np.float32(tiles.WEAVE_MM)


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
    work = np.empty((WORK, BLOCK), np.float32)
    weave, mask = np.empty(CHANNELS, np.float32), np.empty(1, np.float32)
    how = np.empty(LAID, np.float32)
    last, side = -1, ONE
    for start in range(0, len(face), BLOCK):
        count = min(BLOCK, len(face) - start)
        for place in range(count):
            fragment = start + place
            mine = face[fragment]
            slot = slots[parts[mine]]
            slot_of[fragment] = slot
            own = table[slot]
            px, py, pz, nx, ny, nz = places[fragment]
            work[VX, place], work[VY, place], work[VZ, place] = (
                eye[0] - px,
                eye[1] - py,
                eye[2] - pz,
            )
            roughness = own[ROUGHNESS]
            found[MASK, fragment] = ZERO
            length = shade = ONE
            spread = ZERO
            if own[RELIEF] > 0 or (slot == 0 and patterned):
                corners = faces[mine]
                if mine != last:
                    side = laid(vertices, uv, screen, corners, how)
                    last = mine
                i, j, k = corners
                b, c = bary[fragment]
                a = ONE - b - c
                u = a * uv[i, 0] + b * uv[j, 0] + c * uv[k, 0]
                v = a * uv[i, 1] + b * uv[j, 1] + c * uv[k, 1]
                way = taps(footprint(how, at[fragment, 0], at[fragment, 1], u, v))
                if slot == 0 and patterned:
                    fetch(pattern, starts, u, v, way, TILE_MM, mask)
                    found[MASK, fragment] = mask[0]
                if own[RELIEF] > 0:
                    fetch(weaves[int(own[WEAVE])], starts, u, v, way, WEAVE_MM, weave)
                    along, across = own[RELIEF] * weave[ALONG], own[RELIEF] * weave[ACROSS]
                    shade = weave[SHADE]
                    roughness = min(roughness * weave[ROUGH], ONE)
                    # Slopes lost to the level: their variance roughens, and shortens the normal.
                    lost = own[RELIEF] * own[RELIEF] * weave[STEEPNESS]
                    spread = max(lost - along * along - across * across, ZERO)
                    tx, ty, tz = how[0], how[1], how[2]
                    off = tx * nx + ty * ny + tz * nz
                    tx, ty, tz = tx - off * nx, ty - off * ny, tz - off * nz
                    scale = tx * tx + ty * ty + tz * tz
                    scale = ONE / sqrt(scale) if scale > TINY else ZERO
                    tx, ty, tz = tx * scale, ty * scale, tz * scale
                    across *= side
                    nx, ny, nz = (
                        nx - along * tx - across * (ny * tz - nz * ty),
                        ny - along * ty - across * (nz * tx - nx * tz),
                        nz - along * tz - across * (nx * ty - ny * tx),
                    )
                    length = ONE / (ONE + HALF_ * spread)
            work[NX, place], work[NY, place], work[NZ, place] = nx, ny, nz
            work[LENGTH, place], work[SHADED, place] = length, shade
            work[ALPHA, place] = roughness * roughness * roughness * roughness + spread
            work[F0, place], work[METAL, place] = own[SPECULAR], own[METALLIC]
            work[FUZZY, place] = own[FUZZ]
        _aim(work, turn, harmonics, key)
        for place in range(count):
            _look_up(work, place, maps, returned)
        _sum(work, key, reached, start, count, found)


@streaming
def _aim(work, turn, harmonics, key):
    """From normals and views: mirrored directions, irradiance, and how the key lamp falls."""
    soft = key[6]
    for place in range(BLOCK):
        nx, ny, nz = work[NX, place], work[NY, place], work[NZ, place]
        scale = ONE / sqrt(max(nx * nx + ny * ny + nz * nz, TINY))
        nx, ny, nz = nx * scale, ny * scale, nz * scale
        vx, vy, vz = work[VX, place], work[VY, place], work[VZ, place]
        scale = ONE / sqrt(max(vx * vx + vy * vy + vz * vz, TINY))
        vx, vy, vz = vx * scale, vy * scale, vz * scale
        cosine = max(nx * vx + ny * vy + nz * vz, EDGE_ON)
        work[COSINE, place] = cosine
        rx, ry, rz = TWO * cosine * nx - vx, TWO * cosine * ny - vy, TWO * cosine * nz - vz
        # Turned back with the studio, and folded onto the octahedron.
        rx, rz = rx * turn[0] - rz * turn[1], rx * turn[1] + rz * turn[0]
        scale = ONE / max(abs(rx) + abs(ry) + abs(rz), TINY)
        a, b = rx * scale, rz * scale
        folded_a = (ONE - abs(b)) * (ONE if a >= 0 else -ONE)
        folded_b = (ONE - abs(a)) * (ONE if b >= 0 else -ONE)
        work[TURNED_X, place] = folded_a if ry < 0 else a
        work[TURNED_Y, place] = folded_b if ry < 0 else b
        # `ALPHA` came as alpha² with the lost slopes' variance; roughness is its fourth root.
        work[LEVEL, place] = min(sqrt(sqrt(work[ALPHA, place])), ONE)
        length = work[LENGTH, place]
        x, y, z = nx * length, ny * length, nz * length
        for channel in range(3):
            value = (
                harmonics[0, channel]
                + y * harmonics[1, channel]
                + z * harmonics[2, channel]
                + x * harmonics[3, channel]
                + x * y * harmonics[4, channel]
                + y * z * harmonics[5, channel]
                + (THREE * z * z - length * length) * harmonics[6, channel]
                + x * z * harmonics[7, channel]
                + (x * x - y * y) * harmonics[8, channel]
            )
            work[IRRADIANCE + channel, place] = max(value, ZERO)
        towards = nx * key[0] + ny * key[1] + nz * key[2]
        partly = max(towards + soft, ZERO)
        work[KEY, place] = length * (
            towards if towards >= soft else partly * partly / (np.float32(4) * soft)
        )


@compiled
def _look_up(work, place, maps, returned):
    """What is mirrored, and the share returned: from tables, between their nearest entries."""
    cells = np.float32(CELLS)
    x = min(max((work[TURNED_X, place] + ONE) * HALF_ * cells - HALF_, ZERO), cells - TWO + FLAT)
    y = min(max((work[TURNED_Y, place] + ONE) * HALF_ * cells - HALF_, ZERO), cells - TWO + FLAT)
    deep = work[LEVEL, place] * np.float32(ROUGHNESSES - 1)
    i, j, k = int(x), int(y), min(int(deep), ROUGHNESSES - 2)
    a, b, c = x - np.float32(i), y - np.float32(j), deep - np.float32(k)
    first = (k * CELLS + j) * CELLS + i
    for level in range(2):
        share = c if level else ONE - c
        near = first + level * CELLS * CELLS
        wa, wb = (ONE - a) * (ONE - b) * share, a * (ONE - b) * share
        wc, wd = (ONE - a) * b * share, a * b * share
        for channel in range(4):
            value = (
                wa * maps[near, channel]
                + wb * maps[near + 1, channel]
                + wc * maps[near + CELLS, channel]
                + wd * maps[near + CELLS + 1, channel]
            )
            if level:
                work[MIRRORED + channel, place] += value
            else:
                work[MIRRORED + channel, place] = value
    most = np.float32(TABLE - 1) - FLAT
    x = min(max(work[COSINE, place] * np.float32(TABLE) - HALF_, ZERO), most)
    y = min(max(work[LEVEL, place] * np.float32(TABLE) - HALF_, ZERO), most)
    i, j = int(x), int(y)
    a, b = x - np.float32(i), y - np.float32(j)
    near = j * TABLE + i
    for channel in range(2):
        top = returned[near, channel]
        top += a * (returned[near + 1, channel] - top)
        low = returned[near + TABLE, channel]
        low += a * (returned[near + TABLE + 1, channel] - low)
        work[RETURNED + channel, place] = top + b * (low - top)


@streaming
def _sum(work, key, reached, start, count, found):
    """D, X and S of a block."""
    white, rest = np.float32(SHEEN_WHITE), np.float32(1 - SHEEN_WHITE)
    for place in range(count):
        fragment = start + place
        free, lit = reached[fragment, FREE], reached[fragment, LIT]
        back, seen = reached[fragment, BACK], reached[fragment, SEEN]
        scale, bias = work[RETURNED, place], work[RETURNED + 1, place]
        metal = work[METAL, place]
        # What one bounce between the facets loses, all further ones give back (Turquin, 2019).
        again = ONE / max(scale + bias, EDGE_ON) - ONE
        share = work[F0, place] * scale + bias
        share *= ONE + work[F0, place] * again
        cloth = (ONE - share) * (ONE - metal)
        matt = cloth * work[SHADED, place]
        grazing = ONE - work[COSINE, place]
        sheen = work[FUZZY, place] * grazing * grazing * grazing
        facing = work[KEY, place] * lit
        found[BOUNCED, fragment] = matt * back
        for channel in range(3):
            light = work[IRRADIANCE + channel, place] * free + facing * key[3 + channel]
            mirrored = work[MIRRORED + channel, place]
            mirrored += work[MIRRORED + 3, place] * key[7 + channel]
            mirrored *= seen + metal * (ONE - seen)
            found[DIFFUSE + channel, fragment] = (
                light * (matt + rest * sheen) + metal * mirrored * scale
            )
            found[GLOSS + channel, fragment] = (
                mirrored * (share * (ONE - metal) + bias * metal) + white * sheen * light
            )


def packed_key(lamps: np.ndarray, key_power: np.ndarray) -> np.ndarray:
    """float32 (10,): the key lamp's direction, power, softness and radiance."""
    soft = sqrt(lamps[0, HALF] * lamps[0, HALF + 1])
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
