"""The queue of cases by town, with filters and how long they wait."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, func, select

from pet_app.core import clock
from pet_app.core.errors import Invalid
from pet_app.core.ids import is_id
from pet_app.core.security import Identity
from pet_app.licensing import searching
from pet_app.licensing.models import Application
from pet_app.licensing.rules.standing import DECIDED, Kind, Status
from pet_app.licensing.service.desk.access import must_serve, towns_of
from pet_app.licensing.service.desk.shown import OVERDUE, items
from pet_app.licensing.service.desk.views import QueueAsked, QueuePage

MOST = 100
NO_SUCH_PLACE = "This place in the list is gone. Please start from the beginning."
NO_SUCH_SHELF = "There is no such shelf."
NO_SUCH_KIND = "There is no such kind of application."
OPEN = (Status.IN_REVIEW, Status.NEEDS_MORE, Status.AWAITING_PAYMENT)
WANTED = "wanted"

WHEN: dict[str, Any] = {
    "in_review": col(Application.waiting_since),
    "needs_more": col(Application.changed),
    "awaiting_payment": col(Application.changed),
    "audit": col(Application.decided),
    "decided": col(Application.decided),
}
"""By which moment each shelf is sorted."""


def queue(session: Session, identity: Identity, asked: QueueAsked) -> QueuePage:
    """One page of the cases of the towns somebody decides for.

    Raises `NotFound` for a town of others, and `Invalid` for an `after` that is none of ours.
    """
    if asked.shelf not in WHEN:
        raise Invalid(NO_SUCH_SHELF)
    if asked.kind and asked.kind not in set(Kind):
        raise Invalid(NO_SUCH_KIND)
    served = _towns(session, identity, asked.town_id)
    if not served:
        return QueuePage((), dict.fromkeys((*OPEN, "audit"), 0), 0, "")
    wanted = [col(Application.town_id).in_(served), *_mine(identity, asked)]
    limit = min(max(asked.limit, 1), MOST)
    rows = _rows(session, identity, asked, served, limit + 1)
    more = len(rows) > limit
    rows = rows[:limit]
    return QueuePage(
        items(session, identity, rows),
        _counts(session, wanted),
        _overdue(session, wanted),
        _place(rows[-1], asked.shelf) if more else "",
    )


def _rows(
    session: Session, identity: Identity, asked: QueueAsked, served: list[str], most: int
) -> list[Application]:
    """The first of these towns; town by town, since each has an index in the order asked for."""
    at, newest = WHEN[asked.shelf], asked.sort == "newest"
    order = (at.desc(), col(Application.id).desc()) if newest else (at, col(Application.id))
    found = select(Application).where(*_mine(identity, asked), *_on_shelf(asked.shelf))
    if asked.after:
        found = found.where(_past(asked.after, at, newest))
    rows = list[Application]()
    for town_id in served:
        theirs = found.where(Application.town_id == town_id)
        if asked.text.strip():
            theirs = theirs.where(searching.has_words(Application, asked.text, [town_id]))
        rows += session.exec(theirs.order_by(*order).limit(most))
    rows.sort(key=lambda row: (getattr(row, at.key), row.id), reverse=newest)
    return rows[:most]


def _towns(session: Session, identity: Identity, town_id: str) -> list[str]:
    if town_id:
        return [must_serve(session, identity, town_id).id]
    return [found.id for found in towns_of(session, identity)]


def _mine(identity: Identity, asked: QueueAsked) -> list[ColumnElement[bool]]:
    wanted = [col(Application.kind) == asked.kind] if asked.kind else []
    return [*wanted, col(Application.assigned_to) == identity.user_id] if asked.mine else wanted


def _on_shelf(shelf: str) -> list[ColumnElement[bool]]:
    submitted = col(Application.submitted).is_not(None)
    if shelf == "audit":
        return [col(Application.audit) == WANTED]
    if shelf == "decided":
        is_decided = col(Application.decided).is_not(None)
        return [is_decided, submitted, col(Application.status).in_(DECIDED)]
    return [col(Application.status) == shelf, submitted]


def _counts(session: Session, wanted: Collection[ColumnElement[bool]]) -> dict[str, int]:
    by_status = select(Application.status, func.count()).where(
        *wanted, col(Application.status).in_(OPEN), col(Application.submitted).is_not(None)
    )
    counts = dict.fromkeys((status.value for status in OPEN), 0)
    counts |= dict(session.exec(by_status.group_by(col(Application.status))).all())
    audits = select(func.count()).where(*wanted, col(Application.audit) == WANTED)
    return counts | {"audit": session.exec(audits).one()}


def _overdue(session: Session, wanted: Collection[ColumnElement[bool]]) -> int:
    late = select(func.count()).where(
        *wanted,
        col(Application.status) == Status.IN_REVIEW,
        col(Application.waiting_since) <= clock.now() - OVERDUE,
    )
    return session.exec(late).one()


def _place(row: Application, shelf: str) -> str:
    moment: datetime = getattr(row, WHEN[shelf].key)
    return f"{moment.isoformat()}_{row.id}"


def _past(after: str, at: Any, newest: bool) -> ColumnElement[bool]:
    moment_text, _, row_id = after.rpartition("_")
    try:
        moment = datetime.fromisoformat(moment_text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or not is_id(row_id):
        raise Invalid(NO_SUCH_PLACE)
    if newest:
        return or_(at < moment, and_(at == moment, col(Application.id) < row_id))
    return or_(at > moment, and_(at == moment, col(Application.id) > row_id))
