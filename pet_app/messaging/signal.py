"""A word that something changed, to open pages and to the relay; what changed is read afresh.

Always within the process, and to every process over Redis when there is one. Signals may be lost
or come twice, so listeners also look from time to time.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from threading import Event, Lock, Thread
from typing import Any

from redis.exceptions import RedisError
from sqlalchemy import event
from sqlalchemy.orm import Session

from pet_app.core.ids import new_id
from pet_app.core.redis import redis
from pet_app.core.telemetry import log

CHANNEL = "pet:changed"
PENDING = "signals"
RECONNECT_S = 1.0
LISTEN_S = 1.0

_listeners: dict[str, set[Callable[[], object]]] = {}
_lock = Lock()
_process = f"{os.getpid()}-{new_id()}"


class _Subscription:
    """The thread that hears other processes."""

    def __init__(self) -> None:
        self.stopping = Event()
        self.thread = Thread(target=self._run, name="signals", daemon=True)
        self.thread.start()

    def stop(self) -> None:
        self.stopping.set()
        # A word of our own ends the wait for others'.
        send("")
        self.thread.join(LISTEN_S * 3)

    def _run(self) -> None:
        while not self.stopping.is_set():
            try:
                self._listen()
            except (RedisError, OSError) as error:
                log.warning("signals interrupted", error=str(error))
                self.stopping.wait(RECONNECT_S)

    def _listen(self) -> None:
        client = redis()
        if client is None:
            return
        with client.pubsub(ignore_subscribe_messages=True) as channel:
            channel.subscribe(CHANNEL)
            # The first answer confirms it: from here on nothing is missed.
            channel.get_message(timeout=LISTEN_S)
            # What was said while nobody listened is lost, so everyone looks once.
            for topic in list(_listeners):
                _tell(topic)
            while not self.stopping.is_set():
                message = channel.get_message(timeout=LISTEN_S)
                if message is not None:
                    process, _, topic = message["data"].decode().partition(" ")
                    if process != _process:
                        _tell(topic)


_subscription: _Subscription | None = None


def send(topic: str) -> None:
    """Tell every listener of `topic` that it changed; never raises. May wait for Redis."""
    _tell(topic)
    client = redis()
    if client is not None:
        try:
            client.publish(CHANNEL, f"{_process} {topic}")
        except RedisError as error:
            log.warning("signal not sent", topic=topic, error=str(error))


def after_commit(session: Session, topic: str) -> None:
    """Send `topic` once this transaction is committed, and not at all if it is rolled back."""
    session.info.setdefault(PENDING, set()).add(topic)


class Changed:
    """What `listen` gives: waits for the next signal."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def set(self) -> None:
        """Note a signal."""
        self._event.set()

    async def wait(self, timeout: float | None = None) -> bool:
        """Wait for a signal sent since the last wait; False when `timeout` seconds passed first."""
        try:
            await asyncio.wait_for(self._event.wait(), timeout)
        except TimeoutError:
            return False
        self._event.clear()
        return True


@asynccontextmanager
async def listen(topic: str) -> AsyncIterator[Changed]:
    """Hear of `topic` on this event loop, from the moment of entering."""
    loop = asyncio.get_running_loop()
    changed = Changed()
    with watching(topic, lambda: loop.call_soon_threadsafe(changed.set)):
        yield changed


@contextmanager
def watching(topic: str, callback: Callable[[], object]) -> Iterator[None]:
    """Call `callback`, which must be quick, from any thread, whenever `topic` is sent."""
    with _lock:
        _listeners.setdefault(topic, set()).add(callback)
    # Only then: a subscription begins with one word to whoever listens.
    _subscribe()
    try:
        yield
    finally:
        with _lock:
            _listeners[topic].discard(callback)
            if not _listeners[topic]:
                del _listeners[topic]


def close() -> None:
    """Stop hearing other processes; the next listener starts anew."""
    global _subscription
    with _lock:
        found, _subscription = _subscription, None
    if found is not None:
        found.stop()


def _subscribe() -> None:
    global _subscription
    with _lock:
        if _subscription is None and redis() is not None:
            _subscription = _Subscription()


def _tell(topic: str) -> None:
    with _lock:
        callbacks = list(_listeners.get(topic, ()))
    for callback in callbacks:
        try:
            callback()
        except RuntimeError:
            # The loop of that page has closed; its listener is about to leave.
            continue


def _committed(session: Session) -> None:
    # A savepoint's end is not yet the end: others cannot see what it wrote.
    if session.in_nested_transaction():
        return
    for topic in session.info.pop(PENDING, ()):
        send(topic)


def _rolled_back(session: Session, _previous: Any) -> None:
    if not session.in_nested_transaction():
        session.info.pop(PENDING, None)


def _forked() -> None:
    global _lock, _process, _subscription
    _lock, _subscription = Lock(), None
    _process = f"{os.getpid()}-{new_id()}"
    _listeners.clear()


# Under its parent's name a fork would take the parent's words for its own.
os.register_at_fork(after_in_child=_forked)

event.listen(Session, "after_commit", _committed)
event.listen(Session, "after_soft_rollback", _rolled_back)
