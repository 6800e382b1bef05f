"""Three processes keep the clock and one is killed: every slot is worked once, none is missing."""

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import pairwise
from time import monotonic, sleep

from sqlalchemy import text

from pet_app.core import db
from pet_app.core.settings import ROOT
from tests.faults.timekeeper import PERIOD

PATIENCE_S = 60
BEFORE = 6
AFTER = 8


@contextmanager
def timekeepers(number: int) -> Iterator[list[subprocess.Popen[bytes]]]:
    """So many processes over one database, each with a clock and a queue."""
    command = [sys.executable, "-m", "tests.faults.timekeeper"]
    processes = [
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)
        for _ in range(number)
    ]
    try:
        yield processes
    finally:
        for process in processes:
            process.kill()
            process.communicate()


def struck() -> list[datetime]:
    """The slots that were worked, in order, each as often as it was."""
    with db.reading() as session:
        found = session.connection().execute(text("SELECT slot FROM struck")).scalars()
        return sorted(datetime.fromisoformat(slot) for slot in found)


def gaps(slots: list[datetime]) -> int:
    """How many slots are missing between the first and the last."""
    return sum((after - before) // PERIOD - 1 for before, after in pairwise(sorted(set(slots))))


def wait_for(slots: int) -> list[datetime]:
    """Wait until so many slots were worked, and those that a killed process had begun as well."""
    deadline = monotonic() + PATIENCE_S
    while len(found := struck()) < slots or gaps(found):
        assert monotonic() < deadline, f"{len(found)} slots, {gaps(found)} missing"
        sleep(0.05)
    return found


def test_three_keep_the_clock_and_the_death_of_one_costs_no_slot(database: str) -> None:
    with db.writing() as session:
        session.connection().execute(text("CREATE TABLE struck (slot VARCHAR NOT NULL)"))
    with timekeepers(3) as processes:
        wait_for(BEFORE)
        processes[0].kill()
        processes[0].wait()
        slots = wait_for(len(struck()) + AFTER)
    assert set(Counter(slots).values()) == {1}
