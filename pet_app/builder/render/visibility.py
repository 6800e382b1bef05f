"""What the camera sees: a rasteriser with eight samples in a pixel, merged into fragments.

A fragment is the part of one surface that shows in one pixel. Light and shade are worked out once
for each fragment and not for each sample, so edges are smooth at little more than the price of one
sample.
"""

from dataclasses import dataclass

import numpy as np

from pet_app.builder.render.compiled import compiled
from pet_app.builder.render.scene import Scene
from pet_app.builder.render.vector import dot

SAMPLES = 8
BAND = 16
"""Rows drawn at a time, few enough for their samples to stay in the processor's cache."""

# Eight samples on a rotated grid: no two share a row or a column.
OFFSETS = (
    np.array([[1, 5], [3, 1], [5, 11], [7, 7], [9, 15], [11, 3], [13, 13], [15, 9]], np.float32)
    / 16
)
SAME_SURFACE = 0.92
"""The cosine between two faces' normals above which they share a fragment."""

SAME_DEPTH = 0.01
"""How far apart in depth they may lie, as a share of the depth."""


@dataclass(frozen=True, eq=False)
class Fragments:
    """All fragments of a picture in the order of their pixels.

    pixel, face: int32 (k,). bary: float32 (k, 2), the weights of the face's second and third
    corner, perspective correct. share: float32 (k,), how much of the pixel it covers. at: float32
    (k, 2), where in the picture. first: int32 (size² + 1,), where each pixel's fragments begin.
    """

    pixel: np.ndarray
    face: np.ndarray
    bary: np.ndarray
    share: np.ndarray
    at: np.ndarray
    first: np.ndarray


def fragments(scene: Scene, screen: np.ndarray, size: int) -> Fragments:
    """Find what shows in a square of `size` pixels; `screen` is what `View.project` gave."""
    starts, order = _by_band(screen, scene.faces, size)
    room = size * size * 4
    pixel, face = np.empty(room, np.int32), np.empty(room, np.int32)
    bary, at = np.empty((room, 2), np.float32), np.empty((room, 2), np.float32)
    share, first = np.empty(room, np.float32), np.empty(size * size + 1, np.int32)
    count = _draw(
        *(screen, scene.faces, scene.parts, scene.face_normals),
        *(starts, order, OFFSETS, size),
        *(pixel, face, bary, share, at, first),
    )
    return Fragments(
        pixel[:count].copy(),
        face[:count].copy(),
        bary[:count].copy(),
        share[:count].copy(),
        at[:count].copy(),
        first,
    )


@compiled
def _by_band(screen, faces, size):
    """The faces turned to the camera, listed for every band they touch."""
    bands = (size + BAND - 1) // BAND
    starts = np.zeros(bands + 1, np.int64)
    reach = np.empty((len(faces), 2), np.int32)
    for face in range(len(faces)):
        a, b, c = faces[face]
        reach[face, 0], reach[face, 1] = 0, -1
        area = (screen[b, 0] - screen[a, 0]) * (screen[c, 1] - screen[a, 1]) - (
            screen[c, 0] - screen[a, 0]
        ) * (screen[b, 1] - screen[a, 1])
        if area >= 0:
            continue
        top = min(screen[a, 1], screen[b, 1], screen[c, 1])
        bottom = max(screen[a, 1], screen[b, 1], screen[c, 1])
        if bottom < 0 or top >= size:
            continue
        reach[face, 0] = max(0, int(top)) // BAND
        reach[face, 1] = min(size - 1, int(bottom)) // BAND
        for band in range(reach[face, 0], reach[face, 1] + 1):
            starts[band + 1] += 1
    starts = np.cumsum(starts)
    fill = starts[:-1].copy()
    order = np.empty(starts[-1], np.int32)
    for face in range(len(faces)):
        for band in range(reach[face, 0], reach[face, 1] + 1):
            order[fill[band]] = face
            fill[band] += 1
    return starts, order


@compiled
def _draw(
    screen,
    faces,
    parts,
    face_normals,
    starts,
    order,
    offsets,
    size,
    pixel,
    face,
    bary,
    share,
    at,
    first,
):
    nearest = np.empty((BAND, size, SAMPLES), np.float32)
    owner = np.empty((BAND, size, SAMPLES), np.int32)
    count = 0
    for band in range(len(starts) - 1):
        nearest[:] = 0
        owner[:] = -1
        top = band * BAND
        rows = min(BAND, size - top)
        for place in range(starts[band], starts[band + 1]):
            _draw_face(screen, faces, order[place], offsets, top, rows, size, nearest, owner)
        for row in range(rows):
            for column in range(size):
                number = (top + row) * size + column
                first[number] = count
                mine = owner[row, column, 0]
                same = True
                for sample in range(1, SAMPLES):
                    same &= owner[row, column, sample] == mine
                if same and mine < 0:
                    continue
                if same:
                    pixel[count], face[count], share[count] = number, mine, np.float32(1)
                    at[count, 0] = column + np.float32(0.5)
                    at[count, 1] = top + row + np.float32(0.5)
                    count += 1
                    continue
                count = _merge(
                    *(owner[row, column], nearest[row, column], parts, face_normals, offsets),
                    *(number, column, top + row, count, pixel, face, share, at),
                )
    first[size * size] = count
    for fragment in range(count):
        bary[fragment, 0], bary[fragment, 1] = weights(
            screen, faces[face[fragment]], at[fragment, 0], at[fragment, 1], True
        )
    return count


@compiled
def _draw_face(screen, faces, number, offsets, top, rows, size, nearest, owner):
    a, b, c = faces[number]
    ax, ay, az = screen[a]
    bx, by, bz = screen[b]
    cx, cy, cz = screen[c]
    scale = np.float32(1) / ((bx - ax) * (cy - ay) - (cx - ax) * (by - ay))
    bdx, bdy = (cy - ay) * scale, -(cx - ax) * scale
    cdx, cdy = -(by - ay) * scale, (bx - ax) * scale
    left, right = max(0, int(min(ax, bx, cx))), min(size - 1, int(max(ax, bx, cx)))
    high, low = max(top, int(min(ay, by, cy))), min(top + rows - 1, int(max(ay, by, cy)))
    slack_b, slack_c = -(abs(bdx) + abs(bdy)), -(abs(cdx) + abs(cdy))
    most = np.float32(1) - slack_b - slack_c
    for y in range(high, low + 1):
        for x in range(left, right + 1):
            dx, dy = np.float32(x) - ax, np.float32(y) - ay
            wb, wc = bdx * dx + bdy * dy, cdx * dx + cdy * dy
            if wb < slack_b or wc < slack_c or wb + wc > most:
                continue
            for sample in range(SAMPLES):
                ox, oy = offsets[sample, 0], offsets[sample, 1]
                sb, sc = wb + bdx * ox + bdy * oy, wc + cdx * ox + cdy * oy
                sa = np.float32(1) - sb - sc
                near = sa * az + sb * bz + sc * cz
                inside = (sa >= 0) & (sb >= 0) & (sc >= 0)
                if inside & (near > nearest[y - top, x, sample]):
                    nearest[y - top, x, sample] = near
                    owner[y - top, x, sample] = number


@compiled
def _merge(
    owner, nearest, parts, face_normals, offsets, number, x, y, count, pixel, face, share, at
):
    """Gather one pixel's samples into fragments; returns how many there are in all by now."""
    taken = 0
    for sample in range(SAMPLES):
        mine = owner[sample]
        if mine < 0 or taken >> sample & 1:
            continue
        members = 0
        total_x = total_y = np.float32(0)
        for other in range(sample, SAMPLES):
            theirs = owner[other]
            if theirs < 0 or taken >> other & 1:
                continue
            apart = abs(nearest[other] - nearest[sample]) > SAME_DEPTH * nearest[sample]
            if theirs != mine and (apart or not _alike(theirs, mine, parts, face_normals)):
                continue
            taken |= 1 << other
            members += 1
            total_x += offsets[other, 0]
            total_y += offsets[other, 1]
        middle_x, middle_y = total_x / members, total_y / members
        best, least = sample, np.float32(9)
        for other in range(sample, SAMPLES):
            theirs = owner[other]
            if theirs < 0 or not _alike(theirs, mine, parts, face_normals):
                continue
            off = (offsets[other, 0] - middle_x) ** 2 + (offsets[other, 1] - middle_y) ** 2
            if off < least:
                best, least = other, off
        if count == len(pixel):
            return count
        pixel[count] = number
        face[count] = owner[best]
        share[count] = np.float32(members) / SAMPLES
        at[count, 0] = x + middle_x
        at[count, 1] = y + middle_y
        count += 1
    return count


@compiled
def _alike(one, other, parts, face_normals):
    """Whether two faces belong to one smooth surface."""
    cosine = dot(
        *(face_normals[one, 0], face_normals[one, 1], face_normals[one, 2]),
        *(face_normals[other, 0], face_normals[other, 1], face_normals[other, 2]),
    )
    return parts[one] == parts[other] and cosine > SAME_SURFACE


@compiled
def weights(screen, corners, x, y, inside):
    """The perspective-correct weights of a face's second and third corner at a place on it.

    `inside` keeps them within the face; without it they go on beyond its edges.
    """
    a, b, c = corners
    ax, ay, az = screen[a]
    bx, by, bz = screen[b]
    cx, cy, cz = screen[c]
    scale = np.float32(1) / ((bx - ax) * (cy - ay) - (cx - ax) * (by - ay))
    wb = ((x - ax) * (cy - ay) - (cx - ax) * (y - ay)) * scale
    wc = ((bx - ax) * (y - ay) - (x - ax) * (by - ay)) * scale
    if inside:
        wb, wc = max(wb, np.float32(0)), max(wc, np.float32(0))
        if wb + wc > 1:
            total = wb + wc
            wb, wc = wb / total, wc / total
    wa = np.float32(1) - wb - wc
    total = wa * az + wb * bz + wc * cz
    return wb * bz / total, wc * cz / total
