"""How a leash lies on a table: coiled on its edge from the middle, both ends led out.

In the plane every stretch is a row of edges, each with a length and a heading, so that its length
is exact however it winds. Both arms of the coil leave the middle, half a turn apart, and widen by
the same pitch, so that they never meet.
"""

from dataclasses import dataclass

import numpy as np

STEP = np.radians(8.0)
"""An edge turns by at most this."""

STRAIGHT_STEP_MM = 16.0

LEAST_LONG_MM = 26.0
"""What an oval coil is longer than a round one."""

MOST_HALF_TURNS = 14


@dataclass(frozen=True, eq=False)
class Edges:
    """A row of edges in the plane: lengths in mm and headings in radians, float64 (n,)."""

    lengths: np.ndarray
    headings: np.ndarray

    def reversed(self) -> "Edges":
        """The same way walked backwards."""
        return Edges(self.lengths[::-1], self.headings[::-1] + np.pi)

    def turned(self, angle: float) -> "Edges":
        return Edges(self.lengths, self.headings + angle)

    @property
    def length(self) -> float:
        return float(self.lengths.sum())


NOTHING = Edges(np.zeros(0), np.zeros(0))


def joined(*rows: Edges) -> Edges:
    return Edges(
        np.concatenate([row.lengths for row in rows]),
        np.concatenate([row.headings for row in rows]),
    )


def straight(
    length_mm: float, heading: float, bend: float = 0.0, step_mm: float = STRAIGHT_STEP_MM
) -> Edges:
    """A straight stretch, or one that turns evenly by `bend` in all."""
    count = max(2, int(np.ceil(max(length_mm / step_mm, abs(bend) / STEP))))
    shares = (np.arange(count) + 0.5) / count
    return Edges(np.full(count, length_mm / count), heading + bend * shares)


@dataclass(frozen=True)
class Winding:
    """A coil of two arms, all in mm: `inner` is how wide its first half turn is, `pitch` how far
    one pass lies from the next, `long` how much longer than round it is. An arm makes
    `half_turns`; the first one `extra` radians more, away from the rest."""

    inner_mm: float
    pitch_mm: float
    long_mm: float
    half_turns: int
    extra: float

    def arm(self, extra: float = 0.0) -> Edges:
        """From the middle outwards, turning left, heading 0 at first."""
        last = self.half_turns * np.pi + extra
        count = int(np.ceil(last / STEP))
        turn = np.linspace(0.0, last, count + 1)
        return Edges(np.diff(self._way(turn)), (turn[1:] + turn[:-1]) / 2)

    def length_mm(self) -> float:
        """Of both arms together."""
        ends = np.array([self.half_turns * np.pi, self.half_turns * np.pi + self.extra])
        return float(self._way(ends).sum())

    def _way(self, turn: np.ndarray) -> np.ndarray:
        """How long an arm is after turning by so much."""
        half = np.maximum(np.floor(turn / np.pi + 1e-9), 1.0)
        own = np.where(turn < np.pi, 0.5, 1.0) * (self.inner_mm * turn + self.long_mm * _side(turn))
        first = 0.5 * (self.inner_mm * np.pi + self.long_mm * _side(np.array(np.pi)))
        # Each half turn is wider than the last by one pitch and begins on a long side.
        grown = np.pi * (half - 1) ** 2 / 2 + (half - 0.5) * np.maximum(turn - half * np.pi, 0.0)
        over = np.maximum(turn - self.half_turns * np.pi, 0.0)
        peel = self.pitch_mm * over**2
        return own - np.where(turn < np.pi, 0.0, first) + self.pitch_mm * grown + peel


def _side(turn: np.ndarray) -> np.ndarray:
    """The integral of cos^4 from 0."""
    return 3 * turn / 8 + np.sin(2 * turn) / 4 + np.sin(4 * turn) / 32


def wind(length_mm: float, inner_mm: float, pitch_mm: float, extra: float) -> Winding:
    """The coil with the most turns, and still oval, whose arms are this long together.

    A leash too short for that makes one half turn on each side, the last without `extra`.
    """
    found = Winding(inner_mm, pitch_mm, 0.0, 1, 0.0)
    found = _lengthened(found, length_mm)
    for half_turns in range(1, MOST_HALF_TURNS + 1):
        tried = _lengthened(Winding(inner_mm, pitch_mm, 0.0, half_turns, extra), length_mm)
        wanted = LEAST_LONG_MM + 0.45 * pitch_mm * half_turns
        if tried.long_mm < wanted:
            break
        found = tried
    return found


def _lengthened(round_one: Winding, length_mm: float) -> Winding:
    """The same made oval until it is as long as wanted; the length grows evenly with it."""
    least = round_one.length_mm()
    by_one = Winding(
        round_one.inner_mm, round_one.pitch_mm, 1.0, round_one.half_turns, round_one.extra
    )
    long_mm = (length_mm - least) / (by_one.length_mm() - least)
    return Winding(
        round_one.inner_mm, round_one.pitch_mm, long_mm, round_one.half_turns, round_one.extra
    )


def drop(half_mm: float, gap_mm: float) -> Edges:
    """A loop like a drop: it leaves along heading 0 and comes back beside itself.

    `half_mm` is the way to its tip, `gap_mm` from where it leaves to where it arrives, leftwards.
    """
    share = np.linspace(0.0, 1.0, 25)
    middle = (share[1:] + share[:-1]) / 2
    low, high = 0.0, 1.4
    for _ in range(40):
        opening = (low + high) / 2
        rise = half_mm * np.diff(share) @ np.sin(_opened(middle, opening))
        low, high = (opening, high) if rise > gap_mm / 2 else (low, opening)
    there = Edges(half_mm * np.diff(share), _opened(middle, (low + high) / 2))
    back = Edges(there.lengths[::-1], np.pi - there.headings[::-1])
    return joined(there, back)


def _opened(share: np.ndarray, opening: float) -> np.ndarray:
    """The heading along the first half of a drop."""
    away = np.clip(share / 0.3, 0.0, 1.0)
    around = np.clip((share - 0.3) / 0.7, 0.0, 1.0)
    return -opening * away**2 * (3 - 2 * away) + (np.pi / 2 + opening) * around**1.25


def arch(length_mm: float, base_mm: float) -> Edges:
    """A bow that leaves along heading 0 and comes down again in line, `base_mm` further on."""
    share = np.linspace(0.0, 1.0, 33)
    middle = (share[1:] + share[:-1]) / 2
    shape = np.sin(2 * np.pi * middle) * (1 + 0.35 * np.sin(np.pi * middle))
    low, high = 0.0, 2.2
    for _ in range(40):
        steep = (low + high) / 2
        reach = length_mm * np.diff(share) @ np.cos(steep * shape)
        low, high = (steep, high) if reach > base_mm else (low, steep)
    return Edges(length_mm * np.diff(share), (low + high) / 2 * shape)


def walked(edges: Edges) -> tuple[np.ndarray, np.ndarray]:
    """Points (n + 1, 2) from the origin along edges, and the heading at each of them."""
    steps = edges.lengths[:, None] * np.stack(
        [np.cos(edges.headings), np.sin(edges.headings)], axis=1
    )
    points = np.concatenate([np.zeros((1, 2)), np.cumsum(steps, axis=0)])
    unwrapped = np.unwrap(edges.headings)
    share = edges.lengths[:-1] / (edges.lengths[:-1] + edges.lengths[1:])
    between = unwrapped[:-1] * (1 - share) + unwrapped[1:] * share
    first = unwrapped[0] - (between[0] - unwrapped[0] if len(between) else 0.0)
    last = unwrapped[-1] + (unwrapped[-1] - between[-1] if len(between) else 0.0)
    return points, np.concatenate([[first], between, [last]])
