"""An event is announced if, and only if, its transaction commits, and reaches every reaction."""

import pytest
from sqlmodel import select

from pet_app.core import db
from pet_app.messaging.bus import EVENTS
from pet_app.messaging.models import JobRow, OutboxRow
from pet_app.messaging.outbox import fan_out, publish
from tests.messaging.factory import BellRung, answer, drain, jobs, previews, ring

pytestmark = pytest.mark.usefixtures("database")


def test_an_event_reaches_every_reaction_once() -> None:
    ring("one")
    ring("two")
    drain()
    assert sorted(answer.heard) == ["one", "two"]
    assert previews.heard == ["bell.rung", "bell.rung"]


def test_an_event_of_a_transaction_that_failed_never_was() -> None:
    def ring_and_fall() -> None:
        with db.writing() as session:
            publish(session, BellRung())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        ring_and_fall()
    assert drain() == 0
    with db.reading() as session:
        assert session.exec(select(OutboxRow)).first() is None


def test_fanning_out_twice_makes_no_second_job() -> None:
    ring()
    drain()
    with db.writing() as session:
        for row in session.exec(select(OutboxRow)):
            row.fanned = False
    with db.writing() as session:
        assert fan_out(session, db.database_now(session)) == 1
    drain()
    assert answer.heard == ["ding"]
    assert len(jobs()) == 1


def test_an_event_nobody_here_knows_waits_for_one_who_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as younger:
        ring()
        younger.delitem(EVENTS, "bell.rung")
        assert drain() == 0
    drain()
    assert answer.heard == ["ding"]


def test_the_key_of_a_job_is_its_event_and_reaction() -> None:
    with db.writing() as session:
        event_id = publish(session, BellRung())
    drain()
    with db.reading() as session:
        keys = set(session.exec(select(JobRow.key)))
    assert keys == {f"{event_id}:factory.hear", f"{event_id}:factory.picture"}
