"""Reading a design from plain values."""

from typing import Any

import pytest

from pet_app.builder.reading import parse
from pet_app.core.errors import Invalid
from tests.builder.factory import make_design, random_designs


def changed(path: str, value: object) -> dict[str, Any]:
    """A good design as plain values with one of them replaced; `...` takes it away."""
    data: dict[str, Any] = make_design().to_dict()
    place = data
    *folders, last = path.split(".")
    for folder in folders:
        place = place[folder]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return data


def fields_refused(data: Any) -> dict[str, str]:
    with pytest.raises(Invalid) as refused:
        parse(data)
    return refused.value.fields


def test_what_is_written_reads_back_the_same() -> None:
    for design in random_designs(20):
        assert parse(design.to_dict()) == design


@pytest.mark.parametrize(
    "value",
    [
        0,
        -640,
        10**9,
        10**400,
        float("nan"),
        float("inf"),
        640.5,
        True,
        "640",
        "",
        None,
        [],
        {},
        ...,
    ],
)
def test_a_measurement_that_is_no_measurement_is_refused_at_its_field(value: object) -> None:
    fields = fields_refused(changed("measurements.girth_mm", value))
    assert list(fields) == ["measurements.girth_mm"]
    assert "girth" in fields["measurements.girth_mm"]


@pytest.mark.parametrize("value", ["", "silk", 3, None, True, [], {"a": 1}, ..., "NYLON"])
@pytest.mark.parametrize(
    "field", ["kind", "look.material", "look.pattern", "look.finish", "look.colour", "look.accent"]
)
def test_an_option_that_does_not_exist_is_refused_at_its_field(field: str, value: object) -> None:
    assert list(fields_refused(changed(field, value))) == [field]


@pytest.mark.parametrize("data", [None, [], "harness", 3, {}])
def test_what_is_no_design_at_all_is_refused(data: object) -> None:
    assert fields_refused(data)


@pytest.mark.parametrize("field", ["price", "measurements.tail_mm", "look.owner"])
def test_something_a_design_does_not_have_is_refused(field: str) -> None:
    assert field in fields_refused(changed(field, 1))


def test_a_format_we_do_not_know_is_refused() -> None:
    assert list(fields_refused(changed("format", 99))) == ["format"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("measurements.girth_mm", 410),
        ("measurements.neck_mm", 200),
        ("measurements.back_mm", 1000),
        ("measurements.back_mm", 200),
        ("measurements.weight_g", 90_000),
        ("measurements.weight_g", 1_200),
    ],
)
def test_measurements_of_no_one_animal_are_refused_at_the_field(field: str, value: int) -> None:
    assert list(fields_refused(changed(field, value))) == [field]


def test_a_kitten_and_a_mastiff_can_both_be_measured() -> None:
    kitten = make_design(neck_mm=165, girth_mm=250, back_mm=220, weight_g=1_200, width_mm=10)
    mastiff = make_design(neck_mm=720, girth_mm=1080, back_mm=820, weight_g=90_000, width_mm=40)
    assert parse(kitten.to_dict()) == kitten
    assert parse(mastiff.to_dict()) == mastiff


def test_only_what_changes_the_mesh_changes_the_geometry_key() -> None:
    plain = make_design()
    recoloured = plain.with_look(colour="poppy", pattern="dots", finish="brass")
    assert recoloured.geometry_key() == plain.geometry_key()
    assert recoloured.content_key() != plain.content_key()
    assert make_design(girth_mm=641).geometry_key() != plain.geometry_key()
    assert make_design(material="leather").geometry_key() != plain.geometry_key()
