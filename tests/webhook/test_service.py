"""The inbox keeps a delivery once and says what became of it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import update

from pet_app.core import clock, db
from pet_app.core.errors import Conflict, Forbidden, NotFound, NotSignedIn
from pet_app.core.security import GUEST, Identity, Role
from pet_app.webhook import service as inbox
from pet_app.webhook import tasks as _tasks  # noqa: F401
from pet_app.webhook.models import InboxRow
from pet_app.webhook.rules import InboxState
from pet_app.webhook.service import Delivery, PassedOver
from tests.messaging.factory import drain, hasten, jobs
from tests.webhook.factory import make_delivery, received, rows, worked_by

KIND = "webhook.work_off_delivery"
STAFF = Identity(user_id="s", role=Role.STAFF, strong=True)


def test_a_delivery_is_taken_in_once(database: str) -> None:
    assert received(*[make_delivery()] * 3, make_delivery("e2")) == [True, False, False, True]
    assert [(row.external_id, row.deliveries) for row in rows()] == [("e1", 3), ("e2", 1)]


def test_two_senders_may_use_one_name(database: str) -> None:
    assert received(make_delivery(), make_delivery(source="other")) == [True, True]


def test_deliveries_at_once_are_counted_and_none_is_lost(database: str) -> None:
    names = [f"e{number % 10}" for number in range(60)]
    with ThreadPoolExecutor(6) as threads:
        new = list(threads.map(lambda name: received(make_delivery(name))[0], names))
    assert sum(new) == 10
    assert [row.deliveries for row in rows()] == [6] * 10


def test_what_is_not_committed_was_not_taken_in(database: str) -> None:
    with db.writing() as session:
        inbox.receive(session, make_delivery())
        session.rollback()
    assert rows() == []
    heard: list[str] = []
    with worked_by(lambda told: heard.append(told.external_id)):
        drain()
    assert heard == []


def test_a_delivery_is_worked_off_once(database: str) -> None:
    heard: list[Delivery] = []
    received(*[make_delivery(kept={"object": "bell", "id": "b1"})] * 2)
    with worked_by(heard.append):
        drain()
        with db.writing() as session:
            inbox.mark_dead(session, rows()[0].id, "too late to say so")
    assert [told.kept for told in heard] == [{"object": "bell", "id": "b1"}]
    assert (rows()[0].state, rows()[0].ended is not None) == (InboxState.APPLIED, True)


def test_what_is_not_for_us_is_passed_over(sqlite_database: str) -> None:
    def work(told: Delivery) -> None:
        raise PassedOver("another bell")

    received()
    with worked_by(work):
        drain()
    assert [(row.state, row.error) for row in rows()] == [(InboxState.PASSED_OVER, "another bell")]
    assert [job.state for job in jobs(KIND)] == ["done"]


def test_what_fails_is_tried_again(database: str) -> None:
    tries: list[str] = []

    def work(told: Delivery) -> None:
        tries.append(told.external_id)
        if len(tries) < 3:
            raise OSError("no ear")

    received()
    with worked_by(work):
        for _ in range(4):
            drain()
            hasten()
    assert (len(tries), rows()[0].state) == (3, InboxState.APPLIED)


@pytest.mark.parametrize(
    ("error", "tries"), [(OSError("no ear"), 20), (Conflict("Not this bell."), 1)]
)
def test_what_no_trying_helps_is_dead_until_it_is_replayed(
    sqlite_database: str, error: Exception, tries: int
) -> None:
    seen: list[str] = []

    def fail(told: Delivery) -> None:
        seen.append(told.external_id)
        raise error

    received()
    with worked_by(fail):
        for _ in range(tries + 1):
            drain()
            hasten()
    (row,) = rows()
    assert (len(seen), row.state, str(error) in row.error) == (tries, InboxState.DEAD, True)
    with db.writing() as session:
        inbox.replay(session, row.id)
    with worked_by(lambda _told: None):
        drain()
    assert (rows()[0].state, rows()[0].replays, rows()[0].error) == (InboxState.APPLIED, 1, "")


def test_what_is_still_waiting_is_not_replayed(database: str) -> None:
    received()
    with db.writing() as session:
        with pytest.raises(Conflict):
            inbox.replay(session, rows()[0].id)
        with pytest.raises(NotFound):
            inbox.replay(session, "nothing")


def test_what_never_ended_is_begun_again_and_given_up_in_the_end(database: str) -> None:
    received()
    heard: list[str] = []
    for turn in range(5):
        _age(timedelta(hours=7))
        with db.writing() as session:
            assert inbox.rescue(session) == 1
        assert rows()[0].state == ("received" if turn < 4 else "dead")
    with worked_by(lambda told: heard.append(told.external_id)):
        drain()
    assert heard == []
    with db.writing() as session:
        assert inbox.rescue(session) == 0


def test_what_ended_well_is_forgotten_after_ninety_days(database: str) -> None:
    received(make_delivery("done"), make_delivery("dead"), make_delivery("waiting"))
    with db.writing() as session:
        inbox.mark_applied(session, rows()[0].id)
        inbox.mark_dead(session, rows()[1].id, "no ear")
    _age(timedelta(days=89))
    with db.writing() as session:
        inbox.forget_old(session)
    assert len(rows()) == 3
    _age(timedelta(days=91))
    with db.writing() as session:
        inbox.forget_old(session)
    assert [row.external_id for row in rows()] == ["dead", "waiting"]


def test_the_latest_are_listed_first_and_page_by_page(database: str) -> None:
    received(*(make_delivery(f"e{number}") for number in range(5)))
    with db.writing() as session:
        inbox.mark_applied(session, rows()[4].id)
        page = inbox.list_deliveries(session, limit=2)
        following = inbox.list_deliveries(session, before=page[-1].id, limit=2)
        waiting = inbox.list_deliveries(session, InboxState.RECEIVED)
    assert [row.external_id for row in page + following] == ["e4", "e3", "e2", "e1"]
    assert [row.external_id for row in waiting] == ["e3", "e2", "e1", "e0"]


@pytest.mark.parametrize(
    ("who", "refusal"), [(GUEST, NotSignedIn), (Identity(user_id="u", role=Role.USER), Forbidden)]
)
def test_the_inbox_is_for_staff(
    sqlite_database: str, who: Identity, refusal: type[Exception]
) -> None:
    received()
    with db.writing() as session:
        with pytest.raises(refusal):
            inbox.shown(session, who, None, "", 50)
        with pytest.raises(refusal):
            inbox.replay_as(session, who, rows()[0].id)
        assert inbox.shown(session, STAFF, None, "", 50)


def _age(by: timedelta) -> None:
    """Let everything have come so long ago."""
    with db.writing() as session:
        session.connection().execute(update(InboxRow).values(received=clock.now() - by))
