"""The relay sends little at a time, the urgent first, and takes back what was lost."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select, update

from pet_app.core import db
from pet_app.core.settings import ROOT, settings
from pet_app.messaging import presence
from pet_app.messaging.job import begin
from pet_app.messaging.models import JobRow, JobState, OutboxRow
from pet_app.messaging.relay import MOST_LOSSES, WINDOWS, Relay, purge, recover
from tests.messaging.factory import answer, drain, hasten, hints, jobs, ring

pytestmark = pytest.mark.usefixtures("database")

HOLD = "import sys, pet_app.messaging.presence as p; print(p.mine(), flush=True); sys.stdin.read()"


def hear_hints() -> list[tuple[str, str, int]]:
    """The hints now due on the default queue."""
    return [hint for hint in hints() if hint[0] == "default"]


def test_the_backlog_waits_in_sql_where_priority_counts() -> None:
    for _ in range(20):
        ring()
    assert len(hear_hints()) == WINDOWS["default"]
    urgent = jobs()[-1]
    assert urgent.state == JobState.READY
    with db.writing() as session:
        session.get_one(JobRow, urgent.id).priority = 9
    done = begin(jobs()[0].id, 1, presence.mine())
    assert done is not None
    assert [hint[1] for hint in hear_hints()] == [urgent.id]


def test_a_hint_nobody_heard_is_sent_again_without_blame() -> None:
    ring()
    ((_, job_id, attempt),) = hear_hints()
    hasten()
    assert [hint[1:] for hint in hear_hints()] == [(job_id, attempt + 1)]
    assert (jobs()[0].losses, jobs()[0].failures) == (0, 0)


def test_a_lease_that_ran_out_counts_against_the_job() -> None:
    ring()
    ((_, job_id, attempt),) = hear_hints()
    begin(job_id, attempt, presence.mine())
    hasten()
    recover()
    assert (jobs()[0].state, jobs()[0].losses) == (JobState.READY, 1)
    drain()
    assert answer.heard == ["ding"]


def test_a_job_that_always_takes_its_process_along_is_given_up() -> None:
    ring()
    hints()
    with db.writing() as session:
        session.connection().execute(
            update(JobRow).values(losses=MOST_LOSSES, state=JobState.RUNNING)
        )
    hasten()
    recover()
    assert jobs()[0].state == JobState.DEAD
    assert jobs()[0].error


def test_the_job_of_a_killed_process_is_taken_up_at_once() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        name = process.stdout.readline().strip()
        ring()
        ((_, job_id, attempt),) = hear_hints()
        assert begin(job_id, attempt, name) is not None
        recover()
        assert jobs()[0].state == JobState.RUNNING
        process.kill()
    recover()
    assert jobs()[0].state == JobState.READY
    assert not (settings().data_dir / "running" / name).exists()


def test_an_unreachable_broker_loses_nothing(shop: Path) -> None:
    def send(*_hint: object) -> None:
        raise ConnectionError

    ring()
    assert Relay(send).step() == 0
    assert jobs()[0].state == JobState.READY
    hasten()
    drain()
    assert answer.heard == ["ding"]


def test_what_ended_well_a_week_ago_is_forgotten() -> None:
    ring("old")
    drain()
    with db.writing() as session:
        long_ago = db.database_now(session) - timedelta(days=8)
        session.connection().execute(update(JobRow).values(ended=long_ago))
        session.connection().execute(update(OutboxRow).values(created=long_ago))
    ring("new")
    drain()
    purge()
    with db.reading() as session:
        events = [row.payload["tune"] for row in session.exec(select(OutboxRow))]
    assert events == ["new"]
    assert len(jobs()) == 1
