"""A shop to be killed that sends letters: `python -m tests.faults.postman shop|worker|publisher`.

It prints the number of each letter once the event that asks for it is committed.
"""

import sys
import time
from dataclasses import dataclass
from itertools import count
from typing import ClassVar

from pet_app.core import db
from pet_app.core.ids import new_id
from pet_app.core.mail.letter import Letter, Text
from pet_app.core.mail.post import post
from pet_app.messaging import queue
from pet_app.messaging.bus import Event, on
from pet_app.messaging.job import Job
from pet_app.messaging.outbox import publish
from pet_app.messaging.relay import Relay
from pet_app.messaging.runner import Heartbeat
from tests.faults.idle import waiting

BETWEEN_LETTERS_S = 0.02
MOST_WAITING = 20
TO = "reader@example.test"


@dataclass(frozen=True)
class NoteWanted(Event):
    """Somebody is to get a note."""

    name: ClassVar[str] = "note.wanted"

    note: str


@on(NoteWanted, queue="letters")
def send_note(event: NoteWanted, job: Job) -> None:
    """Send the note."""
    letter = Letter("test.note", f"Note {event.note}", (Text("Good day."),))
    post(letter, person="", to=TO, key=job.key)


def ask_for_notes() -> None:
    """Ask for one note after the other, but never for many more than are sent, until killed."""
    for number in count():
        while waiting() > MOST_WAITING:
            time.sleep(BETWEEN_LETTERS_S)
        note = f"{new_id()}-{number}"
        with db.writing() as session:
            publish(session, NoteWanted(note))
        sys.stdout.write(f"{note}\n")
        sys.stdout.flush()
        time.sleep(BETWEEN_LETTERS_S)


def main(role: str) -> None:
    """Play one part of the shop."""
    match role:
        case "shop":
            queue.start_embedded()
            ask_for_notes()
        case "finisher":
            queue.start_embedded()
            sys.stdin.read()
        case "publisher":
            ask_for_notes()
        case "worker":
            Heartbeat()
            Relay(queue.send).start()
            queue.Consumer("letters", queue.LETTERS_AT_ONCE)
            sys.stdin.read()


if __name__ == "__main__":
    main(sys.argv[1])
