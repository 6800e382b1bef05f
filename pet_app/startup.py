"""What happens before the first visitor: tables, demonstration shop, pictures, the queue."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial

from sqlmodel import col, func, select

from pet_app import demo, sections
from pet_app.core import db, offload
from pet_app.core.errors import Problem
from pet_app.core.settings import settings
from pet_app.core.telemetry import log
from pet_app.messaging import queue
from pet_app.messaging.models import JobRow, JobState, OutboxRow

UNFINISHED = (JobState.READY, JobState.SENT, JobState.RUNNING)
PATIENCE_S = 180
LOOK_EVERY_S = 0.2


def prepare() -> bool:
    """Bring the tables up to date and fill an empty shop; several processes may do so at once.

    Whether this one filled it.
    """
    settings().data_dir.mkdir(parents=True, exist_ok=True)
    db.migrate()
    filled = demo.seed()
    if filled:
        log.info("filled the demonstration shop")
    return filled


def warm_up(*, wait_for_pictures: bool) -> None:
    """Build the models a first visitor meets, and leave compiled code behind for next time.

    A shop that was just filled has pictures to render; this waits for them.
    """
    ahead = sections.load("ahead")
    for section in ahead:
        _make_ready(section.prepare)
    if wait_for_pictures or settings().is_production:
        # A picture has less time than compiling takes on a busy machine.
        for section in ahead:
            _make_ready(partial(offload.call, "picture", section.WARM, timeout=PATIENCE_S))
    if not wait_for_pictures or settings().redis_url:
        return
    log.info("rendering the pictures of the demonstration shop")
    queue.start_embedded()
    deadline = time.monotonic() + PATIENCE_S
    while _unfinished() and time.monotonic() < deadline:
        time.sleep(LOOK_EVERY_S)
    queue.stop_embedded()


@asynccontextmanager
async def open_shop() -> AsyncIterator[None]:
    """The shop while it is open, its jobs worked off in this process unless there is Redis."""
    await asyncio.to_thread(prepare)
    for section in sections.load("ahead"):
        await asyncio.to_thread(_make_ready, section.prepare)
    await asyncio.to_thread(queue.start_embedded)
    try:
        yield
    finally:
        await asyncio.to_thread(queue.stop_embedded)
        offload.close()
        db.close()


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
