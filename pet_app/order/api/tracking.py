"""Finding an order without an account, over HTTP."""

from fastapi import APIRouter

from pet_app.core import db
from pet_app.core.security import ANYBODY
from pet_app.order import service as orders
from pet_app.order.api.shapes import TrackingIn, TrackingOut
from pet_app.user.service import FromClient

router = APIRouter(dependencies=[ANYBODY])


@router.post("/order-tracking")
def track(body: TrackingIn, sender: FromClient) -> TrackingOut:
    """A key that shows where an order stands, for who knows its number and its e-mail."""
    with db.writing() as session:
        orders.count_look(session, body.number, sender)
    with db.reading() as session:
        key = orders.track(session, body.number, body.email)
    return TrackingOut(page=f"/track#{key}", key=key)


@router.post("/order-links", status_code=202)
def ask_link(body: TrackingIn, sender: FromClient) -> None:
    """Have the letter sent again that opens the order in full; the answer is always the same."""
    with db.writing() as session:
        orders.count_look(session, body.number, sender)
    with db.writing() as session:
        orders.ask_link(session, body.number, body.email)
