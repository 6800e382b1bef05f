"""What every worker process does: start, wait for SIGTERM or SIGINT, stop cleanly."""

import signal
from collections.abc import Mapping
from threading import Event

from pet_app.core import db, offload, telemetry
from pet_app.core.migration import is_whole
from pet_app.core.settings import settings
from pet_app.messaging import presence
from pet_app.messaging.bus import Queue, load_reactions
from pet_app.messaging.clock import Clock
from pet_app.messaging.queue import Consumer, leave, send
from pet_app.messaging.relay import Relay
from pet_app.messaging.runner import Heartbeat


def consume(threads: Mapping[Queue, int], lanes: Mapping[offload.Lane, int] | None = None) -> None:
    """Carry out the jobs of these queues, each with so many threads, until told to stop.

    Heavy work is done in this process, or where `lanes` are named, in so many children of each:
    a child can be ended when a job takes too long, and what kills it kills only that job.
    """
    stopping = _prepare()
    if lanes is None:
        offload.inline()
    for lane, children in (lanes or {}).items():
        offload.widen(lane, children)
    heartbeat = Heartbeat()
    consumers = [Consumer(queue, number) for queue, number in threads.items()]
    stopping.wait()
    leave(consumers)
    heartbeat.stop()
    presence.leave()


def relay() -> None:
    """Move events and jobs to the broker until told to stop."""
    stopping = _prepare()
    relaying = Relay(send)
    relaying.start()
    stopping.wait()
    relaying.stop()


def keep_time() -> None:
    """Order periodic work until told to stop."""
    stopping = _prepare()
    clock = Clock()
    clock.start()
    stopping.wait()
    clock.stop()


def _prepare() -> Event:
    telemetry.configure()
    if settings().redis_url is None:
        raise SystemExit("Workers of their own need REDIS_URL; without it the site does the work.")
    stopping = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    db.migrate()
    if not is_whole():
        raise SystemExit("Workers do the work of all sections; start them without PET_SECTIONS.")
    load_reactions()
    return stopping
