"""Applications that approve themselves, by the town's policy, and the sample clerks look at."""

import pytest
from sqlmodel import select

from pet_app.core import db
from pet_app.core.errors import Conflict, Invalid
from pet_app.core.ids import new_id
from pet_app.licensing import service as licensing
from pet_app.licensing.events import ApplicationHandedIn
from pet_app.licensing.models import Application, Licence
from pet_app.licensing.rules.standing import Kind, Status
from pet_app.licensing.service import QueueAsked
from pet_app.licensing.service.desk.automatic import consider, leave_to_clerk, sampled
from pet_app.messaging.outbox import publish
from tests.licensing.factory import TOWN
from tests.licensing.factory_desk import make_case, make_clerk, say_trouble
from tests.licensing.factory_licences import again, settle


@pytest.mark.usefixtures("sqlite_database")
def test_only_what_the_policy_names_and_nobody_doubts_approves_itself() -> None:
    with db.writing() as session:
        clerk = make_clerk(session)
        case = make_case(session)
        assert not consider(session, case)
        licensing.change_policy(session, clerk, TOWN, ["new"], 100)
        held, troubled, asked = (make_case(session) for _ in range(3))
        licensing.claim(session, clerk, held)
        say_trouble(session, troubled)
        licensing.ask_more(session, clerk, asked, 1, "not-readable")
        row = session.get_one(Application, asked)
        row.status = Status.IN_REVIEW.value
        session.add(row)
        session.flush()
        assert [consider(session, one) for one in (held, troubled, asked)] == [False] * 3
        assert [consider(session, case), consider(session, case)] == [True, False]
        done = licensing.case_of(session, clerk, case)
        assert (done.item.automatic, done.item.audit, "audit" in done.may) == (True, "wanted", True)
        page = licensing.queue(session, clerk, QueueAsked(shelf="audit"))
        assert [item.id for item in page.items] == [case]
        with pytest.raises(Invalid):
            licensing.audit(session, clerk, case, passed=False)
        licensing.audit(session, clerk, case, passed=False, words="Wrong dog")
        with pytest.raises(Conflict):
            licensing.audit(session, clerk, case, passed=True)


def test_what_is_handed_in_approves_itself_once_however_often_it_is_said(database: str) -> None:
    with db.writing() as session:
        clerk = make_clerk(session)
        licensing.change_policy(session, clerk, TOWN, ["new"], 0)
        approved, left = make_case(session), make_case(session, kind=Kind.RENEWAL)
        for case in (approved, left):
            publish(session, ApplicationHandedIn(case))
    settle()
    again("approve_what_needs_no_clerk")
    with db.reading() as session:
        seen = [licensing.case_of(session, clerk, case).item.status for case in (approved, left)]
        assert seen == ["approved", "in_review"]
        assert len(session.exec(select(Licence.id)).all()) == 1


@pytest.mark.usefixtures("sqlite_database")
def test_what_cannot_be_granted_is_left_to_a_clerk_who_is_told_why() -> None:
    with db.writing() as session:
        clerk = make_clerk(session)
        case = make_case(session, kind=Kind.REPLACEMENT, licence_id=new_id())
    with pytest.raises(Conflict) as refused, db.writing() as session:
        consider(session, case)
    for _ in range(2):
        with db.writing() as session:
            leave_to_clerk(session, case, refused.value.detail)
    with db.reading() as session:
        seen = licensing.case_of(session, clerk, case)
        assert (seen.item.status, [step.what for step in seen.history]) == (
            "in_review",
            ["trouble"],
        )


def test_about_as_many_are_looked_at_afterwards_as_the_town_wants() -> None:
    ids = [new_id() for _ in range(2000)]
    assert 140 < sum(sampled(one, 10) for one in ids) < 270
    assert [sampled(ids[0], 0), sampled(ids[0], 100)] == [False, True]
