"""The inbox over HTTP, for staff."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from pet_app.core.http import ReadSession, WriteSession
from pet_app.core.security import Identity, Scope, with_scope
from pet_app.webhook import service as inbox
from pet_app.webhook.models import InboxRow
from pet_app.webhook.rules import InboxState

router = APIRouter(prefix="/api/v1/webhooks", tags=["webhook"])

Staff = Annotated[Identity, with_scope(Scope.SALES_WRITE)]


class DeliveryOut(BaseModel):
    """One delivery, however often it came; `error` says why nothing became of it."""

    id: str
    source: str
    external_id: str
    topic: str
    state: InboxState
    occurred: datetime
    received: datetime
    deliveries: int
    replays: int
    error: str


@router.get("")
def list_deliveries(
    session: ReadSession,
    identity: Staff,
    state: InboxState | None = None,
    before: Annotated[str, Query(max_length=26)] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> list[DeliveryOut]:
    """What other companies told us, the latest first; `before` is the id of the last one seen."""
    return [_out(row) for row in inbox.shown(session, identity, state, before, limit)]


@router.post("/{inbox_id}/replay", status_code=202)
def replay(inbox_id: str, session: WriteSession, identity: Staff) -> DeliveryOut:
    """Work a delivery off once more."""
    return _out(inbox.replay_as(session, identity, inbox_id))


def _out(row: InboxRow) -> DeliveryOut:
    return DeliveryOut(
        id=row.id,
        source=row.source,
        external_id=row.external_id,
        topic=row.topic,
        state=InboxState(row.state),
        occurred=row.occurred,
        received=row.received,
        deliveries=row.deliveries,
        replays=row.replays,
        error=row.error,
    )
