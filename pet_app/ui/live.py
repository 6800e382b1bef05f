"""Signals into open pages: a background event waits here and reads the truth afresh."""

import asyncio
from collections.abc import AsyncIterator

from pet_app.messaging import signal

LOOK_EVERY_S = 5.0
"""Signals may be lost; so look now and then without one."""

LONGEST_WAIT_S = 180.0


async def changes(topic: str, longest_s: float = LONGEST_WAIT_S) -> AsyncIterator[None]:
    """Yield at once, then whenever `topic` may have changed, and end after `longest_s` seconds.

    The listening begins before the first yield, so nothing falls between reading and waiting.
    """
    loop = asyncio.get_running_loop()
    ends = loop.time() + longest_s
    async with signal.listen(topic) as changed:
        while True:
            yield
            left = ends - loop.time()
            if left <= 0:
                return
            await changed.wait(min(LOOK_EVERY_S, left))
