"""Asking a town for a licence: begun, saved, handed in, paid, given up."""

import pytest

from pet_app.core import db
from pet_app.licensing import service as licensing
from pet_app.licensing.rules.standing import Status
from tests.licensing import factory_apply as made
from tests.licensing.factory_apply import TOWN

pytestmark = pytest.mark.usefixtures("database")


def test_a_draft_is_filled_in_with_what_is_known_of_the_pet() -> None:
    with db.writing() as session:
        owner = made.make_owner(session)
        pet_id = made.make_pet(session, owner, microchip=made.CHIP)
        draft = licensing.begin(session, owner, TOWN, pet_id)
        again = licensing.begin(session, owner, TOWN, pet_id)
    assert draft.status is Status.DRAFT
    assert (draft.form.animal.name, draft.form.animal.altered) == ("Biscuit", "yes")
    assert draft.form.animal.microchip == made.CHIP
    assert draft.form.holder.email == owner.email
    assert again.id == draft.id, "one pet, one town, one application"


def test_an_application_goes_from_draft_to_the_town_once_its_fee_is_paid() -> None:
    with db.writing() as session:
        owner = made.make_owner(session)
        application_id = made.handed_in(session, owner)
        waiting = licensing.application_of(session, owner, application_id)
        made.pay_fee(session, application_id)
        made.pay_fee(session, application_id)
        there = licensing.application_of(session, owner, application_id)
    assert waiting.status is Status.AWAITING_PAYMENT
    assert waiting.fee is not None
    assert waiting.fee.cents == 1800
    assert there.status is Status.IN_REVIEW
    assert there.handed_in == licensing.today_in(there.town)
    assert [step.what for step in there.steps] == ["awaiting_payment", "paid", "in_review"]
