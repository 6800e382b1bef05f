"""A process that keeps the clock and does what is due, to be killed."""

import sys
from datetime import timedelta

from sqlalchemy import text

from pet_app.messaging import queue
from pet_app.messaging.clock import SlotCame, every
from pet_app.messaging.job import Job

PERIOD = timedelta(milliseconds=400)


@every(PERIOD, "strike")
def strike(slot_came: SlotCame, job: Job) -> None:
    """Note that the bell was struck for this slot."""
    with job.apply() as session:
        statement = text("INSERT INTO struck (slot) VALUES (:slot)")
        session.connection().execute(statement, {"slot": slot_came.slot.isoformat()})


if __name__ == "__main__":
    queue.start_embedded()
    sys.stdin.read()
