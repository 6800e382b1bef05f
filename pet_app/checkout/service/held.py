"""What the order that waits to be paid from a cart holds: to its customer that is still free."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlmodel import Session, col, select

from pet_app.checkout.models import Cart, PromotionUse
from pet_app.checkout.service import gift_cards
from pet_app.core.errors import NotFound
from pet_app.order import service as orders
from pet_app.order.service import Order, OrderStatus


@dataclass(frozen=True)
class Held:
    """Stock by variant, money by gift card, and promotions by their id."""

    order_id: str = ""
    stock: Mapping[str, int] = field(default_factory=dict)
    cards: Mapping[str, int] = field(default_factory=dict)
    promotions: frozenset[str] = frozenset()


NOTHING = Held()


def held_by(session: Session, cart: Cart | None) -> Held:
    """What the order last placed from this cart holds; nothing unless it waits to be paid."""
    if cart is None or (order := last_order(session, cart)) is None:
        return NOTHING
    if order.status != OrderStatus.PENDING_PAYMENT:
        return NOTHING
    stock: dict[str, int] = {}
    for line in orders.order_lines(session, order.id):
        if line.variant_id:
            stock[line.variant_id] = stock.get(line.variant_id, 0) + line.quantity
    uses = select(PromotionUse.promotion_id).where(
        PromotionUse.order_id == order.id, col(PromotionUse.given_back).is_(False)
    )
    return Held(
        order.id,
        stock,
        gift_cards.paid_by_cards(session, order.id),
        frozenset(session.exec(uses)),
    )


def last_order(session: Session, cart: Cart) -> Order | None:
    """The order last placed from this cart."""
    if not cart.order_id:
        return None
    try:
        return orders.get_order(session, cart.order_id)
    except NotFound:
        return None
