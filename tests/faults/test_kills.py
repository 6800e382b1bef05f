"""Processes are killed at any moment: nothing acknowledged is lost, nothing is done twice."""

import os
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, sleep

import pytest
from sqlalchemy import text

from pet_app.core import db
from tests import servers
from tests.faults.part import Part

KILLS = int(os.environ.get("KILLS", "3"))
DRAIN_S = 45
LIFE_S = (0.05, 0.6)


@contextmanager
def shop(*roles: str) -> Iterator[list[Part]]:
    """The named processes at work over one database."""
    with db.writing() as session:
        session.connection().execute(text("CREATE TABLE copied (entry VARCHAR NOT NULL)"))
    parts = [Part("tests.faults.process", role) for role in roles]
    try:
        yield parts
    finally:
        for part in parts:
            part.kill()


def copies() -> Counter[str]:
    """How often each entry was copied."""
    with db.reading() as session:
        return Counter(session.connection().execute(text("SELECT entry FROM copied")).scalars())


def waiting() -> int:
    """How many events and jobs are not done."""
    with db.reading() as session:
        undone = "SELECT (SELECT count(*) FROM job WHERE state <> 'done')"
        unfanned = "+ (SELECT count(*) FROM outbox WHERE NOT fanned)"
        return session.connection().execute(text(f"{undone} {unfanned}")).scalar_one()


def wait_for_more(parts: list[Part]) -> None:
    """Let the shop acknowledge something more, then work for a moment."""
    known = sum(len(part.promised) for part in parts)
    deadline = monotonic() + DRAIN_S
    while sum(len(part.promised) for part in parts) <= known:
        assert monotonic() < deadline
        sleep(0.01)
    sleep(random.uniform(*LIFE_S))


def drained(parts: list[Part]) -> None:
    """End the publishers, let the rest finish, and compare what was promised with what is."""
    acknowledged = {entry for part in parts for entry in part.promised}
    deadline = monotonic() + DRAIN_S
    while waiting() or not acknowledged <= copies().keys():
        assert monotonic() < deadline, f"{waiting()} left"
        sleep(0.05)
    found = copies()
    assert len(acknowledged) > KILLS
    assert set(found.values()) == {1}


def test_the_one_process_of_a_small_shop_is_killed(sqlite_database: str) -> None:
    with shop("site") as (site,):
        for _ in range(KILLS):
            wait_for_more([site])
            site.kill()
            site.start()
        wait_for_more([site])
        site.kill()
        site.role = "worker"
        site.start()
        drained([site])


@pytest.mark.usefixtures("valkey")
def test_any_process_of_a_large_shop_is_killed_and_its_broker_wiped(
    database: str, valkey: servers.Valkey
) -> None:
    with shop("publisher", "relay", "consumer") as parts:
        for turn in range(KILLS):
            wait_for_more(parts[:1])
            if turn == KILLS // 2:
                valkey.client().flushall()
            part = parts[turn % len(parts)]
            part.kill()
            part.start()
        wait_for_more(parts[:1])
        parts[0].kill()
        parts[0].role = "relay"
        parts[0].start()
        drained(parts)
