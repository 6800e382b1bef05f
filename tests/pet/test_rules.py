"""Which measurements we believe, and how a form is read."""

from dataclasses import replace
from datetime import date

import pytest

from pet_app.core.errors import Invalid
from pet_app.core.measures import Units
from pet_app.pet import form, rules
from pet_app.pet.form import PetForm
from pet_app.pet.rules import Measured, More, PetFacts, Sex, Species

LABRADOR = Measured(neck_mm=460, girth_mm=760, back_mm=610, weight_g=29_000)
CAT = Measured(neck_mm=220, girth_mm=360, back_mm=330, weight_g=4500)
FILLED = PetForm("Biscuit", "dog", "Labrador", "cm", neck="46", girth="76", back="61", weight="29")


@pytest.mark.parametrize(
    ("body", "species"),
    [
        (LABRADOR, Species.DOG),
        (CAT, Species.CAT),
        (Measured(150, 270, 190, 1500), Species.DOG),
        (Measured(700, 1050, 880, 75_000), Species.DOG),
        (Measured(350, 480, 520, 10_000), Species.DOG),
        (Measured(480, 680, 400, 25_000), Species.DOG),
    ],
)
def test_real_animals_are_believed(body: Measured, species: Species) -> None:
    assert rules.faults_in_body(body, species) == {}
    assert rules.doubts_about(body) == ()


@pytest.mark.parametrize(
    ("field", "value", "word"),
    [
        ("neck_mm", 0, "more than zero"),
        ("girth_mm", -5, "more than zero"),
        ("weight_g", -1, "more than zero"),
        ("neck_mm", 20, "too small"),
        ("back_mm", 99_999, "too large"),
        ("weight_g", 1, "too small"),
        ("weight_g", 900_000, "too large"),
        ("girth_mm", 450, "swapped"),
        ("back_mm", 200, "too short"),
        ("back_mm", 1300, None),
    ],
)
def test_an_impossible_measurement_is_refused_at_its_field(
    field: str, value: int, word: str | None
) -> None:
    faults = rules.faults_in_body(replace(LABRADOR, **{field: value}), Species.DOG)
    if word is None:
        assert faults == {}
    else:
        assert word in faults[field]
        assert faults[field].endswith((".", "?"))


def test_a_dog_is_too_large_to_be_a_cat() -> None:
    assert "too large for a cat" in rules.faults_in_body(LABRADOR, Species.CAT)["weight_g"]


@pytest.mark.parametrize(("weight_g", "word"), [(70_000, "heavy"), (9000, "light")])
def test_an_odd_weight_is_doubted_but_never_refused(weight_g: int, word: str) -> None:
    body = replace(LABRADOR, weight_g=weight_g)
    assert word in rules.doubts_about(body)[0]
    assert rules.faults_in_body(body, Species.DOG) == {}


def test_a_filled_form_is_read_into_facts() -> None:
    facts = form.read(FILLED)
    body = Measured(460, 760, 610, 29_000)
    assert facts == PetFacts("Biscuit", Species.DOG, "Labrador", body, More())


def test_what_only_a_licence_asks_for_is_read_as_well() -> None:
    told = replace(
        FILLED,
        sex="female",
        altered="yes",
        born="2024-02-29",
        colours=" brown\u200b  and white",
        microchip="985 112-345 678 903",
    )
    more = form.read(told).more
    assert more == More(Sex.FEMALE, True, date(2024, 2, 29), "brown and white", "985112345678903")
    assert form.read(form.form_of(form.read(told), Units.CM)).more == more


@pytest.mark.parametrize(
    "change",
    [
        {"born": "2023-02-29"},
        {"born": "29.2.2024"},
        {"sex": "unknown"},
        {"altered": "maybe"},
        {"microchip": "12345"},
        {"microchip": "999112345678903"},
        {"microchip": "000000000000000"},
        {"microchip": "98511234567890X"},
        {"microchip": "٩٨٥١١٢٣٤٥٦٧٨٩٠٣"},
        {"colours": "x" * 61},
    ],
)
def test_what_a_licence_cannot_say_is_refused_at_its_field(change: dict[str, str]) -> None:
    with pytest.raises(Invalid) as refused:
        form.read(replace(FILLED, **change))
    assert refused.value.fields.keys() == change.keys()


@pytest.mark.parametrize(
    "number", ["985112345678903", "276098106012345", "0A12B34C5D", "123456789"]
)
def test_a_microchip_of_any_age_is_taken(number: str) -> None:
    assert rules.microchip_fault(number) == ""


def test_every_fault_in_a_form_is_told_at_once() -> None:
    with pytest.raises(Invalid) as refused:
        form.read(replace(FILLED, name=" ", neck="big", girth="-4", weight=""))
    assert refused.value.fields.keys() == {"name", "neck_mm", "girth_mm", "weight_g"}
    assert refused.value.fields["neck_mm"] == "Enter a number, such as 36.5."


@pytest.mark.parametrize("change", [{"species": "horse"}, {"units": "furlong"}])
def test_a_form_changed_past_the_page_is_refused(change: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        form.read(replace(FILLED, **change))


def test_a_form_shown_in_other_units_is_still_the_same_pet() -> None:
    facts = form.read(FILLED)
    for units in Units:
        shown = form.converted(form.form_of(facts, Units.CM), units)
        assert form.read(shown).body.girth_mm == facts.body.girth_mm
        assert form.read(form.form_of(facts, units)).body.back_mm == facts.body.back_mm
        assert form.converted(replace(shown, neck="big"), Units.CM).neck == "big"
