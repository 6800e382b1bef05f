"""What is wrong with what an owner typed, by field; days are those of the town."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pet_app.core.errors import Invalid
from pet_app.licensing import facts
from pet_app.licensing.facts import Around, check
from pet_app.licensing.form import Animal, Form, Holder, Vaccination
from pet_app.licensing.rules import Action, Case, Species, begins_on
from pet_app.licensing.rules.standing import Kind
from pet_app.licensing.service.rows import stored
from pet_app.licensing.towns import town
from tests.licensing.factory import HOME, filled

TODAY = date(2026, 5, 20)
SAN_DIEGO, CHICAGO = town("us-ca-san-diego"), town("us-il-chicago")
FORM = filled(Form(), TODAY)


def faults(form: Form, kind: Kind = Kind.NEW, today: date = TODAY) -> dict[str, str]:
    return check(form, SAN_DIEGO, kind, Around(today)).faults


def changed(**changes: Any) -> Form:
    """The form with changes by field, such as `vaccination__given`."""
    form = FORM
    for name, value in changes.items():
        part, _, field = name.partition("__")
        if field:
            form = replace(form, **{part: replace(getattr(form, part), **{field: value})})
        else:
            form = replace(form, **{part: value})
    return form


def test_a_whole_form_has_no_fault_and_makes_a_case() -> None:
    found = check(FORM, SAN_DIEGO, Kind.NEW, Around(TODAY))
    assert found.faults == {}
    assert found.case is not None
    assert found.case.rabies_until == facts.day_of(FORM.vaccination.until)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"vaccination__given": "2026-05-21"}, "vaccination.given"),
        ({"vaccination__given": "20.05.2026"}, "vaccination.given"),
        ({"vaccination__given": "2026-02-30"}, "vaccination.given"),
        ({"vaccination__given": "2025-02-29"}, "vaccination.given"),
        ({"vaccination__given": ""}, "vaccination.given"),
        ({"vaccination__until": "2026-05-19"}, "vaccination.until"),
        ({"vaccination__until": "2020-01-01"}, "vaccination.until"),
        ({"vaccination__until": "20270101"}, "vaccination.until"),
        ({"vaccination__until": "", "vaccination__years": ""}, "vaccination.until"),
        ({"vaccination__years": "7"}, "vaccination.years"),
        ({"vaccination__vet": ""}, "vaccination.vet"),
        ({"animal__name": ""}, "animal.name"),
        ({"animal__species": "horse"}, "animal.species"),
        ({"animal__altered": ""}, "animal.altered"),
        ({"animal__sex": "yes"}, "animal.sex"),
        ({"animal__born": "2026-05-21"}, "animal.born"),
        ({"animal__born": "1970-01-01"}, "animal.born"),
        ({"animal__microchip": "12"}, "animal.microchip"),
        ({"holder__name": ""}, "holder.name"),
        ({"holder__email": "olive at home"}, "holder.email"),
        ({"holder__phone": "call me"}, "holder.phone"),
        ({"holder__address": HOME | {"postal_code": "ABC"}}, "holder.address.postal_code"),
        ({"holder__address": HOME | {"country": "ZZ"}}, "holder.address.country"),
        ({"holder__address": {}}, "holder.address.country"),
        ({"term": ""}, "term"),
        ({"signed": False}, "signed"),
        ({"proofs": ("adopted",)}, "adopted"),
        ({"proofs": ("adopted",), "adopted": "2026-05-21"}, "adopted"),
    ],
    ids=lambda value: (
        "-".join(f"{n}={v}" for n, v in value.items())[:60] if isinstance(value, dict) else value
    ),
)
def test_a_fault_is_said_at_its_field(change: dict[str, Any], field: str) -> None:
    assert list(faults(changed(**change))) == [field]


def test_a_vaccination_counts_until_the_end_of_its_last_day() -> None:
    assert faults(changed(vaccination__until="2026-05-20")) == {}
    assert "vaccination.until" in faults(changed(vaccination__until="2026-05-19"))
    assert faults(changed(vaccination__given="2026-05-20")) == {}


@pytest.mark.parametrize(
    ("given", "years", "until"),
    [
        ("2024-02-29", "1", date(2025, 2, 28)),
        ("2024-02-29", "4", date(2028, 2, 29)),
        ("2025-05-20", "3", date(2028, 5, 20)),
    ],
)
def test_years_alone_say_until_when_it_lasts_leap_days_too(
    given: str, years: str, until: date
) -> None:
    form = changed(vaccination=Vaccination(given=given, years=years, vet="Dr. Vet"))
    assert facts.rabies_until(form) == until
    found = check(form, SAN_DIEGO, Kind.NEW, Around(date(2024, 6, 1))).case
    if given < "2024-06-01":
        assert found is not None
        assert found.rabies_until == until


@pytest.mark.parametrize(
    ("kind", "missing"),
    [
        (Kind.BOOSTER, Form(vaccination=FORM.vaccination, animal=FORM.animal, signed=True)),
        (
            Kind.REPLACEMENT,
            Form(holder=FORM.holder, animal=Animal(name="Biscuit", species="dog"), signed=True),
        ),
        (
            Kind.TRANSFER,
            Form(holder=FORM.holder, animal=Animal(name="Biscuit", species="dog"), signed=True),
        ),
    ],
)
def test_no_more_is_asked_than_a_kind_needs(kind: Kind, missing: Form) -> None:
    assert faults(missing, kind) == {}


def test_a_pet_is_too_young_until_the_day_it_has_its_months() -> None:
    case = check(
        changed(animal__born="2026-01-31"), CHICAGO, Kind.NEW, Around(date(2026, 5, 31))
    ).case
    assert case is not None
    assert case.age_months == 4
    assert replace(case, handed_in=date(2026, 5, 30)).age_months == 3
    assert replace(case, born=date(2024, 2, 29), handed_in=date(2025, 2, 28)).age_months == 11
    assert replace(case, born=date(2024, 2, 29), handed_in=date(2025, 3, 1)).age_months == 12
    assert facts.after_months(date(2025, 11, 30), 3) == date(2026, 2, 28)
    assert facts.after_months(date(2023, 11, 29), 3) == date(2024, 2, 29)


def test_texts_are_kept_without_what_nobody_can_see() -> None:
    odd = changed(
        animal__name="  Bis\u200bcuit\x00 ",
        holder__name="Olive\ud800 Owner",
        holder__address=HOME | {"street_address": "12  Harbor\x07 Drive\n\n"},
        proofs=("senior", "senior", "a wish"),
    )
    kept = facts.tidy(odd)
    assert (kept.animal.name, kept.holder.name) == ("Biscuit", "Olive Owner")
    assert kept.holder.address["street_address"] == "12 Harbor Drive"
    assert kept.proofs == ("senior",)


@pytest.mark.parametrize(
    "change",
    [
        {"animal__colours": "x" * 121},
        {"holder__address": {"country": "US", "../etc": "x"}},
        {"holder__address": {f"line_{'x' * n}": "" for n in range(15)}},
        {"holder__address": {"street_address": "x" * 361}},
    ],
    ids=["long text", "strange line", "many lines", "long street"],
)
def test_what_is_no_answer_at_all_is_not_kept(change: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        facts.tidy(changed(**change))


def test_a_form_and_a_case_are_the_same_after_they_were_kept() -> None:
    form = changed(proofs=("senior", "microchip"), holder=Holder(name="Ó", address=HOME))
    assert facts.form_from(stored(form)) == form
    assert facts.form_from({"animal": {"name": "B", "wings": 2}, "tail": True}).animal.name == "B"
    case = check(form, SAN_DIEGO, Kind.NEW, Around(TODAY, due=TODAY)).case
    assert case is not None
    assert facts.thawed(facts.frozen(case)) == case


def test_a_renewal_begins_the_day_after_or_at_once_when_it_is_late() -> None:
    case = Case(Species.DOG, True, TODAY, "1", action=Action.RENEWAL, due=date(2026, 6, 30))
    assert begins_on(case) == date(2026, 7, 1)
    assert begins_on(replace(case, due=TODAY)) == date(2026, 5, 21)
    assert begins_on(replace(case, due=date(2026, 5, 19))) == TODAY
    assert begins_on(replace(case, action=Action.NEW)) == TODAY
