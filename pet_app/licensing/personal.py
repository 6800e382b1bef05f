"""What is held about people for their licences: shown whole, and kept without a name when they
leave, since a town has to account for what it licensed and for what was paid."""

from collections.abc import Collection

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, delete, or_, select, update

from pet_app.core.personal import Holding, Person, Shown, register, told
from pet_app.licensing.models import (
    Application,
    Certificate,
    Clerkship,
    DeskPolicy,
    Document,
    FoundMessage,
    ImportRun,
    Licence,
    Reminder,
    Step,
    TransferOffer,
)
from pet_app.licensing.rules.standing import UNDECIDED
from pet_app.licensing.service.applying import call_off
from pet_app.licensing.service.granting import search_text
from pet_app.licensing.service.history import CLERK, MARK
from pet_app.licensing.service.rows import locked

NOBODY = "gone"
"""The owner of what is kept for the town though nobody may know whose it was."""

OF_THE_ANIMAL = ("species", "altered")
"""What a town counts by, and all that is left of the animal on a licence."""


def show(session: Session, person: Person) -> Shown:
    """Applications with what was told, their papers and steps; licences with their certificates,
    reminders, offers and what finders wrote; the towns somebody decides for."""
    applications = _applications(session, person)
    licences = _licences(session, person)
    licence_ids = [row.id for row in licences]
    papers = _papers(session, [row.id for row in applications])
    drawn = select(Certificate).where(col(Certificate.licence_id).in_(licence_ids))
    certificates = list(session.exec(drawn.order_by(col(Certificate.id))))
    numbers = {row.id: row.number for row in licences}
    files = {
        f"licence-papers/{row.id}.{row.file_key.rpartition('.')[2]}": row.file_key for row in papers
    } | {
        f"licences/{numbers[row.licence_id]}-{row.serial}.pdf": row.file_key for row in certificates
    }
    rows = {
        "licence-applications": [
            told(row, "owner", "locked_by", "assigned_to", "decided_by", "open_key", "audit")
            | {"form": row.form}
            for row in applications
        ],
        "licence-papers": [told(row) | {"name": row.name} for row in papers],
        "licences": [
            told(row, "owner")
            | {"holder": row.holder, "animal": row.animal, "lost_words": row.lost_words}
            for row in licences
        ],
        "licence-certificates": [told(row) for row in certificates],
        "licence-steps": [
            told(row, "by") | {"words": row.words}
            for row in _steps(session, [row.id for row in applications], licence_ids)
        ],
        "licence-reminders": [told(row) for row in _reminders(session, licence_ids)],
        "licence-offers": [
            told(row, "owner", "open_key") | {"email": row.email}
            for row in session.exec(select(TransferOffer).where(_offered(person)))
        ],
        "licence-found-messages": [
            told(row) | {"words": row.words, "contact": row.contact}
            for row in session.exec(
                select(FoundMessage).where(col(FoundMessage.licence_id).in_(licence_ids))
            )
        ],
        "licence-desks": [
            told(row, "user_id")
            for row in session.exec(select(Clerkship).where(Clerkship.user_id == person.id))
        ],
    }
    return Shown(rows, {name: key for name, key in files.items() if key})


def anonymise(session: Session, person: Person) -> None:
    """Leave what the town counts and accounts for: what was licensed, when, for how much."""
    for found in _applications(session, person):
        application = locked(session, found.id)
        _give_up(session, application)
        animal = application.form.get("animal", {})
        application.form = {
            "animal": {name: animal[name] for name in OF_THE_ANIMAL if name in animal},
            "term": application.form.get("term", ""),
        }
        application.owner, application.pet_id = NOBODY, ""
        application.search = application.words = ""
        application.open_key = None
        session.add(application)
        _silence(session, col(Step.application_id) == application.id)
    for licence in _licences(session, person):
        animal = licence.animal
        licence.animal = {name: animal[name] for name in OF_THE_ANIMAL if name in animal}
        licence.owner, licence.pet_id, licence.holder = NOBODY, "", {}
        licence.search = search_text(licence)
        licence.lost, licence.lost_words, licence.reason = False, "", ""
        session.add(licence)
        _silence(session, col(Step.licence_id) == licence.id)
    session.flush()
    _forget_clerk(session, person)


def erase(session: Session, person: Person) -> Collection[str]:
    """The papers, certificates and messages of what nobody owns any more, the offers of somebody
    and to them, and where they were a clerk."""
    ownerless = select(Application.id).where(Application.owner == NOBODY)
    papers = list(session.exec(select(Document).where(col(Document.application_id).in_(ownerless))))
    files = [key for paper in papers for key in (paper.file_key, *paper.page_keys)]
    for paper in papers:
        session.delete(paper)
    licences = select(Licence.id).where(Licence.owner == NOBODY)
    drawn = select(Certificate).where(
        col(Certificate.licence_id).in_(licences), Certificate.file_key != ""
    )
    for certificate in session.exec(drawn).all():
        files.append(certificate.file_key)
        certificate.file_key = ""
        session.add(certificate)
    session.flush()
    session.exec(delete(FoundMessage).where(col(FoundMessage.licence_id).in_(licences)))
    session.exec(delete(TransferOffer).where(_offered(person)))
    session.exec(delete(Clerkship).where(col(Clerkship.user_id) == person.id))
    return files


def _give_up(session: Session, application: Application) -> None:
    """What is not decided is not asked for any more by somebody who has left."""
    if application.status in UNDECIDED:
        call_off(session, application)


def _forget_clerk(session: Session, person: Person) -> None:
    """Decisions stay a clerk's; which one's, nobody needs to know any more."""
    by = f"{CLERK}{person.id}"
    session.exec(update(Step).where(col(Step.by) == by).values(by=CLERK.rstrip(":")))
    for table, name in (
        (Application, "assigned_to"),
        (Application, "locked_by"),
        (Application, "decided_by"),
        (DeskPolicy, "changed_by"),
        (ImportRun, "by"),
    ):
        theirs = update(table).where(col(getattr(table, name)).in_((person.id, by)))
        session.exec(theirs.values({name: ""}))


def _silence(session: Session, of: ColumnElement[bool]) -> None:
    session.exec(update(Step).where(of, col(Step.what) != MARK).values(words=""))


def _applications(session: Session, person: Person) -> list[Application]:
    theirs = select(Application).where(Application.owner == person.owner)
    return list(session.exec(theirs.order_by(col(Application.id))))


def _licences(session: Session, person: Person) -> list[Licence]:
    theirs = select(Licence).where(Licence.owner == person.owner)
    return list(session.exec(theirs.order_by(col(Licence.id))))


def _papers(session: Session, application_ids: list[str]) -> list[Document]:
    of_these = select(Document).where(col(Document.application_id).in_(application_ids))
    return list(session.exec(of_these.order_by(col(Document.id))))


def _steps(session: Session, application_ids: list[str], licence_ids: list[str]) -> list[Step]:
    of_these = select(Step).where(
        or_(col(Step.application_id).in_(application_ids), col(Step.licence_id).in_(licence_ids)),
        Step.what != MARK,
        col(Step.internal).is_(False),
    )
    return list(session.exec(of_these.order_by(col(Step.id))))


def _reminders(session: Session, licence_ids: list[str]) -> list[Reminder]:
    of_these = select(Reminder).where(col(Reminder.licence_id).in_(licence_ids))
    return list(session.exec(of_these.order_by(col(Reminder.id))))


def _offered(person: Person):
    """The offers somebody made, and those made to their address."""
    mine = col(TransferOffer.owner) == person.owner
    if not person.email:
        return mine
    return or_(mine, col(TransferOffer.email) == person.email)


register(
    Holding(
        "licences",
        (Application, Licence, TransferOffer, Clerkship),
        show,
        erase,
        files=(col(Document.file_key), col(Certificate.file_key), col(ImportRun.file_key)),
        anonymise=anonymise,
    )
)
