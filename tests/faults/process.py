"""A process to be killed: `python -m tests.faults.process site|worker|publisher|relay|consumer`.

Publishers print the number of each entry once its transaction is committed. The reaction to an
entry does outside work, which may happen twice, then writes one row, which may not.
"""

import sys
import time
from dataclasses import dataclass
from itertools import count
from typing import ClassVar

from sqlalchemy import text

from pet_app.core import db
from pet_app.core.ids import new_id
from pet_app.messaging import queue, runner
from pet_app.messaging.bus import Event, on
from pet_app.messaging.job import Job
from pet_app.messaging.outbox import publish
from pet_app.messaging.relay import Relay

OUTSIDE_S = 0.02
BETWEEN_ENTRIES_S = 0.01


@dataclass(frozen=True)
class EntryMade(Event):
    """Somebody wrote an entry."""

    name: ClassVar[str] = "entry.made"

    entry: str


@on(EntryMade, max_failures=50)
def copy_entry(event: EntryMade, job: Job) -> None:
    """Copy the entry once, after some outside work."""
    time.sleep(OUTSIDE_S)
    with job.apply() as session:
        statement = text("INSERT INTO copied (entry) VALUES (:entry)")
        session.connection().execute(statement, {"entry": event.entry})


def make_entries() -> None:
    """Make entries, and say of each that it is kept, until killed."""
    for number in count():
        entry = f"{new_id()}-{number}"
        with db.writing() as session:
            publish(session, EntryMade(entry))
        sys.stdout.write(f"{entry}\n")
        sys.stdout.flush()
        time.sleep(BETWEEN_ENTRIES_S)


def wait() -> None:
    """Stay until killed."""
    sys.stdin.read()


def main(role: str) -> None:
    """Play one part of the shop."""
    match role:
        case "site":
            queue.start_embedded()
            make_entries()
        case "worker":
            queue.start_embedded()
            wait()
        case "publisher":
            make_entries()
        case "relay":
            Relay(queue.send).start()
            wait()
        case "consumer":
            runner.Heartbeat()
            queue.Consumer("default", 2)
            wait()


if __name__ == "__main__":
    main(sys.argv[1])
