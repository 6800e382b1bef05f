"""Deliveries to test with, and somebody who works them off as a test wants."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlmodel import col, select

from pet_app.core import clock, db
from pet_app.webhook import service as inbox
from pet_app.webhook.models import InboxRow
from pet_app.webhook.service import Delivery

SOURCE = "bell"


def make_delivery(external_id: str = "e1", **more: Any) -> Delivery:
    """Something somebody told us."""
    given: dict[str, Any] = {
        "source": SOURCE,
        "topic": "bell.rang",
        "kept": {"object": "bell"},
        "occurred": clock.now(),
    }
    return Delivery(external_id=external_id, **given | more)


def received(*deliveries: Delivery) -> list[bool]:
    """Take them in, each in a transaction of its own; whether each was new."""
    found = []
    for delivery in deliveries or (make_delivery(),):
        with db.writing() as session:
            found.append(inbox.receive(session, delivery))
    return found


def rows() -> list[InboxRow]:
    """Everything in the inbox, the oldest first."""
    with db.reading() as session:
        return list(session.exec(select(InboxRow).order_by(col(InboxRow.id))))


@contextmanager
def worked_by(work: Callable[[Delivery], None]) -> Iterator[None]:
    """Let this work off what the bell tells."""
    inbox.work_off(inbox.Worker(SOURCE, work, lambda told: f"Would hear {told.external_id}."))
    try:
        yield
    finally:
        del inbox.WORKERS[SOURCE]
