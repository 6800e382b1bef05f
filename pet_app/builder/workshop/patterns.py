"""Cutting patterns of one roll: how often each size is cut from a length, and what that wastes."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from pet_app.builder.workshop.cutting import Cut, Piece, Remnant, Stock

BOUGHT_WEIGHT = 1e-6
"""Of two plans that waste the same, the one that buys less; too small to outweigh a millimetre."""


@dataclass(frozen=True)
class Source:
    """A length that pieces can have: bought as often as wanted, or `count` times on the shelf."""

    length_mm: int
    bought: bool
    count: int | None = None


@dataclass(frozen=True)
class Pattern:
    """How often each size is cut from one piece of a source."""

    source: int
    counts: tuple[int, ...]


class Roll:
    """One roll's cuts as a cutting stock problem: `sizes` with kerf, and how many are `wanted`."""

    def __init__(self, cuts: Sequence[Cut], stock: Stock, shelf: Sequence[Remnant]) -> None:
        counted = Counter(cut.length_mm + stock.kerf_mm for cut in cuts)
        self.stock = stock
        self.name = cuts[0].roll
        self.sizes = np.array(sorted(counted, reverse=True))
        self.wanted = np.array([counted[int(size)] for size in self.sizes])
        lying = Counter(piece.length_mm for piece in shelf if piece.roll == self.name)
        self.sources = [
            *(Source(length, bought=True) for length in stock.lengths_mm),
            *(Source(length, bought=False, count=times) for length, times in sorted(lying.items())),
        ]
        self.patterns: dict[Pattern, float] = {}

    def add(self, pattern: Pattern) -> bool:
        """Take up a pattern; whether it is new."""
        if pattern in self.patterns:
            return False
        left = self.left_mm(pattern)
        scrap = left if left < self.stock.remnant_mm else 0
        self.patterns[pattern] = self.opening(self.sources[pattern.source]) + scrap
        return True

    def add_piece(self, piece: Piece) -> None:
        """Take up a piece of another plan as a pattern."""
        at = {int(size): index for index, size in enumerate(self.sizes)}
        counts = [0] * len(self.sizes)
        for cut in piece.cuts:
            counts[at[cut.length_mm + self.stock.kerf_mm]] += 1
        source = next(
            index
            for index, source in enumerate(self.sources)
            if (source.length_mm, source.bought) == (piece.length_mm, piece.bought)
        )
        self.add(Pattern(source, tuple(counts)))

    def opening(self, source: Source) -> float:
        """What it costs to begin a piece: nothing is wasted yet, but buying is the last resort."""
        return BOUGHT_WEIGHT * source.length_mm * source.bought

    def left_mm(self, pattern: Pattern) -> int:
        """What stays at the end of a piece cut so."""
        room = self.sources[pattern.source].length_mm
        return room - int(np.array(pattern.counts) @ self.sizes)

    def matrices(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Cost (p,), sizes × patterns, and limits × patterns (as in `limits`)."""
        cost = np.array(list(self.patterns.values()))
        made = np.array([pattern.counts for pattern in self.patterns], float).T
        limited = np.zeros((len(self.sources) - len(self.stock.lengths_mm) + 1, len(cost)))
        for column, pattern in enumerate(self.patterns):
            source = self.sources[pattern.source]
            if source.bought:
                limited[-1, column] = source.length_mm
            else:
                limited[pattern.source - len(self.stock.lengths_mm), column] = 1
        return cost, made, limited

    def limits(self, bought_mm: int) -> np.ndarray:
        """How often each length on the shelf may be used; at last how much may be bought."""
        counts = [source.count for source in self.sources if not source.bought]
        return np.array([*counts, bought_mm], float)

    def add_all(self, most: int) -> bool:
        """Take up every pattern there is; False, and only some, if there are more than `most`."""
        for index, source in enumerate(self.sources):
            for counts in self._fillings(source.length_mm):
                self.add(Pattern(index, counts))
                if len(self.patterns) > most:
                    return False
        return True

    def _fillings(self, room_mm: int) -> Iterator[tuple[int, ...]]:
        """Every way to fill a room, but for the empty one."""
        sizes, wanted = self.sizes.tolist(), self.wanted.tolist()
        none: tuple[int, ...] = (0,) * len(sizes)
        stack: list[tuple[tuple[int, ...], int, int]] = [(none, 0, room_mm)]
        while stack:
            begun, first, left = stack.pop()
            for at in range(first, len(sizes)):
                for count in range(1, min(wanted[at], left // sizes[at]) + 1):
                    filled = (*begun[:at], count, *none[at + 1 :])
                    yield filled
                    stack.append((filled, at + 1, left - count * sizes[at]))

    def fullest(self, worth: np.ndarray, source: Source) -> list[tuple[float, Pattern]]:
        """The best patterns of a source, each with its worth less the scrap it leaves.

        One that uses the length up to scrap, and one that leaves a remnant to keep: knapsacks over
        millimetres, bounded by what is wanted.
        """
        room, keep = source.length_mm, self.stock.remnant_mm
        index = self.sources.index(source)
        found = []
        full, taken = self._knapsack(worth + self.sizes, room)
        first = max(0, room - keep + 1)
        at = first + int(np.argmax(full[first:]))
        if np.isfinite(full[at]):
            found.append((float(full[at]) - room, self._counts(taken, at)))
        if room >= keep:
            kept, taken = self._knapsack(worth, room - keep)
            at = int(np.argmax(kept))
            found.append((float(kept[at]), self._counts(taken, at)))
        return [(gain, Pattern(index, counts)) for gain, counts in found if any(counts)]

    def fill_by_chance(self, bought_mm: int, dice: np.random.Generator) -> list[Pattern]:
        """Fill pieces one after the other, each as exactly as what is left to cut allows.

        Takes up the patterns and gives them; empty if that takes more than may be bought.
        """
        used: list[Pattern] = []
        left = self.wanted.copy()
        shelf = [index for index, source in enumerate(self.sources) if not source.bought]
        order = [index for index in shelf for _ in range(self.sources[index].count or 0)]
        order = list(dice.permutation(order))
        while left.any():
            if order:
                index = int(order.pop())
            else:
                affordable = [
                    index
                    for index, source in enumerate(self.sources)
                    if source.bought and source.length_mm <= bought_mm
                ]
                if not affordable:
                    return []
                index = int(dice.choice(affordable))
                bought_mm -= self.sources[index].length_mm
            room = self.sources[index].length_mm
            if int(left @ self.sizes) <= room - self.stock.remnant_mm:
                counts = left.copy()
            else:
                # Equal fillings are many; a little luck chooses another among them each time.
                worth = self.sizes + dice.random(len(self.sizes))
                value, taken = self._knapsack(worth, room, left)
                counts = np.array(self._counts(taken, int(np.argmax(value))))
            if counts.any():
                used.append(Pattern(index, tuple(counts.tolist())))
                self.add(used[-1])
                left -= counts
        return used

    def _knapsack(
        self, worth: np.ndarray, room_mm: int, available: np.ndarray | None = None
    ) -> tuple[np.ndarray, list[tuple[int, int, np.ndarray]]]:
        """The most worth of cuts that take up each length exactly, and how it came about."""
        best = np.full(room_mm + 1, -np.inf)
        best[0] = 0.0
        taken: list[tuple[int, int, np.ndarray]] = []
        available = self.wanted if available is None else available
        for at, (size, value) in enumerate(zip(self.sizes, worth, strict=True)):
            left = min(int(available[at]), room_mm // int(size))
            bundle = 1
            while left:
                # Bundles of 1, 2, 4… stand for every number up to the one wanted.
                many = min(bundle, left)
                weight = many * int(size)
                with_it = best[:-weight] + many * value
                gains = np.zeros(room_mm + 1, bool)
                gains[weight:] = with_it > best[weight:]
                best[weight:] = np.maximum(best[weight:], with_it)
                taken.append((at, many, gains))
                left -= many
                bundle *= 2
        return best, taken

    def _counts(self, taken: list[tuple[int, int, np.ndarray]], length_mm: int) -> tuple[int, ...]:
        counts = [0] * len(self.sizes)
        for at, many, gains in reversed(taken):
            if gains[length_mm]:
                counts[at] += many
                length_mm -= many * int(self.sizes[at])
        return tuple(counts)
