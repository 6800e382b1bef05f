"""From saving a design to its picture in the open page, idle and behind a batch; and two workers.

The page is the listener a page has: it is told by the same signal and reads the same row.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from threading import Event

from pet_app.builder import service as builder
from pet_app.builder.design import Design
from pet_app.builder.pictures import PictureKind, topic
from pet_app.builder.tasks.pictures import ALBUM
from pet_app.core import db, offload
from pet_app.core.ids import new_id
from pet_app.core.security import Identity
from pet_app.core.settings import ROOT, settings
from pet_app.messaging import signal
from tests import servers
from tests.benchmarks.row import Row, compare
from tests.benchmarks.scratch import open_shop
from tests.builder.factory import make_design

SAVES = 50
BATCH = 1000
TOGETHER = 24
PATIENCE_S = 600
LOOK_S = 0.5

_number = count()


def rows() -> list[Row]:
    """Save to picture in both modes, idle and with a batch waiting; two children against one."""
    found: list[Row] = []
    try:
        for mode, opened in (("SQLite alone", open_shop), ("Postgres + Redis", _open_staffed)):
            with opened():
                _saves(3)
                idle = _saves(SAVES)
                _order(BATCH)
                busy = _saves(SAVES)
            found += [
                Row(f"save to picture, {mode}", *_median_ms(idle)),
                compare(f"behind {BATCH} others, {mode}", "ms", busy, "idle", idle),
            ]
    finally:
        servers.stop_all()
    one, two = (_together(children) for children in (1, 2))
    return [*found, compare(f"{TOGETHER} pictures, two workers", "ms", two, "one worker", one)]


def _median_ms(samples: list[float]) -> tuple[float, str]:
    return round(sorted(samples)[len(samples) // 2], 2), "ms"


def _design() -> Design:
    """A piece nobody has designed before, in a shape of its own."""
    number = next(_number)
    return make_design(girth_mm=560 + number % 300, neck_mm=380 + number // 300)


def _saves(number: int) -> list[float]:
    """Milliseconds from each click to the moment the page has read where its picture is."""
    identity = Identity(visitor="bench")
    samples = []
    for _ in range(number):
        design, changed = _design(), Event()
        key = design.content_key()
        # The page has judged every choice before anybody presses Save.
        builder.quote_of(design.to_dict())
        with signal.watching(topic(key), changed.set):
            started = time.perf_counter()
            with db.writing() as session:
                kept = builder.save_design(session, identity, design.to_dict(), "", new_id())
            while not _is_there(key):
                assert time.perf_counter() - started < PATIENCE_S
                changed.wait(LOOK_S)
                changed.clear()
            samples.append(1000 * (time.perf_counter() - started))
        with db.writing() as session:
            builder.delete_design(session, identity, kept.id)
    return samples


def _is_there(key: str) -> bool:
    with db.reading() as session:
        found = builder.picture_of(session, key)
    assert not found.reason, found.reason
    return found.is_settled


def _order(number: int) -> None:
    """Order pictures nobody waits for, and begin with them."""
    first = _design()
    colours = ("pine", "poppy", "marigold", "charcoal")
    with db.writing() as session:
        for turn in range(number):
            design = first if turn < len(colours) else _design()
            look = replace(design.look, colour=colours[turn % len(colours)])
            data = replace(design, look=look).to_dict()
            builder.want_picture(session, PictureKind.PHOTO, data, kept=True)


@contextmanager
def _open_staffed() -> Iterator[None]:
    """A shop on Postgres and Redis, whose pictures the worker processes make."""
    with open_shop(servers.postgres().create("bench_pictures")):
        os.environ["REDIS_URL"] = servers.valkey().url
        settings.cache_clear()
        command = [sys.executable, "-m"]
        workers = [
            subprocess.Popen([*command, f"workers.{name}"], cwd=ROOT)
            for name in ("relay", "previews")
        ]
        try:
            yield
        finally:
            for worker in workers:
                worker.terminate()
            for worker in workers:
                worker.wait()
            os.environ.pop("REDIS_URL")


def _together(children: int) -> list[float]:
    """How long a few pictures take, all ordered at once, with so many children at work."""
    offload.widen("batch", children)
    designs = [_design().to_dict() for _ in range(TOGETHER + 2 * children)]

    def make(data: dict[str, object]) -> None:
        order = "batch", ALBUM, (PictureKind.PHOTO,), data
        offload.call(*order, timeout=PATIENCE_S, on_one_core=True)

    with ThreadPoolExecutor(children) as pool:
        list(pool.map(make, designs[TOGETHER:]))
        started = time.perf_counter()
        list(pool.map(make, designs[:TOGETHER]))
        return [1000 * (time.perf_counter() - started)]
