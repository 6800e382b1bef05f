"""The pages of orders as their states see them."""

import asyncio

import pytest

from pet_app.core import db
from pet_app.core.security import VISITOR_COOKIE, fingerprint
from pet_app.order import service as orders
from pet_app.order.state.order import OrderDesk
from pet_app.order.state.own import OwnOrder
from pet_app.order.state.shelf import OrderShelf
from pet_app.ui.session import Session
from tests.order.factory import (
    EMAIL,
    bowl,
    done,
    draw_invoices,
    harness,
    lines,
    paid,
    placed,
    seen,
    sent,
    shelf,
)
from tests.ui.factory import Tab, signed_in_cookies

pytestmark = pytest.mark.usefixtures("sqlite_database")

VISITOR = "v" * 43
MINE = {"owner": f"visitor:{fingerprint(VISITOR)}"}


def guest() -> Tab:
    return Tab(**{VISITOR_COOKIE: VISITOR})


def tracked(tab: Tab, **query: str) -> OrderDesk:
    tab.go("/track", **query)
    tab.send(OrderDesk.open_track)
    return tab.see(OrderDesk)


def by_key(tab: Tab, key: str) -> OrderDesk:
    tab.root.router_data = tab.root._update_router_vars(
        {**tab.root.router_data, "asPath": f"/track#{key}", "pathname": "/track"}, {}
    )
    tab.send(OrderDesk.open_track)
    return tab.see(OrderDesk)


def test_a_guest_sees_the_whole_of_their_order() -> None:
    order_id = paid(harness(), **MINE)
    draw_invoices()
    desk = tracked(guest(), order=order_id)
    assert (desk.stage, desk.own, desk.may_cancel, desk.may_pay) == ("open", True, True, False)
    assert desk.facts.number == seen(order_id).number
    assert [stop.state for stop in desk.stops] == ["done", "now", "next", "next", "next"]
    assert [line.title for line in desk.lines] == ["Biscuit's harness"]
    assert desk.address[0] == "Olive Owner"
    assert desk.facts.invoice == f"/api/v1/orders/{order_id}/invoice.pdf"


def test_a_browser_that_ordered_nothing_is_asked_which_order() -> None:
    order_id = paid(harness())
    assert tracked(guest()).stage == "find"
    assert tracked(guest(), order=order_id).stage == "missing"
    assert tracked(guest(), number="HH-2222").number == "HH-2222"


def test_this_browsers_orders_are_offered() -> None:
    paid(harness(), **MINE)
    paid(harness())
    assert len(tracked(guest()).tiles) == 1


def test_number_and_email_show_the_way_but_no_address_and_no_sum() -> None:
    order_id, tab = paid(harness()), guest()
    tab.send(OrderDesk.find, form={"number": seen(order_id).number, "email": EMAIL})
    desk = tab.see(OrderDesk)
    assert (desk.stage, desk.own, desk.may_cancel) == ("open", False, False)
    assert desk.stops
    shown = str(desk.dict())
    assert "Lindenstraße" not in shown
    assert EMAIL not in shown
    assert "$" not in shown
    tab.send(OrderDesk.cancel, form={"reason": "Not mine"})
    assert seen(order_id).status == "paid"
    tab.send(OrderDesk.send_link, form={"number": seen(order_id).number, "email": EMAIL})
    assert tab.see(OrderDesk).said


def test_a_wrong_email_is_answered_with_a_sentence() -> None:
    order_id, tab = paid(harness()), guest()
    tab.send(OrderDesk.find, form={"number": seen(order_id).number, "email": "x@example.com"})
    assert "We know no order" in tab.see(Session).problem
    assert tab.see(OrderDesk).stage != "open"


def test_the_link_of_a_letter_opens_all_of_it() -> None:
    order_id, tab = paid(harness()), guest()
    with db.reading() as session:
        key = orders.link_to(orders.get_order(session, order_id)).partition("#")[2]
    desk = by_key(tab, key)
    assert (desk.stage, desk.own) == ("open", True)
    assert desk.pass_key
    assert desk.pass_key != key
    tab.send(OrderDesk.cancel, form={"reason": "Changed my mind"})
    assert seen(order_id).status == "cancelled"


def test_a_link_that_ran_out_says_so() -> None:
    tab = guest()
    assert by_key(tab, "o.x.1.y").stage == "find"
    assert "run out" in tab.see(Session).problem


def test_what_may_be_done_about_a_line_is_offered() -> None:
    order_id = sent(bowl(shelf(), 2), harness())
    done(orders.adopt_orders, seen(order_id).owner, MINE["owner"])
    tab = guest()
    desk = tracked(tab, order=order_id)
    assert [(line.returns, line.remakes) for line in desk.lines] == [(2, 0), (0, 1)]
    bought, made = lines(order_id)
    for line_id, what, asking in (
        (bought.id, "return", "return"),
        (made.id, "remake", "remake"),
        ("nothing", "return", ""),
        (made.id, "steal", ""),
    ):
        tab.send(OrderDesk.ask_about, line_id=line_id, what=what)
        assert tab.see(OrderDesk).asking == asking
    tab.send(OrderDesk.close)
    assert tab.see(OrderDesk).asking == ""


def test_an_unpaid_order_leads_to_its_payment() -> None:
    order_id, tab = placed(harness(), **MINE), guest()
    assert tracked(tab, order=order_id).may_pay
    tab.send(OrderDesk.pay)
    assert not tab.see(OrderDesk).busy
    done(orders.cancel, guest_identity(), order_id)
    tab.send(OrderDesk.pay)
    assert "cannot be done" in tab.see(Session).problem


def guest_identity():
    return asyncio.run(guest().see(Session)._identity())


def test_somebody_elses_order_is_missing_on_the_dashboard() -> None:
    order_id = paid(harness())
    tab = Tab(**signed_in_cookies())
    tab.go(f"/dashboard/orders/{order_id}")
    tab.send(OwnOrder.open)
    tab.send(OrderDesk.open)
    assert tab.see(OrderDesk).stage == "missing"
    tab.send(OrderShelf.open)
    assert tab.see(OrderShelf).tiles == []


@pytest.mark.parametrize("form", [{}, {"number": None, "email": None}, {"number": "x" * 19_000}])
def test_an_empty_form_finds_nothing(form: dict) -> None:
    tab = guest()
    tab.send(OrderDesk.find, form=form)
    assert tab.see(Session).problem
