"""Reminders of the end of a licence: each stage of each end once, by the day of its town."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select, tuple_

from pet_app.core import clock, db
from pet_app.core.ids import new_id
from pet_app.core.security import user_owner
from pet_app.licensing.events import LicenceRunsOut
from pet_app.licensing.models import Application, Licence, Reminder
from pet_app.licensing.rules import Town
from pet_app.licensing.rules.standing import LicenceState, Reminding, Status
from pet_app.licensing.rules.when import reached, span
from pet_app.licensing.service.costs import today_in
from pet_app.licensing.towns import town
from pet_app.messaging.outbox import publish_all
from pet_app.pet import service as pets

BATCH = 500
OWNERS = user_owner("")

After = tuple[date, str]
"""Where a batch ended: the end of a licence, and its id."""


@dataclass(frozen=True)
class Due:
    """What a reminder says: its stage, and the days that are left now, less than 0 past the end."""

    stage: Reminding
    days_left: int


def remind_some(
    session: Session, where: Town, stage: Reminding, after: After | None = None
) -> After | None:
    """Remind the owners of up to `BATCH` licences of a town that have come to a stage today.

    Returns where it ended, to go on from in a transaction of its own, and None at the end. What is
    announced is written with the row that keeps it from being announced again, so any number of
    processes may do this at once, or be killed at it.
    """
    today = today_in(where)
    found = _come_to(session, where, stage, today, after)
    quiet = _quiet(session, found)
    wanted = [
        row
        for row in found
        if row.id not in quiet and reached(row.begins, row.ends, today) is stage
    ]
    publish_all(
        session,
        [
            LicenceRunsOut(licence_id, reminder_id)
            for licence_id, reminder_id in _noted(session, wanted, stage)
        ],
    )
    if len(found) < BATCH:
        return None
    last = found[-1]
    assert last.ends is not None
    return last.ends, last.id


def reminder_due(session: Session, reminder_id: str) -> Due | None:
    """What a reminder is to say; None where the licence was renewed, closed, handed on to nobody
    we can write to, or its pet is only remembered by now."""
    reminder = session.get(Reminder, reminder_id)
    licence = session.get(Licence, reminder.licence_id) if reminder else None
    if reminder is None or licence is None or licence.ends != reminder.ends:
        return None
    if licence.state != LicenceState.ISSUED or _quiet(session, [licence]):
        return None
    today = today_in(town(licence.town_id))
    return Due(Reminding(reminder.stage), (reminder.ends - today).days)


def _come_to(
    session: Session, where: Town, stage: Reminding, today: date, after: After | None
) -> Sequence[Licence]:
    first, last = span(stage, today)
    told = select(Reminder.id).where(
        Reminder.licence_id == Licence.id,
        Reminder.ends == Licence.ends,
        Reminder.stage == stage.value,
    )
    wanted = select(Licence).where(
        Licence.town_id == where.id,
        col(Licence.ends).between(first, last),
        Licence.state == LicenceState.ISSUED.value,
        col(Licence.owner).startswith(OWNERS),
        ~told.exists(),
    )
    if after is not None:
        wanted = wanted.where(tuple_(col(Licence.ends), col(Licence.id)) > after)
    in_order = wanted.order_by(col(Licence.ends), col(Licence.id)).limit(BATCH)
    return session.exec(in_order).all()


def _quiet(session: Session, rows: Sequence[Licence]) -> set[str]:
    """Those of these licences whose owner is not to be reminded: the pet is only remembered, or
    what would be asked of them lies with the town already."""
    here = pets.with_us(session, {row.pet_id for row in rows if row.pet_id})
    with_town = select(Application.licence_id).where(
        col(Application.licence_id).in_([row.id for row in rows]),
        Application.status == Status.IN_REVIEW.value,
    )
    asked = set(session.exec(with_town)) if rows else set()
    return asked | {row.id for row in rows if row.pet_id and row.pet_id not in here}


def _noted(session: Session, rows: Sequence[Licence], stage: Reminding) -> list[tuple[str, str]]:
    """The licences that were not noted before, each with the id of its reminder."""
    if not rows:
        return []
    now = clock.now()
    values = [
        {
            "id": new_id(),
            "licence_id": row.id,
            "ends": row.ends,
            "stage": stage.value,
            "created": now,
        }
        for row in rows
    ]
    made = (
        db.insert(Reminder)
        .values(values)
        .on_conflict_do_nothing(index_elements=["licence_id", "ends", "stage"])
        .returning(col(Reminder.licence_id), col(Reminder.id))
    )
    return [(licence_id, one) for licence_id, one in session.connection().execute(made)]
