"""Asking a town for a licence: begun, saved, handed in, paid, given up."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pet_app.core import db
from pet_app.core.errors import Conflict, Invalid, NotFound, NotSignedIn
from pet_app.core.ids import is_id
from pet_app.core.money import Money
from pet_app.core.security import Identity
from pet_app.licensing import service as licensing
from pet_app.licensing.form import Form
from pet_app.licensing.rules.standing import Status
from pet_app.licensing.service import HandedIn
from tests.at_once import at_once
from tests.licensing import factory as made
from tests.licensing.factory import TOWN

on_sqlite = pytest.mark.usefixtures("sqlite_database")
on_both = pytest.mark.usefixtures("database")


@on_sqlite
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


@on_both
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


@on_sqlite
def test_a_pet_nobody_has_measured_can_be_licensed_too() -> None:
    with db.writing() as session:
        owner = made.make_owner(session)
        draft = licensing.begin(session, owner, TOWN, "")
        assert licensing.begin(session, owner, TOWN, "").id == draft.id
        form = made.filled(draft.form)
        licensing.save_form(session, owner, draft.id, form, draft.version)
        assert licensing.begin(session, owner, TOWN, "").id != draft.id


@on_both
def test_one_pet_is_asked_for_once_in_a_town_however_it_is_told() -> None:
    with db.writing() as session:
        owner = made.make_owner(session)
        pet_id = made.make_pet(session, owner)
        made.handed_in(session, owner, pet_id=pet_id)
        twin = licensing.begin(session, owner, TOWN, "")
        kept = licensing.save_form(session, owner, twin.id, made.filled(twin.form), twin.version)
        made.put_paper(session, twin.id)
        with pytest.raises(Conflict, match="already"):
            licensing.hand_in(session, owner, twin.id, kept.version)
        other = replace(kept.form, animal=replace(kept.form.animal, name="Pancake"))
        kept = licensing.save_form(session, owner, twin.id, other, kept.version)
        licensing.hand_in(session, owner, twin.id, kept.version)
        elsewhere = licensing.begin(session, owner, "us-ca-vista", pet_id)
        assert elsewhere.status is Status.DRAFT


@on_both
def test_two_clicks_at_the_same_moment_are_one_application() -> None:
    with db.writing() as session:
        owner = made.make_owner(session)
        pet_id = made.make_pet(session, owner)

    def click() -> str:
        with db.writing() as session:
            return licensing.begin(session, owner, TOWN, pet_id).id

    [found] = set(at_once(*[click] * 4))
    assert is_id(found)


@on_both
def test_it_is_handed_in_once_however_many_hands_do_it() -> None:
    with db.writing() as session:
        owner = made.make_owner(session)
        application_id = made.begun(session, owner)
        version = licensing.application_of(session, owner, application_id).version

    def click() -> HandedIn:
        with db.writing() as session:
            return licensing.hand_in(session, owner, application_id, version)

    answers = sorted(type(answer).__name__ for answer in at_once(click, click, click))
    assert answers == ["Conflict", "Conflict", "HandedIn"]


@on_sqlite
def test_every_fault_is_told_before_anything_is_handed_in() -> None:
    with db.writing() as session:
        owner = made.make_owner(session)
        draft = licensing.begin(session, owner, TOWN, made.make_pet(session, owner))
        with pytest.raises(Invalid) as refused:
            licensing.hand_in(session, owner, draft.id, draft.version)
        kept = licensing.save_form(
            session, owner, draft.id, made.filled(draft.form, proofs=("senior",)), draft.version
        )
    assert {"vaccination.given", "signed", "documents.rabies"} <= refused.value.fields.keys()
    assert kept.papers == ("rabies", "senior")
    assert kept.faults.keys() == {"documents.rabies", "documents.senior"}
    assert kept.fee is not None, "the fee is told before the papers are there"


@on_sqlite
def test_a_pet_too_young_is_refused_by_its_town() -> None:
    with db.writing() as session:
        owner = made.make_owner(session)
        today = licensing.today_in(licensing.town("us-il-chicago"))
        young = made.make_pet(session, owner, born=today - timedelta(days=60))
        view = licensing.begin(session, owner, "us-il-chicago", young)
        kept = licensing.save_form(
            session, owner, view.id, made.filled(view.form, today), view.version
        )
    assert "4 months" in kept.faults["animal.born"]
    assert kept.priced is None


@on_sqlite
def test_nobody_else_sees_or_moves_an_application() -> None:
    with db.writing() as session:
        owner, mallory = made.make_owner(session), made.make_owner(session, "m@example.com")
        application_id = made.begun(session, owner)
        pet_id = licensing.application_of(session, owner, application_id).pet_id
        for verb in (
            lambda: licensing.application_of(session, mallory, application_id),
            lambda: licensing.save_form(session, mallory, application_id, Form(), 1),
            lambda: licensing.hand_in(session, mallory, application_id, 3),
            lambda: licensing.pay(session, mallory, application_id),
            lambda: licensing.answer(session, mallory, application_id, 3),
            lambda: licensing.withdraw(session, mallory, application_id),
            lambda: licensing.begin(session, mallory, TOWN, pet_id),
            lambda: licensing.application_of(session, mallory, "../../etc/passwd"),
        ):
            with pytest.raises(NotFound):
                verb()
        with pytest.raises(NotSignedIn):
            licensing.begin(session, Identity(visitor="a" * 64), TOWN, pet_id)
        assert licensing.list_applications(session, mallory) == []


@on_sqlite
def test_a_page_that_looked_at_an_older_version_changes_nothing() -> None:
    with db.writing() as session:
        owner = made.make_owner(session)
        draft = licensing.begin(session, owner, TOWN, made.make_pet(session, owner))
        licensing.save_form(session, owner, draft.id, draft.form, draft.version)
        with pytest.raises(Conflict):
            licensing.save_form(session, owner, draft.id, Form(), draft.version)


@on_sqlite
def test_what_was_handed_in_and_not_paid_can_be_changed_and_costs_what_it_costs_then() -> None:
    with db.writing() as session:
        owner = made.make_owner(session)
        application_id = made.handed_in(session, owner)
        before = licensing.application_of(session, owner, application_id)
        longer = replace(before.form, term="3")
        again = licensing.save_form(session, owner, application_id, longer, before.version)
        assert again.status is Status.DRAFT
        paid = licensing.hand_in(session, owner, application_id, again.version)
        after = licensing.application_of(session, owner, application_id)
    assert (before.fee, after.fee) == (Money(1800), Money(4500))
    assert paid.payment_id != before.payment_id
    assert after.payment_id == paid.payment_id
