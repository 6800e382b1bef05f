"""A cutting plan as it leaves the workshop's child: its figures, and the files to cut by."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
"""The date in a file whose maker gives none: the same design is then the same file."""


@dataclass(frozen=True)
class Order:
    """One design to cut: the number it goes by, what its owner calls it, and its plain values."""

    number: str
    name: str
    data: dict[str, Any]


@dataclass(frozen=True)
class Left:
    """An order that is not in the plan, and why."""

    number: str
    name: str
    reason: str


@dataclass(frozen=True)
class Figures:
    """What a plan comes to, in mm, beside cutting in turn and first-fit decreasing.

    `gap` is how much of the waste a better plan could save at most, as a share of it.
    """

    orders: int
    cuts: int
    rolls: int
    pieces: int
    used_mm: int
    bought_mm: int
    kept_mm: int
    waste_mm: int
    one_by_one_mm: int
    first_fit_mm: int
    gap: float
    seconds: float

    @property
    def share(self) -> float:
        """The waste beside that of cutting in turn; 1 when that has none."""
        return self.waste_mm / self.one_by_one_mm if self.one_by_one_mm else 1.0


@dataclass(frozen=True)
class Planned:
    """A plan with its files."""

    figures: Figures
    left: tuple[Left, ...]
    pdf: bytes
    csv: str
