"""Work for a child process to do, told by its dotted name."""

import os
import signal
import sys
import time
from pathlib import Path
from threading import Lock
from typing import Any

from pet_app.core import offload
from pet_app.core.errors import Invalid


def double(number: int) -> int:
    """Twice the number, in two stages."""
    offload.progress("taking it")
    offload.progress("doubling it")
    return 2 * number


def process() -> int:
    """The process this runs in."""
    return os.getpid()


def cores() -> int:
    """On how many cores this may run."""
    return offload.cores()


def meet(folder: str, number: int) -> int:
    """Wait until so many have come to the folder; the process this runs in."""
    Path(folder, str(os.getpid())).touch()
    while len(list(Path(folder).iterdir())) < number:
        time.sleep(0.01)
    return os.getpid()


def hoard() -> int:
    """Ask for more memory than any lane has."""
    return len(bytes(1 << 40))


def loaded(module: str) -> bool:
    """Whether the child has loaded a module."""
    return module in sys.modules


def refuse() -> None:
    """Fail in a way the visitor can be told of."""
    raise Invalid("Too narrow.", {"width_mm": "At least 10 mm."})


def stumble() -> None:
    """Fail in a way that is our fault."""
    raise RuntimeError("over my own feet")


def unsendable() -> Any:
    """Return what no pipe can carry."""
    return Lock()


def die() -> None:
    """End this process as the system would when memory runs out."""
    os.kill(os.getpid(), signal.SIGKILL)


def hold(path: str, seconds: float) -> None:
    """Say in a file which process this is, then take a long time."""
    Path(path).write_text(str(os.getpid()))
    time.sleep(seconds)
