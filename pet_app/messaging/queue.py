"""Dramatiq as the carrier of hints: in this process's memory, or over Redis.

SQL owns retries and delays, so Dramatiq's own are never used. Each queue has a broker of its own,
and so threads of its own: a long render never holds up a mail.
"""

from collections.abc import Sequence
from functools import lru_cache
from threading import Lock, Thread
from typing import cast, get_args

import dramatiq
from dramatiq.brokers.redis import RedisBroker
from dramatiq.brokers.stub import StubBroker
from dramatiq.middleware import Middleware, TimeLimit

from pet_app.core import offload
from pet_app.core.migration import is_whole
from pet_app.core.settings import settings
from pet_app.messaging import presence
from pet_app.messaging.bus import Queue, load_reactions
from pet_app.messaging.clock import Clock
from pet_app.messaging.relay import Relay
from pet_app.messaging.runner import Heartbeat, carry_out, settle

QUEUES: tuple[Queue, ...] = get_args(Queue)
ACTOR = "carry_out"
TIME_LIMIT_MS = 600_000
GRACE_MS = 8_000
HAND_BACK_S = 1.0
LETTERS_AT_ONCE = 2

# By default a message of a killed worker comes again only after 961 s.
HEARTBEAT_TIMEOUT_MS = 15_000
MAINTENANCE_CHANCE = 100_000

# How long an idle consumer sleeps: in memory it is woken, in Redis it has to look.
IDLE_MS = 200
IDLE_REDIS_MS = 50


class Consumer:
    """The threads of one process that carry out the hints of one queue."""

    def __init__(self, queue: Queue, threads: int) -> None:
        found = broker(queue)
        idle = IDLE_REDIS_MS if isinstance(found, RedisBroker) else IDLE_MS
        # The time limit's own thread begins here; without it no limit is ever enforced.
        found.emit_after("process_boot")
        self._worker = dramatiq.Worker(found, worker_threads=threads, worker_timeout=idle)
        self._worker.start()

    def stop(self) -> None:
        """Let what runs come to its end for some seconds, then leave it to the next process."""
        self._worker.stop(timeout=GRACE_MS)


def leave(consumers: Sequence[Consumer]) -> None:
    """Stop them all, within the grace of one; what still runs in a child then is handed back."""
    stopping = [Thread(target=consumer.stop) for consumer in consumers]
    for thread in stopping:
        thread.start()
    for thread in stopping:
        thread.join()
    offload.close()
    settle(HAND_BACK_S)


class Embedded:
    """Relay, consumers and clock within the site's own process."""

    def __init__(self) -> None:
        load_reactions()
        self._heartbeat = Heartbeat()
        self._consumers = [
            Consumer("default", settings().worker_threads),
            Consumer("letters", LETTERS_AT_ONCE),
            Consumer("previews", 1),
            Consumer("batch", 1),
        ]
        self._relay = Relay(send, holder=presence.mine())
        self._relay.start()
        self._clock = Clock()
        self._clock.start()

    def stop(self) -> None:
        """Stop cleanly: what is not done is taken up again by the next process."""
        self._clock.stop()
        self._relay.stop()
        leave(self._consumers)
        self._heartbeat.stop()
        presence.leave()
        forget_brokers()


_embedded: Embedded | None = None
_lock = Lock()


def start_embedded() -> None:
    """Start relay and consumers in this process, unless others do the work: those beside Redis,
    or the main site, which shares this database and knows more of it."""
    global _embedded
    with _lock:
        if _embedded is None and settings().redis_url is None and is_whole():
            _embedded = Embedded()


def stop_embedded() -> None:
    """Stop what `start_embedded` started."""
    global _embedded
    with _lock:
        found, _embedded = _embedded, None
    if found is not None:
        found.stop()


def send(queue: str, job_id: str, attempt: int) -> None:
    """Hand a hint to the broker: attempt number `attempt` at this job may begin."""
    broker(cast(Queue, queue)).get_actor(ACTOR).send(job_id, attempt)


@lru_cache
def broker(queue: Queue) -> dramatiq.Broker:
    """This process's broker for one queue, knowing the one actor there is."""
    middleware: list[Middleware] = [TimeLimit(time_limit=TIME_LIMIT_MS)]
    url = settings().redis_url
    made = (
        StubBroker(middleware=middleware)
        if url is None
        else RedisBroker(
            url=url,
            middleware=middleware,
            heartbeat_timeout=HEARTBEAT_TIMEOUT_MS,
            maintenance_chance=MAINTENANCE_CHANCE,
        )
    )
    dramatiq.actor(actor_name=ACTOR, queue_name=queue, broker=made)(carry_out)
    return made


def forget_brokers() -> None:
    """Close the brokers; the next use opens what the settings then name."""
    for queue in QUEUES if broker.cache_info().currsize else ():
        broker(queue).close()
    broker.cache_clear()
