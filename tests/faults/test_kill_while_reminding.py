"""Runs of reminders that are killed, and two at once: each licence is reminded of once and nobody
is forgotten. `make faults` kills twenty times."""

import os
import random
from threading import Thread
from time import monotonic, sleep

import pytest

from pet_app.core import db
from tests.faults.part import Part
from tests.licensing import factory as applied
from tests.licensing.factory_licences import TOWN, announced, make_licence, remind, reminders

KILLS = int(os.environ.get("KILLS", "1"))
LICENCES = 60
PATIENCE_S = 60


def wait_for(run: Part, lines: int) -> None:
    """Until it has said so many lines, or has come to its end."""
    until = monotonic() + PATIENCE_S
    while monotonic() < until:
        if len(run.promised) >= lines or "whole" in run.promised:
            return
        sleep(0.01)
    pytest.fail("nothing was reminded of")


def test_each_licence_is_reminded_of_once_although_runs_are_killed(database: str) -> None:
    with db.writing() as session:
        owner = applied.make_owner(session)
        licences = {make_licence(session, owner, days % 58 + 1).id for days in range(LICENCES)}
    for _ in range(KILLS):
        run = Part("tests.faults.reminder", TOWN)
        wait_for(run, random.randint(1, 3))
        run.kill()
    two = [Thread(target=remind) for _ in range(2)]
    for one in two:
        one.start()
    for one in two:
        one.join()
    found = reminders()
    assert {licence_id for licence_id, *_ in found} == licences
    assert len(found) == len(set(found)) == announced() == LICENCES
