"""Applications as they lie in the queue, with the names of who has to do with them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, func, select

from pet_app.core import clock
from pet_app.core.security import Identity
from pet_app.licensing.models import Application, Document
from pet_app.licensing.rules.standing import Kind
from pet_app.licensing.service.desk.views import Age, QueueItem
from pet_app.licensing.towns import town
from pet_app.user import service as users

# Vendors of licensing desks promise one to three working days; three of them can be five days.
AGEING = timedelta(days=2)
OVERDUE = timedelta(days=5)

SOMEBODY = "A former colleague"


class Names:
    """The names of accounts, each looked up once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[str, str] = {"": ""}

    def of(self, user_id: str) -> str:
        """What an account is called; empty for nobody."""
        if user_id not in self._known:
            found = users.addressee(self._session, user_id)
            self._known[user_id] = found.name if found else SOMEBODY
        return self._known[user_id]


def items(
    session: Session, identity: Identity, rows: Sequence[Application]
) -> tuple[QueueItem, ...]:
    """These applications in their order."""
    counted = (
        select(Document.application_id, func.count())
        .where(col(Document.application_id).in_([row.id for row in rows]))
        .group_by(col(Document.application_id))
    )
    papers = dict(session.exec(counted).all()) if rows else {}
    names = Names(session)
    return tuple(_item(row, identity, names, papers.get(row.id, 0)) for row in rows)


def holder_of(row: Application, now: datetime) -> str:
    """Who has an application open just now; empty when nobody has."""
    return row.locked_by if row.locked_until is not None and row.locked_until > now else ""


def age_of(waiting_since: datetime | None, now: datetime) -> Age:
    """How long something waits, as it is judged."""
    waits = now - waiting_since if waiting_since else timedelta(0)
    return "overdue" if waits >= OVERDUE else "ageing" if waits >= AGEING else "fresh"


def _item(row: Application, identity: Identity, names: Names, papers: int) -> QueueItem:
    where, now = town(row.town_id), clock.now()
    held_by = holder_of(row, now)
    return QueueItem(
        id=row.id,
        town_id=row.town_id,
        town_name=where.name,
        kind=row.kind,
        kind_words=Kind(row.kind).label,
        status=row.status,
        pet_name=row.form.get("animal", {}).get("name", ""),
        species=row.form.get("animal", {}).get("species", ""),
        holder_name=row.form.get("holder", {}).get("name", ""),
        fee=row.fee,
        handed_in=row.handed_in,
        waiting_since=row.waiting_since,
        waiting_days=_days(row.waiting_since, now, where.time_zone),
        age=age_of(row.waiting_since, now),
        assigned_to=row.assigned_to,
        assigned_name=names.of(row.assigned_to),
        held_by=held_by,
        held_name=names.of(held_by),
        held_by_me=bool(held_by) and held_by == identity.user_id,
        documents=papers,
        source=row.source,
        automatic=row.automatic,
        audit=row.audit,
        decided=row.decided,
        version=row.version,
    )


def _days(since: datetime | None, now: datetime, time_zone: str) -> int | None:
    if since is None:
        return None
    zone = ZoneInfo(time_zone)
    return (now.astimezone(zone).date() - since.astimezone(zone).date()).days
