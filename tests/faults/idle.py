"""What a shop has still to do, and waiting until that is nothing."""

from collections.abc import Callable
from time import monotonic, sleep

from sqlmodel import col, func, select

from pet_app.core import db
from pet_app.messaging.models import JobRow, JobState, OutboxRow

LOOK_EVERY_S = 0.1


def waiting() -> int:
    """How many events and jobs have not come to their end."""
    ends = (JobState.DONE, JobState.CANCELLED, JobState.DEAD)
    with db.reading() as session:
        unfanned = select(func.count()).where(col(OutboxRow.fanned).is_(False))
        undone = select(func.count()).where(col(JobRow.state).not_in(ends))
        return session.exec(unfanned).one() + session.exec(undone).one()


def wait_until_idle(within_s: float, also_left: Callable[[], int] = lambda: 0) -> None:
    """Wait until every event and job has come to its end; and first, what is `also_left`."""
    wait_until_none(within_s, lambda: also_left() + waiting())


def wait_until_none(within_s: float, left: Callable[[], int]) -> None:
    """Wait until nothing is `left`."""
    deadline = monotonic() + within_s
    while still := left():
        assert monotonic() < deadline, f"{still} wait"
        sleep(LOOK_EVERY_S)
