"""What happens before the first visitor: tables, demonstration shop, the queue."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from pet_app import demo, warming
from pet_app.core import db, offload
from pet_app.core.settings import settings
from pet_app.core.telemetry import log
from pet_app.messaging import queue


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


@asynccontextmanager
async def open_shop() -> AsyncIterator[None]:
    """The shop while it is open, its jobs worked off in this process unless there is Redis."""
    await asyncio.to_thread(prepare)
    await asyncio.to_thread(warming.wait)
    await asyncio.to_thread(warming.build_models)
    await asyncio.to_thread(queue.start_embedded)
    try:
        yield
    finally:
        await asyncio.to_thread(queue.stop_embedded)
        offload.close()
        db.close()
