"""Paths of light from metal to what it shows, followed backwards, many at a time."""

from math import sqrt

import numpy as np

from pet_app.builder.render.compiled import compiled
from pet_app.builder.render.embree import PACKET, intersect16
from pet_app.builder.render.facets import (
    CRISP,
    SENT,
    facet,
    number,
    passed,
    seen_from,
    turned,
)
from pet_app.builder.render.gather import BLOCK, COLOURS
from pet_app.builder.render.gloss import IN_TABLE, TABLE, gloss_at
from pet_app.builder.render.ground import floor_light, thrown_there
from pet_app.builder.render.lattice import nearest
from pet_app.builder.render.leaving import (
    DX,
    GOES,
    GRAZING,
    INDEX,
    LIFT_MM,
    NUMBERS,
    OWNER,
    PX,
    THROUGH,
    WIDE,
    WORK,
    leave,
)
from pet_app.builder.render.light import LUMINANCE
from pet_app.builder.render.material import (
    ACCENT,
    COLOUR,
    MEAN,
    METALLIC,
    ROUGHNESS,
    SPECULAR,
)
from pet_app.builder.render.packet import FACE, FAR, FAR_MM, MESH, U, V, aim
from pet_app.builder.render.vector import dot, unit

BOUNCES = 5
"""How often light is thrown on, the last time by what ends the path."""

SHOWN = 3
"""Columns of what a fragment shows: radiance in three colours, then what each slot adds."""


@compiled
def trace(
    handle,
    packet,
    numbers,
    valid,
    normals,
    uv,
    faces,
    face_normals,
    parts,
    slots,
    table,
    colours,
    weaves,
    units,
    column,
    lie,
    maps,
    lamp,
    returned,
    turn,
    floor,
    albedo,
    thrown_on,
    width,
    floor_values,
    floor_bounce,
    floor_place,
    layout,
    rows,
    entries,
    back,
    eye,
    steps,
    size,
    pixel,
    face,
    bary,
    places,
    which,
    slot,
    mask,
    whose,
    first_of,
    tight,
    broad,
    found,
    share,
    guide,
):
    state, fetched = np.empty((PACKET, 3)), np.empty((COLOURS, BLOCK), np.float32)
    owner, index = np.empty(PACKET, np.int32), np.empty(PACKET, np.uint32)
    wide, off_floor = np.empty(PACKET), np.zeros(PACKET, np.bool_)
    base, beams = np.empty((PACKET, 3)), np.zeros(PACKET, np.bool_)
    work, names = np.zeros(WORK * BLOCK, np.float32), np.zeros(NUMBERS * BLOCK, np.int32)
    ready = start = 0
    for begun in range(0, len(whose), PACKET):
        if begun == ready:
            start = ready
            ready += leave(
                *((normals, uv, faces, face_normals), (table, weaves, units, width)),
                *((eye, steps, size), (pixel, face, bary, places, slot)),
                *((which, whose, first_of, tight), lie, start, broad),
                *(work, names, guide, share),
            )
        count = min(PACKET, len(whose) - begun)
        for ray in range(PACKET):
            each = begun - start + ray
            valid[ray] = -1 if ray < count and work[GOES + each] > 0 else 0
            for axis in range(3):
                packet[axis, ray] = work[PX + axis * BLOCK + each]
                packet[4 + axis, ray] = work[DX + axis * BLOCK + each]
            packet[3, ray], packet[7, ray], packet[FAR, ray] = 0, 0, FAR_MM
        for ray in range(count):
            each = begun - start + ray
            place = names[OWNER + each]
            fragment, through = which[place], work[THROUGH + each]
            own, grazing = slot[fragment], work[GRAZING + each]
            for channel in range(3):
                first = colours[own, COLOUR + channel]
                first += mask[fragment] * (colours[own, ACCENT + channel] - first)
                base[ray, channel] = first + (1 - first) * grazing
                state[ray, channel] = through
            owner[ray], index[ray] = place, np.uint32(names[INDEX + each])
            wide[ray], off_floor[ray] = work[WIDE + each], False
            beams[ray] = broad and not (width[own] < CRISP and tight[place])
        for bounce in range(BOUNCES):
            going = False
            for ray in range(count):
                numbers[MESH, ray] = -1
            intersect16(valid.ctypes.data, handle, packet.ctypes.data, 0)
            for ray in range(count):
                if valid[ray] == 0:
                    continue
                valid[ray] = 0
                mine = owner[ray]
                px, py, pz = packet[0, ray], packet[1, ray], packet[2, ray]
                dx, dy, dz = packet[4, ray], packet[5, ray], packet[6, ray]
                if numbers[MESH, ray] == -1:
                    if off_floor[ray]:
                        continue
                    left = 1.0
                    if dy < 0:
                        left = floor_light(floor_values, floor_place, px, py, pz, dx, dy, dz)
                    red, green, blue = gloss_at(
                        *(maps, lamp, turn, dx, dy, dz, sqrt(sqrt(wide[ray])), fetched)
                    )
                    found[mine, 0] += left * red * state[ray, 0] * base[ray, 0]
                    found[mine, 1] += left * green * state[ray, 1] * base[ray, 1]
                    found[mine, 2] += left * blue * state[ray, 2] * base[ray, 2]
                    if left < 1 and beams[ray] and bounce < BOUNCES - 1:
                        # One way up, as likely as its cosine: metal throws light in beams.
                        far = (floor_place[4] - py) / dy
                        px, pz = px + far * dx, pz + far * dz
                        ahead, aside = turned(number(index[ray], (4 + 2 * bounce) % 8))
                        second = number(index[ray], (5 + 2 * bounce) % 8)
                        for channel in range(3):
                            state[ray, channel] *= albedo[channel]
                        off_floor[ray] = True
                        aim(
                            *(packet, ray, px, floor_place[4] - 0.05, pz),
                            *(sqrt(second) * ahead, sqrt(1 - second), sqrt(second) * aside),
                        )
                        valid[ray] = -1
                        going = True
                    elif left < 1:
                        for part_of in range(2):
                            back_there = thrown_there(
                                floor_bounce[part_of], floor_place, px, py, pz, dx, dy, dz
                            )
                            for other in range(len(column)):
                                light = back_there * thrown_on[part_of, other]
                                if light <= 0:
                                    continue
                                for channel in range(3):
                                    there = light * floor[channel] * state[ray, channel]
                                    if column[other] < 0:
                                        there *= base[ray, channel] * colours[other, MEAN + channel]
                                        found[mine, channel] += there
                                    else:
                                        found[mine, column[other]] += LUMINANCE[channel] * there
                    continue
                met = numbers[FACE, ray]
                there = slots[parts[met]]
                b, c = packet[U, ray], packet[V, ray]
                i, j, k = faces[met]
                a = 1 - b - c
                nx, ny, nz = unit(
                    a * normals[i, 0] + b * normals[j, 0] + c * normals[k, 0],
                    a * normals[i, 1] + b * normals[j, 1] + c * normals[k, 1],
                    a * normals[i, 2] + b * normals[j, 2] + c * normals[k, 2],
                )
                fx, fy, fz = face_normals[met]
                if dot(fx, fy, fz, dx, dy, dz) > 0:
                    fx, fy, fz, nx, ny, nz = -fx, -fy, -fz, -nx, -ny, -nz
                rough = table[there, ROUGHNESS]
                if table[there, METALLIC] == 0:
                    light = back[nearest(layout, rows, entries, met, b, c), 0]
                    found[mine, column[there]] += light * (
                        LUMINANCE[0] * state[ray, 0]
                        + LUMINANCE[1] * state[ray, 1]
                        + LUMINANCE[2] * state[ray, 2]
                    )
                    # Its own gloss, as if nothing stood round it.
                    cosine = -dot(nx, ny, nz, dx, dy, dz)
                    if cosine <= 0:
                        continue
                    row = min(int(rough * TABLE), TABLE - 1) * TABLE
                    entry = returned[row + min(int(cosine * TABLE), TABLE - 1)]
                    gloss = entry[2] + (table[there, SPECULAR] - IN_TABLE) * entry[0]
                    dx, dy, dz = dx + 2 * cosine * nx, dy + 2 * cosine * ny, dz + 2 * cosine * nz
                    red, green, blue = gloss_at(maps, lamp, turn, dx, dy, dz, rough, fetched)
                    found[mine, 0] += gloss * red * state[ray, 0] * base[ray, 0]
                    found[mine, 1] += gloss * green * state[ray, 1] * base[ray, 1]
                    found[mine, 2] += gloss * blue * state[ray, 2] * base[ray, 2]
                    continue
                off_floor[ray] = False
                if bounce == BOUNCES - 1:
                    continue
                alpha = width[there]
                if not (broad and alpha < CRISP):
                    nx, ny, nz = seen_from(nx, ny, nz, fx, fy, fz, -dx, -dy, -dz)
                cosine = -dot(nx, ny, nz, dx, dy, dz)
                if cosine <= 0:
                    continue
                hx, hy, hz, sent = nx, ny, nz, 0.0
                if alpha >= CRISP:
                    sent = 1.0 if broad else SENT
                    hx, hy, hz = facet(
                        *(nx, ny, nz, -dx, -dy, -dz, sent * alpha),
                        number(index[ray], (4 + 2 * bounce) % 8),
                        number(index[ray], (5 + 2 * bounce) % 8),
                    )
                facing_it = -dot(hx, hy, hz, dx, dy, dz)
                far = packet[FAR, ray]
                px, py, pz = px + far * dx, py + far * dy, pz + far * dz
                twofold = 2 * facing_it
                dx, dy, dz = dx + twofold * hx, dy + twofold * hy, dz + twofold * hz
                out = dot(nx, ny, nz, dx, dy, dz)
                if out <= 0 or dot(fx, fy, fz, dx, dy, dz) <= 0:
                    continue
                wide[ray] += (1 - sent * sent) * alpha * alpha
                share_out, grazing = passed(out, cosine, alpha), (1 - facing_it) ** 5
                for channel in range(3):
                    mean = colours[there, MEAN + channel]
                    state[ray, channel] *= share_out * (mean + (1 - mean) * grazing)
                aim(
                    *(packet, ray, px + LIFT_MM * fx, py + LIFT_MM * fy, pz + LIFT_MM * fz),
                    *(dx, dy, dz),
                )
                valid[ray] = -1
                going = True
            if not going:
                break
