"""The checkout over HTTP: a review, and an order for exactly what it showed."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field

from pet_app.checkout import service as checkout
from pet_app.checkout.api.shapes import MoneyOut, RequestKey, ReviewOut
from pet_app.core import db
from pet_app.core.http import ReadSession, RequestBody, WriteSession
from pet_app.core.security import Identity, Scope, with_scope
from pet_app.payment import service as payments
from pet_app.user.service import FromClient

router = APIRouter()

Reader = Annotated[Identity, with_scope(Scope.CART_READ)]
Writer = Annotated[Identity, with_scope(Scope.CART_WRITE)]

Named = Annotated[str, Field(max_length=40)]
Text = Annotated[str, Field(max_length=1000)]


class WhereIn(RequestBody):
    """Who it is for and where it goes: `address` holds `country` and the lines that
    `GET /api/v1/countries/{country}/address` names; null where nothing is sent by post."""

    email: Annotated[str, Field(max_length=254)]
    address: Annotated[dict[Named, Text], Field(max_length=14)] | None = None


class MethodIn(RequestBody):
    """The key of one of the ways to send it."""

    method: Annotated[str, Field(max_length=40)]


class OrderIn(RequestBody):
    """An order for what a review with this `digest` showed."""

    digest: Annotated[str, Field(max_length=200)]
    request_key: RequestKey


class PlacedOut(BaseModel):
    """The order that waits to be paid, and where its customer pays for it."""

    order_id: str
    number: str
    payment_id: str
    due: MoneyOut
    pay_at: str


@router.get("/checkout")
def get_review(session: ReadSession, identity: Reader) -> ReviewOut:
    """All that would be agreed to by ordering now."""
    return ReviewOut.of(checkout.review(session, identity))


@router.put("/checkout/where")
def say_where(body: WhereIn, session: WriteSession, identity: Writer) -> ReviewOut:
    """Say who it is for and where it goes."""
    return ReviewOut.of(checkout.say_where(session, identity, body.email, body.address))


@router.put("/checkout/method")
def choose_method(body: MethodIn, session: WriteSession, identity: Writer) -> ReviewOut:
    """Choose how it is sent."""
    return ReviewOut.of(checkout.choose_method(session, identity, body.method))


@router.post("/checkout/orders")
def place_order(body: OrderIn, client: FromClient, identity: Writer) -> PlacedOut:
    """Place the order; answers 409 with every reason when anything is other than it was shown.

    With one `request_key` once, so ask again when no answer came.
    """
    with db.writing() as session:
        placed = checkout.place_order(session, identity, body.digest, body.request_key, client)
    return PlacedOut(
        order_id=placed.order_id,
        number=placed.number,
        payment_id=placed.payment_id,
        due=MoneyOut.of(placed.due),
        pay_at=payments.begin(placed.payment_id),
    )
