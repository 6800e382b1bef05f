"""Places on the floor in a grid, and averages over those with nothing between them.

Each place looks along its own few directions; neighbours together have looked everywhere.
"""

from dataclasses import dataclass

import numpy as np

from pet_app.builder.render import embree
from pet_app.builder.render.compiled import compiled, streaming
from pet_app.builder.render.embree import occluded16
from pet_app.builder.render.ground import ACROSS
from pet_app.builder.render.packet import FAR
from pet_app.builder.render.scene import Scene
from pet_app.builder.render.threads import side_by_side

RIM = 0.4
"""The share of the map's margin round the piece in which shadow runs out."""

LEAST = 8
"""Rows that one thread takes at least."""

CLEAR_MM = 0.3
"""Places stand apart when something is between them at this height."""

SIDE, NEXT, HALF = np.float32(0.125), np.float32(0.25), np.float32(0.5)
"""Shares of the second and of the first neighbour, and of a place itself, in averages: those that
together look everywhere count alike."""


@dataclass(frozen=True, eq=False)
class Grid:
    """What n × n places see, rows along z.

    free: unsigned (n, n), a bit for each free way. four: whether four by four neighbours share out
    the ways, or two by two. joined: uint8 (2, n, n), whether nothing stands
    between a place and the next one along z, and along x. known: float32 (n, n), 1 over the share
    of a place's neighbours that can tell, 0 where none can. wider: the same for those that have
    such neighbours. gaps: int32 (g, 2), row and column of places that know nothing. fade: float32
    (2, n), lets shadow run out along rows and columns, but not beneath the piece: no edge shows.
    """

    free: np.ndarray
    four: bool
    joined: np.ndarray
    known: np.ndarray
    wider: np.ndarray
    gaps: np.ndarray
    fade: np.ndarray

    def evened(self, values: np.ndarray) -> np.ndarray:
        """Averages over neighbours that see each other; values are 0 where there are none."""
        return _spread(values, self.joined, self.four) * self.known

    def smooth(self, values: np.ndarray) -> np.ndarray:
        """Averages of what `evened` gave."""
        return _spread(values, self.joined, self.four) * self.wider


def grid(scene: Scene, place: np.ndarray, free: np.ndarray, told: np.ndarray, four: bool) -> Grid:
    """told: float32 (n, n), the share of its rays by which each place can tell what it sees."""
    joined = np.empty((2, *free.shape), np.uint8)

    def look_along(first: int, last: int) -> None:
        _join(*scene.tree.tools(), first, last, place, joined)

    side_by_side(len(free), LEAST, look_along)
    share = _spread(told, joined, four)
    known = np.where(share > 0, 1 / np.maximum(share, np.float32(1e-6)), np.float32(0))
    wider = 1 / np.maximum(_spread((known > 0).astype(np.float32), joined, four), np.float32(1e-6))
    gaps = np.argwhere(known == 0).astype(np.int32)
    return Grid(free, four, joined, known, wider, gaps, _fade(scene, place, len(free)))


def _fade(scene: Scene, place: np.ndarray, count: int) -> np.ndarray:
    sides = []
    texels = np.arange(count) * (ACROSS / count)
    for axis, start, scale in ((2, place[1], place[3]), (0, place[0], place[2])):
        margin = (scene.vertices[:-1, axis].min() - start) * scale
        inwards = np.minimum(np.minimum(texels, texels[::-1]) / (RIM * margin), 1)
        sides.append(inwards * inwards * (3 - 2 * inwards))
    return np.array(sides, np.float32)


@compiled
def _join(handle, packet, numbers, valid, first_row, last_row, place, joined):
    """Look from each place along the floor to the next ones."""
    count, half = joined.shape[1], embree.PACKET // 2
    wide, deep = place[2] * count / ACROSS, place[3] * count / ACROSS
    for ray in range(embree.PACKET):
        packet[1, ray], packet[4 if ray % 2 else 6, ray] = place[4] + CLEAR_MM, 1
    for row in range(first_row, last_row):
        for column in range(0, count, half):
            for ray in range(embree.PACKET):
                packet[0, ray] = place[0] + (column + ray // 2 + 0.5) / wide
                packet[2, ray] = place[1] + (row + 0.5) / deep
                packet[FAR, ray] = 1 / wide if ray % 2 else 1 / deep
            occluded16(valid.ctypes.data, handle, packet.ctypes.data, 0)
            for ray in range(embree.PACKET):
                beyond = (row if ray % 2 == 0 else column + ray // 2) == count - 1
                joined[ray % 2, row, column + ray // 2] = packet[FAR, ray] >= 0 and not beyond


def _spread(values: np.ndarray, joined: np.ndarray, four: bool) -> np.ndarray:
    """A symmetric kernel run along both axes, only as far as nothing stands in between."""
    return over_four(values, joined) if four else over_two(values, joined)


@streaming
def over_four(values, joined):
    """Averages in which four neighbours in a row count alike, whichever they are."""
    both, last, none = np.empty_like(values), len(values) - 1, np.float32(0)
    below, beside = joined[0], joined[1]
    # Nothing lies beyond the two ends of a row.
    down, links = np.zeros(last + 5, np.float32), np.zeros(last + 5, np.float32)
    for row in range(last + 1):
        a, b, c, d = min(row + 1, last), min(row + 2, last), max(row - 1, 0), max(row - 2, 0)
        for column in range(last + 1):
            one = np.float32(below[row, column])
            two = one * np.float32(below[a, column])
            back = np.float32(below[c, column]) if row > 0 else none
            further = back * np.float32(below[d, column]) if row > 1 else none
            near = values[row, column] + one * values[a, column] + back * values[c, column]
            down[2 + column] = NEXT * near + SIDE * (
                two * values[b, column] + further * values[d, column]
            )
            links[2 + column] = beside[row, column]
        for column in range(last + 1):
            back, one = links[1 + column], links[2 + column]
            near = down[2 + column] + back * down[1 + column] + one * down[3 + column]
            both[row, column] = NEXT * near + SIDE * (
                links[column] * back * down[column] + one * links[3 + column] * down[4 + column]
            )
    return both


@streaming
def over_two(values, joined):
    """Averages in which two neighbours in a row count alike, whichever they are."""
    both, last, none = np.empty_like(values), len(values) - 1, np.float32(0)
    below, beside = joined[0], joined[1]
    down, links = np.zeros(last + 3, np.float32), np.zeros(last + 3, np.float32)
    for row in range(last + 1):
        a, c = min(row + 1, last), max(row - 1, 0)
        for column in range(last + 1):
            back = np.float32(below[c, column]) if row > 0 else none
            near = np.float32(below[row, column]) * values[a, column] + back * values[c, column]
            down[1 + column] = HALF * values[row, column] + NEXT * near
            links[1 + column] = beside[row, column]
        for column in range(last + 1):
            near = links[column] * down[column] + links[1 + column] * down[2 + column]
            both[row, column] = HALF * down[1 + column] + NEXT * near
    return both
