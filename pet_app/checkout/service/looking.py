"""A cart as it is seen: priced now, whoever looks."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session, col, func, select

from pet_app.catalog.service import Sellable
from pet_app.checkout.models import Cart, CartLine
from pet_app.checkout.problems import Found
from pet_app.checkout.service.held import held_by
from pet_app.checkout.service.lines import priced_lines
from pet_app.checkout.service.reckoning import Place, cart_view, reckon
from pet_app.checkout.service.rows import carts_of, lines_of
from pet_app.checkout.service.views import CartView
from pet_app.core.security import Identity

NOWHERE = Place()


def cart_of(session: Session, identity: Identity) -> CartView:
    """Somebody's cart, priced now; an empty one for who has none. Changes nothing."""
    return view_of(session, carts_of(session, identity.owners))


def count_of(session: Session, identity: Identity) -> int:
    """How many pieces are in the cart: for the header, one query."""
    if not identity.owners:
        return 0
    pieces = select(func.coalesce(func.sum(CartLine.quantity), 0)).join(Cart)
    mine = (col(Cart.owner).in_(identity.owners), col(CartLine.saved).is_(False))
    return int(session.exec(pieces.where(*mine)).one())


def view_of(
    session: Session,
    carts: Sequence[Cart],
    extra: Sequence[Found] = (),
    rows: Sequence[CartLine] | None = None,
    known: Mapping[str, Sellable] | None = None,
) -> CartView:
    """Carts of one person as one; `extra` is said beside what is wrong with them.

    `rows` are their lines and `known` the variants of these, for who has looked them up.
    """
    cart = carts[0] if carts else None
    held = held_by(session, cart)
    rows = lines_of(session, carts) if rows is None else rows
    views = list(zip(rows, priced_lines(session, rows, held.stock, known), strict=True))
    active = [view for row, view in views if not row.saved]
    saved = [view for row, view in views if row.saved]
    return cart_view(cart, reckon(session, cart, active, NOWHERE, held), saved, extra)
