"""Licences for tests: granted with their certificates, running out, handed on."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any, TypeVar

from sqlmodel import Session, col, select

from pet_app.core import clock, db
from pet_app.core.ids import new_id
from pet_app.core.security import Identity, Role, user_owner
from pet_app.licensing import facts
from pet_app.licensing import service as licensing
from pet_app.licensing.events import LicenceRunsOut
from pet_app.licensing.form import Animal, Form, Holder, Vaccination
from pet_app.licensing.models import Application, Certificate, Licence, Reminder
from pet_app.licensing.rules import Action, Case, Species
from pet_app.licensing.rules.standing import Kind, Status
from pet_app.licensing.service import history
from pet_app.licensing.service.desk.deciding import settle as decide
from pet_app.licensing.service.rows import locked
from pet_app.licensing.tasks.reminders import remind_town
from pet_app.messaging.bus import load_reactions
from pet_app.messaging.models import JobRow, OutboxRow
from pet_app.messaging.relay import Relay
from pet_app.messaging.runner import carry_out
from tests.licensing import factory as applied
from tests.messaging.factory import hasten

R = TypeVar("R")

TOWN = applied.TOWN
SLOW = ("licensing.draw_certificate",)
ELSEWHERE = "us-oh-franklin-county"
OLIVE = Identity(user_id="0olive", role=Role.USER, name="Olive Owner")
OTTO = Identity(user_id="0otto", role=Role.USER, name="Otto Other")
ADMIN = Identity(user_id="0admin", role=Role.ADMIN, name="Ada Admin", strong=True)
CLERK = Identity(user_id="0clerk", role=Role.CLERK, name="Clara Clerk", strong=True)
BY = "clerk:0clerk"
ACTIONS = {kind: Action(kind.value) for kind in Kind if kind is not Kind.BOOSTER}


def make_licence(
    session: Session, owner: Identity | str, days_left: int | None = 30, **changes: Any
) -> Licence:
    """A licence as a year's approval left it, so many days before its end in its town."""
    town_id = changes.get("town_id", TOWN)
    today = licensing.today_in(licensing.town(town_id))
    ends = None if days_left is None else today + timedelta(days=days_left)
    told: dict[str, Any] = {
        "owner": owner if isinstance(owner, str) else owner.owner,
        "town_id": town_id,
        "number": licensing.fresh_number(session, town_id),
        "tag_code": licensing.fresh_tag(session),
        "holder": {"name": "Olive Owner", "email": "olive@example.com", "address": applied.HOME},
        "animal": {"name": "Biscuit", "species": "dog", "altered": "yes", "born": "2022-03-01"},
        "species": "dog",
        "altered": True,
        "term": "1",
        "begins": (ends or today) - timedelta(days=364),
        "term_ends": ends,
        "rabies_until": None,
        "ends": ends,
        "created": clock.now(),
        "changed": clock.now(),
    }
    licence = Licence(**(told | changes))
    session.add(licence)
    session.flush()
    return licence


def today(town_id: str = TOWN) -> date:
    """The day it is in a town."""
    return licensing.today_in(licensing.town(town_id))


def make_application(
    session: Session,
    kind: Kind = Kind.NEW,
    *,
    town_id: str = TOWN,
    owner: Identity = OLIVE,
    licence: Licence | None = None,
    handed_in: date | None = None,
    rabies_days: int | None = 900,
    term: str = "1",
    pet_id: str = "",
    name: str = "Biscuit",
    moved_from: str = "",
    due: date | None = None,
) -> Application:
    """An application that a clerk is about to approve; `rabies_days` counts from its day."""
    day = handed_in or today(town_id)
    until = day + timedelta(days=rabies_days) if rabies_days is not None else None
    case = Case(
        species=Species.DOG,
        altered=True,
        handed_in=day,
        term=term,
        born=date(2022, 3, 1),
        action=ACTIONS.get(kind, Action.NEW),
        due=due or (licence.ends if licence else None),
        rabies_until=until,
    )
    form = Form(
        holder=Holder(name=owner.name, email="olive@example.com", address=applied.HOME),
        animal=Animal(name, "dog", "female", "yes", "2022-03-01", "Beagle", "brown and white"),
        vaccination=Vaccination(until=until.isoformat() if until else ""),
        term=term,
        signed=True,
        moved_from=moved_from,
    )
    row = Application(
        owner=user_owner(owner.user_id or ""),
        town_id=town_id,
        pet_id=pet_id or (licence.pet_id if licence else new_id()),
        licence_id=licence.id if licence else "",
        kind=kind.value,
        status=Status.APPROVED.value,
        form=asdict(form),
        case={} if kind is Kind.BOOSTER else facts.frozen(case),
        term="" if kind is Kind.BOOSTER else term,
        handed_in=day,
        submitted=clock.now(),
        created=clock.now(),
        changed=clock.now(),
    )
    session.add(row)
    session.flush()
    return row


def granted_licence(session: Session, kind: Kind = Kind.NEW, **told: Any) -> Licence:
    """What an approved application leads to."""
    return licensing.grant(session, make_application(session, kind, **told), BY)


def certified(**told: Any) -> tuple[str, str]:
    """A licence that is committed: its id, and the text of its certificate."""
    with db.writing() as session:
        licence = granted_licence(session, **told)
        return licence.id, text_of(session, licence)


def text_of(session: Session, licence: Licence) -> str:
    """What the code on the certificate that counts says."""
    found = select(Certificate).where(
        Certificate.licence_id == licence.id, Certificate.serial == licence.certificate
    )
    return session.exec(found).one().text


def seen(licence_id: str) -> Licence:
    """A licence as it is now."""
    with db.reading() as session:
        return session.get_one(Licence, licence_id)


def grant(session: Session, application_id: str) -> Licence:
    """What a clerk's approval makes of an application that lies with the town."""
    row = locked(session, application_id)
    decide(session, row, Status.APPROVED, history.TOWN)
    return licensing.grant(session, row, history.TOWN)


def licensed(session: Session, owner: Identity, town_id: str = TOWN) -> Licence:
    """A licence that was asked for, paid and approved."""
    return grant(session, applied.in_review(session, owner, town_id))


def remind(town_id: str = TOWN) -> None:
    """What the clock does for one town."""
    remind_town(licensing.town(town_id))


def reminders() -> list[tuple[str, str, date]]:
    """Which licence was reminded of at which stage of which end, in order."""
    with db.reading() as session:
        rows = session.exec(select(Reminder).order_by(col(Reminder.id))).all()
        return [(row.licence_id, row.stage, row.ends) for row in rows]


def announced(name: str = LicenceRunsOut.name) -> int:
    """How many events of a name were written down."""
    with db.reading() as session:
        return len(session.exec(select(OutboxRow).where(OutboxRow.name == name)).all())


def settle(*, paper: bool = False) -> None:
    """Let everything happen that follows; certificates, which take their time, only with
    `paper`."""
    load_reactions()

    def carry(_queue: str, job_id: str, attempt: int) -> None:
        if paper or _kind(job_id) not in SLOW:
            carry_out(job_id, attempt)

    relay = Relay(carry)
    while relay.step():
        pass


def again(name: str) -> None:
    """Let a reaction happen once more, as after a lost word that it was done."""
    with db.writing() as session:
        jobs = session.exec(select(JobRow).where(JobRow.kind == f"licensing.{name}")).all()
        assert jobs
        for job in jobs:
            assert job.state == "done", (job.state, job.error)
            job.state, job.ended = "ready", None
            session.add(job)
    hasten()
    settle()


def done(verb: Callable[..., R], *args: Any, **kwargs: Any) -> R:
    """What a verb gives, in a transaction of its own."""
    with db.writing() as session:
        return verb(session, *args, **kwargs)


def _kind(job_id: str) -> str:
    with db.reading() as session:
        return session.get_one(JobRow, job_id).kind
