"""The inbox: deliveries taken in once, marked by what became of them, replayed by hand."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import literal
from sqlmodel import Session, col, delete, select

from pet_app.core import clock, db
from pet_app.core.errors import Conflict, NotFound
from pet_app.core.ids import new_id
from pet_app.core.security import Identity, Permission
from pet_app.messaging.outbox import publish
from pet_app.webhook.events import WebhookReceived
from pet_app.webhook.models import InboxRow
from pet_app.webhook.rules import InboxState

__all__ = [
    "WORKERS",
    "Delivery",
    "PassedOver",
    "Worker",
    "delivery_of",
    "find",
    "forget_old",
    "known",
    "list_deliveries",
    "mark_applied",
    "mark_dead",
    "mark_passed_over",
    "receive",
    "replay",
    "replay_as",
    "rescue",
    "shown",
    "work_off",
]

LONGEST_ERROR = 500
LONGEST_WORK = timedelta(hours=6)
KEEP = timedelta(days=90)
AT_ONCE = 200
FORGOTTEN_AT_ONCE = 20_000
MOST_RESCUES = 4
NEVER_ENDED = "It was begun several times and never ended."
UNKNOWN = "There is no such delivery."
WAITING = "This delivery is still being worked off."


@dataclass(frozen=True)
class Delivery:
    """What somebody told us, its signature checked. `external_id` is their name for it.

    `kept` holds names and numbers of things, no personal values.
    """

    source: str
    external_id: str
    topic: str
    kept: Mapping[str, Any]
    occurred: datetime


class PassedOver(Exception):
    """This delivery is not for us; the message says why."""


@dataclass(frozen=True)
class Worker:
    """What works off the deliveries of one source; it blocks and opens its own transactions.

    `work` makes them true and may do so any number of times; `would` says in a sentence what that
    would do. Both raise `PassedOver` for what is not for us.
    """

    source: str
    work: Callable[[Delivery], None]
    would: Callable[[Delivery], str]


WORKERS: dict[str, Worker] = {}


def work_off(worker: Worker) -> None:
    """Have the deliveries of a source worked off by this."""
    WORKERS[worker.source] = worker


def receive(session: Session, delivery: Delivery) -> bool:
    """Take in a delivery; False when it was here before, which is counted."""
    row = {
        "id": new_id(),
        "source": delivery.source,
        "external_id": delivery.external_id,
        "topic": delivery.topic,
        "kept": dict(delivery.kept),
        "occurred": delivery.occurred,
        "received": clock.now(),
        "deliveries": 1,
        "replays": 0,
        "state": InboxState.RECEIVED.value,
        "error": "",
    }
    again = {"deliveries": col(InboxRow.deliveries) + literal(1)}
    written = session.connection().execute(
        db.insert(InboxRow)
        .values(row)
        .on_conflict_do_update(index_elements=["source", "external_id"], set_=again)
        .returning(col(InboxRow.id))
    )
    if written.scalar_one() != row["id"]:
        return False
    publish(session, WebhookReceived(row["id"], delivery.source, delivery.topic))
    return True


def delivery_of(session: Session, inbox_id: str) -> Delivery | None:
    """A delivery that still has to be worked off; None when it has been, or never was."""
    row = session.get(InboxRow, inbox_id)
    return _delivery(row) if row and row.state == InboxState.RECEIVED else None


def mark_applied(session: Session, inbox_id: str) -> None:
    """What it told of is true here."""
    _end(session, inbox_id, InboxState.APPLIED, "")


def mark_passed_over(session: Session, inbox_id: str, why: str) -> None:
    """It was not for us."""
    _end(session, inbox_id, InboxState.PASSED_OVER, why)


def mark_dead(session: Session, inbox_id: str, error: str) -> None:
    """Trying again was of no use; it waits for somebody to look."""
    _end(session, inbox_id, InboxState.DEAD, error)


def replay(session: Session, inbox_id: str) -> InboxRow:
    """Work a delivery off once more. Raises `NotFound`; `Conflict` while it is still waiting."""
    row = _locked(session, inbox_id)
    if row is None:
        raise NotFound(UNKNOWN)
    if row.state == InboxState.RECEIVED:
        raise Conflict(WAITING)
    row.state, row.error, row.ended = InboxState.RECEIVED.value, "", None
    row.replays += 1
    session.add(row)
    publish(session, WebhookReceived(row.id, row.source, row.topic))
    return row


def replay_as(session: Session, identity: Identity, inbox_id: str) -> InboxRow:
    """The same, for staff."""
    identity.must(Permission.ORDERS)
    return replay(session, inbox_id)


def find(session: Session, inbox_id: str) -> tuple[InboxRow, Delivery]:
    """A delivery, whatever became of it. Raises `NotFound`."""
    row = session.get(InboxRow, inbox_id)
    if row is None:
        raise NotFound(UNKNOWN)
    return row, _delivery(row)


def list_deliveries(
    session: Session, state: InboxState | None = None, before: str = "", limit: int = 50
) -> list[InboxRow]:
    """The latest deliveries; `before` is the id of the last one seen."""
    found = select(InboxRow).order_by(col(InboxRow.id).desc()).limit(limit)
    if state is not None:
        found = found.where(InboxRow.state == state.value)
    if before:
        found = found.where(col(InboxRow.id) < before)
    return list(session.exec(found).all())


def shown(
    session: Session, identity: Identity, state: InboxState | None, before: str, limit: int
) -> list[InboxRow]:
    """The same, for staff."""
    identity.must(Permission.ORDERS)
    return list_deliveries(session, state, before, limit)


def known(session: Session, source: str, external_ids: Collection[str]) -> set[str]:
    """Those of these that were taken in before."""
    found = select(InboxRow.external_id).where(
        InboxRow.source == source, col(InboxRow.external_id).in_(external_ids)
    )
    return set(session.exec(found).all())


def rescue(session: Session) -> int:
    """Have worked off again what should have ended long ago; how many. Some end dead instead."""
    waiting = (
        select(InboxRow)
        .where(
            InboxRow.state == InboxState.RECEIVED.value,
            col(InboxRow.received) < clock.now() - LONGEST_WORK,
        )
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    rows = session.exec(waiting).all()
    for row in rows:
        if row.replays >= MOST_RESCUES:
            row.state, row.error, row.ended = InboxState.DEAD.value, NEVER_ENDED, clock.now()
        else:
            row.replays += 1
            publish(session, WebhookReceived(row.id, row.source, row.topic))
        session.add(row)
    return len(rows)


def forget_old(session: Session) -> None:
    """Let go of what ended well long ago; nobody sends it again."""
    over = [InboxState.APPLIED.value, InboxState.PASSED_OVER.value]
    old = select(InboxRow.id).where(
        col(InboxRow.state).in_(over), col(InboxRow.received) < clock.now() - KEEP
    )
    session.exec(delete(InboxRow).where(col(InboxRow.id).in_(old.limit(FORGOTTEN_AT_ONCE))))


def _end(session: Session, inbox_id: str, state: InboxState, error: str) -> None:
    row = _locked(session, inbox_id)
    if row is not None and row.state == InboxState.RECEIVED:
        row.state, row.error, row.ended = state.value, error[:LONGEST_ERROR], clock.now()
        session.add(row)


def _locked(session: Session, inbox_id: str) -> InboxRow | None:
    return session.exec(
        select(InboxRow).where(InboxRow.id == inbox_id).with_for_update()
    ).one_or_none()


def _delivery(row: InboxRow) -> Delivery:
    return Delivery(row.source, row.external_id, row.topic, row.kept, row.occurred)
