"""Before the order: where it goes, how it is sent, what that costs, and what is missing."""

from typing import Any

import pytest
from sqlmodel import select

from pet_app.checkout import service as checkout
from pet_app.checkout.models import Cart
from pet_app.checkout.rules import Trouble
from pet_app.core import db
from pet_app.core.errors import Invalid
from pet_app.core.security import Identity
from pet_app.messaging.models import OutboxRow
from tests.checkout import factory
from tests.checkout.factory import AUSTIN, EMAIL, GUEST, MONTREAL, refused

pytestmark = pytest.mark.usefixtures("sqlite_database")

BERKELEY = {**AUSTIN, "country_area": "CA", "city": "Berkeley", "postal_code": "94704"}
SAN_JUAN = {**AUSTIN, "country_area": "PR", "city": "San Juan", "postal_code": "00901"}


def test_a_review_adds_up_and_shows_where_every_rate_stands() -> None:
    with db.writing() as session:
        shown = factory.ready(
            session, factory.make_variant(session, cents=1999), 2, address=MONTREAL
        )
    assert shown.items.cents == 3998
    assert shown.total.cents == 3998 + shown.shipping.cents + shown.tax.cents
    assert [tax.name for tax in shown.taxes] == ["GST", "QST"]
    assert sum(tax.amount.cents for tax in shown.taxes) == shown.tax.cents
    # 5 % and 9.975 % of 39.98 and 15.90 for sending, each rounded once.
    assert [tax.amount.cents for tax in shown.taxes] == [279, 557]
    assert "revenuquebec.ca" in shown.taxes[1].source
    assert shown.written[-1] == "Canada"


def test_sending_is_not_taxed_where_the_table_says_so() -> None:
    with db.writing() as session:
        factory.ready(session, factory.make_variant(session))
        there = checkout.say_where(session, GUEST, EMAIL, BERKELEY)
        assert there.tax.cents == 145
        here = checkout.say_where(session, GUEST, EMAIL, AUSTIN)
        assert here.tax.cents == round((2000 + here.shipping.cents) * 0.0625)


def test_a_place_whose_taxes_nobody_knows_stops_the_order_with_a_reason() -> None:
    with db.writing() as session:
        factory.ready(session, factory.make_variant(session))
        shown = checkout.say_where(session, GUEST, EMAIL, SAN_JUAN)
        assert [found.code for found in shown.problems] == [Trouble.PLACE_UNKNOWN]
        assert "taxes of PR, United States" in shown.problems[0].sentence
        assert not shown.can_be_placed


def test_a_country_we_do_not_send_to_is_refused_at_once() -> None:
    with db.writing() as session:
        factory.put(session, factory.make_variant(session))
    home = {
        "country": "DE",
        "name": "Gwen",
        "street_address": "Lindenstr. 4",
        "postal_code": "10969",
        "city": "Berlin",
    }
    fault = refused(Invalid, checkout.say_where, GUEST, EMAIL, home)
    assert set(fault.fields) == {"country"}


@pytest.mark.parametrize(
    ("email", "changes", "fields"),
    [
        ("", {}, {"email"}),
        ("gwen", {}, {"email"}),
        ("gwen@localhost", {}, {"email"}),
        ("gwen@example.com\nBcc: all@example.com", {}, {"email"}),
        ("a@b.com, c@d.com", {}, {"email"}),
        ("x" * 300 + "@example.com", {}, {"email"}),
        (EMAIL, {"postal_code": "10001"}, {"postal_code"}),
        (EMAIL, {"postal_code": ""}, {"postal_code"}),
        (EMAIL, {"country_area": "Atlantis"}, {"country_area"}),
        (EMAIL, {"name": ""}, {"name"}),
        (EMAIL, {"city": "\x00"}, {"city"}),
        (EMAIL, {"street_address": "x" * 400}, {"street_address"}),
        (EMAIL, {"country": ""}, {"country"}),
        (EMAIL, {"country": "XX"}, {"country"}),
        (EMAIL, {"total_cents": "1"}, {"total_cents"}),
        ("gwen", {"name": ""}, {"email", "name"}),
    ],
)
def test_what_an_address_lacks_is_said_field_by_field(
    email: str, changes: dict[str, str], fields: set[str]
) -> None:
    with db.writing() as session:
        factory.put(session, factory.make_variant(session))
    fault = refused(Invalid, checkout.say_where, GUEST, email, {**AUSTIN, **changes})
    assert set(fault.fields) == fields
    with db.reading() as session:
        assert session.exec(select(Cart)).one().address == {}


def test_of_the_ways_to_send_it_the_cheapest_is_chosen_until_another_is() -> None:
    with db.writing() as session:
        shown = factory.ready(session, factory.make_variant(session))
        assert [(one.key, one.chosen) for one in shown.methods] == [
            ("standard", True),
            ("express", False),
        ]
        shown = checkout.choose_method(session, GUEST, "express")
        assert shown.shipping.cents == 1490
        checkout.choose_method(session, GUEST, "express")
        said = session.exec(
            select(OutboxRow).where(OutboxRow.name == "checkout.shipping_chosen")
        ).all()
        assert len(said) == 1
    for method in ("", "pigeon", "free", "standard; drop table", "é"):
        assert set(refused(Invalid, checkout.choose_method, GUEST, method).fields) == {"method"}


def test_what_is_heavy_costs_more_and_too_heavy_is_said() -> None:
    with db.writing() as session:
        stone = factory.make_variant(session, "stone", weight_g=4000, stock=None)
        shown = factory.ready(session, stone, 1)
        light = shown.shipping.cents
        line = shown.cart.lines[0]
        checkout.change_quantity(session, GUEST, line.id, 7)
        heavy = checkout.review(session, GUEST)
        assert [one.key for one in heavy.methods] == ["standard"]
        assert heavy.methods[0].was.cents > light
        checkout.change_quantity(session, GUEST, line.id, 8)
        found = checkout.review(session, GUEST)
        assert [one.code for one in found.problems] == [Trouble.TOO_HEAVY]


def test_enough_is_sent_for_nothing_and_the_cart_says_how_much_is_missing() -> None:
    with db.writing() as session:
        bowl = factory.make_variant(session, cents=2500)
        view = factory.put(session, bowl, 2)
        assert view.to_free_shipping is not None
        assert view.to_free_shipping.cents == 2500
        shown = factory.ready(session, bowl, 1)
        assert (shown.shipping.cents, shown.cart.to_free_shipping.cents) == (0, 0)  # pyright: ignore
        # What a code takes off does not count towards it.
        factory.make_promotion(session)
        checkout.enter_code(session, GUEST, "SPRING10")
        assert checkout.review(session, GUEST).shipping.cents == 790


def test_an_estimate_needs_a_postal_code_and_changes_nothing() -> None:
    with db.writing() as session:
        factory.put(session, factory.make_variant(session))
    with db.reading() as session:
        found = checkout.estimate(session, GUEST, "US", "78701")
        assert (found.shipping.cents, found.tax.cents) == (490, 156)
        assert found.total.cents == 2000 + 490 + 156
        north = checkout.estimate(session, GUEST, "CA", "X0A 0H0")
        assert north.shipping.cents > found.shipping.cents
        unknown = checkout.estimate(session, GUEST, "US", "00901")
        assert [one.code for one in unknown.problems] == [Trouble.PLACE_UNKNOWN]
        assert checkout.review(session, GUEST).address == {}
    for country, code in (("DE", "10969"), ("XX", "1"), ("US", "x"), ("US", "")):
        refused(Invalid, checkout.estimate, GUEST, country, code)


def test_going_to_the_checkout_is_told_once_there_is_something() -> None:
    def said() -> int:
        with db.reading() as session:
            rows = select(OutboxRow).where(OutboxRow.name == "checkout.begun")
            return len(session.exec(rows).all())

    with db.writing() as session:
        assert checkout.begin_checkout(session, GUEST).cart.is_empty
        assert checkout.begin_checkout(session, Identity()).cart.is_empty
    assert said() == 0
    with db.writing() as session:
        factory.put(session, factory.make_variant(session))
        assert checkout.begin_checkout(session, GUEST).items.cents == 2000
    assert said() == 1


def test_what_we_send_to_has_names() -> None:
    assert checkout.places() == {"US": "United States", "CA": "Canada"}


def test_the_digest_is_the_same_until_something_changes() -> None:
    with db.writing() as session:
        bowl = factory.make_variant(session)
        first = factory.ready(session, bowl).digest
        assert checkout.review(session, GUEST).digest == first
        changes: list[Any] = [
            lambda: factory.put(session, bowl),
            lambda: checkout.choose_method(session, GUEST, "express"),
            lambda: checkout.say_where(session, GUEST, "other@example.com", AUSTIN),
            lambda: checkout.say_where(session, GUEST, EMAIL, {**AUSTIN, "name": "Gus"}),
            lambda: (
                factory.make_promotion(session) and checkout.enter_code(session, GUEST, "SPRING10")
            ),
        ]
        seen = {first}
        for change in changes:
            change()
            seen.add(checkout.review(session, GUEST).digest)
        assert len(seen) == 1 + len(changes)
