"""The rasteriser: which face shows at each of a pixel's eight samples, worked out tile by tile.

Faces are set up once as planes over the picture (Pineda, "A Parallel Algorithm for Polygon
Rasterization", 1988), listed by the tiles of 8x8 pixels that they touch, and drawn into one tile
after the other, whose samples stay in the processor's nearest cache.
"""

import numpy as np

from pet_app.builder.render.compiled import compiled, streaming
from pet_app.builder.render.lanes import SAMPLES, cover

TILE = 8

B0, BX, BY, C0, CX, CY, N0, NX, NY, AZ, BZ, CZ = range(12)
"""A face set up: the weights of its second and third corner and its nearness, each at the upper
left corner of the first tile it touches and per pixel right and down; then the nearness of its
corners. Nearness is one over the depth, which is straight over the picture."""

NORMAL, PART = 12, 15
COLUMNS = 16


@compiled
def set_up(screen, faces, face_normals, parts, size, number, plane, box):
    """Set up the faces turned to the camera and before it; returns how many there are.

    number: int32 (m,), which face. plane: float32 (m, COLUMNS). box: int16 (m, 4), the pixels it
    lies in: left, right, top, bottom.
    """
    count = 0
    nothing, most = np.float32(0), np.float32(size)
    for face in range(len(faces)):
        a, b, c = np.uint64(faces[face, 0]), np.uint64(faces[face, 1]), np.uint64(faces[face, 2])
        ax, ay, az = screen[a, 0], screen[a, 1], screen[a, 2]
        bx, by, bz = screen[b, 0], screen[b, 1], screen[b, 2]
        cx, cy, cz = screen[c, 0], screen[c, 1], screen[c, 2]
        area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay)
        if not area < 0 or min(az, bz, cz) <= 0:
            continue
        left, right = max(min(ax, bx, cx), nothing), min(max(ax, bx, cx), most)
        top, bottom = max(min(ay, by, cy), nothing), min(max(ay, by, cy), most)
        if not (left < right and top < bottom):
            continue
        x, y = int(left), int(top)
        scale = np.float32(1) / area
        # About a corner nearby: numbers of the picture's size would lose digits.
        dx, dy = np.float32(x & -TILE) - ax, np.float32(y & -TILE) - ay
        own = plane[count]
        own[BX], own[BY] = (cy - ay) * scale, (ax - cx) * scale
        own[CX], own[CY] = (ay - by) * scale, (bx - ax) * scale
        own[B0] = own[BX] * dx + own[BY] * dy
        own[C0] = own[CX] * dx + own[CY] * dy
        own[NX] = own[BX] * (bz - az) + own[CX] * (cz - az)
        own[NY] = own[BY] * (bz - az) + own[CY] * (cz - az)
        own[N0] = az + own[NX] * dx + own[NY] * dy
        own[AZ], own[BZ], own[CZ] = az, bz, cz
        for axis in range(3):
            own[NORMAL + axis] = face_normals[face, axis]
        own[PART] = np.float32(parts[face])
        box[count, 0], box[count, 1] = x, min(int(right), size - 1)
        box[count, 2], box[count, 3] = y, min(int(bottom), size - 1)
        number[count] = face
        count += 1
    return count


@compiled
def by_tile(box, count, tiles, starts, order):
    """List the faces of every tile: int32 starts (tiles² + 1,) into int32 order.

    Returns how many entries there are; where that is more than `order` holds, nothing is listed.
    """
    starts[:] = 0
    for face in range(count):
        for row in range(box[face, 2] // TILE, box[face, 3] // TILE + 1):
            for column in range(box[face, 0] // TILE, box[face, 1] // TILE + 1):
                starts[row * tiles + column] += 1
    entries = 0
    for tile in range(tiles * tiles + 1):
        entries += starts[tile]
        starts[tile] = entries
    if entries > len(order):
        return entries
    # Filled from the back, so that each tile's start ends up where its list begins.
    for face in range(count - 1, -1, -1):
        for row in range(box[face, 2] // TILE, box[face, 3] // TILE + 1):
            for column in range(box[face, 0] // TILE, box[face, 1] // TILE + 1):
                tile = row * tiles + column
                starts[tile] -= 1
                order[starts[tile]] = face
    return entries


@streaming
def draw_tile(plane, box, order, first, last, left, top, samples):
    """Draw the faces `order[first:last]` into the tile whose upper left pixel is (left, top).

    samples: float32 (TILE, TILE, 2, SAMPLES), of each pixel the nearness of what shows, 0 for
    nothing, and one more than the place of its face among those set up.
    """
    nothing, one = np.float32(0), np.float32(1)
    for place in range(first, last):
        face = order[place]
        own = plane[face]
        x, y = np.float32(left - (box[face, 0] & -TILE)), np.float32(top - (box[face, 2] & -TILE))
        bx, by, cx, cy = own[BX], own[BY], own[CX], own[CY]
        b0, c0 = own[B0] + bx * x + by * y, own[C0] + cx * x + cy * y
        nx, ny = own[NX], own[NY]
        n0 = own[N0] + nx * x + ny * y
        ax, ay = -bx - cx, -by - cy
        # The most that each weight reaches within a pixel: below nothing, the pixel is outside.
        most_a = one - b0 - c0 + max(ax, nothing) + max(ay, nothing)
        most_b = b0 + max(bx, nothing) + max(by, nothing)
        most_c = c0 + max(cx, nothing) + max(cy, nothing)
        per_a, per_b, per_c = -one / ax, -one / bx, -one / cx
        leftmost = np.float32(max(box[face, 0] - left, 0))
        rightmost = np.float32(min(box[face, 1] - left, TILE - 1))
        for row in range(max(box[face, 2] - top, 0), min(box[face, 3] - top, TILE - 1) + 1):
            y = np.float32(row)
            a = (most_a + ay * y) * per_a
            b = (most_b + by * y) * per_b
            c = (most_c + cy * y) * per_c
            start = max(
                leftmost,
                a if ax > 0 else leftmost,
                b if bx > 0 else leftmost,
                c if cx > 0 else leftmost,
            )
            end = min(
                rightmost,
                a if ax < 0 else rightmost,
                b if bx < 0 else rightmost,
                c if cx < 0 else rightmost,
            )
            if not start <= end:
                continue
            for column in range(int(start + np.float32(0.999)), int(end) + 1):
                x = np.float32(column)
                at = (np.uint64(row) * np.uint64(TILE) + np.uint64(column)) * np.uint64(2 * SAMPLES)
                cover(  # pyright: ignore[reportCallIssue]  the compiler gives the first
                    *(samples, at),
                    *(b0 + bx * x + by * y, bx, by, c0 + cx * x + cy * y, cx, cy),
                    *(n0 + nx * x + ny * y, nx, ny, np.float32(face + 1)),
                )
