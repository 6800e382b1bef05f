"""What the pages of an application make of a form: its steps, its faults, its words."""

import pytest

from pet_app.licensing.form import Animal, Form, Holder, Vaccination
from pet_app.licensing.rules.standing import Kind
from pet_app.licensing.state.apply import answers

FORM = Form(
    holder=Holder("Ada", "555 0101", "ada@example.com", {"country": "US", "city": "Tucson"}),
    animal=Animal(name="Pepper", species="dog"),
    vaccination=Vaccination(given="2026-02-28", years="1", vet="Dr. Vera Vet"),
    term="1",
    proofs=("senior",),
    moved_from="another licence",
)


def test_a_form_goes_through_the_fields_of_the_page_and_comes_back_the_same() -> None:
    address = FORM.holder.address
    back = answers.form_of(
        FORM, answers.values_of(FORM), address, list(FORM.proofs), dangerous=False, signed=False
    )
    assert back == FORM


def test_what_a_page_sends_beyond_its_fields_changes_nothing_else() -> None:
    values = answers.values_of(FORM) | {"animal.name": "  Salt "}
    back = answers.form_of(FORM, values, {}, [], dangerous=True, signed=True)
    assert back.animal.name == "Salt"
    assert back.moved_from == FORM.moved_from


@pytest.mark.parametrize(
    ("faults", "step"),
    [
        ({"holder.address.city": "?", "vaccination.given": "?"}, "about"),
        ({"documents.rabies": "?", "term": "?"}, "rabies"),
        ({"documents.senior": "?"}, "term"),
        ({"signed": "?"}, "review"),
        ({}, "review"),
    ],
    ids=["address", "certificate", "proof", "signature", "nothing"],
)
def test_an_application_goes_on_at_its_first_open_step(faults: dict[str, str], step: str) -> None:
    assert answers.first_open(Kind.NEW, faults) == step


def test_a_fault_that_a_kind_has_no_step_for_is_said_on_the_last() -> None:
    assert answers.first_open(Kind.REPLACEMENT, {"holder.name": "?"}) == "review"


@pytest.mark.parametrize(
    ("given", "years", "until"),
    [
        ("2026-06-01", "3", "2029-06-01"),
        ("2024-02-29", "1", "2025-02-28"),
        ("2024-02-29", "4", "2028-02-29"),
        ("2026-06-01", "", ""),
        ("soon", "1", ""),
        ("9999-06-01", "1", ""),
    ],
)
def test_a_vaccination_runs_for_its_years(given: str, years: str, until: str) -> None:
    assert answers.runs_until(given, years) == until
