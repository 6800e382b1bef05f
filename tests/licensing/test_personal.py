"""What is held about somebody's licences: all of it shown, and kept without a name when they go."""

import io
from typing import Any

import pytest
from sqlmodel import SQLModel, select

from pet_app.core import clock, db, personal, storage
from pet_app.core.errors import NotFound
from pet_app.core.personal import Person
from pet_app.core.security import Identity, Role
from pet_app.licensing import service as licensing
from pet_app.licensing.models import (
    Application,
    Certificate,
    Clerkship,
    Document,
    FoundMessage,
    Licence,
    Reminder,
    Step,
    TransferOffer,
)
from pet_app.licensing.personal import show
from pet_app.licensing.rules.standing import LicenceState, Status
from pet_app.licensing.service import history
from pet_app.messaging.models import OutboxRow
from tests.licensing import factory as applied
from tests.licensing.factory_licences import done, grant, remind, settle
from tests.user.factory import make_user

NAME = "zzyzx"
TABLES: tuple[type[SQLModel], ...] = (
    *(Application, Document, Licence, Certificate, Step, Reminder, TransferOffer),
    *(FoundMessage, Clerkship),
)


def kept(name: str) -> str:
    """A private file that somebody's row names."""
    key = storage.private_key(b"k" * 32, name, ".pdf")
    storage.put_private(key, io.BytesIO(NAME.encode()))
    return key


def lived(database: str) -> tuple[Identity, dict[str, str], list[str]]:
    """Somebody who has one of everything of licensing; ids by what they name, and their files."""
    with db.writing() as session:
        owner = applied.make_owner(session, f"{NAME}@example.com")
        pet_id = applied.make_pet(session, owner, NAME, microchip=applied.CHIP)
        application_id = applied.in_review(session, owner, pet_id=pet_id)
        row = licensing.get_application(session, application_id)
        row.form = row.form | {"holder": row.form["holder"] | {"name": NAME}}
        session.add(row)
        licence = grant(session, application_id)
        other = applied.make_pet(session, owner, f"{NAME} the second")
        waiting = applied.in_review(session, owner, "us-ca-vista", other)
        history.add_step(
            session, "noted", "clerk:c1", application_id=waiting, words=NAME, internal=True
        )
    files = [kept(f"{database} {name}") for name in ("paper", "page", "certificate")]
    with db.writing() as session:
        for paper in session.exec(select(Document)):
            paper.file_key, paper.page_keys, paper.name = files[0], [files[1]], f"{NAME}.pdf"
            session.add(paper)
        certificate = session.exec(select(Certificate)).one()
        certificate.file_key = files[2]
        session.add(certificate)
        session.add(FoundMessage(licence_id=licence.id, words=NAME, created=clock.now()))
        licensing.set_lost(session, owner, licence.id, True, f"{NAME} is shy")
        session.get_one(Licence, licence.id).reason = f"{NAME} has moved in with me"
        licensing.offer_transfer(session, owner, licence.id, f"friend.of.{NAME}@example.com")
    return owner, {"licence": licence.id, "application": application_id, "waiting": waiting}, files


def person_of(owner: Identity) -> Person:
    assert owner.user_id
    return Person(owner.user_id, owner.email)


def everything() -> str:
    with db.reading() as session:
        rows = [row for table in TABLES for row in session.exec(select(table)).all()]
        return " ".join(str(row.model_dump()) for row in rows).casefold()


def test_all_of_it_is_shown(sqlite_database: str) -> None:
    owner, ids, files = lived(sqlite_database)
    with db.writing() as session:
        licence = session.get_one(Licence, ids["licence"])
        licence.ends = licensing.today_in(licensing.town(licence.town_id))
        session.add(licence)
    remind()
    with db.reading() as session:
        shown = show(session, person_of(owner))
    counted = {name: len(rows) for name, rows in shown.rows.items()}
    assert counted == {
        "licence-applications": 2,
        "licence-papers": 2,
        "licences": 1,
        "licence-certificates": 1,
        "licence-steps": counted["licence-steps"],
        "licence-reminders": 1,
        "licence-offers": 1,
        "licence-found-messages": 1,
        "licence-desks": 0,
    }
    assert shown.rows["licences"][0]["animal"]["microchip"] == applied.CHIP
    assert shown.rows["licence-applications"][0]["form"]["holder"]["name"] == NAME
    assert {"files", *files} - {"files"} - {files[1]} <= set(shown.files.values())
    told = str(shown.rows["licence-steps"])
    assert "noted" not in told, "notes of clerks are the clerks' own"
    assert "token" not in str(shown.rows["licence-offers"])


def test_nothing_says_whose_it_was_and_the_town_can_account_for_it(
    database: str,
) -> None:
    owner, ids, files = lived(database)
    for _ in range(2):
        with db.writing() as session:
            names = personal.erase(session, person_of(owner))
        personal.let_go(names)
    left = everything()
    for word in (NAME, owner.user_id, applied.CHIP, "harbor drive"):
        assert str(word).casefold() not in left
    for key in files:
        with pytest.raises(NotFound):
            list(storage.read_private(key))
    with db.reading() as session:
        licence = session.get_one(Licence, ids["licence"])
        decided = session.get_one(Application, ids["application"])
        waiting = session.get_one(Application, ids["waiting"])
        assert session.exec(select(TransferOffer)).all() == []
        assert session.exec(select(FoundMessage)).all() == []
    assert (licence.owner, licence.state, licence.lost) == ("gone", LicenceState.ISSUED, False)
    assert licence.animal == {"species": "dog", "altered": "yes"}
    assert licence.number.casefold().replace("-", " ") in licence.search
    assert (decided.status, decided.fee_cents) == (Status.APPROVED, 1800)
    assert decided.receipt
    assert waiting.status == Status.WITHDRAWN
    assert waiting.open_key is None


def test_what_was_paid_and_not_decided_goes_back_although_they_have_left(
    sqlite_database: str,
) -> None:
    owner, ids, _ = lived(sqlite_database)
    with db.writing() as session:
        personal.erase(session, person_of(owner))
    settle()
    with db.reading() as session:
        steps = session.exec(select(Step).where(Step.application_id == ids["waiting"])).all()
        assert "refund" in {step.what for step in steps}
        assert NAME not in str([row.payload for row in session.exec(select(OutboxRow))])


def test_an_offer_to_somebody_goes_with_them(sqlite_database: str) -> None:
    owner, _, _ = lived(sqlite_database)
    with db.writing() as session:
        friend = applied.make_owner(session, f"friend.of.{NAME}@example.com")
    with db.reading() as session:
        assert len(show(session, person_of(friend)).rows["licence-offers"]) == 1
    with db.writing() as session:
        personal.erase(session, person_of(friend))
        assert session.exec(select(TransferOffer)).all() == []
    assert done(licensing.licences_of, owner)[0].offer is None


def test_a_clerk_who_leaves_takes_their_desks_along_and_leaves_their_decisions(
    database: str,
) -> None:
    with db.writing() as session:
        user = make_user(session, "clerk@example.com", role=Role.CLERK)
        session.add(Clerkship(user_id=user.id, town_id=applied.TOWN, created=clock.now()))
        owner = applied.make_owner(session)
        application_id = applied.in_review(session, owner)
        row = licensing.get_application(session, application_id)
        row.assigned_to = row.locked_by = user.id
        row.decided_by = f"clerk:{user.id}"
        history.move(session, row, Status.REJECTED, f"clerk:{user.id}", "Another animal")
    person = Person(user.id, "clerk@example.com")
    with db.reading() as session:
        assert len(show(session, person).rows["licence-desks"]) == 1
    with db.writing() as session:
        personal.erase(session, person)
    assert user.id not in everything()
    with db.reading() as session:
        steps: list[Any] = list(session.exec(select(Step).where(Step.what == "rejected")))
    assert [(step.by, step.words) for step in steps] == [("clerk", "Another animal")]
