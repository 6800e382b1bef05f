"""The rasteriser: which face shows at each of a pixel's eight samples, worked out tile by tile.

Faces are set up once as planes over the picture (Pineda, "A Parallel Algorithm for Polygon
Rasterization", 1988), listed by the tiles of 8x8 pixels that they touch, and drawn into one tile
after the other, whose samples stay in the processor's nearest cache.
"""

import numpy as np

from pet_app.builder.render.compiled import compiled, inlined, streaming
from pet_app.builder.render.lanes import OFFSETS, TILE, cover, faced, lowest, touched

B0, BX, BY, C0, CX, CY, N0, NX, NY, AZ, BZ, CZ, LEFT, TOP, NUMBER = range(15)
"""A face set up: the weights of its second and third corner and its nearness, each at the upper
left corner of the first tile it touches and per pixel right and down; the nearness of its corners;
that tile's first pixel; which face it is. Nearness is one over the depth, which is straight over
the picture. All are float32: there are fewer faces than those tell apart."""

COLUMNS = 16

_NEAREST, _SPREAD = OFFSETS.min(), OFFSETS.max() - OFFSETS.min()
_ONE, _EVEN = np.uint64(1), np.uint64(0x5555555555555555)


@compiled
def set_up(screen, faces, face_normals, parts, size, plane, box, facing):
    """Set up the faces turned to the camera and before it; returns how many there are.

    plane: float32 (m, COLUMNS). box: int16 (m, 4), the tiles it lies in: left, right, top, bottom.
    facing: uint32 (m + 1,), see `lanes.alike`.
    """
    count = 0
    facing[0] = 0
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
        own = plane[count]
        own[LEFT], own[TOP] = np.float32(x & -TILE), np.float32(y & -TILE)
        dx, dy = own[LEFT] - ax, own[TOP] - ay
        own[BX], own[BY] = (cy - ay) * scale, (ax - cx) * scale
        own[CX], own[CY] = (ay - by) * scale, (bx - ax) * scale
        own[B0] = own[BX] * dx + own[BY] * dy
        own[C0] = own[CX] * dx + own[CY] * dy
        own[NX] = own[BX] * (bz - az) + own[CX] * (cz - az)
        own[NY] = own[BY] * (bz - az) + own[CY] * (cz - az)
        own[N0] = az + own[NX] * dx + own[NY] * dy
        own[AZ], own[BZ], own[CZ] = az, bz, cz
        facing[count + 1] = faced(
            *(face_normals[face, 0], face_normals[face, 1], face_normals[face, 2], parts[face])
        )
        own[NUMBER] = np.float32(face)
        box[count, 0], box[count, 1] = x // TILE, min(int(right), size - 1) // TILE
        box[count, 2], box[count, 3] = y // TILE, min(int(bottom), size - 1) // TILE
        count += 1
    return count


@compiled
def by_tile(box, count, tiles, starts, order):
    """List the faces of every tile: int32 starts (tiles² + 1,) into int32 order.

    Returns how many entries there are; where that is more than `order` holds, nothing is listed.
    """
    starts[:] = 0
    for face in range(count):
        for row in range(box[face, 2], box[face, 3] + 1):
            for column in range(box[face, 0], box[face, 1] + 1):
                starts[row * tiles + column] += 1
    entries = 0
    for tile in range(tiles * tiles + 1):
        entries += starts[tile]
        starts[tile] = entries
    if entries > len(order):
        return entries
    # Filled from the back, so that each tile's start ends up where its list begins.
    for face in range(count - 1, -1, -1):
        for row in range(box[face, 2], box[face, 3] + 1):
            for column in range(box[face, 0], box[face, 1] + 1):
                tile = row * tiles + column
                starts[tile] -= 1
                order[starts[tile]] = face
    return entries


@streaming
def draw_tile(plane, facing, listed, left, top, pixels, samples):
    """Draw the faces `listed` into the tile whose upper left pixel is (left, top).

    pixels: uint64, as many as are listed at least, to work in. samples: float32 (TILE_ROOM,), see
    `lanes.samples_of`; 0 where nothing shows. Returns which pixels may show something, as bits.
    """
    one, drawn, x, y = np.float32(1), np.uint64(0), np.float32(left), np.float32(top)
    # Apart from drawing: what is to come is known before it is branched on.
    for place in range(len(listed)):
        own = plane[listed[place]]
        right, down = x - own[LEFT], y - own[TOP]
        bx, by, cx, cy = own[BX], own[BY], own[CX], own[CY]
        b, c = own[B0] + bx * right + by * down, own[C0] + cx * right + cy * down
        ax, ay = -bx - cx, -by - cy
        pixels[place] = touched(  # pyright: ignore[reportCallIssue]  the compiler gives the first
            *(one - b - c + _most(ax, ay), ax, ay),
            *(b + _most(bx, by), bx, by),
            *(c + _most(cx, cy), cx, cy),
        )
    for place in range(len(listed)):
        touches, face = pixels[place], listed[place]
        drawn |= touches
        own, name, looks = plane[face], np.float32(face + 1), facing[face + 1]
        right, down = x - own[LEFT], y - own[TOP]
        bx, by, cx, cy, nx, ny = own[BX], own[BY], own[CX], own[CY], own[NX], own[NY]
        b, c = own[B0] + bx * right + by * down, own[C0] + cx * right + cy * down
        near = own[N0] + nx * right + ny * down
        pairs = (touches | touches >> _ONE) & _EVEN
        while pairs:
            pixel = lowest(pairs)  # pyright: ignore[reportCallIssue]
            pairs &= pairs - _ONE
            cover(  # pyright: ignore[reportCallIssue]
                *(samples, pixel, b, bx, by, c, cx, cy, near, nx, ny, name, looks)
            )
    return drawn


@inlined
def _most(along_x, along_y):
    """The most that a weight with these slopes grows on the way to a pixel's samples."""
    least = (along_x + along_y) * _NEAREST
    return least + (max(along_x, np.float32(0)) + max(along_y, np.float32(0))) * _SPREAD
