"""Compiled loops run in parts side by side, on as many cores as the running work may use."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar

from pet_app.core.offload import cores

V = TypeVar("V")

TURNS = 4
"""Parts for each thread: the one that is done early takes another."""


def side_by_side(rows: int, least: int, work: Callable[[int, int], V]) -> list[V]:
    """What `work(first, last)` gives for parts of range(rows), in their order.

    No part is shorter than `least`. `work` runs in several threads at once: what it writes to is
    its own, as are its packet and its rows of an array, and no row may depend on another, for
    where the parts end is up to the machine.
    """
    threads = cores()
    count = max(min(TURNS * threads, rows // least), 1) if threads > 1 else 1
    ends = [rows * part // count for part in range(count + 1)]
    found: dict[int, V] = {}
    waiting = iter(range(count))

    def take_turns() -> None:
        for part in waiting:
            found[part] = work(ends[part], ends[part + 1])

    helpers = [_pool().submit(take_turns) for _ in range(min(threads, count) - 1)]
    take_turns()
    for helper in helpers:
        # One that never got a core has nothing left to do.
        if not helper.cancel():
            helper.result()
    return [found[part] for part in range(count)]


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(os.cpu_count() or 1, "render")


# Threads stay behind when a process forks.
os.register_at_fork(after_in_child=_pool.cache_clear)
