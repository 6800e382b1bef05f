"""The letters about orders: what they say, and to whom not."""

from datetime import UTC, datetime
from typing import Any

import pytest

from pet_app.core import db
from pet_app.core.mail import render
from pet_app.core.mail.letter import Letter
from pet_app.core.money import Money
from pet_app.order import letters as written
from pet_app.order import service as orders
from pet_app.order.models import Order, OrderLine, ReturnRequest, Shipment
from pet_app.order.rules import ReturnKind, ReturnState
from pet_app.user import service as users
from pet_app.user.service import Channel, News
from tests.order.factory import BERLIN, STAFF, done, harness, paid, sent
from tests.user.factory import identity_of, letters, make_user

AT = datetime(2026, 5, 3, 14, 5, tzinfo=UTC)
LINK = "/track#key"
HOSTILE = "<script>alert(1)</script> & “Biscuit”"


def order(**changes: Any) -> Order:
    told: dict[str, Any] = {
        "id": "order-1",
        "number": "HH-7K2M-9QXP",
        "owner": "visitor:x",
        "email": "olive@example.com",
        "checkout_key": "k",
        "currency": "USD",
        "items_cents": 13000,
        "discount_cents": 400,
        "shipping_cents": 500,
        "tax_cents": 1300,
        "total_cents": 14400,
        "gift_cents": 1000,
        "due_cents": 13400,
        "address": BERLIN,
        "method": "standard",
        "method_label": "Standard",
        "discounts": [["WALKIES", "10% off", 400]],
        "tax_lines": [["VAT", "19", 1300, "assumption", "2026-01-01"]],
        "placed": AT,
        "pay_by": AT,
        "paid": AT,
        "changed": AT,
    }
    return Order(**(told | changes))


LINES = [
    OrderLine(
        id=f"line-{place}",
        order_id="order-1",
        position=place,
        variant_id=variant,
        sku="S",
        title=HOSTILE,
        words="M · Pine",
        design={},
        breakdown=[],
        unit_cents=2000,
        quantity=2,
        line_cents=4000,
        discount_cents=0,
        tax_cents=0,
        weight_g=1,
    )
    for place, variant in enumerate(("v", ""))
]
PARCEL = Shipment(
    order_id="order-1",
    carrier="dhl",
    tracking_number="JD01460003",
    lines=[["line-0", 1]],
    shipped=AT,
)


def request(kind: ReturnKind, state: ReturnState) -> ReturnRequest:
    return ReturnRequest(
        order_id="order-1",
        line_id="line-0",
        kind=kind.value,
        quantity=1,
        reason="fit",
        state=state.value,
        answer="Because of this.",
        created=AT,
        changed=AT,
    )


EVERY_LETTER: dict[str, Letter] = {
    "confirmed": written.confirmed(order(), LINES, LINK),
    "delayed": written.delayed(order(), LINK),
    "failed": written.failed(order(), LINK, ""),
    "shipped": written.shipped(order(), LINES, PARCEL, LINK, rest=True, no_more=""),
    "delivered": written.delivered(order(), LINES, LINK, "/dashboard/settings/preferences"),
    "cancelled": written.cancelled(order(), LINK, in_time=True),
    "expired": written.cancelled(order(paid=None), LINK, in_time=False),
    "refunded": written.refunded(order(refunded_cents=500), Money(500), LINK),
    "link": written.opening_link(order(), LINK),
    "staff": written.staff_called(order(), "Look at this."),
    "asked": written.return_asked(
        order(), request(ReturnKind.REMAKE, ReturnState.ASKED), LINES[1], LINK
    ),
} | {
    f"{kind} {state}": written.return_decided(order(), request(kind, state), LINES[0], LINK)
    for kind, state in (
        (ReturnKind.RETURN, ReturnState.APPROVED),
        (ReturnKind.RETURN, ReturnState.DECLINED),
        (ReturnKind.RETURN, ReturnState.RECEIVED),
        (ReturnKind.REMAKE, ReturnState.APPROVED),
        (ReturnKind.REMAKE, ReturnState.DECLINED),
    )
}


@pytest.mark.parametrize("name", EVERY_LETTER)
def test_every_letter_names_the_order_and_runs_nothing(name: str) -> None:
    letter = EVERY_LETTER[name]
    html, text = render.html(letter), render.text(letter)
    for said in (html, text):
        assert "HH-7K2M-9QXP" in said
    assert "<script>alert" not in html
    assert all(len(line) <= 72 or "http" in line for line in text.splitlines())


def test_the_confirmation_reckons_to_the_cent() -> None:
    text = render.text(EVERY_LETTER["confirmed"])
    for amount in ("$130.00", "-$4.00", "$5.00", "VAT 19%: $13.00", "Total: $144.00", "-$10.00"):
        assert amount in text
    assert "Paid: $134.00" in text
    assert "10969 Berlin" in text


@pytest.mark.usefixtures("sqlite_database")
def test_who_wants_no_news_of_orders_gets_business_alone() -> None:
    with db.writing() as session:
        user = identity_of(make_user(session, "quiet@example.com"))
        users.tell(session, user, News.ORDERS, Channel.EMAIL, wanted=False)
    order_id = paid(harness(), owner=user.owner, email="quiet@example.com")
    done(orders.ship, STAFF, order_id, "ups", "1Z999AA1")
    done(orders.deliver, STAFF, order_id)
    kinds = [found.kind for found in letters("quiet@example.com") if "order" in found.kind]
    assert kinds == ["order.confirmed"]


@pytest.mark.usefixtures("sqlite_database")
def test_an_order_without_an_address_any_more_is_written_nothing() -> None:
    order_id = sent(harness())
    with db.writing() as session:
        orders.get_order(session, order_id).email = ""
    before = len(letters("olive@example.com"))
    done(orders.refund, STAFF, order_id, "click")
    assert len(letters("olive@example.com")) == before
