"""Which town's licence somebody needs."""

import pytest

from pet_app.licensing import places
from pet_app.licensing import service as licensing

FRANKLIN, PIMA, SAN_DIEGO = "us-oh-franklin-county", "us-az-pima-county", "us-ca-san-diego"
TORONTO, NEW_YORK, PENNSYLVANIA = "ca-on-toronto", "us-ny-new-york-city", "us-pa-pennsylvania"


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("43215", FRANKLIN),
        ("90 West Broad Street, Columbus, OH 43215-4184, USA", FRANKLIN),
        ("12345 Main Street, Columbus Ohio 43215", FRANKLIN),
        ("85701", PIMA),
        ("M5V 2T6", TORONTO),
        ("m5v2t6", TORONTO),
        ("m5v", TORONTO),
        ("100 Queen St W, Toronto, ON M5H 2N2, Canada", TORONTO),
        ("Carlsbad CA", SAN_DIEGO),
        ("1200 Carlsbad Village Drive, Carlsbad, CA 92008", SAN_DIEGO),
        ("La Jolla, CA", SAN_DIEGO),
        ("350 5th Ave, New York, NY 10118", NEW_YORK),
        ("brooklyn", NEW_YORK),
        ("19104", PENNSYLVANIA),
        ("60601", "us-il-chicago"),
        ("43050", "us-oh-knox-county"),
        ("92081", "us-ca-vista"),
        ("92054", "us-ca-oceanside"),
    ],
)
def test_a_postcode_or_an_address_leads_to_its_town(text: str, town: str) -> None:
    assert [found.id for found in licensing.find_place(text).towns] == [town]


@pytest.mark.parametrize(
    ("text", "known", "word"),
    [
        # Powell lies in two counties, and of one we know no rules
        ("43065", {FRANKLIN}, "Delaware County"),
        ("85658", {PIMA}, "Pinal County"),
        ("11001", {NEW_YORK}, "Nassau County"),
        ("Westerville, OH", {FRANKLIN}, "postcode"),
        ("Ohio", {FRANKLIN, "us-oh-knox-county"}, "Choose"),
    ],
)
def test_what_may_be_another_place_is_asked_for(text: str, known: set[str], word: str) -> None:
    found = licensing.find_place(text)
    assert {town.id for town in found.towns} == known
    assert not found.certain
    assert word in found.advice


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("90210", "Beverly Hills"),
        ("Springfield, MO", "Springfield"),
        ("M7R 1A1", "M7R"),
        ("K1A 0B1", "K1A"),
        ("99999", "99999"),
        ("nowhere at all", "nowhere"),
        (",,, \x00 ☃", "☃"),
        ("%", "%"),
    ],
)
def test_what_we_do_not_know_is_said_and_never_guessed(text: str, word: str) -> None:
    found = licensing.find_place(text)
    assert found.towns == ()
    assert word in found.advice


def test_what_a_town_covers_is_in_the_table() -> None:
    """A county or post town that is misspelt in a town's file would silently cover nobody."""
    for town in licensing.towns():
        assert licensing.unknown_places(town) == (), town.id
        assert town.covers.state == "ON" or places.in_state(town.covers.state), town.id


def test_what_was_understood_is_said() -> None:
    assert licensing.find_place("12345 Main Street, 43065").where == "Powell, OH 43065"
