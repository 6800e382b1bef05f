"""From the checkout to the way back, by events as a browser sends them, or never would."""

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
from pet_app.core.security import VISITOR_COOKIE, new_token
from pet_app.core.settings import settings
from pet_app.order import service as orders
from pet_app.payment.rules import DemoOutcome
from pet_app.payment.state.demo import DemoPayment
from pet_app.ui.cart import Basket
from pet_app.ui.session import Session
from pet_app.ui.speaking import OUR_FAULT
from tests.checkout.conftest import COOKIE, SHOPPER
from tests.checkout.factory import (
    AUSTIN,
    EMAIL,
    settle,
)
from tests.ui.factory import Tab

pytestmark = pytest.mark.usefixtures("sqlite_database")

FORM = {name: text for name, text in AUSTIN.items() if name != "country"} | {"email": EMAIL}


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
        return [(order.status, order.due_cents) for order in orders.list_orders(session, SHOPPER)]


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
        (order,) = orders.list_orders(session, SHOPPER)
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
        (order,) = orders.list_orders(session, SHOPPER)
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
        (order,) = orders.list_orders(session, SHOPPER)
    tab.send(Basket.put_again, order_id=order.id, key="")
    assert tab.see(Session).problem == ""
    stranger = Tab(**{VISITOR_COOKIE: new_token()})
    stranger.send(Basket.put_again, order_id=order.id, key="")
    assert stranger.see(Session).problem not in ("", OUR_FAULT)
    with db.reading() as session:
        assert checkout.count_of(session, SHOPPER) == 2


def test_the_checkout_is_kept_from_search_engines_and_the_cart_is_not() -> None:
    public = {page.route for page in PAGES if page.is_public}
    assert "/cart" in public
    assert not {"/checkout", "/checkout/done"} & public
