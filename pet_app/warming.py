"""What a first visitor would otherwise wait for: models, compiled code, the pictures of a new shop.

`python -m pet_app.warming` makes it beside a shop that has its pages built meanwhile.
"""

import fcntl
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from sqlmodel import col, func, select

from pet_app import sections
from pet_app.core import db, offload, telemetry
from pet_app.core.errors import Problem
from pet_app.core.settings import settings
from pet_app.core.telemetry import log
from pet_app.messaging import queue
from pet_app.messaging.models import JobRow, JobState, OutboxRow

UNFINISHED = (JobState.READY, JobState.SENT, JobState.RUNNING)
PATIENCE_S = 180
LOOK_EVERY_S = 0.2
PICTURES = "pictures"


def build_models() -> None:
    """Build the models a first visitor meets."""
    for section in sections.load("ahead"):
        _make_ready(section.prepare)


def warm_up(*, wait_for_pictures: bool) -> None:
    """Build those models, and leave compiled code behind for next time.

    A shop that was just filled has pictures to render; this waits for them.
    """
    build_models()
    if wait_for_pictures or settings().is_production:
        # A picture has less time than compiling takes on a busy machine.
        for section in sections.load("ahead"):
            _make_ready(partial(offload.call, "picture", section.WARM, timeout=PATIENCE_S))
    if not wait_for_pictures or settings().redis_url:
        return
    log.info("rendering the pictures of the demonstration shop")
    queue.start_embedded()
    deadline = time.monotonic() + PATIENCE_S
    while _unfinished() and time.monotonic() < deadline:
        time.sleep(LOOK_EVERY_S)
    queue.stop_embedded()


def begin(*, wait_for_pictures: bool) -> subprocess.Popen[bytes]:
    """Warm up in a process of its own, while this one goes on."""
    words = [PICTURES] if wait_for_pictures else []
    with _lock().open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        # The lock is held as long as anybody has the file open, which from here on is that process.
        return subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "pet_app.warming", *words],
            pass_fds=[file.fileno()],
            stdin=subprocess.DEVNULL,
        )


def wait() -> None:
    """Wait for the end of what `begin` began, however it ended."""
    with _lock().open("w") as file:
        fcntl.flock(file, fcntl.LOCK_SH)


def _lock() -> Path:
    return settings().data_dir / "warming"


def _make_ready(ahead: Callable[[], object]) -> None:
    """Do what a first visitor would otherwise wait for; a shop opens without it as well."""
    try:
        ahead()
    except (offload.OffloadError, Problem) as error:
        log.warning("not made ahead", error=str(error))


def _unfinished() -> int:
    with db.reading() as session:
        events = select(func.count()).where(col(OutboxRow.fanned).is_(False))
        # What is made ahead of anybody's wish is made while the shop is open.
        wished = col(JobRow.priority) >= 0
        jobs = select(func.count()).where(col(JobRow.state).in_(UNFINISHED), wished)
        return session.exec(events).one() + session.exec(jobs).one()


if __name__ == "__main__":
    telemetry.configure()
    warm_up(wait_for_pictures=PICTURES in sys.argv)
