"""Clerks and what lies on their desk, for tests."""

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlmodel import Session

from pet_app.core import clock, db
from pet_app.core.ids import new_id
from pet_app.core.security import Identity, Role, user_owner
from pet_app.licensing import facts
from pet_app.licensing import service as licensing
from pet_app.licensing.facts import Around
from pet_app.licensing.form import Form
from pet_app.licensing.models import Application
from pet_app.licensing.rules.standing import Kind, Status
from pet_app.licensing.service import CounterSale, ImportView
from pet_app.licensing.service.desk import taking_in
from pet_app.licensing.service.history import add_step
from pet_app.licensing.service.pricing import RABIES
from pet_app.licensing.service.rows import searched, stored
from pet_app.licensing.service.views import line_told
from tests.licensing.factory import TOWN, filled, put_paper

OTHER_TOWN = "us-oh-franklin-county"
LEGACY = {
    "number": "1001",
    "holder_name": "Harriet Holder",
    "pet_name": "Rex",
    "species": "dog",
    "altered": "yes",
    "term": "1",
    "begins": "2026-01-01",
    "ends": "2026-12-31",
}


def make_clerk(session: Session, *town_ids: str) -> Identity:
    """Somebody who decides for these towns."""
    clerk = Identity(user_id=new_id(), role=Role.CLERK, name="Carla", strong=True)
    for town_id in town_ids or (TOWN,):
        licensing.appoint_clerk(session, clerk.user_id or "", town_id)
    return clerk


def make_case(
    session: Session,
    town_id: str = TOWN,
    *,
    status: Status = Status.IN_REVIEW,
    pet: str = "Biscuit",
    holder: str = "Olive Owner",
    kind: Kind = Kind.NEW,
    owner: str = "",
    form: Form | None = None,
    around: Around | None = None,
    **changes: Any,
) -> str:
    """An application as it lies with the town: handed in, priced and paid; its id."""
    where = licensing.town(town_id)
    today = licensing.today_in(where)
    form = form or filled(Form(), today)
    form = replace(
        form,
        holder=replace(form.holder, name=holder),
        animal=replace(form.animal, name=pet),
    )
    case = facts.check(form, where, kind, around or Around(today)).case
    priced = licensing.what_it_costs(where, case) if case else None
    now = clock.now()
    told: dict[str, Any] = {
        "owner": owner or user_owner(new_id()),
        "town_id": town_id,
        "pet_id": new_id(),
        "kind": kind.value,
        "status": status.value,
        "open_key": new_id(),
        "form": stored(form),
        "case": facts.frozen(case) if case else {},
        "receipt": [line_told(line) for line in priced.fee.lines] if priced else [],
        "term": form.term,
        "fee_cents": priced.total.cents if priced else 0,
        "currency": where.currency,
        "handed_in": case.handed_in if case else today,
        "submitted": now,
        "waiting_since": now if status is Status.IN_REVIEW else None,
        "paid": now,
        "search": searched(form),
        "created": now,
        "changed": now,
    }
    row = Application(**(told | changes))
    session.add(row)
    session.flush()
    put_paper(session, row.id, RABIES)
    return row.id


def say_trouble(session: Session, application_id: str) -> None:
    """Something about its money wants a clerk to look."""
    add_step(session, "trouble", "payment", application_id=application_id, internal=True)


def sale(town_id: str = TOWN, **changes: Any) -> CounterSale:
    """A dog licensed at the counter."""
    told: dict[str, Any] = {
        "town_id": town_id,
        "form": filled(Form(), licensing.today_in(licensing.town(town_id))),
        "paid_by": "cash",
        "request_key": "the first sale",
    }
    return CounterSale(**(told | changes))


def legacy_csv(*rows: dict[str, str], columns: Sequence[str] = tuple(LEGACY)) -> bytes:
    """A file of licences from elsewhere; each row is a dog's, changed in what matters."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    for row in rows:
        told = LEGACY | row
        writer.writerow([told.get(name, "") for name in columns])
    return text.getvalue().encode()


def looked_through(clerk: Identity, data: bytes, town_id: str = TOWN) -> ImportView:
    """A file that was sent and looked through."""
    view = licensing.import_dry_run(clerk, town_id, io.BytesIO(data))
    looked = taking_in.look_through(view.id)
    with db.writing() as session:
        if looked:
            taking_in.keep_looked(session, view.id, looked)
        return licensing.import_of(session, clerk, view.id)
