"""A licence desk to be killed while it approves: `python -m tests.faults.issuer ROLE`.

A shop is clerks and all that follows in one process, a finisher the same without clerks; clerks and
workers are parts of a larger one.

It prints `approved ID` once an application is approved for whoever waits at the counter.
"""

import random
import sys
import time
from dataclasses import asdict
from datetime import date, timedelta
from threading import Event, Lock, Thread

from sqlmodel import select

from pet_app.core import clock, db
from pet_app.core.ids import new_id
from pet_app.core.security import Identity, Role, user_owner
from pet_app.licensing import facts
from pet_app.licensing import service as licensing
from pet_app.licensing.form import Animal, Form, Holder, Vaccination
from pet_app.licensing.models import Application, Licence
from pet_app.licensing.rules import Action, Case, Species
from pet_app.licensing.rules.standing import Kind, Status
from pet_app.messaging import queue
from pet_app.user import service as users
from pet_app.user.service import Newcomer
from tests.faults.idle import waiting
from tests.faults.till import leave_with_parent, work

TOWN = "us-ca-san-diego"
CLERK = Identity(user_id="0clerk", role=Role.ADMIN, name="Ada Admin", strong=True)
CLERKS = 2
MOST_WAITING = 12
PAUSE_S = 0.02

_speaking = Lock()


def hand_in(session: db.Session, kind: Kind, owner: str, pet: str, licence: str) -> Application:
    """An application that lies with the town."""
    today = licensing.today_in(licensing.town(TOWN))
    until = today + timedelta(days=900)
    case = Case(
        species=Species.DOG,
        altered=True,
        handed_in=today,
        term="1",
        born=date(2022, 3, 1),
        action=Action(kind.value),
        rabies_until=until,
    )
    form = Form(
        holder=Holder(name="Olive Owner"),
        animal=Animal(pet, "dog", "female", "yes", "2022-03-01", "Beagle"),
        vaccination=Vaccination(until=until.isoformat()),
        term="1",
        signed=True,
    )
    row = Application(
        owner=owner,
        town_id=TOWN,
        pet_id=pet,
        licence_id=licence,
        kind=kind.value,
        status=Status.IN_REVIEW.value,
        form=asdict(form),
        case=facts.frozen(case),
        term="1",
        handed_in=today,
        submitted=clock.now(),
        waiting_since=clock.now(),
        created=clock.now(),
        changed=clock.now(),
    )
    session.add(row)
    session.flush()
    return row


def approve(application_id: str, version: int) -> None:
    """Approve it, and say so once it is."""
    with db.writing() as session:
        licensing.approve(session, CLERK, application_id, version)
    with _speaking:
        sys.stdout.write(f"approved {application_id}\n")
        sys.stdout.flush()


def serve_somebody() -> None:
    """A new licence; now and then its tag is lost at once, and another one given out."""
    pet = new_id()
    with db.writing() as session:
        newcomer = Newcomer("Olive Owner", f"{pet}@example.com", "no password")
        owner = user_owner(users.register(session, newcomer).id)
        row = hand_in(session, Kind.NEW, owner, pet, "")
        told = row.id, row.version
    approve(*told)
    if random.random() < 0.4:
        return
    with db.writing() as session:
        licence = session.exec(select(Licence).where(Licence.pet_id == pet)).one()
        row = hand_in(session, Kind.REPLACEMENT, owner, pet, licence.id)
        told = row.id, row.version
    approve(*told)


def serve_on() -> None:
    """One case after the other, but never much faster than papers are drawn, until killed."""
    while True:
        if waiting() > MOST_WAITING:
            time.sleep(PAUSE_S)
        else:
            serve_somebody()


def decide() -> None:
    """Clerks, each in a thread of their own."""
    for _ in range(CLERKS):
        Thread(target=serve_on, daemon=True).start()


def main(role: str) -> None:
    """Play one part."""
    Thread(target=leave_with_parent, daemon=True).start()
    match role:
        case "shop":
            queue.start_embedded()
            decide()
        case "finisher":
            queue.start_embedded()
        case "clerks":
            decide()
        case "worker":
            work()
    Event().wait()


if __name__ == "__main__":
    main(sys.argv[1])
