"""Order numbers: read out, mistyped, guessed."""

import pytest

from pet_app.order.number import SIGNS, new_number, read_number


def test_a_number_is_read_however_it_is_typed() -> None:
    number = new_number()
    bare = number.replace("-", "")
    typed = (number, number.lower(), bare, bare[2:], f"  {number} ", number.replace("-", " – "))
    assert {read_number(text) for text in typed} == {number}


def test_a_number_that_begins_like_our_mark_is_still_whole() -> None:
    number = next(n for n in iter(new_number, None) if n.startswith("HH-H"))
    assert read_number(number.replace("-", "")[2:]) == number


def test_every_wrong_sign_and_every_swap_of_neighbours_shows() -> None:
    number = new_number()
    for place, sign in enumerate(number):
        if place < 3 or sign == "-":
            continue
        for other in set(SIGNS) - {sign}:
            assert read_number(number[:place] + other + number[place + 1 :]) == ""
        swapped = number[: place - 1] + sign + number[place - 1] + number[place + 1 :]
        if place != 3 and "-" not in (number[place - 1]) and swapped != number:
            assert read_number(swapped) == ""


@pytest.mark.parametrize(
    "text", ["", "HH", "HH-OOOO-OOOO", "’; drop table", "HH-7K2M-9QX", "é" * 9, "x" * 10_000]
)
def test_what_cannot_be_a_number_is_none(text: str) -> None:
    assert read_number(text) == ""


def test_no_sign_is_taken_for_another() -> None:
    assert not set("0O1ILUZ") & set(SIGNS)
    assert len(SIGNS) == len(set(SIGNS)) == 29


def test_numbers_are_not_in_a_row() -> None:
    assert len({new_number() for _ in range(2000)}) == 2000
