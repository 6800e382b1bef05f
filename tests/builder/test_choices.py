"""The choices of the page and the design they stand for, there and back."""

import pytest

from pet_app.builder import library
from pet_app.builder.choices import FIELD_OF, choices_from, choices_of
from pet_app.builder.constraints import check
from pet_app.builder.quote import judged
from pet_app.builder.reading import parse
from pet_app.builder.rules import Kind, Lining
from pet_app.builder.starting import OFFERED, STARTING
from pet_app.builder.words import name_of
from pet_app.core.errors import Invalid
from pet_app.core.measures import Units
from tests.builder.factory import make_design, random_designs


@pytest.mark.parametrize("kind", OFFERED)
def test_what_a_kind_starts_out_as_can_be_made(kind: Kind) -> None:
    assert check(parse(choices_of(STARTING[kind]).design_data())) == ()


@pytest.mark.parametrize("design", random_designs(40, seed=8), ids=lambda d: d.kind.value)
def test_the_choices_of_a_design_make_that_design(design) -> None:
    made = parse(choices_of(design).design_data())
    assert made.content_key() == parse(design.to_dict()).content_key()


@pytest.mark.parametrize("kind", OFFERED)
def test_a_page_sends_only_what_the_kind_has(kind: Kind) -> None:
    data = choices_of(make_design(text="Rex")).switched(kind).design_data()
    assert set(data["options"]) == library.options(kind)
    assert (data["width_mm"] > 0) == bool(library.widths(kind))


@pytest.mark.parametrize("design", random_designs(12, seed=9), ids=lambda d: d.kind.value)
@pytest.mark.parametrize("kind", OFFERED)
def test_another_kind_for_the_same_animal_can_be_made(design, kind: Kind) -> None:
    moved = parse(choices_of(design).switched(kind).design_data())
    assert moved.measurements == design.measurements
    left = [found for found in judged(moved) if found.nearest is not None]
    # Some kinds are for no cat: the page says so, and which is.
    assert left == [] or any(found.field == "kind" for found in left)


def test_a_look_at_another_kind_loses_nothing() -> None:
    before = choices_of(
        make_design(lining=Lining.FLEECE, reflective=True, pattern="paw", colour="navy", text="Rex")
    )
    after = before.switched(Kind.TAG).switched(Kind.HARNESS)
    kept = ("lining", "reflective", "pattern", "colour", "text", "method", "width", "rings")
    assert {name: getattr(after, name) for name in kept} == {
        name: getattr(before, name) for name in kept
    }


def test_a_text_nobody_typed_stays_with_its_kind() -> None:
    assert choices_of(STARTING[Kind.TAG]).switched(Kind.COLLAR).text == ""
    assert choices_of(STARTING[Kind.COLLAR]).switched(Kind.TAG).text == (
        STARTING[Kind.TAG].options.text
    )


def test_a_ring_is_put_on_and_taken_off() -> None:
    choices = choices_of(make_design())
    without = choices.with_ring("back")
    assert "back" not in without.rings
    assert set(without.with_ring("back").rings.split(",")) == set(choices.rings.split(","))


def test_a_draft_from_before_an_option_was_offered_has_the_usual_one() -> None:
    now = choices_of(make_design("collar", colour="poppy", width_mm=20)).to_dict()
    older = ("fit", "units", "neck", "girth", "back", "weight", "width", "material", "pattern")
    draft = {name: now[name] for name in (*older, "kind", "colour", "accent", "finish")}
    found = choices_from({**draft, "click": "x", "saved_id": ""})
    assert found is not None
    assert (found.colour, found.width, found.rings, found.buckle) == (
        "poppy",
        "20",
        "buckle",
        "side_release",
    )
    assert check(parse(found.design_data())) == ()


@pytest.mark.parametrize("age", ["two", "-3", "1.5", "٣"])
def test_an_age_that_is_no_number_says_so(age: str) -> None:
    choices = choices_of(make_design(age_weeks=12), Units.IN)
    with pytest.raises(Invalid) as fault:
        choices_from({**choices.to_dict(), "age": age}).design_data()  # pyright: ignore
    assert "age_weeks" in fault.value.fields


def test_everything_that_can_be_refused_has_its_place_on_the_page() -> None:
    refused = {found.field for design in random_designs(30, seed=4) for found in check(design)}
    assert refused <= set(FIELD_OF.values())


@pytest.mark.parametrize(
    ("choice", "value", "name"),
    [
        ("width", "25", "25 mm"),
        ("material", "leather", "Bridle leather"),
        ("thread", "match", "To match"),
        ("thread", "navy", "Navy"),
        ("leash", "1800", "1.8 m"),
        ("rings", "back,chest", "Back and Chest"),
        ("rings", "", "no ring"),
        ("buckle", "pin", "Pin"),
        ("text", "Rex", "“Rex”"),
        ("pattern", "stripe", "Stripe"),
    ],
)
def test_a_value_has_a_name_a_buyer_knows(choice: str, value: str, name: str) -> None:
    assert name_of(choice, value) == name
