"""What is kept between pictures: scenes, frames and exposures, by what they were made from.

A new camera reuses the scene and its tree, a new material the frame, a new colour the exposure.
"""

from collections.abc import Callable, Hashable
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

import numpy as np

MOST_BYTES = 28_000_000
"""A picture of 800 pixels takes 25 to 60 MB with its scene, a third to half of it the scene."""

LAST = 3
"""The last piece stays whatever it takes, until there is another: its scene, its frame and its
exposure."""


V = TypeVar("V")


class Cache:
    """Values by key; those unused the longest go when all together take more than `most_bytes`."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.most_bytes = most_bytes
        self._values: dict[Hashable, Any] = {}

    def of(self, key: Hashable, make: Callable[[], V]) -> V:
        """The value kept under a key, or a new one; `key` names all that it is made from."""
        value = self._values.pop(key, None)
        new = value is None
        if value is None:
            value = make()
        self._values[key] = value
        while new and len(self._values) > LAST and self.bytes() > self.most_bytes:
            del self._values[next(iter(self._values))]
        return value

    def make_room(self) -> None:
        """Before another piece is made: where all together take too much, the last one goes too."""
        while self._values and self.bytes() > self.most_bytes:
            del self._values[next(iter(self._values))]

    def bytes(self) -> int:
        """The memory that all values take; what several of them share counts once."""
        held: dict[int, int] = {}
        for value in self._values.values():
            _weigh(value, held)
        return sum(held.values())

    def __len__(self) -> int:
        return len(self._values)


def _weigh(value: object, held: dict[int, int]) -> None:
    """Add what a value holds on to: arrays, and what else knows its size, by identity."""
    if isinstance(value, np.ndarray) and isinstance(value.base, np.ndarray):
        value = value.base
    size = getattr(value, "nbytes", None)
    if isinstance(size, int):
        held[id(value)] = size
    elif isinstance(value, dict):
        for one in value.values():
            _weigh(one, held)
    elif is_dataclass(value):
        for field in fields(value):
            _weigh(getattr(value, field.name), held)


kept = Cache()
"""This process's."""
