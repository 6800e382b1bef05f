"""The cart over HTTP: what is in it comes from its owner, what it costs from us."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from pet_app.checkout import service as checkout
from pet_app.checkout.api.shapes import CartOut, EstimateOut, Id, RequestKey
from pet_app.core import db
from pet_app.core.errors import Invalid
from pet_app.core.http import ReadSession, RequestBody, WriteSession
from pet_app.core.security import Identity, Scope, with_scope
from pet_app.user import service as users

router = APIRouter()

Reader = Annotated[Identity, with_scope(Scope.CART_READ)]
Writer = Annotated[Identity, with_scope(Scope.CART_WRITE)]

ONE_OF_THEM = "Name either a variant or a design."
SOMETHING = "Say how many, or whether to keep it for later."


class LineIn(RequestBody):
    """Something to put into the cart: a variant of the shelf, or a saved design of one's own."""

    variant_id: Id = ""
    design_id: Id = ""
    quantity: int = 1
    request_key: RequestKey


class LineChange(RequestBody):
    """How many from now on (0 takes it out), or whether it is kept for later."""

    quantity: int | None = None
    saved: bool | None = None


class CodeIn(RequestBody):
    """A promotion code, or a gift card."""

    code: Annotated[str, Field(max_length=160)]


class AgainIn(RequestBody):
    """An order to put into the cart once more; `key` is that of a link in its letters."""

    order_id: Id
    request_key: RequestKey
    key: Annotated[str, Field(max_length=200)] = ""


@router.get("/cart")
def get_cart(session: ReadSession, identity: Reader) -> CartOut:
    """Your cart, priced now."""
    return CartOut.of(checkout.cart_of(session, identity))


@router.post("/cart/lines")
def add_line(body: LineIn, session: WriteSession, identity: Writer) -> CartOut:
    """Put something into your cart; with one `request_key` once."""
    if bool(body.variant_id) == bool(body.design_id):
        raise Invalid(ONE_OF_THEM, {"variant_id": ONE_OF_THEM})
    add, what = checkout.add_variant, body.variant_id
    if body.design_id:
        add, what = checkout.add_design, body.design_id
    return CartOut.of(add(session, identity, what, body.quantity, body.request_key))


@router.patch("/cart/lines/{line_id}")
def change_line(line_id: str, body: LineChange, session: WriteSession, identity: Writer) -> CartOut:
    """Change how many of a line there are, or keep it for later."""
    if body.quantity is None and body.saved is None:
        raise Invalid(SOMETHING, {"quantity": SOMETHING})
    if body.saved is not None:
        shelve = checkout.save_for_later if body.saved else checkout.move_to_cart
        shelve(session, identity, line_id)
    if body.quantity is not None:
        checkout.change_quantity(session, identity, line_id, body.quantity)
    return CartOut.of(checkout.cart_of(session, identity))


@router.delete("/cart/lines/{line_id}")
def remove_line(line_id: str, session: WriteSession, identity: Writer) -> CartOut:
    """Take a line out."""
    return CartOut.of(checkout.remove(session, identity, line_id))


@router.post("/cart/codes")
def enter_code(body: CodeIn, client: users.FromClient, identity: Writer) -> CartOut:
    """Use a promotion code or a gift card."""
    # The try has to count whether or not the code is one.
    with db.writing() as session:
        users.count_look(session, f"codes of {identity.owner}", client)
    with db.writing() as session:
        return CartOut.of(checkout.enter_code(session, identity, body.code))


@router.delete("/cart/codes/{key}")
def drop_code(key: str, session: WriteSession, identity: Writer) -> CartOut:
    """Take a code away again."""
    return CartOut.of(checkout.drop_code(session, identity, key))


@router.post("/cart/again")
def buy_again(body: AgainIn, session: WriteSession, identity: Writer) -> CartOut:
    """Put what an order of yours held into the cart again, as far as it can be had."""
    found = checkout.buy_again(session, identity, body.order_id, body.request_key, body.key)
    return CartOut.of(found)


@router.get("/cart/estimate")
def estimate(
    session: ReadSession,
    identity: Reader,
    country: Annotated[str, Query(min_length=2, max_length=2)],
    postal_code: Annotated[str, Query(max_length=20)],
) -> EstimateOut:
    """What sending and tax would come to."""
    found = checkout.estimate(session, identity, country.upper(), postal_code)
    return EstimateOut.of(found)
