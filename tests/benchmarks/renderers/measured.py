"""How every renderer is measured: start to first picture, then new cameras, then new colours."""

import json
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import psutil
from PIL import Image

from pet_app.core.settings import ROOT

FOLDER = ROOT / "build" / "bench" / "renderers"
REPEATS = 9
WARM_UP = 2
TURN_DEG = 7.0
"""How far the camera goes on between two pictures, so that none can be kept."""


@dataclass(frozen=True)
class Taken:
    """What one renderer took: medians per picture, and its peaks.

    `first_ms` is from the start of its process to its first picture.
    """

    name: str
    first_ms: float
    camera_ms: float
    camera_cpu_ms: float
    colour_ms: float | None
    colour_cpu_ms: float | None
    peak_mb: float


def cpu_s() -> float:
    """CPU seconds of this process and its children, their threads too."""
    total = 0.0
    for one in (psutil.Process(), *psutil.Process().children(recursive=True)):
        try:
            spent = one.cpu_times()
            total += spent.user + spent.system
        except psutil.NoSuchProcess:
            continue
    return total


def peak_mb() -> float:
    """The most memory this process has held, and what its children hold now."""
    # `ru_maxrss` would be the parent's, from before this process was what it is.
    status = Path("/proc/self/status").read_text("utf-8")
    own = int(status.split("VmHWM:")[1].split()[0]) / 1024
    return own + sum(
        child.memory_info().rss / 2**20 for child in psutil.Process().children(recursive=True)
    )


def medians(
    work: Callable[[int], object], repeats: int = REPEATS, warm_up: int = WARM_UP
) -> tuple[float, float]:
    """Median wall time and mean CPU time of `work(number)` in milliseconds, warmed up."""
    for number in range(warm_up):
        work(number)
    walls, before = [], cpu_s()
    for number in range(warm_up, warm_up + repeats):
        started = time.perf_counter()
        work(number)
        walls.append(1000 * (time.perf_counter() - started))
    # The kernel counts CPU time of other processes in hundredths: the mean of many is exact enough.
    return statistics.median(walls), 1000 * (cpu_s() - before) / repeats


def since_start_ms() -> float:
    """How long this process has been running, to a hundredth of a second.

    Both by the clock that runs since the machine started: when that was is known to a second only.
    """
    began = int(Path("/proc/self/stat").read_text("utf-8").rpartition(")")[2].split()[19])
    return 1000 * (time.clock_gettime(time.CLOCK_BOOTTIME) - began / os.sysconf("SC_CLK_TCK"))


def finish(taken: Taken, pixels: np.ndarray) -> None:
    """Leave the picture, uint8 (h, w, 3), and say what it took."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.ascontiguousarray(pixels)).save(picture_of(taken.name))
    print(json.dumps(asdict(taken)))


def picture_of(name: str) -> Path:
    """Where a renderer left its picture."""
    return FOLDER / f"{name.replace(', ', '-').replace(' ', '-')}.png"
