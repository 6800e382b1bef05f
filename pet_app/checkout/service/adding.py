"""Putting things into a cart: once for each time it was asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from pet_app.builder import service as builder
from pet_app.builder.service import FrozenDesign
from pet_app.catalog.service import Sellable
from pet_app.checkout.events import CartLineAdded
from pet_app.checkout.models import Cart, CartLine
from pet_app.checkout.problems import Found
from pet_app.checkout.rules import MOST_LINES, MOST_OF_ONE, Trouble
from pet_app.checkout.service.lines import sold_in, thing_of
from pet_app.checkout.service.looking import view_of
from pet_app.checkout.service.rows import (
    NO_LINE,
    carts_of,
    changed,
    check_request,
    lines_of,
    note_request,
    own_cart,
)
from pet_app.checkout.service.views import CartView
from pet_app.core import clock
from pet_app.core.errors import Conflict, Invalid, NotFound, Problem
from pet_app.core.money import Money
from pet_app.core.security import Identity
from pet_app.messaging.outbox import publish
from pet_app.order import service as orders
from pet_app.order.service import OrderLine

NO_VARIANT = "This is not sold any more. Look at the other sizes and colours."
HOW_MANY = f"Choose between 1 and {MOST_OF_ONE}."
FULL = f"Your cart holds {MOST_LINES} different things, which is as many as one order takes."
NOT_THAT_MANY = "Only {left} of “{title}” are left."
LAST_ONE = "Only one “{title}” is left."
SOLD_OUT = "“{title}” is sold out."
MOST_SAID = f"One order takes up to {MOST_OF_ONE} of one thing."
NOT_AGAIN = "“{title}” could not be put in again: {reason}"


@dataclass(frozen=True)
class Removed:
    """A line that was taken out, as `restore` takes it back."""

    variant_id: str
    design: dict[str, Any]
    design_id: str
    title: str
    quantity: int
    saved: bool


def add_variant(
    session: Session, identity: Identity, variant_id: str, quantity: int, request_key: str
) -> CartView:
    """Put so many of a variant into the cart. Asking twice with one `request_key` adds once.

    Raises `NotFound`, `Invalid` with the field, and `Conflict` when there are not that many.
    """
    cart = _asked(session, identity, quantity, request_key)
    if request_key in cart.requests:
        return view_of(session, [cart])
    rows = lines_of(session, [cart])
    known = sold_in(session, rows, variant_id)
    row = _variant_line(cart, known, variant_id, quantity)
    note_request(cart, request_key)
    return _put(session, cart, rows, row, known)


def add_design(
    session: Session, identity: Identity, design_id: str, quantity: int, request_key: str
) -> CartView:
    """Put a frozen copy of one's own saved design into the cart, else like `add_variant`.

    Raises `Invalid` with the fields at fault for what cannot be made.
    """
    cart = _asked(session, identity, quantity, request_key)
    if request_key in cart.requests:
        return view_of(session, [cart])
    frozen = builder.freeze(session, identity, design_id)
    rows = lines_of(session, [cart])
    note_request(cart, request_key)
    return _put(session, cart, rows, _design_line(cart, frozen, quantity))


def buy_again(
    session: Session, identity: Identity, order_id: str, request_key: str, key: str = ""
) -> CartView:
    """Put what an order of theirs held into the cart, as far as it can be had; what cannot be is
    in the view's `problems`. `key` is that of a link in its letters. Raises `NotFound`."""
    order = orders.order_of(session, identity, order_id, key)
    cart = _asked(session, identity, 1, request_key)
    missed: list[Found] = []
    again = () if request_key in cart.requests else orders.order_lines(session, order.id)
    note_request(cart, request_key)
    for line in again:
        try:
            with session.begin_nested():
                _put(session, cart, lines_of(session, [cart]), _again(session, cart, line))
        except Problem as problem:
            said = NOT_AGAIN.format(title=line.title, reason=problem.detail)
            missed.append(Found(Trouble.GONE, said))
    return view_of(session, [cart], missed)


def taken_out(session: Session, identity: Identity, line_id: str) -> Removed:
    """What `restore` needs to bring a line back after it was taken out. Raises `NotFound`."""
    for row in lines_of(session, carts_of(session, identity.owners)):
        if row.id == line_id:
            return Removed(
                row.variant_id, row.design, row.design_id, row.title, row.quantity, row.saved
            )
    raise NotFound(NO_LINE)


def restore(session: Session, identity: Identity, line: Removed) -> CartView:
    """Put a line back that was taken out, priced anew. Safe twice; raises like `add_variant`."""
    check_quantity(line.quantity)
    cart = own_cart(session, identity)
    if line.design:
        row = _design_line(cart, builder.priced(line.design), line.quantity)
        row.design_id, row.title = line.design_id, line.title
    else:
        known = sold_in(session, (), line.variant_id)
        row = _variant_line(cart, known, line.variant_id, line.quantity)
    row.saved = line.saved
    rows = lines_of(session, [cart])
    if any(known.thing == row.thing for known in rows):
        return view_of(session, [cart])
    return _put(session, cart, rows, row)


def check_quantity(quantity: int) -> None:
    """Raise `Invalid` for a number of pieces no order takes."""
    if not 0 < quantity <= MOST_OF_ONE:
        raise Invalid(HOW_MANY, {"quantity": HOW_MANY})


def must_be_there(view: CartView, line_id: str) -> None:
    """Raise `Conflict` when a line of a cart wants more than is left."""
    for line in view.lines:
        if line.id == line_id and any(one.code == Trouble.OUT_OF_STOCK for one in line.problems):
            said = {0: SOLD_OUT, 1: LAST_ONE}.get(line.most, NOT_THAT_MANY)
            sentence = said.format(title=line.title, left=line.most)
            raise Conflict(sentence, {"quantity": sentence})


def _asked(session: Session, identity: Identity, quantity: int, request_key: str) -> Cart:
    check_request(request_key)
    check_quantity(quantity)
    return own_cart(session, identity)


def _put(
    session: Session,
    cart: Cart,
    rows: list[CartLine],
    row: CartLine,
    sold: Mapping[str, Sellable] | None = None,
) -> CartView:
    """Put a line into a cart that holds `rows`, together with the same thing that lies in it."""
    known = next((one for one in rows if one.thing == row.thing), None)
    asked = row.quantity
    if known is not None:
        together = asked if known.saved or row.saved else known.quantity + asked
        if together > MOST_OF_ONE:
            raise Conflict(MOST_SAID, {"quantity": MOST_SAID})
        known.quantity, known.saved = together, row.saved
        known.seen_cents, known.currency = row.seen_cents, row.currency
        known.design_id = row.design_id or known.design_id
        row = known
    elif len(rows) >= MOST_LINES:
        raise Conflict(FULL)
    else:
        rows = [*rows, row]
    session.add(row)
    changed(session, cart)
    publish(session, CartLineAdded(cart.owner, row.thing, asked, row.seen_cents, row.currency))
    view = view_of(session, [cart], rows=rows, known=sold)
    must_be_there(view, row.id)
    return view


def _again(session: Session, cart: Cart, line: OrderLine) -> CartLine:
    quantity = min(line.quantity, MOST_OF_ONE)
    if line.variant_id:
        known = sold_in(session, (), line.variant_id)
        return _variant_line(cart, known, line.variant_id, quantity)
    row = _design_line(cart, builder.priced(line.design), quantity)
    row.design_id, row.title = line.design_id, line.title
    return row


def _variant_line(
    cart: Cart, known: Mapping[str, Sellable], variant_id: str, quantity: int
) -> CartLine:
    if (sold := known.get(variant_id)) is None:
        raise NotFound(NO_VARIANT)
    return _line(cart, thing_of(variant_id), sold, sold.price, quantity, variant_id=variant_id)


def _design_line(cart: Cart, frozen: FrozenDesign, quantity: int) -> CartLine:
    row = _line(cart, thing_of("", frozen), frozen, frozen.price, quantity, design=frozen.data)
    row.design_id, row.rules_version = frozen.design_id, frozen.rules_version
    return row


def _line(
    cart: Cart,
    thing: str,
    sold: Sellable | FrozenDesign,
    price: Money,
    quantity: int,
    variant_id: str = "",
    design: dict[str, Any] | None = None,
) -> CartLine:
    return CartLine(
        cart_id=cart.id,
        thing=thing,
        variant_id=variant_id,
        design=design or {},
        title=sold.title,
        seen_cents=price.cents,
        currency=price.currency,
        quantity=quantity,
        added=clock.now(),
    )
