"""One measured figure, and the way figures are taken: warm up, repeat, compare medians."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

MOST_WARM_UP = 3
"""Runs that do not count where others have come between."""


@dataclass(frozen=True)
class Row:
    """A figure and the alternative it was measured beside in the same run.

    `ratio` is how many times larger the alternative's median is: above one, ours is the smaller.
    """

    name: str
    median: float
    unit: str
    versus: str = ""
    ratio: float | None = None


def compare(
    name: str, unit: str, ours: list[float], versus: str, theirs: list[float], digits: int = 2
) -> Row:
    """The row of two lists of samples in the same unit."""
    mine, other = statistics.median(ours), statistics.median(theirs)
    return Row(name, round(mine, digits), unit, versus, float(f"{other / mine:.3g}"))


def timed_ms(work: Callable[[], object], repeats: int, warm_up: int = 1) -> list[float]:
    """How long each of `repeats` runs took, in milliseconds, after runs that do not count."""
    for _ in range(warm_up):
        work()
    samples = []
    for _ in range(repeats):
        started = time.perf_counter()
        work()
        samples.append(1000 * (time.perf_counter() - started))
    return samples


def by_turns_ms(
    works: dict[str, tuple[Callable[[], object], int]], rounds: int
) -> dict[str, list[float]]:
    """What `timed_ms` gives for each work and its repeats, all in turn, `rounds` times over.

    A machine that others use is now fast, now slow: in turn, ratios hold in spite of that.
    """
    samples: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, (work, repeats) in works.items():
            samples[name] += timed_ms(work, repeats, min(repeats, MOST_WARM_UP))
    return samples
