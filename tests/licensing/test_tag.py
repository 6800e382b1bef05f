"""Codes on tags and licence numbers: read over the telephone, told when one sign is wrong."""

import pytest

from pet_app.licensing.number import new_number, read_number
from pet_app.licensing.tag import LENGTH, SIGNS, new_code, read_code, shown

LOOK_ALIKE = set("01258BILOSUZ")
CODES = ["K7TM4QXQ", "7KQ4M3XH"]


def test_no_sign_of_a_code_is_taken_for_another() -> None:
    assert not LOOK_ALIKE & set(SIGNS)
    assert len(set(SIGNS)) == len(SIGNS) == 23


def test_codes_are_of_eight_signs_and_read_as_they_are_written() -> None:
    for _ in range(200):
        code = new_code()
        assert len(code) == LENGTH == 8
        assert read_code(code) == read_code(shown(code)) == read_code(f" {code.lower()}-") == code


@pytest.mark.parametrize("code", CODES)
def test_every_wrong_sign_of_a_code_shows(code: str) -> None:
    for place in range(LENGTH):
        for sign in set(SIGNS) - {code[place]}:
            assert read_code(code[:place] + sign + code[place + 1 :]) == ""


@pytest.mark.parametrize("code", CODES)
def test_any_two_signs_that_changed_places_show(code: str) -> None:
    for one in range(LENGTH):
        for two in range(one + 1, LENGTH):
            signs = list(code)
            signs[one], signs[two] = signs[two], signs[one]
            if code[one] != code[two]:
                assert read_code("".join(signs)) == ""


@pytest.mark.parametrize(
    "typed", ["", "K7TM4QX", "K7TM4QXQQ", "K7TM4QX0", "ÄÖÜ", "K7TM4QXQ' OR 1=1", "٣" * 8, "x" * 999]
)
def test_what_is_no_code_is_none(typed: str) -> None:
    assert read_code(typed) == ""


def test_numbers_name_their_state_and_tell_a_wrong_sign() -> None:
    number = new_number("us-oh-franklin-county")
    assert number.startswith("OH-")
    assert new_number("ca-on-toronto").startswith("ON-")
    assert read_number(number.replace("-", " ").lower()) == number
    wrong = SIGNS[(SIGNS.index(number[-1]) + 1) % len(SIGNS)]
    assert read_number(number[:-1] + wrong) == ""
    assert read_number("OH-11111-11111") == ""
