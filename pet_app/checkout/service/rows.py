"""The rows of carts: found, locked, made, poured together."""

from collections.abc import Sequence
from datetime import timedelta

from sqlmodel import Session, col, delete, select

from pet_app.checkout.models import Cart, CartLine
from pet_app.checkout.rules import (
    LONGEST_REQUEST,
    MOST_CODES,
    MOST_LINES,
    MOST_OF_ONE,
    MOST_REQUESTS,
)
from pet_app.core import clock, db
from pet_app.core.errors import Invalid, NotFound
from pet_app.core.ids import is_id, new_id
from pet_app.core.security import Identity, visitor_owner

KEPT_FOR = timedelta(days=90)
"""How long a guest's cart waits; after that nobody will come back for it."""
MOST_FORGOTTEN = 1000
NOT_OUR_PAGE = "This did not come from our page. Reload it and try again."
NO_LINE = "This is not in your cart any more. It may have been taken out in another tab."


def check_request(request_key: str) -> None:
    """Raise `Invalid` for the name of a click that no page of ours gives."""
    if not 0 < len(request_key) <= LONGEST_REQUEST or not request_key.isprintable():
        raise Invalid(NOT_OUR_PAGE)


def carts_of(session: Session, owners: Sequence[str]) -> list[Cart]:
    """The carts of these owners, in their order."""
    if not owners:
        return []
    found = session.exec(select(Cart).where(col(Cart.owner).in_(owners))).all()
    return sorted(found, key=lambda cart: owners.index(cart.owner))


def lines_of(session: Session, carts: Sequence[Cart]) -> list[CartLine]:
    """The lines of some carts, those of the first cart first, each in the order they were added.

    What lies in two of them is one line, as it will be once they are one cart.
    """
    rows: dict[str, CartLine] = {}
    for cart in carts:
        wanted = select(CartLine).where(CartLine.cart_id == cart.id)
        for row in session.exec(wanted.order_by(col(CartLine.id))):
            known = rows.get(row.thing)
            rows[row.thing] = _together(known, row) if known else row
    return list(rows.values())


def own_cart(session: Session, identity: Identity) -> Cart:
    """The caller's cart, held until the transaction ends; made when there is none.

    What they had in it as a guest is in it. Raises `NotSignedIn` for a caller without cookies.
    """
    owner, *others = identity.owners or (identity.owner,)
    for other in others:
        adopt_cart(session, other, owner)
    return _locked(session, owner) or _made(session, owner)


def own_line(session: Session, cart: Cart, line_id: str) -> CartLine:
    """One line of a cart. Raises `NotFound` for an unknown one and for somebody else's alike."""
    row = session.get(CartLine, line_id) if is_id(line_id) else None
    if row is None or row.cart_id != cart.id:
        raise NotFound(NO_LINE)
    return row


def changed(session: Session, cart: Cart) -> None:
    """Note that something in a cart is other than it was."""
    cart.version += 1
    cart.changed = clock.now()
    session.add(cart)
    session.flush()


def note_request(cart: Cart, request_key: str) -> None:
    """Remember that this request was done."""
    # A new list: a change within the old one would go unnoticed.
    cart.requests = [*cart.requests, request_key][-MOST_REQUESTS:]


def adopt_cart(session: Session, visitor_owner: str, user_owner: str) -> int:
    """Pour a guest's cart into that of the account they signed in to; how many lines came.

    Safe to do twice.
    """
    if not visitor_owner or (guest := _locked(session, visitor_owner)) is None:
        return 0
    cart = _locked(session, user_owner)
    lines = lines_of(session, [guest])
    if cart is None:
        guest.owner = user_owner
        changed(session, guest)
        return len(lines)
    kept = {row.thing: row for row in lines_of(session, [cart])}
    for row in lines:
        if (known := kept.get(row.thing)) is not None:
            one = _together(known, row)
            known.quantity, known.saved = one.quantity, one.saved
            session.add(known)
            session.delete(row)
            continue
        row.cart_id, row.saved = cart.id, row.saved or len(kept) >= MOST_LINES
        kept[row.thing] = row
        session.add(row)
    session.flush()
    cart.codes = list(dict.fromkeys([*cart.codes, *guest.codes]))[:MOST_CODES]
    cart.requests = [*cart.requests, *guest.requests][-MOST_REQUESTS:]
    if guest.address and not cart.address:
        cart.address, cart.method = guest.address, guest.method
    cart.email = cart.email or guest.email
    if guest.order_id > cart.order_id:
        # Ids sort by the moment they were made: the later order is the one under way.
        cart.order_id, cart.order_digest = guest.order_id, guest.order_digest
    session.delete(guest)
    changed(session, cart)
    return len(lines)


def forget_old_carts(session: Session) -> int:
    """Forget the carts of guests who have not come for ninety days; how many."""
    before = db.database_now(session) - KEPT_FOR
    guests = col(Cart.owner).startswith(visitor_owner(""), autoescape=True)
    old = session.exec(
        select(Cart.id).where(guests, col(Cart.changed) < before).limit(MOST_FORGOTTEN)
    ).all()
    session.exec(delete(CartLine).where(col(CartLine.cart_id).in_(old)))
    session.exec(delete(Cart).where(col(Cart.id).in_(old)))
    return len(old)


def _together(first: CartLine, second: CartLine) -> CartLine:
    """Two lines of one thing as one: what is in a cart outweighs what was kept for later."""
    if first.saved and not second.saved:
        quantity, saved = second.quantity, False
    elif second.saved and not first.saved:
        quantity, saved = first.quantity, False
    else:
        quantity, saved = min(first.quantity + second.quantity, MOST_OF_ONE), first.saved
    return CartLine(**{**first.model_dump(), "quantity": quantity, "saved": saved})


def _locked(session: Session, owner: str) -> Cart | None:
    found = select(Cart).where(Cart.owner == owner).with_for_update()
    return session.exec(found.execution_options(populate_existing=True)).one_or_none()


def _made(session: Session, owner: str) -> Cart:
    now = clock.now()
    row = {
        "id": new_id(),
        "owner": owner,
        "email": "",
        "address": {},
        "method": "",
        "codes": [],
        "version": 1,
        "requests": [],
        "order_id": "",
        "order_digest": "",
        "created": now,
        "changed": now,
    }
    # Another tab of theirs may be the first as well.
    session.connection().execute(
        db.insert(Cart).values(row).on_conflict_do_nothing(index_elements=["owner"])
    )
    made = _locked(session, owner)
    assert made is not None
    return made
