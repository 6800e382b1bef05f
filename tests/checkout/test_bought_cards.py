"""Gift cards that were bought: their money is spent or paid back, never both."""

import pytest
from sqlmodel import Session, select

from pet_app.checkout import service as checkout
from pet_app.checkout.cards import code_of
from pet_app.checkout.models import GiftCard
from pet_app.checkout.service import Placed
from pet_app.core import db
from pet_app.core.errors import Conflict
from pet_app.order import service as orders
from tests.checkout import factory
from tests.checkout.factory import GUEST, OTHER, STAFF, refused

pytestmark = pytest.mark.usefixtures("sqlite_database")


def fill(session: Session) -> None:
    """A bowl and a gift card, in a cart that only has to be ordered."""
    factory.put(session, factory.make_card_product(session, 5000))
    factory.ready(session, factory.make_variant(session))


def bought() -> Placed:
    """An order of a bowl and a gift card, paid, and its card mailed."""
    with db.writing() as session:
        fill(session)
        placed = factory.place(session)
    factory.pay(placed)
    with db.reading() as session:
        assert factory.order_of(session, placed).status == "paid"
    return placed


def test_who_holds_a_mailed_card_cannot_have_its_money_back_as_well() -> None:
    placed = bought()
    with db.writing() as session:
        code = code_of(session.exec(select(GiftCard)).one().id)
        factory.ready(session, factory.make_variant(session, "slow-feeder"), identity=OTHER)
        checkout.enter_code(session, OTHER, code)
        factory.place(session, OTHER)
    refused(Conflict, orders.cancel, GUEST, placed.order_id)
    with db.reading() as session:
        order = factory.order_of(session, placed)
        assert order.status == "paid"
        assert not orders.may_cancel(session, order, staff=False)


def test_it_can_be_called_off_until_it_is_paid_and_by_the_staff_after() -> None:
    with db.writing() as session:
        fill(session)
        placed = factory.place(session)
        assert orders.may_cancel(session, factory.order_of(session, placed), staff=False)
    factory.pay(placed)
    with db.writing() as session:
        orders.cancel(session, STAFF, placed.order_id)
    factory.settle()
    with db.reading() as session:
        assert [card.active for card in session.exec(select(GiftCard))] == [False]


def test_money_that_went_back_in_full_is_not_on_a_card_any_more() -> None:
    placed = bought()
    with db.writing() as session:
        orders.refund(session, STAFF, placed.order_id, "click-1")
    factory.settle()
    with db.reading() as session:
        assert factory.order_of(session, placed).status == "refunded"
        card = session.exec(select(GiftCard)).one()
        assert (card.active, card.balance_cents) == (False, 0)
