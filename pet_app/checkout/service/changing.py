"""Changing a cart: how many, later or now, out again, codes."""

from sqlmodel import Session

from pet_app.checkout.models import Cart
from pet_app.checkout.rules import MOST_CODES, tidy_code
from pet_app.checkout.service import gift_cards, promotions
from pet_app.checkout.service.adding import check_quantity, must_be_there
from pet_app.checkout.service.codes import CARD
from pet_app.checkout.service.looking import view_of
from pet_app.checkout.service.rows import changed, lines_of, own_cart, own_line
from pet_app.checkout.service.views import CartLineView, CartView
from pet_app.core.errors import Conflict, Invalid
from pet_app.core.security import Identity

TOO_MANY_CODES = f"An order takes up to {MOST_CODES} codes. Take one away first."
NO_CODE = "We don't know this code. Look for a mistyped letter."


def change_quantity(session: Session, identity: Identity, line_id: str, quantity: int) -> CartView:
    """So many of a line; 0 takes it out. Raises `NotFound`, `Invalid` and `Conflict`."""
    if quantity == 0:
        return remove(session, identity, line_id)
    check_quantity(quantity)
    cart = own_cart(session, identity)
    row = own_line(session, cart, line_id)
    more = quantity > row.quantity
    row.quantity = quantity
    session.add(row)
    changed(session, cart)
    view = view_of(session, [cart])
    if more:
        must_be_there(view, row.id)
    return view


def save_for_later(session: Session, identity: Identity, line_id: str) -> CartView:
    """Keep a line beside the cart. Raises `NotFound`."""
    return _shelve(session, identity, line_id, saved=True)


def move_to_cart(session: Session, identity: Identity, line_id: str) -> CartView:
    """Put a line that was kept for later back into the cart. Raises `NotFound`.

    When there are fewer by now, the cart says so.
    """
    return _shelve(session, identity, line_id, saved=False)


def remove(session: Session, identity: Identity, line_id: str) -> CartView:
    """Take a line out. Raises `NotFound`."""
    cart = own_cart(session, identity)
    session.delete(own_line(session, cart, line_id))
    changed(session, cart)
    return view_of(session, [cart])


def accept_prices(session: Session, identity: Identity) -> CartView:
    """Note that the prices of today were seen: lines say no longer what they were."""
    cart = own_cart(session, identity)
    view = view_of(session, [cart])
    see_prices(session, cart, (*view.lines, *view.saved))
    return view_of(session, [cart])


def see_prices(session: Session, cart: Cart, views: tuple[CartLineView, ...]) -> None:
    """Remember the prices that a page shows."""
    rows = {row.id: row for row in lines_of(session, [cart])}
    for line in views:
        if line.was is not None:
            row = rows[line.id]
            row.seen_cents, row.currency = line.unit.cents, line.unit.currency
            session.add(row)
    session.flush()


def enter_code(session: Session, identity: Identity, code: str) -> CartView:
    """Use a promotion code or a gift card. Raises `Invalid` with the field `code`.

    One that does nothing yet, because something is missing in the cart, is kept and says why.
    """
    cart = own_cart(session, identity)
    key = _key(session, code, cart.email)
    if key in cart.codes:
        return view_of(session, [cart])
    if len(cart.codes) >= MOST_CODES:
        raise Conflict(TOO_MANY_CODES, {"code": TOO_MANY_CODES})
    cart.codes = [*cart.codes, key]
    changed(session, cart)
    return view_of(session, [cart])


def drop_code(session: Session, identity: Identity, key: str) -> CartView:
    """Take a code away again, by its `CodeView.key`. Safe to do twice."""
    cart = own_cart(session, identity)
    if key in cart.codes:
        cart.codes = [one for one in cart.codes if one != key]
        changed(session, cart)
    return view_of(session, [cart])


def _key(session: Session, typed: str, email: str) -> str:
    """What a cart keeps of a code: a promotion's own, and which card one of a gift card opens."""
    if card := gift_cards.card_by_code(session, typed):
        return CARD + card.id
    code = tidy_code(typed)
    row = promotions.by_codes(session, [code]).get(code) if code else None
    if row is None:
        raise Invalid(NO_CODE, {"code": NO_CODE})
    if trouble := promotions.usable(session, row, code, email, ()):
        raise Invalid(trouble.sentence, {"code": trouble.sentence})
    return code


def _shelve(session: Session, identity: Identity, line_id: str, *, saved: bool) -> CartView:
    cart = own_cart(session, identity)
    row = own_line(session, cart, line_id)
    if row.saved != saved:
        row.saved = saved
        session.add(row)
        changed(session, cart)
    return view_of(session, [cart])
