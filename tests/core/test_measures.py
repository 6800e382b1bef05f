"""How typed numbers are read, and shown again."""

import pytest

from pet_app.core import measures
from pet_app.core.measures import Units


@pytest.mark.parametrize(
    ("typed", "number"),
    [("36", 36), ("36.5", 36.5), ("36,5", 36.5), (" 14 1/2 ", 14.5), ("3/4", 0.75), ("-3", -3)],
)
def test_numbers_are_read_as_people_write_them(typed: str, number: float) -> None:
    assert measures.read_number(typed) == number


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "  ",
        "big",
        "1e9",
        "nan",
        "inf",
        "1_000",
        "٣٦",
        "1/0",
        "1//2",
        "12 13",
        "1 2 3",
        "9" * 99,
    ],
)
def test_what_is_no_number_gets_a_sentence(typed: str) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        measures.read_number(typed)


def test_inches_and_pounds_become_millimetres_and_grams() -> None:
    assert measures.to_mm(14.5, Units.IN) == 368
    assert measures.to_grams(30, Units.IN) == 13_608
    assert measures.shown_length(368, Units.IN) == "14.5"
    assert measures.shown_length(300, Units.CM) == "30"
    assert measures.shown_weight(8250, Units.CM) == "8.25"
    assert measures.shown_weight(13_608, Units.IN) == "30"
    assert measures.shown_length(365, Units.CM) == "36.5"
