"""What points see, weighed by the lamps and by where the camera stands.

Points go through in blocks: what is arithmetic is done for many at a time.
"""

from math import sqrt

import numpy as np

from pet_app.builder.render.aims import CELLS, PACKETS, RAYS
from pet_app.builder.render.along import SUMS, look
from pet_app.builder.render.compiled import compiled, streaming
from pet_app.builder.render.gather import BLOCK, LANES, columns_of_16, fetch, rows
from pet_app.builder.render.light import KEY, REST
from pet_app.builder.render.outlook import TOLD

FREE, LIT, BOUNCE, OTHERS, GLOSS, SHOWN, TWICE, FINE = range(8)
"""The columns of `Reached.light`."""

COLUMNS = 8

MOST_AGAIN = np.float32(0.9)
"""Even a white piece loses some light each time."""

AHEAD = 32
"""So many points before its turn what a point sees is brought near."""

ZERO, ONE, TWO, LITTLE, OVER_RAYS = (np.float32(value) for value in (0, 1, 2, 1e-5, 1 / RAYS))

# Where each row of the working block begins.
X, Y, Z, NX, NY, NZ, WHOLE, WHOLE_KEY, TELL = range(0, 9 * BLOCK, BLOCK)
FREE_REST, FREE_KEY, FREE_BROAD, FREE_CLOSE = range(9 * BLOCK, 13 * BLOCK, BLOCK)
FLOOR_REST, FLOOR_BROAD, FLOOR_CLOSE = range(13 * BLOCK, 16 * BLOCK, BLOCK)
HIDDEN, MET, BROAD, BROAD_REST, CLOSE_REST = range(16 * BLOCK, 21 * BLOCK, BLOCK)
DIM, BY_BODY, BY_OTHERS, FLOOR_TOLD = range(25 * BLOCK, 29 * BLOCK, BLOCK)
BODY_BACK, OTHERS_BACK, AGAIN_BACK, PIECE_TOLD = range(29 * BLOCK, 33 * BLOCK, BLOCK)
BODY_SHOWN, OTHERS_SHOWN, _, ASKED = range(33 * BLOCK, 37 * BLOCK, BLOCK)
FOUND = 41 * BLOCK
WORK = 41 + COLUMNS


@compiled
def weigh(
    aim, kinds, met, free_of, shining, whole, axes, lobes, table, eye, places, wanted, found, told
):
    """Fill rows of `found`, float32 (wanted, COLUMNS), and `told`, 1 for each that is not buried;
    returns what the piece throws back on these points, once and a second time.

    aim, kinds, met, free_of: see `Transfer`. shining, whole: see `Shining`. axes, lobes: see
    `aims`. table: float32 (rows, 4) of all that rays meet, flat: of the floor, what comes past the
    piece and what body and others throw there; of the piece, what body and others throw back, and
    what of it comes back a second time; last, 1. places: see `Lattice`.
    """
    work, sums, aims = rows(WORK), rows(SUMS), np.zeros(BLOCK, np.uint64)
    first = np.arange(0, SUMS * BLOCK, SUMS).astype(np.int32)
    second = first + np.int32(LANES)
    seen, hits, bright, ways = (
        kinds.reshape(-1),
        met.reshape(-1),
        shining.reshape(-1),
        lobes.reshape(-1),
    )
    once = twice = ZERO
    for start in range(0, len(wanted), BLOCK):
        points = wanted[start : start + BLOCK]
        _take(points, aim, free_of, whole, places, aims, told[start:], work)
        _mirror(eye, work)
        for each in range(np.uint64(len(points))):
            _ahead(seen, hits, wanted, start + np.int64(each) + AHEAD)
            own, to = aims[each], axes[aims[each]]
            x, y, z = (
                work[np.uint64(X) + each],
                work[np.uint64(Y) + each],
                work[np.uint64(Z) + each],
            )
            look(  # pyright: ignore[reportCallIssue]  the compiler gives the first
                *(seen, hits, np.uint64(points[each]), bright, own, ways, own // np.uint64(CELLS)),
                x * to[0, 0] + y * to[0, 1] + z * to[0, 2],
                x * to[1, 0] + y * to[1, 1] + z * to[1, 2],
                x * to[2, 0] + y * to[2, 1] + z * to[2, 2],
                *(table, sums, each * np.uint64(SUMS)),
            )
        for each in range(0, BLOCK, LANES):
            columns_of_16(  # pyright: ignore[reportCallIssue]
                *(sums, first, np.uint64(each), work, np.uint64(FREE_REST + each))
            )
            columns_of_16(  # pyright: ignore[reportCallIssue]
                *(sums, second, np.uint64(each), work, np.uint64(DIM + each))
            )
        back, again = _sum(work, len(points))
        _lay(work, found[start : start + len(points)])
        once += back
        twice += again
    return once, twice


@compiled
def _ahead(seen, hits, wanted, place):
    """Bring near what a point sees that comes later."""
    point = np.uint64(wanted[np.uint64(min(place, len(wanted) - 1))])
    fetch(hits, point * np.uint64(TOLD))  # pyright: ignore[reportCallIssue]
    fetch(seen, point * np.uint64(2 * PACKETS))  # pyright: ignore[reportCallIssue]


@streaming
def _take(points, aim, free_of, whole, places, aims, told, work):
    """What is known of each point in a block, as rows."""
    for each in range(np.uint64(len(points))):
        point = np.uint64(points[each])
        own = np.uint64(aim[point])
        aims[each] = own
        for column in range(np.uint64(6)):
            work[column * np.uint64(BLOCK) + each] = places[point, column]
        work[np.uint64(WHOLE) + each] = whole[own, REST]
        work[np.uint64(WHOLE_KEY) + each] = whole[own, KEY]
        told[each] = work[np.uint64(TELL) + each] = np.float32(free_of[point])


@streaming
def _mirror(eye, work):
    """The mirrored direction of the view, in the place of each point."""
    eye_x, eye_y, eye_z = eye[0], eye[1], eye[2]
    for each in range(BLOCK):
        nx, ny, nz = work[NX + each], work[NY + each], work[NZ + each]
        x, y, z = work[X + each] - eye_x, work[Y + each] - eye_y, work[Z + each] - eye_z
        scale = ONE / sqrt(x * x + y * y + z * z)
        x, y, z = x * scale, y * scale, z * scale
        twofold = TWO * (x * nx + y * ny + z * nz)
        work[X + each], work[Y + each] = x - twofold * nx, y - twofold * ny
        work[Z + each] = z - twofold * nz


@streaming
def _sum(work, count):
    once = twice = ZERO
    for each in range(count):
        told, bare = work[FLOOR_TOLD + each], work[FLOOR_REST + each]
        # What was not asked is as what was.
        scale = ONE / told if told > ZERO else ZERO
        dim = scale * work[DIM + each] if told > ZERO else ONE
        free = work[FREE_REST + each] + dim * bare
        gloss = work[FREE_BROAD + each] + dim * work[FLOOR_BROAD + each]
        fine = work[FREE_CLOSE + each] + dim * work[FLOOR_CLOSE + each]
        scale *= bare
        body, others = scale * work[BY_BODY + each], scale * work[BY_OTHERS + each]
        scale = work[MET + each] / max(work[PIECE_TOLD + each], ONE)
        back, beside = scale * work[BODY_BACK + each], scale * work[OTHERS_BACK + each]
        more = scale * work[AGAIN_BACK + each]
        once += back + beside
        twice += more
        body += back
        others += beside
        shown = work[BODY_SHOWN + each] + work[OTHERS_SHOWN + each]
        shown *= work[HIDDEN + each] / max(work[ASKED + each] * work[BROAD + each], LITTLE)
        key, tell = work[WHOLE_KEY + each], work[TELL + each]
        lit = work[FREE_KEY + each] / max(key, LITTLE) if key > LITTLE else ONE
        own = FOUND + each
        work[own + FREE * BLOCK] = tell * free / max(work[WHOLE + each], LITTLE)
        work[own + LIT * BLOCK] = tell * lit
        work[own + BOUNCE * BLOCK] = tell * body * OVER_RAYS
        work[own + OTHERS * BLOCK] = tell * others * OVER_RAYS
        work[own + GLOSS * BLOCK] = tell * gloss / max(work[BROAD_REST + each], LITTLE)
        work[own + SHOWN * BLOCK] = tell * shown
        work[own + TWICE * BLOCK] = tell * min(more / max(body + others, LITTLE), MOST_AGAIN)
        work[own + FINE * BLOCK] = tell * fine / max(work[CLOSE_REST + each], LITTLE)
    return once, twice


@streaming
def _lay(work, found):
    for each in range(np.uint64(len(found))):
        for column in range(np.uint64(COLUMNS)):
            found[each, column] = work[np.uint64(FOUND) + column * np.uint64(BLOCK) + each]
