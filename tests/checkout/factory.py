"""Carts, codes and orders for tests."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlmodel import Session, col, select, update

from pet_app.builder import service as builder
from pet_app.catalog import service as catalog
from pet_app.catalog.models import Variant
from pet_app.catalog.rules import Kind, NewVariant
from pet_app.checkout import service as checkout
from pet_app.checkout.models import GiftCard, Promotion
from pet_app.checkout.rules import PromotionKind
from pet_app.checkout.service import CartView, NewPromotion, Placed, Review
from pet_app.core import db
from pet_app.core.errors import Problem
from pet_app.core.ids import new_id
from pet_app.core.money import Money
from pet_app.core.security import Identity, Role
from pet_app.messaging.bus import load_reactions
from pet_app.messaging.models import OutboxRow
from pet_app.order import service as orders
from pet_app.order.models import Order
from pet_app.payment import service as payments
from pet_app.payment.rules import DemoOutcome
from tests.builder.factory import make_design
from tests.catalog.factory import make_product
from tests.messaging.factory import drain

BUYERS = 8
"""As many as buy at the same moment."""
EMAIL = "gwen@example.com"
GUEST = Identity(visitor="a" * 64)
OTHER = Identity(visitor="b" * 64)
STAFF = Identity(user_id="0staff", role=Role.STAFF, name="Sam", strong=True)
AUSTIN = {
    "country": "US",
    "name": "Gwen Guest",
    "street_address": "100 Congress Avenue",
    "city": "Austin",
    "country_area": "TX",
    "postal_code": "78701",
}
MONTREAL = {
    "country": "CA",
    "name": "Gwen Guest",
    "street_address": "1000 Rue Sherbrooke Ouest",
    "city": "Montréal",
    "country_area": "QC",
    "postal_code": "H3A 3G4",
}


def guest(number: int) -> Identity:
    """One of many guests."""
    return Identity(visitor=f"{number:064x}")


def make_variant(
    session: Session,
    handle: str = "enamel-bowl",
    *,
    cents: int = 2000,
    stock: int | None = 5,
    kind: Kind = Kind.BOWL,
    weight_g: int = 300,
) -> Variant:
    """One thing on the shelf."""
    form = NewVariant(f"SKU-{handle.upper()}"[:40], Money(cents), weight_g=weight_g, stock=stock)
    title = handle.replace("-", " ").capitalize()
    product = make_product(
        session, handle, title=title, kind=kind, variants=(form,), made=stock is None
    )
    return catalog.variants_of(session, product)[0]


def make_card_product(session: Session, cents: int = 5000) -> Variant:
    """A gift card to buy."""
    return make_variant(session, "gift-card", cents=cents, stock=None, kind=Kind.GIFT, weight_g=0)


def make_promotion(session: Session, code: str = "SPRING10", **changes: Any) -> Promotion:
    """A code: ten percent off, unless told otherwise."""
    told: dict[str, Any] = {"words": "10% off", "kind": PromotionKind.PERCENT, "percent": 10}
    return checkout.add_promotion(session, STAFF, NewPromotion(code, **{**told, **changes}))


def make_card(session: Session, cents: int = 5000) -> tuple[str, str]:
    """A gift card: its id and its code."""
    card, code = checkout.issue_card(session, STAFF, Money(cents), new_id())
    return card.id, code


def balance_of(session: Session, card_id: str) -> int:
    """What is on a card, by its row and by its ledger, which have to agree."""
    card = session.exec(select(GiftCard).where(GiftCard.id == card_id)).one()
    entries = checkout.ledger(session, STAFF, card_id)
    assert sum(entry.change.cents for entry in entries) == card.balance_cents, (card, entries)
    return card.balance_cents


def save_design(session: Session, identity: Identity = GUEST, **changes: Any) -> str:
    """A design of theirs, kept; its id."""
    data = make_design("collar", **changes).to_dict()
    return builder.save_design(session, identity, data, "Rex's collar", new_id()).id


def put(
    session: Session, variant: Variant, quantity: int = 1, identity: Identity = GUEST
) -> CartView:
    """Put a variant into a cart."""
    return checkout.add_variant(session, identity, variant.id, quantity, new_id())


def ready(
    session: Session,
    variant: Variant,
    quantity: int = 1,
    identity: Identity = GUEST,
    email: str = EMAIL,
    address: dict[str, str] | None = None,
) -> Review:
    """A cart that only has to be ordered."""
    put(session, variant, quantity, identity)
    return checkout.say_where(session, identity, email, address or AUSTIN)


def refused(error: type[Problem], verb: Callable[..., Any], *told: Any) -> Problem:
    """Have a verb refuse something, in a transaction of its own that comes to nothing."""
    with pytest.raises(error) as fault, db.writing() as session:
        verb(session, *told)
    return fault.value


def place(session: Session, identity: Identity = GUEST, request_key: str = "") -> Placed:
    """Order what is in the cart as it is shown now."""
    digest = checkout.review(session, identity).digest
    return checkout.place_order(session, identity, digest, request_key or new_id())


def order_of(session: Session, placed: Placed) -> Order:
    """The order that was placed."""
    return orders.get_order(session, placed.order_id)


def settle() -> None:
    """Let everything that waits happen, save for pictures, which are not what is tried here."""
    load_reactions()
    with db.writing() as session:
        pictured = col(OutboxRow.name).in_(["design.saved", "product.added", "order.paper_wanted"])
        session.exec(update(OutboxRow).where(pictured).values(fanned=True))
    drain()


def pay(placed: Placed, identity: Identity = GUEST) -> None:
    """Pay for an order on the demo page, and let follow what follows."""
    settle()
    if placed.due.cents:
        payments.begin(placed.payment_id)
        with db.writing() as session:
            payments.settle_demo(session, identity, placed.payment_id, DemoOutcome.PAID)
    settle()


def at_once(verb: Callable[[int], Any], count: int = BUYERS) -> list[Any]:
    """What a verb gave, or refused, to so many at the same moment, each in a transaction."""

    def one(number: int) -> Any:
        try:
            return verb(number)
        except Problem as problem:
            return problem

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(one, range(count)))


def order_all(number: int) -> Any:
    """One of many buyers orders what is in their cart."""
    who = guest(number)
    with db.reading() as session:
        digest = checkout.review(session, who).digest
    with db.writing() as session:
        return checkout.place_order(session, who, digest, "click-1")
