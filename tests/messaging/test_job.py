"""A job is done once, whoever tries twice, and what fails is tried again or given up aloud."""

import pytest
from sqlmodel import select

from pet_app.core import db
from pet_app.core.errors import Invalid, Unavailable
from pet_app.messaging.bus import REACTIONS
from pet_app.messaging.job import Fenced, Job, begin, cancel, retry_delay, revive
from pet_app.messaging.models import JobState, OutboxRow
from pet_app.messaging.outbox import publish
from pet_app.messaging.runner import carry_out
from tests.messaging.factory import (
    BellMuted,
    BellRung,
    answer,
    drain,
    hasten,
    hints,
    jobs,
    ring,
)

pytestmark = pytest.mark.usefixtures("database")


def taken() -> Job:
    """The job of one ring, as its first runner holds it."""
    ring()
    for _queue, job_id, attempt in hints():
        job = begin(job_id, attempt, "first")
        assert job is not None
        if job.kind == "factory.hear":
            return job
    raise AssertionError


def announced() -> int:
    """How many events were published by an effect."""
    with db.reading() as session:
        return len(session.exec(select(OutboxRow).where(OutboxRow.name == "bell.muted")).all())


def test_a_body_that_never_applies_is_marked_done() -> None:
    ring()
    drain()
    assert jobs()[0].state == JobState.DONE
    assert jobs()[0].ended is not None


def test_the_effect_and_the_mark_come_together() -> None:
    def do(_event: BellRung, job: Job) -> None:
        with job.apply() as session:
            publish(session, BellMuted())

    answer.reset(do)
    ring()
    drain()
    assert (jobs()[0].state, announced()) == (JobState.DONE, 1)


def test_an_effect_that_fails_leaves_neither() -> None:
    job = taken()

    def apply_badly() -> None:
        with job.apply() as session:
            publish(session, BellMuted())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        apply_badly()
    assert (jobs()[0].state, announced()) == (JobState.RUNNING, 0)


def test_a_hint_is_good_for_one_run() -> None:
    job = taken()
    assert begin(job.id, job.attempt, "second") is None


def test_an_attempt_that_was_overtaken_cannot_apply() -> None:
    slow = taken()
    hasten()
    hints()
    later = begin(slow.id, slow.attempt + 1, "second")
    assert later is not None
    with later.apply() as session:
        publish(session, BellMuted())
    with pytest.raises(Fenced), slow.apply() as session:
        publish(session, BellMuted())
    with pytest.raises(Fenced):
        slow.fail("too late")
    assert (jobs()[0].state, announced()) == (JobState.DONE, 1)


def test_applying_twice_is_fenced_too() -> None:
    job = taken()
    with job.apply():
        pass
    with pytest.raises(Fenced), job.apply():
        pass


def test_an_error_is_tried_again_later_and_then_given_up_with_its_reason() -> None:
    def do(_event: BellRung, _job: Job) -> None:
        raise RuntimeError("the clapper fell off")

    answer.reset(do)
    ring()
    drain()
    first = jobs()[0]
    assert (first.state, first.failures) == (JobState.READY, 1)
    for _ in range(5):
        hasten()
        drain()
    last = jobs()[0]
    assert (last.state, last.failures, len(answer.heard)) == (JobState.DEAD, 3, 3)
    assert "the clapper fell off" in (last.error or "")


def test_a_problem_that_trying_again_cannot_solve_is_given_up_at_once() -> None:
    def do(_event: BellRung, _job: Job) -> None:
        raise Invalid("This bell has no clapper.")

    answer.reset(do)
    ring()
    drain()
    found = jobs()[0]
    assert (found.state, found.error) == (JobState.DEAD, "Invalid: This bell has no clapper.")


def test_a_busy_shop_is_a_reason_to_try_again() -> None:
    def do(_event: BellRung, _job: Job) -> None:
        raise Unavailable("Later, please.")

    answer.reset(do)
    ring()
    drain()
    assert jobs()[0].state == JobState.READY


def test_a_cancelled_job_never_runs() -> None:
    ring()
    hints()
    with db.writing() as session:
        assert cancel(session, jobs()[0].id)
        assert not cancel(session, jobs()[0].id)
    hasten()
    drain()
    assert (jobs()[0].state, answer.heard) == (JobState.CANCELLED, [])


def test_cancelling_a_running_job_fences_it() -> None:
    job = taken()
    with db.writing() as session:
        assert cancel(session, job.id)
    with pytest.raises(Fenced), job.apply():
        pass


def test_a_dead_job_can_be_given_another_chance() -> None:
    def do(_event: BellRung, _job: Job) -> None:
        raise Invalid("no")

    answer.reset(do)
    ring()
    drain()
    answer.reset()
    with db.writing() as session:
        assert revive(session, jobs()[0].id)
        assert not revive(session, jobs()[0].id)
    drain()
    assert (jobs()[0].state, jobs()[0].failures) == (JobState.DONE, 0)


def test_a_reaction_nobody_here_knows_is_left_for_one_who_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ring()
    found = hints()
    with monkeypatch.context() as younger:
        younger.delitem(REACTIONS, "factory.hear")
        from_hints(found)
    assert (jobs()[0].state, jobs()[0].failures) == (JobState.READY, 0)
    hasten()
    drain()
    assert answer.heard == ["ding"]


def from_hints(found: list[tuple[str, str, int]]) -> None:
    """Carry out hints claimed before."""
    for _queue, job_id, attempt in found:
        carry_out(job_id, attempt)


def test_waits_grow_and_end_at_ten_minutes() -> None:
    assert [retry_delay(n).total_seconds() for n in (1, 2, 3, 4, 9)] == [1, 4, 16, 64, 600]
