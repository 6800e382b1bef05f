"""Reading a design from plain values."""

import json
import random
from typing import Any

import pytest

from pet_app.builder import library
from pet_app.builder.constraints import check
from pet_app.builder.reading import parse
from pet_app.builder.rules import Kind
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
    assert parse(kitten.to_dict()) == kitten.essential()
    assert parse(mastiff.to_dict()) == mastiff.essential()


def test_only_what_changes_the_mesh_changes_the_geometry_key() -> None:
    plain = make_design()
    recoloured = plain.with_look(colour="poppy", pattern="dots", finish="brass")
    assert recoloured.geometry_key() == plain.geometry_key()
    assert recoloured.content_key() != plain.content_key()
    assert make_design(girth_mm=641).geometry_key() != plain.geometry_key()
    assert make_design(material="leather").geometry_key() != plain.geometry_key()
    assert make_design(build="bulldog").geometry_key() != plain.geometry_key()
    assert make_design(age_weeks=20).geometry_key() == plain.geometry_key()


@pytest.mark.parametrize("kind", [Kind.TAG, Kind.LEASH])
def test_what_lies_on_no_body_has_one_mesh_for_every_animal(kind: Kind) -> None:
    one, other = make_design(kind), make_design(kind, girth_mm=700, build="spitz")
    assert one.geometry_key() == other.geometry_key()
    assert one.content_key() != other.content_key()


def test_what_does_not_show_makes_no_other_piece() -> None:
    tag = make_design("tag")
    same = make_design("tag", material="leather", colour="poppy", pattern="dots", thread="navy")
    assert tag.content_key() == same.content_key()
    assert parse(tag.to_dict()) == parse(same.to_dict())
    plain = make_design(accent="poppy")
    assert plain.content_key() == make_design(accent="sky").content_key()
    assert (
        make_design(pattern="dots", accent="poppy").content_key()
        != make_design(pattern="dots", accent="sky").content_key()
    )
    riveted = make_design("collar", material="leather", thread="poppy")
    assert riveted.content_key() == make_design("collar", material="leather").content_key()
    unlettered = make_design("collar", method="printed")
    assert unlettered.content_key() == make_design("collar").content_key()
    cloth = make_design("bandana", finish="black", width_mm=25, text="")
    assert cloth.content_key() == make_design("bandana", text="").content_key()


def test_what_shows_makes_another_piece() -> None:
    for kind in Kind:
        kept = make_design(kind).content_key()
        for name in library.look(kind) - {"accent", "material"}:
            other = {"colour": "poppy", "pattern": "dots", "finish": "black", "thread": "poppy"}
            changed_look = make_design(kind).with_look(**{name: other[name]})
            assert changed_look.content_key() != kept, (kind, name)


def test_a_text_is_kept_as_it_will_be_written() -> None:
    sent = make_design("tag", text="x").to_dict()
    sent["options"]["text"] = "  Bis\u200bcuit \r\n\r\n 555\t0134 "  # pyright: ignore
    assert parse(sent).options.text == "Biscuit\n555 0134"


def test_a_design_of_the_first_format_is_read_with_the_rings_it_had() -> None:
    first = make_design("harness").to_dict()
    old = {name: first[name] for name in ("kind", "measurements", "width_mm", "look")}
    old["look"] = {name: value for name, value in old["look"].items() if name != "thread"}  # pyright: ignore
    assert parse({**old, "format": 1}) == make_design("harness").essential()


NONSENSE: list[Any] = [
    None,
    "",
    "nonsense",
    " ",
    "４",
    "2５",
    "\ud800",
    "\x00",
    "a" * 10_000,
    0,
    -1,
    3,
    2**70,
    10**400,
    1.5,
    float("nan"),
    float("inf"),
    -float("inf"),
    True,
    False,
    [],
    [[]],
    ["back", "back"],
    ["back", {}],
    ["back", None, float("nan")],
    {},
    {"a": {"b": [1]}},
    ("back",),
    b"bytes",
    object(),
]


def test_nothing_sent_past_the_page_does_more_than_be_refused() -> None:
    """Any value in any place is either used, or refused with a sentence at a field."""
    dice = random.Random(5)
    for kind in Kind:
        paths = ["", *_paths(make_design(kind).to_dict())]
        for path in paths:
            for value in NONSENSE:
                _tried(_with(make_design(kind).to_dict(), path, value))
        for _ in range(300):
            data = make_design(kind).to_dict()
            for path in dice.sample(paths[1:], 3):
                data = _with(data, path, dice.choice(NONSENSE))
            _tried(data)


def _tried(data: Any) -> None:
    refused, design = None, None
    try:
        design = parse(data)
    except Invalid as fault:
        refused = fault
    if design is None:
        assert refused
        assert refused.fields
        assert all(sentence.endswith(".") for sentence in refused.fields.values())
        return
    for refusal in check(design):
        assert refusal.reason.endswith(".")
    json.dumps(design.to_dict()).encode()
    assert parse(design.to_dict()) == design


def _paths(data: dict[str, Any], before: str = "") -> list[str]:
    found = []
    for key, value in data.items():
        found.append(before + key)
        if isinstance(value, dict):
            found += _paths(value, f"{before}{key}.")
    return found


def _with(data: Any, path: str, value: Any) -> Any:
    if not path:
        return value
    first, _, rest = path.partition(".")
    if not isinstance(data, dict):
        return data
    return {**data, first: _with(data.get(first, {}), rest, value)}


def test_a_thousand_strange_keys_are_answered_with_a_few() -> None:
    data = {**make_design().to_dict(), **{f"key{number}": 1 for number in range(1000)}}
    assert 0 < len(fields_refused(data)) <= 20


def test_a_cat_that_weighs_as_much_as_a_mastiff_is_no_cat() -> None:
    (refusal,) = check(make_design(build="cat", weight_g=40_000))
    assert (refusal.field, refusal.nearest) == ("build", "retriever")
