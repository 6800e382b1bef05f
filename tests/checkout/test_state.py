"""Open pages of cart and checkout, driven by events as a browser sends them, or never would."""

from typing import Any

import pytest

from pet_app.catalog.models import Variant
from pet_app.checkout import service as checkout
from pet_app.checkout.pages import PAGES
from pet_app.checkout.state.cart import CartDesk
from pet_app.checkout.state.checkout import Checkout
from pet_app.checkout.state.done import Settling
from pet_app.core import db
from pet_app.core.money import Money
from pet_app.core.security import VISITOR_COOKIE, Identity, fingerprint, new_token
from pet_app.core.settings import settings
from pet_app.order import service as orders
from pet_app.payment.rules import DemoOutcome
from pet_app.payment.state.demo import DemoPayment
from pet_app.ui.cart import ONE_PRESS, WHICH, Basket
from pet_app.ui.guard import NOT_UNDERSTOOD
from pet_app.ui.session import Session
from pet_app.ui.speaking import OUR_FAULT
from tests.checkout.factory import (
    AUSTIN,
    EMAIL,
    make_promotion,
    make_variant,
    save_design,
    settle,
)
from tests.ui.factory import Tab

pytestmark = pytest.mark.usefixtures("sqlite_database")

COOKIE = new_token()
GUEST = Identity(visitor=fingerprint(COOKIE))
FORM = {name: text for name, text in AUSTIN.items() if name != "country"} | {"email": EMAIL}


@pytest.fixture
def bowl(sqlite_database: str) -> Variant:
    """Five bowls on the shelf, $20 each."""
    with db.writing() as session:
        return make_variant(session)


@pytest.fixture
def tab(bowl: Variant) -> Tab:
    """A guest with one bowl in the cart."""
    found = Tab(**{VISITOR_COOKIE: COOKIE})
    found.send(Basket.put_variant, variant_id=bowl.id)
    return found


def at_checkout(tab: Tab) -> Checkout:
    """The checkout with everything said, down to the amount on the button."""
    tab.send(Checkout.open)
    for name, text in FORM.items():
        if name == "email":
            tab.send(Checkout.keep_email, typed=text)
        else:
            tab.send(Checkout.keep, name=name, typed=text)
    return tab.see(Checkout)


def press_pay(tab: Tab, **changes: str) -> Checkout:
    """Pay what the button says."""
    page = tab.see(Checkout)
    tab.send(Checkout.pay, typed={**FORM, "agreed": page.due, **changes})
    return page


def ordered() -> list[Any]:
    with db.reading() as session:
        return [(order.status, order.due_cents) for order in orders.list_orders(session, GUEST)]


def test_the_header_counts_what_was_put_in_and_the_page_says_what(tab: Tab, bowl: Variant) -> None:
    basket = tab.see(Basket)
    assert basket.pieces == 1
    assert (basket.put.title, basket.put.price, basket.putting) == ("Enamel bowl", "$20.00", "")
    with db.writing() as session:
        design_id = save_design(session, GUEST)
    tab.send(Basket.put_design, design_id=design_id)
    assert basket.pieces == 2
    assert basket.put.title == "Rex's collar"
    tab.send(Basket.look)
    assert (basket.put, basket.pieces) == (None, 2)


def test_a_double_click_is_one_press(
    tab: Tab, bowl: Variant, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab.send(Basket.put_variant, variant_id=bowl.id)
    assert tab.see(Basket).pieces == 1
    monkeypatch.setattr("pet_app.ui.cart.ONE_PRESS", ONE_PRESS * 0)
    tab.send(Basket.put_variant, variant_id=bowl.id)
    assert tab.see(Basket).pieces == 2


def test_what_cannot_be_put_in_is_refused_with_a_sentence(tab: Tab, bowl: Variant) -> None:
    for thing in ("", "nothing", "x" * 500, "\x00"):
        tab.send(Basket.put_variant, variant_id=thing)
        assert tab.see(Session).problem not in ("", OUR_FAULT)
        tab.send(Basket.put_design, design_id=thing)
        assert tab.see(Session).problem not in ("", OUR_FAULT)
    for quantity in (0, -1, 100, 10**12):
        tab.send(Basket.put_several, variant_id=bowl.id, quantity=quantity)
        assert tab.see(Session).problem == WHICH
    assert tab.see(Basket).pieces == 1


def test_a_price_sent_along_is_not_listened_to(tab: Tab, bowl: Variant) -> None:
    update, _ = tab.guard(Basket.put_variant, variant_id=bowl.id, price="1")
    assert update is not None
    assert tab.see(Session).problem == NOT_UNDERSTOOD


def test_the_cart_keeps_for_later_removes_and_brings_back_priced_now(tab: Tab) -> None:
    tab.send(CartDesk.open)
    page = tab.see(CartDesk)
    (line,) = page.lines
    tab.send(CartDesk.step, line_id=line.id, by=1)
    assert (page.lines[0].quantity, page.lines[0].total, page.total) == (2, "$40.00", "$40.00")
    tab.send(CartDesk.save_for_later, line_id=line.id)
    assert (len(page.lines), len(page.saved)) == (0, 1)
    tab.send(CartDesk.remove, line_id=line.id)
    assert (page.saved, page.removed) == ([], "Enamel bowl")
    tab.send(CartDesk.undo)
    assert len(page.saved) == 1
    assert page.removed == ""
    tab.send(CartDesk.undo)
    assert len(page.saved) == 1


def test_what_is_no_quantity_changes_nothing_and_says_no_nonsense(tab: Tab) -> None:
    tab.send(CartDesk.open)
    page = tab.see(CartDesk)
    for typed in ("", "lots", "-3", "0", "1.5", "٣", "1e3", "99999", "\x00"):
        tab.send(CartDesk.change_quantity, line_id=page.lines[0].id, typed=typed)
        assert page.lines[0].quantity == 1
        assert tab.see(Session).problem != OUR_FAULT
    tab.send(CartDesk.step, line_id="nothing", by=1)
    tab.send(CartDesk.step, line_id=page.lines[0].id, by=10)
    assert page.lines[0].quantity == 1


def test_somebody_elses_line_cannot_be_touched_nor_brought_back(tab: Tab) -> None:
    tab.send(CartDesk.open)
    line = tab.see(CartDesk).lines[0]
    stranger = Tab(**{VISITOR_COOKIE: new_token()})
    for handler in (CartDesk.remove, CartDesk.save_for_later, CartDesk.move_to_cart):
        stranger.send(handler, line_id=line.id)
        assert stranger.see(Session).problem not in ("", OUR_FAULT)
    stranger.send(CartDesk.undo)
    assert stranger.see(CartDesk).lines == []
    with db.reading() as session:
        assert checkout.count_of(session, GUEST) == 1


def test_a_code_that_is_none_stays_in_its_field_and_guessing_ends(tab: Tab) -> None:
    with db.writing() as session:
        make_promotion(session)
    tab.send(CartDesk.open)
    page = tab.see(CartDesk)
    tab.send(CartDesk.enter_code, typed={"code": "SPRING1O"})
    assert page.code_typed == "SPRING1O"
    assert "code" in tab.see(Session).problem_fields
    tab.send(CartDesk.enter_code, typed={"code": "spring10"})
    assert (page.code_typed, page.total) == ("", "$18.00")
    tab.send(CartDesk.drop_code, key=page.codes[0].key)
    assert (page.codes, page.total) == ([], "$20.00")
    for _ in range(60):
        tab.send(CartDesk.enter_code, typed={"code": "GUESS"})
    assert "code" not in tab.see(Session).problem_fields
    assert tab.see(Session).problem not in ("", OUR_FAULT)


def test_an_estimate_needs_a_place_it_knows(tab: Tab) -> None:
    tab.send(CartDesk.open)
    page = tab.see(CartDesk)
    tab.send(CartDesk.estimate, typed={"estimate_country": "US", "estimate_postcode": " 78701 "})
    assert page.methods
    assert any("Texas" in row.label for row in page.estimated)
    for country, postcode in (("US", "nowhere"), ("XX", "1"), ("", ""), ("DE", "10115")):
        tab.send(
            CartDesk.estimate, typed={"estimate_country": country, "estimate_postcode": postcode}
        )
        assert tab.see(Session).problem not in ("", OUR_FAULT)


def test_what_is_said_so_far_is_priced_and_what_is_missing_is_listed_by_name(tab: Tab) -> None:
    tab.send(Checkout.open)
    page = tab.see(Checkout)
    assert (page.due, page.total, page.methods) == ("", "$20.00", [])
    tab.send(Checkout.keep, name="postal_code", typed="78701")
    assert page.due == ""
    assert len(page.methods) > 1
    tab.send(Checkout.pay, typed={"email": "", "postal_code": "78701"})
    said = [trouble.sentence for trouble in page.found]
    assert "Street address: Please fill this in." in said
    assert {trouble.href for trouble in page.found} >= {"#field-email", "#field-city"}
    assert ordered() == []
    assert not page.placing
    before = len(page.found)
    tab.send(Checkout.keep, name="city", typed="Austin")
    assert len(page.found) == before - 1
    assert "city" not in tab.see(Session).problem_fields


def test_pressed_once_or_twice_it_is_one_order_of_what_the_button_said(tab: Tab) -> None:
    page = at_checkout(tab)
    due = page.due
    press_pay(tab)
    press_pay(tab)
    found = ordered()
    assert [status for status, _ in found] == ["pending_payment"]
    assert str(Money(found[0][1])) == due


def test_an_amount_nobody_was_shown_is_not_ordered(tab: Tab, bowl: Variant) -> None:
    page = at_checkout(tab)
    for shown in ("", "$1.00"):
        press_pay(tab, agreed=shown)
        assert ordered() == []
        assert page.found[0].href == "#sums"
    with db.writing() as session:
        row = session.get(Variant, bowl.id)
        assert row is not None
        row.price_cents = 2500
    press_pay(tab)
    assert ordered() == []
    assert any("costs $25.00 now; it was $20.00" in one.sentence for one in page.found)
    press_pay(tab)
    assert len(ordered()) == 1


def test_another_way_to_send_it_is_asked_for_and_an_unknown_one_is_not(tab: Tab) -> None:
    page = at_checkout(tab)
    first, due = page.method, page.due
    other = next(method.key for method in page.methods if method.key != first)
    tab.send(Checkout.choose_method, key=other)
    assert (page.method, page.due != due) == (other, True)
    tab.send(Checkout.choose_method, key="by pigeon")
    assert page.method == other


def test_sold_out_meanwhile_is_said_and_nothing_is_ordered(tab: Tab, bowl: Variant) -> None:
    page = at_checkout(tab)
    with db.writing() as session:
        row = session.get(Variant, bowl.id)
        assert row is not None
        row.stock = 0
    press_pay(tab)
    assert ordered() == []
    assert any("sold out" in trouble.sentence for trouble in page.found)


def test_an_empty_cart_and_a_page_never_opened_place_nothing(bowl: Variant) -> None:
    tab = Tab(**{VISITOR_COOKIE: COOKIE})
    tab.send(Checkout.pay, typed={**FORM, "agreed": "$0.00"})
    assert tab.see(Session).problem != OUR_FAULT
    tab.send(Checkout.open)
    assert tab.see(Checkout).is_empty
    press_pay(tab)
    assert tab.see(Session).problem != OUR_FAULT
    assert ordered() == []


def test_where_nothing_can_be_paid_the_pages_say_so_and_nothing_is_ordered(
    tab: Tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = at_checkout(tab)
    monkeypatch.setattr(settings(), "env", "production")
    tab.send(CartDesk.open)
    assert not tab.see(CartDesk).is_open
    press_pay(tab)
    assert tab.see(Session).problem not in ("", OUR_FAULT)
    tab.send(Checkout.open)
    assert not page.is_open
    assert ordered() == []


def test_declined_delayed_and_paid_are_told_apart_on_the_way_back(tab: Tab) -> None:
    at_checkout(tab)
    press_pay(tab)
    with db.reading() as session:
        (order,) = orders.list_orders(session, GUEST)
    tab.go(f"/pay/demo/{order.payment_id}")
    tab.send(DemoPayment.open)
    demo = tab.see(DemoPayment)
    assert (demo.stage, demo.amount) == ("open", str(order.due))
    tab.send(DemoPayment.choose, outcome=DemoOutcome.DECLINED.value)
    assert (demo.stage, "declined" in demo.declined) == ("open", True)
    tab.go("/checkout/done", order=order.id)
    tab.send(Settling.open)
    done = tab.see(Settling)
    assert (done.stage, done.number) == ("waiting", order.number)
    tab.go(f"/pay/demo/{order.payment_id}")
    tab.send(DemoPayment.choose, outcome=DemoOutcome.PAID.value)
    settle()
    tab.go("/checkout/done", order=order.id)
    tab.send(Settling.open)
    assert (done.stage, done.total, done.letter_to) == ("paid", str(order.due), EMAIL)
    tab.send(Basket.look)
    assert tab.see(Basket).pieces == 0


def test_somebody_elses_order_and_payment_are_not_found(tab: Tab) -> None:
    at_checkout(tab)
    press_pay(tab)
    with db.reading() as session:
        (order,) = orders.list_orders(session, GUEST)
    stranger = Tab(**{VISITOR_COOKIE: new_token()})
    stranger.go(f"/pay/demo/{order.payment_id}")
    stranger.send(DemoPayment.open)
    assert (stranger.see(DemoPayment).stage, stranger.see(DemoPayment).amount) == ("missing", "")
    stranger.send(DemoPayment.choose, outcome=DemoOutcome.PAID.value)
    assert stranger.see(Session).problem not in ("", OUR_FAULT)
    stranger.go("/checkout/done", order=order.id)
    stranger.send(Settling.open)
    assert (stranger.see(Settling).stage, stranger.see(Settling).number) == ("missing", "")
    assert [status for status, _ in ordered()] == ["pending_payment"]


def test_an_order_goes_into_the_cart_again(tab: Tab) -> None:
    at_checkout(tab)
    press_pay(tab)
    with db.reading() as session:
        (order,) = orders.list_orders(session, GUEST)
    tab.send(Basket.put_again, order_id=order.id, key="")
    assert tab.see(Session).problem == ""
    stranger = Tab(**{VISITOR_COOKIE: new_token()})
    stranger.send(Basket.put_again, order_id=order.id, key="")
    assert stranger.see(Session).problem not in ("", OUR_FAULT)
    with db.reading() as session:
        assert checkout.count_of(session, GUEST) == 2


def test_the_checkout_is_kept_from_search_engines_and_the_cart_is_not() -> None:
    public = {page.route for page in PAGES if page.is_public}
    assert "/cart" in public
    assert not {"/checkout", "/checkout/done"} & public
