"""From a cart to an order: agreed to the cent, and nothing else."""

from datetime import timedelta

import pytest
from sqlmodel import select

from pet_app.builder import service as builder
from pet_app.catalog.models import Reservation
from pet_app.checkout import service as checkout
from pet_app.checkout.models import CartLine
from pet_app.checkout.rules import Trouble
from pet_app.checkout.service import Problems
from pet_app.core import clock, db
from pet_app.core.errors import Invalid, TooManyRequests
from pet_app.core.security import Identity
from pet_app.order import service as orders
from pet_app.order.models import Order, OrderLine
from pet_app.payment.models import Payment
from pet_app.user import attempts
from pet_app.user.service import Client
from tests.checkout import factory
from tests.checkout.factory import GUEST, STAFF

pytestmark = pytest.mark.usefixtures("sqlite_database")


def troubles(problems: Problems) -> list[Trouble]:
    return [found.code for found in problems.found]


def test_an_order_is_what_was_shown_to_the_cent() -> None:
    with db.writing() as session:
        bowl = factory.make_variant(session, cents=1995)
        factory.make_promotion(session)
        card_id, code = factory.make_card(session, 1000)
        factory.ready(session, bowl, 2)
        design_id = factory.save_design(session)
        checkout.add_design(session, GUEST, design_id, 1, "request-1")
        checkout.enter_code(session, GUEST, "spring10")
        checkout.enter_code(session, GUEST, code.lower())
        shown = checkout.review(session, GUEST)
        placed = checkout.place_order(session, GUEST, shown.digest, "click-1")
        order = factory.order_of(session, placed)
        lines = orders.order_lines(session, order.id)
        payment = session.exec(select(Payment).where(Payment.id == placed.payment_id)).one()
    assert shown.can_be_placed
    assert order.items_cents == sum(line.unit_cents * line.quantity for line in lines)
    assert order.discount_cents == sum(line.discount_cents for line in lines)
    assert (
        order.total_cents
        == shown.total.cents
        == (order.items_cents - order.discount_cents + order.shipping_cents + order.tax_cents)
    )
    assert (order.gift_cents, order.due_cents) == (1000, order.total_cents - 1000)
    assert payment.amount_cents == order.due_cents == placed.due.cents == shown.due.cents
    assert [name for name, *_ in order.tax_lines] == ["Texas sales tax"]
    assert "comptroller.texas.gov" in order.tax_lines[0][3]
    own = next(line for line in lines if line.content_key)
    assert sum(cents for _, _, cents in own.breakdown) == own.unit_cents
    assert own.design["kind"] == "collar"
    with db.reading() as session:
        assert factory.balance_of(session, card_id) == 0


def test_the_click_of_an_order_that_was_called_off_places_nothing() -> None:
    with db.writing() as session:
        shown = factory.ready(session, factory.make_variant(session))
        placed = checkout.place_order(session, GUEST, shown.digest, "click-1")
        orders.expire(session, placed.order_id)
        with pytest.raises(Problems) as found:
            checkout.place_order(session, GUEST, shown.digest, "click-1")
        assert troubles(found.value) == [Trouble.ORDER_OVER]
        assert checkout.place_order(session, GUEST, shown.digest, "click-2") != placed


def test_stock_is_held_until_a_little_after_the_time_to_pay() -> None:
    with db.writing() as session:
        factory.ready(session, factory.make_variant(session))
        order = factory.order_of(session, factory.place(session))
        held = session.exec(select(Reservation)).one()
        payment = session.exec(select(Payment)).one()
    assert held.until == order.pay_by
    assert timedelta(minutes=34) < order.pay_by - clock.now() <= timedelta(minutes=35)
    assert clock.now() + timedelta(minutes=30) < payment.expires < order.pay_by


def test_steps_cannot_be_skipped() -> None:
    with db.writing() as session:
        with pytest.raises(Problems) as found:
            checkout.place_order(session, GUEST, "", "click-1")
        assert Trouble.EMPTY in troubles(found.value)
        factory.put(session, factory.make_variant(session))
        with pytest.raises(Problems) as found:
            factory.place(session)
        assert troubles(found.value) == [Trouble.EMAIL_MISSING, Trouble.ADDRESS_MISSING]
        assert set(found.value.fields) == {"email", "address"}
        assert session.exec(select(Order)).all() == []


def test_nobody_empties_the_shelves_with_orders_they_never_pay(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(attempts, "ORDERS_OF_AN_ADDRESS", attempts.Window(2, timedelta(hours=1)))
    elsewhere = Client("203.0.113.7", loopback=False)
    with db.writing() as session:
        bowl = factory.make_variant(session)
        shown = [factory.ready(session, bowl, identity=factory.guest(n)) for n in range(3)]
        for number in range(2):
            one = factory.guest(number)
            checkout.place_order(session, one, shown[number].digest, "click", elsewhere)
            # The same click once more is no other order.
            checkout.place_order(session, one, shown[number].digest, "click", elsewhere)
        with pytest.raises(TooManyRequests):
            checkout.place_order(session, factory.guest(2), shown[2].digest, "click", elsewhere)
        checkout.place_order(session, factory.guest(2), shown[2].digest, "click")


@pytest.mark.parametrize("digest", ["", "x", "0.0.0.0.0.0.0", "é" * 40, "." * 6, "a" * 10_000])
def test_a_digest_nobody_was_shown_places_nothing(digest: str) -> None:
    with db.writing() as session:
        factory.ready(session, factory.make_variant(session))
        with pytest.raises(Problems) as found:
            checkout.place_order(session, GUEST, digest, "click-1")
        assert Trouble.PRICE_CHANGED in troubles(found.value)
        assert session.exec(select(Order)).all() == []


def test_a_price_that_changed_is_shown_before_it_is_paid() -> None:
    with db.writing() as session:
        bowl = factory.make_variant(session, cents=2000)
        shown = factory.ready(session, bowl)
        bowl.price_cents = 2500
        session.add(bowl)
        session.flush()
        with pytest.raises(Problems) as found:
            checkout.place_order(session, GUEST, shown.digest, "click-1")
        assert troubles(found.value)[0] == Trouble.PRICE_CHANGED
        line = checkout.review(session, GUEST).cart.lines[0]
        assert line.was is not None
        assert (line.was.cents, line.unit.cents) == (2000, 2500)
        assert checkout.accept_prices(session, GUEST).lines[0].was is None
        assert factory.place(session).due.cents > 2500


def test_a_cart_edited_in_a_second_tab_is_shown_again() -> None:
    with db.writing() as session:
        bowl = factory.make_variant(session)
        shown = factory.ready(session, bowl)
        factory.put(session, bowl)
        with pytest.raises(Problems) as found:
            checkout.place_order(session, GUEST, shown.digest, "click-1")
        assert found.value.found[0].field == "lines"
        moved = {**factory.AUSTIN, "country_area": "CA", "city": "Berkeley", "postal_code": "94704"}
        seen = checkout.review(session, GUEST).digest
        checkout.say_where(session, GUEST, factory.EMAIL, moved)
        with pytest.raises(Problems) as found:
            checkout.place_order(session, GUEST, seen, "click-1")
        assert {one.field for one in found.value.found} == {"taxes", "where"}


def test_a_design_that_cannot_be_made_any_more_stops_the_order() -> None:
    with db.writing() as session:
        design_id = factory.save_design(session)
        checkout.add_design(session, GUEST, design_id, 1, "request-1")
        checkout.say_where(session, GUEST, factory.EMAIL, factory.AUSTIN)
        row = session.exec(select(CartLine)).one()
        row.design = {**row.design, "width_mm": 7}
        session.add(row)
        session.flush()
        with pytest.raises(Problems) as found:
            factory.place(session)
        assert troubles(found.value) == [Trouble.CANNOT_BE_MADE]


def test_a_frozen_design_does_not_follow_the_one_it_was_taken_from() -> None:
    with db.writing() as session:
        design_id = factory.save_design(session, colour="pine")
        before = checkout.add_design(session, GUEST, design_id, 1, "request-1").lines[0]
        changed = {**before.design, "look": {**before.design["look"], "colour": "charcoal"}}
        builder.save_design(session, GUEST, changed, "Rex's collar", "another", design_id)
        after = checkout.cart_of(session, GUEST).lines[0]
        assert after.design == before.design
        assert session.exec(select(CartLine)).one().rules_version
        # Put in again as it is now, it is another thing.
        assert len(checkout.add_design(session, GUEST, design_id, 1, "request-2").lines) == 2


def test_nobody_orders_from_the_cart_of_another_or_with_their_order() -> None:
    with db.writing() as session:
        shown = factory.ready(session, factory.make_variant(session))
        with pytest.raises(Problems) as found:
            checkout.place_order(session, factory.OTHER, shown.digest, "click-1")
        assert Trouble.EMPTY in troubles(found.value)
        placed = checkout.place_order(session, GUEST, shown.digest, "click-1")
        assert factory.order_of(session, placed).owner == GUEST.owner


@pytest.mark.parametrize("key", ["", "x" * 65, "a\nb"])
def test_a_click_without_a_proper_key_places_nothing(key: str) -> None:
    with db.writing() as session, pytest.raises(Invalid):
        checkout.place_order(session, GUEST, "", key)


def test_a_delayed_payment_is_not_ordered_around() -> None:
    with db.writing() as session:
        bowl = factory.make_variant(session)
        factory.ready(session, bowl)
        placed = factory.place(session)
        payment = session.exec(select(Payment)).one()
        payment.state = "processing"
        session.add(payment)
        factory.put(session, bowl)
        with pytest.raises(Problems) as found:
            factory.place(session)
        assert troubles(found.value) == [Trouble.ORDER_OVER]
        assert placed.number in found.value.detail


def test_staff_and_strangers_have_carts_of_their_own() -> None:
    with db.writing() as session:
        factory.put(session, factory.make_variant(session))
        assert checkout.cart_of(session, STAFF).is_empty
        assert checkout.cart_of(session, Identity()).is_empty
        assert checkout.count_of(session, Identity()) == 0


def test_order_lines_carry_what_the_workshop_and_the_invoice_need() -> None:
    with db.writing() as session:
        factory.ready(session, factory.make_variant(session), 2, address=factory.MONTREAL)
        placed = factory.place(session)
        line = session.exec(select(OrderLine)).one()
        order = factory.order_of(session, placed)
    assert (line.kind, line.sku, line.weight_g) == ("bowl", "SKU-ENAMEL-BOWL", 300)
    assert [tax[:2] for tax in order.tax_lines] == [["GST", "5"], ["QST", "9.975"]]
    assert order.method_label == "Standard, 5 to 9 working days"
