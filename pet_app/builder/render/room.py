"""Working memory that a process keeps from picture to picture: fresh memory costs page faults."""

import ctypes
import mmap
import threading
from functools import cache
from math import prod

import numpy as np

LINE = 64
"""Bytes to a line of memory."""

HELD = 32 << 20
"""Bytes that the C library keeps for the next array before it gives them back by itself."""

TRIM_THRESHOLD, MMAP_THRESHOLD = -1, -3
"""What `mallopt` calls the two sizes from which on memory is given back at once."""

_kept = threading.local()


def give_back() -> None:
    """Give the system back what is free between arrays; where the C library cannot, nothing."""
    trim = _in_c_library("malloc_trim")
    if trim:
        trim(0)


def hold() -> None:
    """Keep the memory of one picture's large arrays for those of the next, until `give_back`."""
    tune = _in_c_library("mallopt")
    if tune:
        tune(MMAP_THRESHOLD, HELD)
        tune(TRIM_THRESHOLD, HELD)


@cache
def _in_c_library(name: str):
    return getattr(ctypes.CDLL(None), name, None)


def of(name: str, shape: tuple[int, ...], kind: type[np.generic]) -> np.ndarray:
    """An array to work in, whose values are left over from whatever came before.

    The next call with the same name in this thread gets the same memory.
    """
    arrays: dict[str, np.ndarray] = vars(_kept)
    count = prod(shape)
    array = arrays.get(name)
    if array is None or len(array) < count or array.dtype != kind:
        array = arrays[name] = fresh((count,), kind)
    return array[:count].reshape(shape)


def lined(shape: tuple[int, ...], kind: type[np.generic]) -> np.ndarray:
    """An array that begins with a line of memory, so that no vector of its rows lies on two."""
    size = prod(shape) * np.dtype(kind).itemsize
    raw = np.empty(size + LINE, np.uint8)
    first = -raw.ctypes.data % LINE
    return raw[first : first + size].view(kind).reshape(shape)


def fresh(shape: tuple[int, ...], kind: type[np.generic]) -> np.ndarray:
    """An array of zeros that takes memory only where it is written to, and gives it back at once.

    What numpy gives may lie where something else was: then it takes all of it.
    """
    count = prod(shape)
    size = max(count * np.dtype(kind).itemsize, 1)
    pages = mmap.mmap(-1, size, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    return np.frombuffer(pages, kind, count).reshape(shape)


hold()
