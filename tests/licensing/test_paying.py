"""Money for applications: paid, failed, late, twice, and back by the town's rule."""

from datetime import timedelta

import pytest

from pet_app.core import clock, db
from pet_app.core.errors import Conflict
from pet_app.core.money import Money
from pet_app.core.security import Identity
from pet_app.licensing import service as licensing
from pet_app.licensing.events import ApplicationDecided
from pet_app.licensing.rules.standing import Status
from pet_app.licensing.service.history import move
from pet_app.licensing.service.rows import locked
from pet_app.messaging.outbox import publish
from pet_app.payment import service as payments
from pet_app.payment.models import Payment
from pet_app.payment.rules import DemoOutcome, PaymentState
from pet_app.payment.service.moving import move as move_payment
from pet_app.payment.verdict import Verdict
from tests.licensing import factory as made
from tests.licensing.factory import KEEPS_FEES, TOWN
from tests.licensing.factory_licences import again, settle

on_sqlite = pytest.mark.usefixtures("sqlite_database")
on_both = pytest.mark.usefixtures("database")


def waiting(town_id: str = TOWN) -> tuple[Identity, str]:
    with db.writing() as session:
        owner = made.make_owner(session)
        return owner, made.handed_in(session, owner, town_id)


def play(owner: Identity, application_id: str, outcome: DemoOutcome) -> str:
    """The owner on the payment page, and all that follows."""
    with db.writing() as session:
        payment_id = licensing.get_application(session, application_id).payment_id
        payments.settle_demo(session, owner, payment_id, outcome)
    settle()
    return payment_id


def seen(owner: Identity, application_id: str) -> licensing.ApplicationView:
    with db.reading() as session:
        return licensing.application_of(session, owner, application_id)


def back(payment_id: str) -> list[int]:
    """What went back of a payment."""
    with db.reading() as session:
        return [refund.amount_cents for refund in payments.refunds_of(session, payment_id)]


def reject(application_id: str) -> None:
    with db.writing() as session:
        row = locked(session, application_id)
        move(session, row, Status.REJECTED, "clerk:0clerk")
        publish(session, ApplicationDecided(application_id, Status.REJECTED))
    settle()


def told_steps(owner: Identity, application_id: str) -> list[str]:
    return [step.what for step in seen(owner, application_id).steps]


@on_sqlite
def test_a_paid_application_lies_with_the_town_once_however_often_it_is_said() -> None:
    owner, application_id = waiting()
    play(owner, application_id, DemoOutcome.PAID)
    again("settle_application")
    view = seen(owner, application_id)
    assert view.status is Status.IN_REVIEW
    assert view.paid is not None
    assert told_steps(owner, application_id).count("paid") == 1


@on_sqlite
def test_what_failed_can_be_paid_again() -> None:
    owner, application_id = waiting()
    first = play(owner, application_id, DemoOutcome.FAILED)
    again("note_failed_fee")
    assert told_steps(owner, application_id).count("payment_failed") == 1
    with db.writing() as session:
        second = licensing.pay(session, owner, application_id)
    assert second != first
    play(owner, application_id, DemoOutcome.PAID)
    assert seen(owner, application_id).status is Status.IN_REVIEW


@on_sqlite
def test_money_under_way_keeps_an_application_from_being_changed() -> None:
    owner, application_id = waiting()
    play(owner, application_id, DemoOutcome.DELAYED)
    view = seen(owner, application_id)
    assert "payment_delayed" in told_steps(owner, application_id)
    with db.writing() as session, pytest.raises(Conflict, match="on its way"):
        licensing.save_form(session, owner, application_id, view.form, view.version)
    with db.writing() as session, pytest.raises(Conflict):
        licensing.pay(session, owner, application_id)


@on_both
def test_money_for_what_was_withdrawn_before_goes_back_in_full() -> None:
    owner, application_id = waiting()
    payment_id = seen(owner, application_id).payment_id
    with db.writing() as session:
        licensing.withdraw(session, owner, application_id)
        licensing.withdraw(session, owner, application_id)
    settle()
    with db.writing() as session:
        # The provider's page was still open, and they paid all the same.
        row = session.get_one(Payment, payment_id)
        move_payment(session, row, Verdict(PaymentState.PAID, Money(row.amount_cents, "USD")))
    settle()
    again("settle_application")
    assert seen(owner, application_id).status is Status.WITHDRAWN
    assert back(payment_id) == [1800]


@on_sqlite
def test_money_of_an_amount_nobody_asked_for_goes_back() -> None:
    owner, application_id = waiting()
    payment_id = seen(owner, application_id).payment_id
    with db.writing() as session:
        row = licensing.get_application(session, application_id)
        row.fee_cents = 9900
        session.add(row)
    play(owner, application_id, DemoOutcome.PAID)
    assert seen(owner, application_id).status is Status.AWAITING_PAYMENT
    assert back(payment_id) == [1800]


@on_sqlite
@pytest.mark.parametrize(
    ("town_id", "cents"), [(TOWN, [1800]), (KEEPS_FEES, [])], ids=["goes back", "is kept"]
)
@pytest.mark.parametrize("how", ["rejected", "withdrawn"])
def test_what_was_paid_goes_back_or_stays_by_the_towns_rule(
    how: str, town_id: str, cents: list[int]
) -> None:
    owner, application_id = waiting(town_id)
    payment_id = play(owner, application_id, DemoOutcome.PAID)
    if how == "rejected":
        reject(application_id)
        again("give_back_after_decision")
    else:
        with db.writing() as session:
            licensing.withdraw(session, owner, application_id)
        settle()
        again("give_back_after_withdrawal")
    assert back(payment_id) == cents
    (told,) = [step for step in seen(owner, application_id).steps if step.what == "refund"]
    assert licensing.town(town_id).refund.words in told.words
    assert told.words.startswith("What was paid goes back" if cents else "What was paid stays")


@on_sqlite
def test_nothing_goes_back_of_what_was_never_paid() -> None:
    owner, application_id = waiting()
    payment_id = seen(owner, application_id).payment_id
    with db.writing() as session:
        licensing.withdraw(session, owner, application_id)
    settle()
    assert back(payment_id) == []
    assert "refund" not in told_steps(owner, application_id)
    with db.writing() as session, pytest.raises(Conflict):
        licensing.pay(session, owner, application_id)


@on_sqlite
def test_money_that_is_told_of_again_after_a_decision_goes_back_once() -> None:
    owner, application_id = waiting()
    first = play(owner, application_id, DemoOutcome.PAID)
    reject(application_id)
    again("settle_application")
    assert seen(owner, application_id).status is Status.REJECTED
    assert back(first) == [1800]


@on_sqlite
def test_a_pet_can_be_asked_for_again_after_it_was_rejected() -> None:
    owner, application_id = waiting()
    pet_id = seen(owner, application_id).pet_id
    play(owner, application_id, DemoOutcome.PAID)
    reject(application_id)
    with db.writing() as session:
        assert licensing.begin(session, owner, TOWN, pet_id).id != application_id


@on_sqlite
def test_a_payment_that_ran_out_is_opened_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    owner, application_id = waiting()
    first = seen(owner, application_id).payment_id
    later = clock.now() + timedelta(hours=13)
    monkeypatch.setattr(clock, "now", lambda: later)
    with db.writing() as session:
        assert licensing.pay(session, owner, application_id) != first
