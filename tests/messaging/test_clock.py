"""Periodic work: once a slot, by the database's clock, whoever orders it."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from pet_app.core import clock as wall
from pet_app.core import db
from pet_app.messaging import clock
from pet_app.messaging.clock import PERIODIC, Periodic, SlotCame, every, schedule
from pet_app.messaging.job import Job
from pet_app.messaging.models import JobRow, JobState
from tests.messaging.factory import drain

HOUR = timedelta(hours=1)
NAME = "a test"
heard: list[datetime] = []


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No periodic work but the one of these tests."""
    heard.clear()
    monkeypatch.setattr(clock, "PERIODIC", {NAME: PERIODIC[NAME]})


@every(HOUR, NAME)
def hear(slot_came: SlotCame, job: Job) -> None:
    """Note the slot."""
    heard.append(slot_came.slot)


def rows() -> list[JobRow]:
    with db.reading() as session:
        return list(session.exec(select(JobRow).order_by(JobRow.key)))


def test_a_slot_is_worked_once_however_often_it_is_ordered(database: str) -> None:
    at, wait_s = schedule()
    schedule()
    assert drain() == 1
    schedule(at)
    assert drain() == 0
    assert heard == [at.replace(minute=0, second=0, microsecond=0)]
    assert 0 < wait_s <= HOUR.total_seconds()
    assert [row.state for row in rows()] == [JobState.DONE]


def test_slots_a_process_slept_through_are_made_up_for(database: str) -> None:
    at, _ = schedule()
    schedule(at - 3 * HOUR)
    slots = [datetime.fromisoformat(row.payload["slot"]) for row in rows()]
    assert slots == [slots[-1] - before * HOUR for before in (2, 1, 0)]


def test_it_is_the_clock_of_the_database_that_counts(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wall, "now", lambda: datetime(2001, 1, 1, tzinfo=UTC))
    schedule()
    drain()
    assert heard[0].year > 2001


def test_no_work_is_no_trouble(sqlite_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "PERIODIC", {})
    schedule()
    assert rows() == []


@pytest.mark.parametrize("hours", [0, -1, 5, 25, 48])
def test_a_period_divides_a_day(hours: int) -> None:
    with pytest.raises(ValueError, match="divides a day"):
        every(timedelta(hours=hours), "never")
    assert "never" not in PERIODIC


def test_slots_begin_where_the_period_says() -> None:
    work = Periodic("x", timedelta(hours=6), "cron.x")
    slot = work.slot(datetime(2026, 5, 4, 17, 59, tzinfo=UTC))
    assert slot == datetime(2026, 5, 4, 12, tzinfo=UTC)
    assert work.key(slot) == "cron:x:2026-05-04T12:00:00+00:00"


def test_a_process_that_slept_for_a_year_makes_up_for_the_last_hundred_slots() -> None:
    work, now = Periodic("x", HOUR, "cron.x"), datetime(2026, 5, 4, 12, tzinfo=UTC)
    slots = work.slots(now - timedelta(days=365), now)
    assert (len(slots), slots[-1]) == (clock.MOST_SLOTS, now)
