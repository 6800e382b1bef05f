"""One hint carried out: take up the job, run its reaction, note how it ended."""

import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from http import HTTPStatus
from threading import Event, Lock, Thread
from time import monotonic, sleep

from dramatiq.middleware import Interrupt

from pet_app.core import offload
from pet_app.core.errors import Problem, Unavailable
from pet_app.core.telemetry import log
from pet_app.messaging import presence
from pet_app.messaging.bus import EVENTS, REACTIONS
from pet_app.messaging.job import LEASE, Fenced, Job, NotNow, begin, renew

RENEW_S = LEASE.total_seconds() / 3
PATIENCE_S = 60.0
AGAIN_S = 0.2
SETTLED_S = 0.02
UNKNOWN_DELAY = timedelta(seconds=5)

_running: set[str] = set()
_lock = Lock()


def carry_out(job_id: str, attempt: int) -> None:
    """Run the reaction a hint names; a stale hint does nothing, and no error leaves here."""
    try:
        job = begin(job_id, attempt, presence.mine())
        if job is not None:
            with _renewed(job.id):
                _react(job)
    except Fenced:
        log.info("job fenced", job=job_id, attempt=attempt)
    except Unavailable as error:
        # Its lease will end, and another hint will follow.
        log.warning("job left", job=job_id, attempt=attempt, error=str(error.__cause__))


def _react(job: Job) -> None:
    reaction, event = REACTIONS.get(job.kind), EVENTS.get(job.event_name)
    if reaction is None or event is None:
        job.postpone(UNKNOWN_DELAY)
        return
    try:
        reaction.react(event.from_payload(job.payload), job)
        if not job.applied:
            with job.apply():
                pass
    except Fenced:
        raise
    except NotNow as reason:
        job.postpone(reason.delay)
    except offload.Closed:
        # This process is told to stop, which is no fault of the job: the next one begins it anew.
        job.postpone(timedelta())
    except Problem as problem:
        again = problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR
        _failed(job, f"{type(problem).__name__}: {problem.detail}", retry=again)
    except (Exception, Interrupt):
        _failed(job, traceback.format_exc(), retry=True)


def _failed(job: Job, error: str, *, retry: bool) -> None:
    log.warning("job failed", job=job.id, kind=job.kind, failures=job.failures + 1, error=error)
    deadline = monotonic() + PATIENCE_S
    while not job.applied:
        try:
            job.fail(error, retry=retry)
            return
        except Unavailable:
            # The database may be what failed; once it is back, the job need not wait for its lease.
            if monotonic() > deadline:
                raise
            sleep(AGAIN_S)


def settle(within_s: float) -> None:
    """Wait until this process runs no job any more, for so long at most."""
    deadline = monotonic() + within_s
    while _running and monotonic() < deadline:
        sleep(SETTLED_S)


class Heartbeat:
    """The thread that prolongs the leases of what this process is running."""

    def __init__(self, renewing: Callable[[list[str], str], None] = renew) -> None:
        self._stopping = Event()
        self._renew = renewing
        self._thread = Thread(target=self._run, name="heartbeat", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread."""
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopping.wait(RENEW_S):
            with _lock:
                running = sorted(_running)
            if running:
                try:
                    self._renew(running, presence.mine())
                except Exception as error:
                    log.warning("leases not renewed", error=str(error))


@contextmanager
def _renewed(job_id: str) -> Iterator[None]:
    with _lock:
        _running.add(job_id)
    try:
        yield
    finally:
        with _lock:
            _running.discard(job_id)
