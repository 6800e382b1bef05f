"""The clerks' desk: who gets in, what lies there, and that each case is decided once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from pet_app.core import clock, db
from pet_app.core.errors import Conflict, Forbidden, Invalid, NotFound, NotSignedIn
from pet_app.core.ids import new_id
from pet_app.core.security import GUEST, Identity, Role, Scope, user_owner
from pet_app.licensing import service as licensing
from pet_app.licensing.models import Application, Licence, Step
from pet_app.licensing.rules.standing import Status
from pet_app.licensing.service import QueueAsked
from pet_app.messaging.models import OutboxRow
from tests.at_once import at_once
from tests.licensing.factory import TOWN
from tests.licensing.factory_desk import OTHER_TOWN, make_case, make_clerk
from tests.user.factory import identity_of, make_user

Verb = Callable[[Session, Identity, str], Any]
ON_A_CASE: dict[str, Verb] = {
    "look": licensing.case_of,
    "claim": licensing.claim,
    "release": licensing.release_claim,
    "assign": lambda session, who, case: licensing.assign(session, who, case, ""),
    "approve": lambda session, who, case: licensing.approve(session, who, case, 1),
    "reject": lambda session, who, case: licensing.reject(session, who, case, 1, "expired"),
    "ask more": lambda session, who, case: licensing.ask_more(session, who, case, 1, "expired"),
    "note": lambda session, who, case: licensing.add_note(session, who, case, "Hello"),
    "audit": lambda session, who, case: licensing.audit(session, who, case, True),
}
ON_A_TOWN: dict[str, Verb] = {
    "queue": lambda session, who, town: licensing.queue(session, who, QueueAsked(town)),
    "policy": licensing.policy_of,
    "change policy": lambda session, who, town: licensing.change_policy(session, who, town, [], 5),
    "look up": lambda session, who, town: licensing.look_up(session, who, "", town),
    "figures": licensing.figures,
    "simulate": licensing.simulate,
    "imports": licensing.list_imports,
    "export": lambda _session, who, town: licensing.export_csv(who, town, "licences"),
}


def statuses() -> list[str]:
    with db.reading() as session:
        return list(session.exec(select(Application.status)))


@pytest.mark.parametrize("name", ON_A_CASE)
@pytest.mark.usefixtures("sqlite_database")
def test_a_case_is_there_for_clerks_of_its_town_alone(name: str) -> None:
    with db.writing() as session:
        case = make_case(session)
        stranger = make_clerk(session, OTHER_TOWN)
    program = replace(stranger, role=Role.ADMIN, scopes=frozenset({Scope.LICENCES_READ}))
    owner = Identity(user_id=new_id(), role=Role.USER)
    for who, error in ((stranger, NotFound), (program, NotFound), (owner, Forbidden)):
        with pytest.raises(error), db.writing() as session:
            ON_A_CASE[name](session, who, case)
    with pytest.raises(NotSignedIn), db.writing() as session:
        ON_A_CASE[name](session, GUEST, case)
    assert statuses() == [Status.IN_REVIEW]


@pytest.mark.parametrize("name", ON_A_TOWN)
@pytest.mark.usefixtures("sqlite_database")
def test_a_town_is_there_for_its_clerks_alone(name: str) -> None:
    with db.writing() as session:
        stranger, clerk = make_clerk(session, OTHER_TOWN), make_clerk(session)
    with pytest.raises(NotFound), db.writing() as session:
        ON_A_TOWN[name](session, stranger, TOWN)
    with db.writing() as session:
        ON_A_TOWN[name](session, clerk, TOWN)


def test_the_queue_shows_ones_own_towns_by_how_long_they_wait(database: str) -> None:
    now = clock.now()
    with db.writing() as session:
        clerk = make_clerk(session)
        young = make_case(session, pet="Zoe", waiting_since=now - timedelta(hours=1))
        old = make_case(session, pet="Ábel", waiting_since=now - timedelta(days=9))
        make_case(session, OTHER_TOWN)
        make_case(session, status=Status.DRAFT, submitted=None)
        asks = make_case(session, status=Status.NEEDS_MORE, assigned_to=clerk.user_id)
    with db.reading() as session:
        page = licensing.queue(session, clerk, QueueAsked(limit=1))
        assert [(item.id, item.age, item.waiting_days) for item in page.items] == [
            (old, "overdue", 9)
        ]
        assert (page.overdue, page.counts) == (
            1,
            {"in_review": 2, "needs_more": 1, "awaiting_payment": 0, "audit": 0},
        )
        second = licensing.queue(session, clerk, QueueAsked(limit=1, after=page.next))
        assert ([item.id for item in second.items], second.next) == ([young], "")
        for asked, found in (
            (QueueAsked(text="abel"), [old]),
            (QueueAsked(text="OLIVE zo"), [young]),
            (QueueAsked(text="' OR 1=1 --"), []),
            (QueueAsked(sort="newest"), [young, old]),
            (QueueAsked(shelf="needs_more", mine=True), [asks]),
            (QueueAsked(kind="renewal"), []),
        ):
            assert [item.id for item in licensing.queue(session, clerk, asked).items] == found
        for wrong in (QueueAsked(after="x"), QueueAsked(kind="x"), QueueAsked(shelf="x")):  # pyright: ignore[reportArgumentType]
            with pytest.raises(Invalid):
                licensing.queue(session, clerk, wrong)


def test_a_case_is_held_by_one_clerk_at_a_time(database: str) -> None:
    with db.writing() as session:
        first, second = make_clerk(session), make_clerk(session)
        case = make_case(session)
        assert licensing.claim(session, first, case).item.held_by_me
    with db.writing() as session:
        seen = licensing.claim(session, second, case)
        assert (seen.item.held_by, seen.may) == (first.user_id, {"note"})
        with pytest.raises(Conflict):
            licensing.approve(session, second, case, seen.item.version)
        licensing.add_note(session, second, case, "Ask me about this one")
        licensing.release_claim(session, second, case)
        assert licensing.case_of(session, first, case).item.held_by == first.user_id
    with db.writing() as session:
        row = session.get_one(Application, case)
        row.locked_until = clock.now() - timedelta(seconds=1)
        session.add(row)
    with db.writing() as session:
        assert licensing.claim(session, second, case).item.held_by_me
        licensing.release_claim(session, second, case)
        assert not licensing.case_of(session, second, case).item.held_by


@pytest.mark.usefixtures("database")
def test_of_two_clerks_who_decide_at_once_one_does() -> None:
    for _ in range(3):
        with db.writing() as session:
            clerks = make_clerk(session), make_clerk(session)
            case = make_case(session)

        def approve(case: str = case, clerk: Identity = clerks[0]) -> None:
            with db.writing() as session:
                licensing.approve(session, clerk, case, 1)

        def reject(case: str = case, clerk: Identity = clerks[1]) -> None:
            with db.writing() as session:
                licensing.reject(session, clerk, case, 1, "expired")

        answers = at_once(approve, reject)
        assert sorted(type(answer).__name__ for answer in answers) == ["Conflict", "NoneType"]
        with db.reading() as session:
            row = session.get_one(Application, case)
            steps = select(Step.what).where(Step.application_id == case)
            decided = set(session.exec(steps)) & {"approved", "rejected"}
            assert decided == {row.status}
            issued = session.exec(select(Licence).where(Licence.id == row.licence_id)).all()
            assert len(issued) == (row.status == Status.APPROVED)


@pytest.mark.usefixtures("database")
def test_of_two_clerks_who_open_a_case_at_once_one_holds_it() -> None:
    with db.writing() as session:
        clerks = make_clerk(session), make_clerk(session)
        case = make_case(session)

    def claim(clerk: Identity) -> bool:
        with db.writing() as session:
            return licensing.claim(session, clerk, case).item.held_by_me

    answers = at_once(lambda: claim(clerks[0]), lambda: claim(clerks[1]))
    assert sorted(answers) == [False, True]


def test_an_approved_case_has_a_licence_and_is_decided_once(database: str) -> None:
    with db.writing() as session:
        clerk = make_clerk(session)
        case = make_case(session)
        held = licensing.claim(session, clerk, case)
        licensing.approve(session, clerk, case, held.item.version)
    with db.writing() as session:
        seen = licensing.case_of(session, clerk, case)
        assert (seen.item.status, seen.item.held_by, bool(seen.licence_number)) == (
            "approved",
            "",
            True,
        )
        for again in (1, seen.item.version):
            with pytest.raises(Conflict):
                licensing.approve(session, clerk, case, again)
            with pytest.raises(Conflict):
                licensing.reject(session, clerk, case, again, "expired")
        found = licensing.look_up(session, clerk, seen.licence_number.lower().replace("-", " "))
        assert [one.number for one in found] == [seen.licence_number]
        assert licensing.look_up(session, clerk, "bisc OLIV")[0].id == seen.licence_id
        names = set(session.exec(select(OutboxRow.name)))
        assert {"licence.decided", "licence.issued"} <= names


@pytest.mark.usefixtures("sqlite_database")
def test_what_changed_meanwhile_is_not_decided() -> None:
    with db.writing() as session:
        clerk = make_clerk(session)
        case = make_case(session)
        row = session.get_one(Application, case)
        row.version = 2
        session.add(row)
    for verb in ("approve", "reject", "ask more"):
        with pytest.raises(Conflict), db.writing() as session:
            ON_A_CASE[verb](session, clerk, case)
    assert statuses() == [Status.IN_REVIEW]


@pytest.mark.usefixtures("sqlite_database")
def test_a_reason_goes_to_the_owner_and_a_note_does_not() -> None:
    with db.writing() as session:
        clerk = make_clerk(session)
        case = make_case(session)
        licensing.add_note(session, clerk, case, "Called the vet")
        licensing.ask_more(session, clerk, case, 1, "not-readable")
    with db.writing() as session:
        seen = licensing.case_of(session, clerk, case)
        assert (seen.item.status, seen.item.assigned_to) == ("needs_more", clerk.user_id)
        assert seen.words == next(t.words for t in licensing.templates() if t.id == "not-readable")
        assert [(step.what, step.internal) for step in seen.history] == [
            ("note", True),
            ("needs_more", False),
        ]
        licensing.reject(session, clerk, case, seen.item.version, "no-answer", "We heard nothing.")
        assert licensing.case_of(session, clerk, case).words == "We heard nothing."


@pytest.mark.parametrize(
    ("reason", "words"),
    [("none", ""), ("not-readable", ""), ("other", "  "), ("expired", "x" * 2001)],
    ids=["no such reason", "no reason to reject", "no words", "too many words"],
)
@pytest.mark.usefixtures("sqlite_database")
def test_nobody_is_rejected_without_a_reason(reason: str, words: str) -> None:
    with db.writing() as session:
        clerk = make_clerk(session)
        case = make_case(session)
        with pytest.raises(Invalid):
            licensing.reject(session, clerk, case, 1, reason, words)


@pytest.mark.usefixtures("sqlite_database")
def test_no_clerk_decides_on_their_own_pet() -> None:
    with db.writing() as session:
        clerk = make_clerk(session)
        case = make_case(session, owner=user_owner(clerk.user_id or ""))
        assert licensing.claim(session, clerk, case).may == {"note"}
        for verb in ("approve", "reject", "ask more"):
            with pytest.raises(Forbidden):
                ON_A_CASE[verb](session, clerk, case)


@pytest.mark.usefixtures("sqlite_database")
def test_a_case_is_handed_to_a_colleague_and_to_nobody_else() -> None:
    with db.writing() as session:
        clerk, stranger = make_clerk(session), make_clerk(session, OTHER_TOWN)
        colleague = identity_of(make_user(session, role=Role.CLERK, name="Carl"), strong=True)
        licensing.appoint_clerk(session, colleague.user_id or "", TOWN)
        case = make_case(session)
        with pytest.raises(Invalid):
            licensing.assign(session, clerk, case, stranger.user_id or "")
        licensing.assign(session, clerk, case, colleague.user_id or "")
        seen = licensing.case_of(session, clerk, case)
        assert seen.item.assigned_name == "Carl"
        assert (colleague.user_id, "Carl") in seen.colleagues
        assert [step.what for step in seen.history] == ["assigned"]
        assert licensing.dismiss_clerk(session, colleague.user_id or "", TOWN)
        with pytest.raises(NotFound):
            licensing.case_of(session, colleague, case)
