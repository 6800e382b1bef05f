"""Heavy work in child processes, so that the web process never loads what it needs.

Each lane has one child, or as many as a worker wants of it, started on first use and told to work
by the dotted name of a function. A child leaves when its parent is gone. A dead child is replaced
at the next call, after a pause that grows while one after the other dies at its work.
"""

import atexit
import contextvars
import importlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from queue import LifoQueue
from threading import Lock
from typing import Any, Literal

from pet_app.core.settings import ROOT

Lane = Literal["model", "picture", "batch", "workshop", "paper"]

Work = tuple[str, tuple[object, ...], int]
"""What a child is told: the function's dotted name, its arguments, how many cores; 0 is all."""

# A picture may take its time; whoever turns a knob is waiting for the model.
NICENESS: dict[Lane, int] = {"model": 0, "picture": 10, "batch": 15, "workshop": 5, "paper": 5}

MEMORY_MB: dict[Lane, int] = {"picture": 2048, "batch": 2048}
"""What a child of a lane may have of its own; what wants more fails, and the child is replaced."""

PAUSES_S = (0.0, 1.0, 2.0, 5.0, 10.0, 30.0)
"""How long the next start waits after so many children died in a row without an answer."""

CLOSING_S = 0.01
"""How long a call under way may take to notice that its child is gone before we end it again."""

_report: contextvars.ContextVar[Callable[[str], None] | None] = contextvars.ContextVar(
    "report", default=None
)
_cores: contextvars.ContextVar[int] = contextvars.ContextVar("cores", default=0)
_inline = False


class OffloadError(Exception):
    """The work failed in the child; the text holds the child's own traceback."""


class ChildDied(OffloadError):
    """The child ended before it answered; the next call starts another."""


class Closed(OffloadError):
    """This process is leaving and took its children along; the work is as good as before."""


class OutOfMemory(OffloadError):
    """The work wanted more memory than its lane has; the next call starts another child."""


class OffloadTimeout(OffloadError):
    """The work took too long and its child was ended."""


def call(
    lane: Lane,
    target: str,
    *args: object,
    on_progress: Callable[[str], None] | None = None,
    timeout: float = 60,
    at_first: float = 0,
    on_one_core: bool = False,
) -> Any:
    """Run the function named by `target` ("package.module:function") in the lane's child.

    Blocks, so call it from a thread; calls on one lane wait for a free child. `timeout` counts the
    seconds of work alone; until the lane has given a first answer they are at least `at_first`, for
    what a machine has yet to compile. Work that nobody waits for runs `on_one_core`: several
    children get no more done on more, and what somebody waits for finds one free. Raises the
    child's `Problem` as it is, `OffloadError` for any other failure, `ChildDied`, `Closed`,
    `OutOfMemory` and `OffloadTimeout`.
    """
    if _inline:
        with reporting(on_progress):
            return resolve(target)(*args)
    found = _lanes[lane]
    patience = timeout if found.has_answered else max(timeout, at_first)
    return found.call((target, args, int(on_one_core)), on_progress, patience)


def widen(lane: Lane, children: int) -> None:
    """Let so many calls on a lane run at once, each in a child of its own."""
    _lanes[lane].widen(children)


def progress(stage: str) -> None:
    """Tell the caller of the running work which stage it has reached; silent when none asked."""
    report = _report.get()
    if report is not None:
        report(stage)


def cores() -> int:
    """On how many cores the running work may run."""
    if given := _cores.get():
        return given
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def inline() -> None:
    """From now on run the work in this process, as worker processes do."""
    global _inline
    _inline = True


def close() -> None:
    """End every child; a call under way fails with `Closed`."""
    for lane in _lanes.values():
        lane.close()


def resolve(target: str) -> Callable[..., Any]:
    """The function that `target` names, imported now."""
    module, _, name = target.partition(":")
    return getattr(importlib.import_module(module), name)


@contextmanager
def reporting(report: Callable[[str], None] | None) -> Iterator[None]:
    """Send what the work within says of its progress to `report`."""
    token = _report.set(report)
    try:
        yield
    finally:
        _report.reset(token)


@contextmanager
def running_on(number: int) -> Iterator[None]:
    """Let the work within run on so many cores; 0 is all there are."""
    token = _cores.set(number)
    try:
        yield
    finally:
        _cores.reset(token)


class _Lane:
    """The children of one lane; the one that worked last is the warmest, so it works next."""

    def __init__(self, name: Lane) -> None:
        self._name: Lane = name
        self._children: list[_Child] = []
        self._free: LifoQueue[_Child] = LifoQueue()
        self.has_answered = False
        self.widen(1)

    def widen(self, children: int) -> None:
        while len(self._children) < children:
            self._children.append(_Child(self._name))
            self._free.put(self._children[-1])

    def call(self, work: Work, on_progress: Callable[[str], None] | None, timeout: float) -> Any:
        child = self._free.get()
        try:
            found = child.call(work, on_progress, timeout)
            self.has_answered = True
            return found
        finally:
            self._free.put(child)

    def close(self) -> None:
        for child in self._children:
            child.close()

    def abandoned(self) -> "_Lane":
        """A lane like this for a process that was forked from the one it belongs to."""
        for child in self._children:
            child.abandon()
        fresh = _Lane(self._name)
        fresh.widen(len(self._children))
        return fresh


class _Child:
    """One process, its connection, and the lock that keeps it while a call is under way."""

    def __init__(self, lane: Lane) -> None:
        self.lane: Lane = lane
        self.lock = Lock()
        self.process: subprocess.Popen[bytes] | None = None
        self.connection: Connection | None = None
        self.deaths = 0
        self.closing = False

    def call(self, work: Work, on_progress: Callable[[str], None] | None, timeout: float) -> Any:
        target, *_ = work
        with self.lock:
            if self.closing:
                raise Closed(f"the {self.lane} child was ended before {target}")
            connection = self._connected()
            try:
                connection.send(work)
                what, value = self._answer(connection, target, on_progress, timeout)
            except (EOFError, ConnectionError) as error:
                self._end()
                if self.closing:
                    raise Closed(f"the {self.lane} child was ended during {target}") from error
                self.deaths += 1
                raise ChildDied(f"the {self.lane} child ended during {target}") from error
            except BaseException:
                # Its next message would belong to this call: such a child cannot be used again.
                self._end()
                raise
            self.deaths = 0
            if what == "memory":
                # What it could not finish still lies about in it.
                self._end()
                raise OutOfMemory(value)
        if what == "result":
            return value
        raise value if what == "problem" else OffloadError(value)

    def _answer(
        self,
        connection: Connection,
        target: str,
        on_progress: Callable[[str], None] | None,
        timeout: float,
    ) -> tuple[str, Any]:
        deadline = time.monotonic() + timeout
        while connection.poll(max(0.0, deadline - time.monotonic())):
            what, value = connection.recv()
            if what != "progress":
                return what, value
            if on_progress is not None:
                on_progress(value)
        raise OffloadTimeout(f"{target} took longer than {timeout:g} s")

    def close(self) -> None:
        # Whoever waits for an answer holds the lock, and lets go when the child is gone.
        self.closing = True
        while not self.lock.acquire(timeout=CLOSING_S):
            if (process := self.process) is not None:
                process.kill()
        self._end()
        self.deaths, self.closing = 0, False
        self.lock.release()

    def _connected(self) -> Connection:
        if self.process is not None and self.process.poll() is not None:
            self._end()
        if self.connection is None:
            time.sleep(PAUSES_S[min(self.deaths, len(PAUSES_S)) - 1] if self.deaths else 0)
            self.connection = self._start()
        return self.connection

    def _start(self) -> Connection:
        ours, theirs = socket.socketpair()
        path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", "pet_app.core.offload_child", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                env=os.environ
                | {
                    "PYTHONPATH": path,
                    "OFFLOAD_NICENESS": str(NICENESS[self.lane]),
                    "OFFLOAD_MEMORY_MB": str(MEMORY_MB.get(self.lane, 0)),
                },
            )
        return Connection(ours.detach())

    def abandon(self) -> None:
        """Let go of a child that belongs to the process this one was forked from."""
        if self.connection is not None:
            self.connection.close()
        if self.process is not None:
            # The parent will wait for it; here it must not look like a child nobody waited for.
            self.process.returncode = 0

    def _end(self) -> None:
        if self.connection is not None:
            self.connection.close()
        if self.process is not None:
            self.process.kill()
            self.process.wait()
        self.connection = self.process = None


_lanes: dict[Lane, _Lane] = {name: _Lane(name) for name in NICENESS}
atexit.register(close)


def _forked() -> None:
    for name, lane in list(_lanes.items()):
        _lanes[name] = lane.abandoned()


# A copy of the connection in a fork would keep a child from noticing that its parent died.
os.register_at_fork(after_in_child=_forked)
