"""Making, sending and arriving: in one parcel or several, never more than was bought."""

import pytest

from pet_app.core import db
from pet_app.core.errors import Conflict, Forbidden, Invalid, NotFound, NotSignedIn
from pet_app.core.security import Identity, Role
from pet_app.order import service as orders
from pet_app.order.rules import MOVES, OrderStatus, ReturnState
from pet_app.order.terms import carriers
from tests.order.factory import (
    EMAIL,
    GUEST,
    STAFF,
    bowl,
    done,
    harness,
    lines,
    paid,
    placed,
    seen,
    sent,
    settle,
    shelf,
    steps,
)
from tests.user.factory import letters

pytestmark = pytest.mark.usefixtures("sqlite_database")


def test_an_order_is_made_sent_and_arrives(database: str) -> None:
    order_id = paid(harness(), bowl(shelf()))
    for _ in range(2):
        done(orders.begin_production, STAFF, order_id)
    parcel = done(orders.ship, STAFF, order_id, "dhl", "jd 0146 0003")
    assert done(orders.ship, STAFF, order_id, "dhl", "JD01460003").id == parcel.id
    assert parcel.tracking_number == "JD01460003"
    assert seen(order_id).status == "shipped"
    for _ in range(2):
        done(orders.deliver, STAFF, order_id)
    assert seen(order_id).status == "delivered"
    assert steps(order_id) == ["placed", "paid", "in_production", "shipped", "delivered"]
    settle()
    said = letters(EMAIL)
    assert [letter.kind for letter in said] == [
        "order.confirmed",
        "order.shipped",
        "order.delivered",
    ]
    assert carriers()["dhl"].address("JD01460003") in said[1].text


def test_parcels_may_be_several(database: str) -> None:
    order_id = paid(harness(2), bowl(shelf(), 3))
    made, bowls = lines(order_id)
    first = done(orders.ship, STAFF, order_id, "ups", "1Z999AA1", {made.id: 1, bowls.id: 2})
    assert seen(order_id).status == "paid"
    done(orders.deliver, STAFF, order_id, first.id)
    assert seen(order_id).status == "paid"
    with db.reading() as session:
        assert orders.outstanding(session, seen(order_id)) == {made.id: 1, bowls.id: 1}
    second = done(orders.ship, STAFF, order_id, "ups", "1Z999AA2")
    assert dict(second.lines) == {made.id: 1, bowls.id: 1}
    assert seen(order_id).status == "shipped"
    done(orders.deliver, STAFF, order_id)
    assert seen(order_id).status == "delivered"
    subjects = [letter.subject for letter in letters(EMAIL) if letter.kind == "order.shipped"]
    assert ["a part of" in subject for subject in subjects] == [True, False]


def test_no_more_is_sent_than_was_bought() -> None:
    order_id, other = paid(harness(2)), paid(harness())
    [line], [strange] = lines(order_id), lines(other)
    for wrong in ({line.id: 3}, {line.id: 0}, {line.id: -1}, {strange.id: 1}, {"nothing": 1}):
        with pytest.raises(Conflict), db.writing() as session:
            orders.ship(session, STAFF, order_id, "ups", "1Z999AA1", wrong)
    done(orders.ship, STAFF, order_id, "ups", "1Z999AA1")
    with pytest.raises(Conflict), db.writing() as session:
        orders.ship(session, STAFF, order_id, "ups", "1Z999AA2", {line.id: 1})
    with pytest.raises(Conflict), db.writing() as session:
        orders.ship(session, STAFF, other, "ups", "1Z999AA1")


@pytest.mark.parametrize(
    ("carrier", "number"),
    [("nobody", "12345"), ("ups", "1"), ("ups", "<script>"), ("ups", "x" * 41), ("", "")],
)
def test_a_parcel_needs_a_carrier_and_a_number(carrier: str, number: str) -> None:
    order_id = paid(harness())
    with pytest.raises(Invalid), db.writing() as session:
        orders.ship(session, STAFF, order_id, carrier, number)


def test_steps_cannot_be_skipped_or_taken_back() -> None:
    waiting, arrived = placed(harness()), sent(harness())
    called_off = placed(harness())
    done(orders.cancel, GUEST, called_off)
    for order_id in (waiting, called_off):
        with pytest.raises(Conflict), db.writing() as session:
            orders.ship(session, STAFF, order_id, "ups", "1Z999AA9")
    for order_id in (waiting, called_off, arrived):
        with pytest.raises(Conflict), db.writing() as session:
            orders.begin_production(session, STAFF, order_id)
    for order_id in (waiting, called_off, paid(harness())):
        with pytest.raises(Conflict), db.writing() as session:
            orders.deliver(session, STAFF, order_id)
    with pytest.raises(NotFound), db.writing() as session:
        orders.deliver(session, STAFF, arrived, "another parcel")


def test_only_the_staff_move_orders() -> None:
    order_id = paid(harness())
    owner = Identity(user_id="someone", role=Role.USER)
    weak = Identity(user_id="0staff", role=Role.STAFF)
    verbs = (
        lambda session, who: orders.begin_production(session, who, order_id),
        lambda session, who: orders.ship(session, who, order_id, "ups", "1Z999AA1"),
        lambda session, who: orders.deliver(session, who, order_id),
        lambda session, who: orders.refund(session, who, order_id, "click"),
        lambda session, who: orders.note(session, who, order_id, "Hello"),
        orders.all_orders,
        lambda session, who: orders.find_order(session, who, "HH-2222-2222"),
        lambda session, who: orders.decide_return(session, who, "x", ReturnState.APPROVED),
    )
    for verb in verbs:
        for who, refusal in ((GUEST, NotSignedIn), (owner, Forbidden), (weak, Forbidden)):
            with pytest.raises(refusal), db.writing() as session:
                verb(session, who)
    assert steps(order_id, internal=True) == ["placed", "paid"]


def test_notes_are_the_staffs_own_unless_they_say_otherwise() -> None:
    order_id = paid(harness())
    done(orders.note, STAFF, order_id, "Called about the colour")
    done(orders.note, STAFF, order_id, "Cut today", internal=False)
    with pytest.raises(Invalid), db.writing() as session:
        orders.note(session, STAFF, order_id, "   ")
    assert steps(order_id).count("note") == 1
    assert steps(order_id, internal=True).count("note") == 2


def test_every_status_can_be_reached_and_ends_somewhere() -> None:
    reached, edge = set(), {OrderStatus.PENDING_PAYMENT}
    while edge:
        reached |= edge
        edge = {after for status in edge for after in MOVES[status]} - reached
    assert reached == set(OrderStatus) == set(MOVES)
    assert [status for status in MOVES if not MOVES[status]] == [OrderStatus.REFUNDED]
