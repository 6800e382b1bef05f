"""Whatever is sent past the page: answered with sentences at its fields, and never with a 500."""

import json
import random
from typing import Any

import pytest
from starlette.testclient import TestClient

from pet_app.builder.constraints import FIELDS, with_choice
from pet_app.builder.design import Design
from pet_app.builder.reading import parse
from pet_app.builder.rules import Kind
from tests.builder.factory import KINDS, make_design
from tests.builder.test_api import DESIGNS, browser
from tests.builder.test_constraints_settled import anything

pytestmark = pytest.mark.usefixtures("sqlite_database")

QUOTES = "/api/v1/builder/quotes"
HOSTILE = (
    "NaN",
    "Infinity",
    "-Infinity",
    "1e999",
    "-640",
    "0",
    "1e18",
    "9" * 400,
    "640.5",
    "true",
    '"640"',
    '""',
    '"\\u0000"',
    '"\\ud800"',
    "null",
    "[]",
    "[[1]]",
    "{}",
    '{"a": 1}',
    "[" * 40 + "]" * 40,
    json.dumps("x" * 5000),
)
"""Values as JSON, some of which only a careless reader takes."""

MEASURED = ("neck_mm", "girth_mm", "back_mm", "weight_g")
KITTEN = {"neck_mm": 165, "girth_mm": 240, "back_mm": 190, "weight_g": 1200, "build": "cat"}
MASTIFF = {"neck_mm": 700, "girth_mm": 1080, "back_mm": 820, "weight_g": 90_000, "build": "mastiff"}


def written(field: str, value: str, kind: Kind = Kind.HARNESS) -> str:
    """A good design as JSON with one value replaced by this JSON."""
    data: dict[str, Any] = json.loads(json.dumps(make_design(kind).to_dict()))
    group, _, name = field.rpartition(".")
    (data[group] if group else data)[name] = "@here@"
    return json.dumps(data).replace('"@here@"', value)


def sent(guest: TestClient, path: str, text: str) -> Any:
    return guest.post(path, content=text, headers={"content-type": "application/json"})


@pytest.mark.parametrize("value", HOSTILE)
def test_a_measurement_that_is_none_is_refused_by_name(value: str) -> None:
    guest = browser()
    for name in MEASURED:
        design = written(f"measurements.{name}", value)
        for path, text in (
            (QUOTES, design),
            (DESIGNS, f'{{"design": {design}, "request_key": "k"}}'),
        ):
            answer = sent(guest, path, text)
            assert answer.status_code == 422, (name, value, answer.text)
            assert f"measurements.{name}" in answer.json()["fields"]
    assert guest.get(DESIGNS).json() == []


@pytest.mark.parametrize("kind", KINDS)
def test_no_field_takes_nonsense_and_none_breaks_the_shop(kind: Kind) -> None:
    guest = browser()
    for field in [*FIELDS, "format", "look", "options", "measurements"]:
        for value in HOSTILE:
            answer = sent(guest, QUOTES, written(field, value, kind))
            assert answer.status_code in (200, 422), (field, value, answer.text)
            if answer.status_code == 422:
                assert answer.headers["content-type"] == "application/problem+json"
                assert all(said for said in answer.json()["fields"].values())


@pytest.mark.parametrize("text", ["", "{", "NaN", "[]", '"x"', "null", "7", "[" * 3000])
def test_what_is_no_design_at_all_is_refused(text: str) -> None:
    answer = sent(browser(), QUOTES, text)
    assert 400 <= answer.status_code < 500


def test_every_refusal_can_be_answered_with_what_it_names() -> None:
    guest, dice = browser(), random.Random(31)
    for number in range(72):
        design = anything(dice, list(Kind)[number % len(Kind)])
        answer = guest.post(QUOTES, json=design.to_dict())
        assert answer.status_code == 200, answer.text
        for refusal in answer.json()["refusals"]:
            assert refusal["reason"].endswith(".")
            if refusal["nearest"] is not None:
                mended = with_choice(design, refusal["field"], refusal["nearest"])
                assert parse(json.loads(json.dumps(mended.to_dict())))


def test_a_yes_or_no_is_named_as_one() -> None:
    design = make_design(handle=True, age_weeks=12, weight_g=16_000)
    (refusal,) = browser().post(QUOTES, json=design.to_dict()).json()["refusals"]
    assert (refusal["field"], refusal["nearest"]) == ("options.handle", False)
    assert refusal["nearest"] is False


def test_rings_are_named_as_a_list() -> None:
    design = make_design("collar", rings=())
    (refusal,) = browser().post(QUOTES, json=design.to_dict()).json()["refusals"]
    assert refusal["nearest"] == ["buckle"]


@pytest.mark.parametrize("animal", [KITTEN, MASTIFF], ids=["kitten", "mastiff"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_smallest_and_the_largest_are_led_to_a_piece_that_holds(
    kind: Kind, animal: dict[str, Any]
) -> None:
    guest, design = browser(), make_design(kind, **animal)
    found = guest.post(QUOTES, json=design.to_dict()).json()
    while found["refusals"]:
        refusal = next(refusal for refusal in found["refusals"] if refusal["nearest"] is not None)
        design = with_choice(design, refusal["field"], refusal["nearest"])
        found = guest.post(QUOTES, json=design.to_dict()).json()
    assert found["cents"] > 0
    kept = guest.post(DESIGNS, json={"design": design.to_dict(), "request_key": "k"})
    assert kept.status_code == 201, kept.text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"girth_mm": 300}, "girth_mm"),
        ({"neck_mm": 200}, "neck_mm"),
        ({"back_mm": 1000}, "back_mm"),
        ({"back_mm": 200}, "back_mm"),
        ({"weight_g": 900}, "weight_g"),
        ({"weight_g": 90_000}, "weight_g"),
    ],
)
def test_measurements_that_contradict_each_other_say_which(
    changes: dict[str, int], field: str
) -> None:
    design: Design = make_design(**changes)  # pyright: ignore[reportArgumentType]
    answer = browser().post(QUOTES, json=design.to_dict())
    assert answer.status_code == 422
    assert f"measurements.{field}" in answer.json()["fields"]
