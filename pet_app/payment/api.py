"""Where Stripe tells us what happened."""

from typing import Annotated

from fastapi import APIRouter, Header, Request
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from pet_app.core import db
from pet_app.core.errors import TooLarge
from pet_app.core.security import ANYBODY
from pet_app.payment import gateway
from pet_app.payment.service import telling
from pet_app.webhook import service as inbox

router = APIRouter(tags=["payment"])

LARGEST = 256 * 1024
BROKEN_OFF = "The connection ended before the event did."
TOO_LARGE = "No event of Stripe's is as large as that."


class Taken(BaseModel):
    """It is kept; `new` says whether it was not kept before."""

    new: bool


@router.post("/webhooks/stripe/payment", dependencies=[ANYBODY])
async def take_notice(
    request: Request, stripe_signature: Annotated[str, Header(max_length=4000)] = ""
) -> Taken:
    """Keep what Stripe tells, if Stripe signed it; it is worked off after this answer."""
    body = await _body(request)
    return Taken(new=await run_in_threadpool(_keep, body, stripe_signature))


async def _body(request: Request) -> bytes:
    """The bytes as they were signed. Raises `TooLarge`, and `Forged` when they break off."""
    body = bytearray()
    try:
        async for piece in request.stream():
            body += piece
            if len(body) > LARGEST:
                raise TooLarge(TOO_LARGE)
    except ClientDisconnect as gone:
        raise gateway.Forged(BROKEN_OFF) from gone
    return bytes(body)


def _keep(body: bytes, signature: str) -> bool:
    delivery = telling.delivery(gateway.read_notice(body, signature))
    with db.writing() as session:
        return inbox.receive(session, delivery)
