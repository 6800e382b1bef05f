"""Between which points of the lattice fragments lie.

Tables that lead to each other are asked block by block, each for all fragments before the next: so
many of its answers are on their way at once, and what is arithmetic between them is done for many
fragments at a time.
"""

import numpy as np

from pet_app.builder.render.compiled import compiled, streaming
from pet_app.builder.render.gather import BLOCK, claim
from pet_app.builder.render.lattice import APEX, FIRST, ROWS

ZERO, HALF, ONE, TINY = (np.float32(value) for value in (0, 0.5, 1, 1e-9))

# Rows of the working blocks.
TOP, STEPS, AT, ABOVE, BELOW, AFTER = range(6)
DOWN, ALONG, NEAR, FAR = range(4)


@compiled
def locate(layout, rows, entries, face, bary, around, between, mark):
    """Which four points each fragment lies between, and where; marks them.

    layout, rows, entries: see `Lattice`. around: int32 (k, 4), two points of the row above and two
    of the row below. between: float32 (k, 3), how far it is from row to row, and from one to the
    other in either. mark: bool (points,).
    """
    one = np.uint64(1)
    corners, ways = around.reshape(-1), between.reshape(-1)
    whole, parts = np.zeros((6, BLOCK), np.int32), np.zeros((4, BLOCK), np.float32)
    for start in range(0, len(face), BLOCK):
        count = np.uint64(min(BLOCK, len(face) - start))
        for place in range(start, start + BLOCK, 4):
            claim(corners, np.uint64(4 * place))  # pyright: ignore[reportCallIssue]
            claim(ways, np.uint64(3 * place))  # pyright: ignore[reportCallIssue]
        _find_faces(layout, face[start:], bary[start:], count, whole, parts)
        _find_rows(whole, parts)
        for each in range(count):
            at = np.uint64(whole[AT, each])
            whole[ABOVE, each], whole[BELOW, each] = rows[at], rows[at + one]
            whole[AFTER, each] = rows[at + one + one]
        _find_entries(whole, parts)
        for each in range(count):
            fragment = np.uint64(start) + each
            above, below = np.uint64(whole[ABOVE, each]), np.uint64(whole[BELOW, each])
            around[fragment, 0], around[fragment, 1] = entries[above], entries[above + one]
            around[fragment, 2], around[fragment, 3] = entries[below], entries[below + one]
            between[fragment, 0] = parts[DOWN, each]
            between[fragment, 1], between[fragment, 2] = parts[NEAR, each], parts[FAR, each]
            for corner in range(np.uint64(4)):
                mark[np.uint64(around[fragment, corner])] = True


@compiled
def locate_nearest(layout, rows, entries, face, bary, nearest, mark):
    """Which point is nearest to each fragment, int32 (k,) `nearest`; marks them."""
    one = np.uint64(1)
    whole, parts = np.zeros((6, BLOCK), np.int32), np.zeros((4, BLOCK), np.float32)
    for start in range(0, len(face), BLOCK):
        count = np.uint64(min(BLOCK, len(face) - start))
        _find_faces(layout, face[start:], bary[start:], count, whole, parts)
        _find_nearest_row(whole, parts)
        for each in range(count):
            at = np.uint64(whole[AT, each])
            whole[ABOVE, each], whole[BELOW, each] = rows[at], rows[at + one]
        _find_nearest_entry(whole, parts)
        for each in range(count):
            point = entries[np.uint64(whole[ABOVE, each])]
            nearest[np.uint64(start) + each] = point
            mark[np.uint64(point)] = True


@streaming
def _find_faces(layout, face, bary, count, whole, parts):
    """How rows lie on each fragment's face, and its place there, as shares of its height and of its
    width where the fragment is."""
    for each in range(count):
        own = layout[np.uint64(face[each])]
        whole[TOP, each], whole[STEPS, each], whole[AT, each] = own[APEX], own[ROWS], own[FIRST]
        parts[NEAR, each], parts[FAR, each] = bary[each, 0], bary[each, 1]
    for each in range(BLOCK):
        top, b, c = whole[TOP, each], parts[NEAR, each], parts[FAR, each]
        a = ONE - b - c
        first = b if top == 0 else c if top == 1 else a
        second = c if top == 0 else a if top == 1 else b
        down = min(max(first + second, ZERO), ONE)
        parts[DOWN, each] = down
        parts[ALONG, each] = min(max(second / max(down, TINY), ZERO), ONE)


@streaming
def _find_rows(whole, parts):
    for each in range(BLOCK):
        steps = whole[STEPS, each]
        down = parts[DOWN, each] * np.float32(steps)
        row = min(np.int32(down), np.int32(steps - 1))
        parts[DOWN, each] = down - np.float32(row)
        whole[AT, each] += row


@streaming
def _find_nearest_row(whole, parts):
    for each in range(BLOCK):
        whole[AT, each] += np.int32(parts[DOWN, each] * np.float32(whole[STEPS, each]) + HALF)


@streaming
def _find_entries(whole, parts):
    nothing, one = np.int32(0), np.int32(1)
    for each in range(BLOCK):
        above, below, after = whole[ABOVE, each], whole[BELOW, each], whole[AFTER, each]
        near, far = np.int32(below - above - one), np.int32(after - below - one)
        first, second = parts[ALONG, each] * np.float32(near), parts[ALONG, each] * np.float32(far)
        i = max(min(np.int32(first), np.int32(near - one)), nothing)
        j = min(np.int32(second), np.int32(far - one))
        whole[ABOVE, each], whole[BELOW, each] = above + i, below + j
        parts[NEAR, each], parts[FAR, each] = first - np.float32(i), second - np.float32(j)


@streaming
def _find_nearest_entry(whole, parts):
    for each in range(BLOCK):
        along = parts[ALONG, each] * np.float32(whole[BELOW, each] - whole[ABOVE, each] - 1)
        whole[ABOVE, each] += np.int32(along + HALF)
