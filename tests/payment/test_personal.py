"""Whose payments are whose: shown, handed over, made nobody's."""

from pet_app.core import db, personal
from pet_app.core.personal import Person
from pet_app.core.security import user_owner
from pet_app.messaging.outbox import publish
from pet_app.payment import personal as of_payments
from pet_app.user.events import UserSignedIn
from tests.messaging.factory import drain
from tests.payment.factory import OWNER, make_wanted, opened, row

OLIVE = Person("u1", "olive@example.com")


def test_a_guest_who_signs_in_keeps_what_they_paid(database: str) -> None:
    payment_id, other = opened(), opened(make_wanted(owner="visitor:other"))
    for _ in range(2):
        with db.writing() as session:
            publish(session, UserSignedIn("u1", OWNER))
        drain()
    assert row(payment_id).owner == user_owner("u1")
    assert row(other).owner == "visitor:other"


def test_a_person_sees_their_payments(database: str) -> None:
    payment_id = opened(make_wanted(owner=OLIVE.owner))
    opened(make_wanted(owner="user:u2"))
    with db.reading() as session:
        shown = of_payments.show(session, OLIVE)
    (found,) = shown.rows["payments"]
    assert (found["id"], found["email"], found["amount_cents"]) == (
        payment_id,
        "olive@example.com",
        4900,
    )
    assert not {"session_id", "intent_id", "url"} & found.keys()


def test_who_leaves_leaves_sums_and_no_name(database: str) -> None:
    mine = opened(make_wanted(owner=OLIVE.owner))
    other = opened(make_wanted(owner="user:u2"))
    for _ in range(2):
        with db.writing() as session:
            personal.erase(session, OLIVE)
    assert (row(mine).owner, row(mine).email, row(mine).amount_cents) == ("gone", "", 4900)
    assert row(other).email
