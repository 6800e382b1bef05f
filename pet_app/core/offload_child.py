"""The child of one lane: does what it is told until its parent is gone."""

import os
import pickle
import resource
import signal
import sys
import traceback
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Thread

from pet_app.core.errors import Problem
from pet_app.core.offload import Work, reporting, resolve, running_on


def main(descriptor: int) -> None:
    """Answer the calls that arrive on the inherited socket, one after the other."""
    # Ctrl-C reaches the whole terminal, and a machine that stops tells every process of a service;
    # only the parent decides when this one ends, so that work may come to its end first.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    os.nice(int(os.environ.get("OFFLOAD_NICENESS", "0")))
    if memory := int(os.environ.get("OFFLOAD_MEMORY_MB", "0")) << 20:
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    connection = Connection(descriptor)
    calls: SimpleQueue[Work] = SimpleQueue()
    Thread(target=_receive, args=(connection, calls), daemon=True).start()
    while True:
        answer = _work(connection, *calls.get())
        try:
            connection.send(answer)
        except (pickle.PicklingError, TypeError, AttributeError):
            connection.send(("failure", traceback.format_exc()))


def _receive(connection: Connection, calls: SimpleQueue[Work]) -> None:
    """Pass calls on; listening all the time is what notices, in mid-work, that the parent died."""
    try:
        while True:
            calls.put(connection.recv())
    except (EOFError, OSError):
        os._exit(0)


def _work(
    connection: Connection, target: str, args: tuple[object, ...], cores: int
) -> tuple[str, object]:
    try:
        with reporting(lambda stage: connection.send(("progress", stage))), running_on(cores):
            return "result", resolve(target)(*args)
    except Problem as problem:
        return "problem", problem
    except MemoryError:
        return "memory", traceback.format_exc()
    except Exception:
        return "failure", traceback.format_exc()


if __name__ == "__main__":
    main(int(sys.argv[1]))
