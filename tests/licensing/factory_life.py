"""Licences for tests: granted, running out, handed on."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, TypeVar

from sqlmodel import Session, col, select

from pet_app.core import clock, db
from pet_app.core.security import Identity
from pet_app.licensing import service as licensing
from pet_app.licensing.events import LicenceRunsOut
from pet_app.licensing.models import Licence, Reminder
from pet_app.licensing.rules.standing import Status
from pet_app.licensing.service import history
from pet_app.licensing.service.desk.deciding import settle as decide
from pet_app.licensing.service.rows import locked
from pet_app.licensing.tasks.reminders import remind_town
from pet_app.messaging.bus import load_reactions
from pet_app.messaging.models import JobRow, OutboxRow
from pet_app.messaging.relay import Relay
from pet_app.messaging.runner import carry_out
from tests.licensing import factory_apply as applied
from tests.messaging.factory import hasten

R = TypeVar("R")

TOWN = applied.TOWN
SLOW = ("licensing.draw_certificate",)


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
