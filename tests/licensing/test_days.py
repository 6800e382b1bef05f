"""When something counts as handed in: by the day of the town, and not by how long it takes."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from pet_app.core import clock, db
from pet_app.core.errors import Conflict, Invalid, NotFound
from pet_app.core.money import Money
from pet_app.licensing import service as licensing
from pet_app.licensing.facts import after_years
from pet_app.licensing.rules.standing import Status
from pet_app.licensing.service.history import move
from pet_app.licensing.service.rows import locked
from pet_app.payment import service as payments
from tests.licensing import factory as made
from tests.licensing.factory import HOME, TOWN
from tests.licensing.factory_licences import make_licence

on_sqlite = pytest.mark.usefixtures("sqlite_database")


@on_sqlite
def test_an_answer_lies_with_the_town_again_as_of_its_first_day(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with db.writing() as session:
        owner = made.make_owner(session)
        application_id = made.in_review(session, owner)
        first = licensing.application_of(session, owner, application_id)
        move(session, locked(session, application_id), Status.NEEDS_MORE, "clerk:0clerk")
    later = clock.now() + timedelta(days=40)
    monkeypatch.setattr(clock, "now", lambda: later)
    with db.writing() as session:
        asked = licensing.application_of(session, owner, application_id)
        assert asked.may >= {"save", "answer"}
        dearer = replace(asked.form, term="3")
        kept = licensing.save_form(session, owner, application_id, dearer, asked.version)
        with pytest.raises(Invalid) as refused:
            licensing.answer(session, owner, application_id, kept.version)
        assert "costs more" in refused.value.fields["term"]
        # What was asked for may be newer than the day it counts from.
        fresh = replace(asked.form.vaccination, given=str(licensing.today_in(asked.town)))
        newer = replace(asked.form, vaccination=replace(fresh, until="", years="3"))
        kept = licensing.save_form(session, owner, application_id, newer, kept.version)
        back = licensing.answer(session, owner, application_id, kept.version)
    assert back.status is Status.IN_REVIEW
    assert back.handed_in == first.handed_in
    with db.reading() as session:
        case = licensing.get_application(session, application_id).case
    assert case["handed_in"] == str(first.handed_in)
    assert case["rabies_until"] == str(after_years(licensing.today_in(asked.town), 3))


@on_sqlite
def test_what_an_answer_makes_cheaper_goes_back() -> None:
    with db.writing() as session:
        owner = made.make_owner(session)
        pet_id = made.make_pet(session, owner, altered=False)
        application_id = made.in_review(session, owner, pet_id=pet_id)
        move(session, locked(session, application_id), Status.NEEDS_MORE, "clerk:0clerk")
        asked = licensing.application_of(session, owner, application_id)
        animal = replace(asked.form.animal, altered="yes")
        form = replace(asked.form, animal=animal)
        kept = licensing.save_form(session, owner, application_id, form, asked.version)
        back = licensing.answer(session, owner, application_id, kept.version)
        (refund,) = payments.refunds_of(session, back.payment_id)
    assert (asked.fee, back.fee) == (Money(3600), Money(1800))
    assert refund.amount_cents == 1800


@on_sqlite
def test_a_vaccination_that_runs_out_before_the_answer_is_asked_for_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with db.writing() as session:
        owner = made.make_owner(session)
        application_id = made.in_review(session, owner)
        move(session, locked(session, application_id), Status.NEEDS_MORE, "clerk:0clerk")
    later = clock.now() + timedelta(days=1000)
    monkeypatch.setattr(clock, "now", lambda: later)
    with db.reading() as session:
        assert (
            "run out"
            in licensing.application_of(session, owner, application_id).faults["vaccination.until"]
        )


@on_sqlite
def test_only_ones_own_licence_of_another_town_ends_with_the_new_one() -> None:
    with db.writing() as session:
        owner, mallory = made.make_owner(session), made.make_owner(session, "m@example.com")
        here, there = TOWN, "us-ca-vista"
        mine, theirs = make_licence(session, owner), make_licence(session, mallory)
        of_here = make_licence(session, owner, town_id=there)
        view = licensing.begin(session, owner, there, made.make_pet(session, owner))
        version = view.version
        for licence_id, fault in (
            (mine.id, False),
            (theirs.id, True),
            (of_here.id, True),
            ("nonsense", True),
        ):
            form = made.filled(view.form, moved_from=licence_id)
            kept = licensing.save_form(session, owner, view.id, form, version)
            version = kept.version
            assert ("moved_from" in kept.faults) is fault
        assert here != there


@on_sqlite
@pytest.mark.parametrize(
    ("at", "town_id", "day"),
    [
        ("2026-06-01T06:59:59Z", "us-ca-san-diego", date(2026, 5, 31)),
        ("2026-06-01T07:00:00Z", "us-ca-san-diego", date(2026, 6, 1)),
        ("2026-06-01T03:59:59Z", "us-ny-new-york-city", date(2026, 5, 31)),
        ("2026-06-01T04:00:00Z", "us-ny-new-york-city", date(2026, 6, 1)),
        ("2028-02-29T23:59:59Z", "us-il-chicago", date(2028, 2, 29)),
        ("2026-03-08T10:00:00Z", "us-ca-vista", date(2026, 3, 8)),
    ],
)
def test_the_midnight_of_the_town_decides_which_day_it_was_handed_in(
    monkeypatch: pytest.MonkeyPatch, at: str, town_id: str, day: date
) -> None:
    moment = datetime.fromisoformat(at)
    monkeypatch.setattr(clock, "now", lambda: moment)
    with db.writing() as session:
        owner = made.make_owner(session)
        view = licensing.application_of(session, owner, made.handed_in(session, owner, town_id))
        row = licensing.get_application(session, view.id)
    assert view.handed_in == day
    assert row.case["handed_in"] == day.isoformat()


@on_sqlite
def test_what_is_paid_on_another_day_than_it_was_handed_in_counts_from_then(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with db.writing() as session:
        owner = made.make_owner(session)
        application_id = made.handed_in(session, owner)
        first = licensing.application_of(session, owner, application_id)
    later = clock.now() + timedelta(days=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    with db.writing() as session:
        assert licensing.pay(session, owner, application_id) != first.payment_id
        made.pay_fee(session, application_id)
        then = licensing.application_of(session, owner, application_id)
    assert first.handed_in is not None
    assert then.handed_in == first.handed_in + timedelta(days=2)
    assert then.status is Status.IN_REVIEW


@on_sqlite
def test_late_money_is_taken_of_who_renews_late_and_not_while_the_town_takes_its_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with db.writing() as session:
        owner = made.make_owner(session)
        pet_id = made.make_pet(session, owner)
        licence = make_licence(session, owner, days_left=0, pet_id=pet_id)
        renewal = licensing.begin(session, owner, TOWN, pet_id, "renewal", licence.id)
        kept = licensing.save_form(
            session, owner, renewal.id, made.filled(renewal.form), renewal.version
        )
        made.put_paper(session, renewal.id)
    tomorrow = clock.now() + timedelta(days=1)
    with db.writing() as session, monkeypatch.context() as at:
        at.setattr(clock, "now", lambda: tomorrow)
        late = licensing.application_of(session, owner, renewal.id)
    with db.writing() as session:
        licensing.hand_in(session, owner, renewal.id, kept.version)
        made.pay_fee(session, renewal.id)
    monkeypatch.setattr(clock, "now", lambda: tomorrow + timedelta(days=60))
    with db.reading() as session:
        waiting = licensing.application_of(session, owner, renewal.id)
    assert (late.fee, waiting.fee) == (Money(3800), Money(1800))
    assert waiting.status is Status.IN_REVIEW


@on_sqlite
def test_a_renewal_begins_when_the_town_lets_it_and_a_licensed_pet_is_renewed_not_begun() -> None:
    with db.writing() as session:
        owner = made.make_owner(session)
        pet_id = made.make_pet(session, owner)
        licence = make_licence(session, owner, days_left=61, pet_id=pet_id)
        with pytest.raises(Conflict, match="60 days"):
            licensing.begin(session, owner, TOWN, pet_id, "renewal", licence.id)
        with pytest.raises(Conflict, match=licence.number):
            licensing.begin(session, owner, TOWN, pet_id)
        with pytest.raises(Conflict, match="Offer"):
            licensing.begin(session, owner, TOWN, pet_id, "transfer", licence.id)
        with pytest.raises(NotFound):
            licensing.begin(session, owner, "us-ca-vista", pet_id, "booster", licence.id)
        with pytest.raises(Invalid):
            licensing.begin(session, owner, TOWN, pet_id, "party", licence.id)
        booster = licensing.begin(session, owner, TOWN, pet_id, "booster", licence.id)
    assert booster.fee == Money(0)
    assert booster.papers == ("rabies",)


@on_sqlite
def test_a_booster_costs_nothing_and_lies_with_the_town_at_once() -> None:
    with db.writing() as session:
        owner = made.make_owner(session)
        pet_id = made.make_pet(session, owner)
        licence = make_licence(session, owner, days_left=20, pet_id=pet_id)
        view = licensing.begin(session, owner, TOWN, pet_id, "booster", licence.id)
        kept = licensing.save_form(session, owner, view.id, made.filled(view.form), view.version)
        made.put_paper(session, view.id)
        done = licensing.hand_in(session, owner, view.id, kept.version)
        there = licensing.application_of(session, owner, view.id)
    assert done.payment_id == ""
    assert (there.status, there.fee) == (Status.IN_REVIEW, Money(0))


@on_sqlite
def test_a_household_gets_a_reduced_fee_for_so_many_animals_only() -> None:
    fees = []
    with db.writing() as session:
        owner = made.make_owner(session)
        for number in range(5):
            pet_id = made.make_pet(session, owner, f"Dog {number}")
            view = licensing.begin(session, owner, "us-az-pima-county", pet_id)
            home = HOME | {"city": "Tucson", "country_area": "AZ", "postal_code": "85701"}
            form = made.filled(view.form, proofs=("low_income",))
            form = replace(form, holder=replace(form.holder, address=home))
            kept = licensing.save_form(session, owner, view.id, form, view.version)
            made.put_paper(session, view.id)
            made.put_paper(session, view.id, "low_income")
            licensing.hand_in(session, owner, view.id, kept.version)
            fee = licensing.application_of(session, owner, view.id).fee
            fees.append(fee.cents if fee else None)
    assert fees == [800, 800, 800, 800, 1500]
