"""Approved applications and the licences that come of them, without the way there."""

from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session, select

from pet_app.core import clock, db
from pet_app.core.ids import new_id
from pet_app.core.security import Identity, Role, user_owner
from pet_app.licensing import facts
from pet_app.licensing import service as licensing
from pet_app.licensing.form import Animal, Form, Holder, Vaccination
from pet_app.licensing.models import Application, Certificate, Licence
from pet_app.licensing.rules import Action, Case, Species
from pet_app.licensing.rules.standing import Kind, Status
from tests.licensing.factory_apply import HOME

TOWN = "us-ca-san-diego"
ELSEWHERE = "us-oh-franklin-county"
OLIVE = Identity(user_id="0olive", role=Role.USER, name="Olive Owner")
OTTO = Identity(user_id="0otto", role=Role.USER, name="Otto Other")
ADMIN = Identity(user_id="0admin", role=Role.ADMIN, name="Ada Admin", strong=True)
CLERK = Identity(user_id="0clerk", role=Role.CLERK, name="Clara Clerk", strong=True)
BY = "clerk:0clerk"
ACTIONS = {kind: Action(kind.value) for kind in Kind if kind is not Kind.BOOSTER}


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
        holder=Holder(name=owner.name, email="olive@example.com", address=HOME),
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


def make_licence(session: Session, kind: Kind = Kind.NEW, **told: Any) -> Licence:
    """What an approved application leads to."""
    return licensing.grant(session, make_application(session, kind, **told), BY)


def licensed(**told: Any) -> tuple[str, str]:
    """A licence that is committed: its id, and the text of its certificate."""
    with db.writing() as session:
        licence = make_licence(session, **told)
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
