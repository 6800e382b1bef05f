"""The cart on its page and in the header, by events as a browser sends them, or never would."""

import pytest

from pet_app.catalog.models import Variant
from pet_app.checkout import service as checkout
from pet_app.checkout.state.cart import CartDesk
from pet_app.core import db
from pet_app.core.security import VISITOR_COOKIE, new_token
from pet_app.ui.cart import ONE_PRESS, WHICH, Basket
from pet_app.ui.guard import NOT_UNDERSTOOD
from pet_app.ui.session import Session
from pet_app.ui.speaking import OUR_FAULT
from tests.checkout.conftest import SHOPPER
from tests.checkout.factory import (
    AUSTIN,
    EMAIL,
    make_promotion,
    save_design,
)
from tests.ui.factory import Tab

pytestmark = pytest.mark.usefixtures("sqlite_database")

FORM = {name: text for name, text in AUSTIN.items() if name != "country"} | {"email": EMAIL}


def test_the_header_counts_what_was_put_in_and_the_page_says_what(tab: Tab, bowl: Variant) -> None:
    basket = tab.see(Basket)
    assert basket.pieces == 1
    assert (basket.put.title, basket.put.price, basket.putting) == ("Enamel bowl", "$20.00", "")
    with db.writing() as session:
        design_id = save_design(session, SHOPPER)
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
        assert checkout.count_of(session, SHOPPER) == 1


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
