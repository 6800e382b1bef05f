"""Where we send to, for how much, and by whose word it is taxed."""

from datetime import date

import pytest

from pet_app.checkout import shipping, taxes
from pet_app.checkout.rules import tidy_code
from pet_app.user.service import area_of, countries, lines_of

TODAY = date(2026, 11, 21)


def test_every_rate_names_its_place_its_date_and_its_source() -> None:
    for (country, area), found in taxes.every_tax().items():
        known = {value for line in lines_of(country) for value, _ in line.options}
        assert area in known, area
        for tax in found:
            assert "https://" in tax.source or "http://" in tax.source
            assert tax.until is None or tax.since < tax.until
            assert 0 <= tax.rate.percent <= 15
            assert tax.percent == f"{tax.rate.percent.normalize():f}"


def test_every_state_and_every_province_is_known_today() -> None:
    states = {area for country, area in taxes.every_tax() if country == "US"}
    provinces = {area for country, area in taxes.every_tax() if country == "CA"}
    assert (len(states), len(provinces)) == (51, 13)
    assert all(taxes.taxes_of("US", area, TODAY) for area in states)
    assert all(taxes.taxes_of("CA", area, TODAY) for area in provinces)


@pytest.mark.parametrize(
    ("country", "area", "on", "percents"),
    [
        ("US", "TX", TODAY, ["6.25"]),
        ("US", "OR", TODAY, ["0"]),
        ("CA", "QC", TODAY, ["5", "9.975"]),
        ("CA", "NS", date(2025, 3, 31), ["15"]),
        ("CA", "NS", date(2025, 4, 1), ["14"]),
        ("CA", "AB", TODAY, ["5"]),
        ("US", "SD", date(2026, 12, 31), ["4.2"]),
    ],
)
def test_taxes_hold_from_one_day_to_another(
    country: str, area: str, on: date, percents: list[str]
) -> None:
    assert [tax.percent for tax in taxes.taxes_of(country, area, on) or ()] == percents


@pytest.mark.parametrize(
    ("country", "area", "on"),
    [
        ("US", "PR", TODAY),
        ("US", "AE", TODAY),
        ("US", "", TODAY),
        ("DE", "", TODAY),
        ("US", "TX", date(2020, 1, 1)),
        ("US", "SD", date(2027, 1, 1)),
    ],
)
def test_what_the_table_does_not_know_is_not_guessed(country: str, area: str, on: date) -> None:
    assert taxes.taxes_of(country, area, on) is None


def test_every_country_we_send_to_is_one_and_has_no_hole_in_its_weights() -> None:
    assert set(shipping.countries()) <= set(countries())
    for country in shipping.countries():
        for line in lines_of(country):
            for area, _ in line.options if line.name == "country_area" else ():
                zone = shipping.zone_of(country, area)
                assert zone is not None
                prices = [shipping.methods(zone, grams)[0].cents for grams in range(0, 9000, 100)]
                assert prices == sorted(prices)


def test_far_places_cost_more_and_too_heavy_is_nothing() -> None:
    far, near = shipping.zone_of("US", "HI"), shipping.zone_of("US", "TX")
    assert far is not None
    assert near is not None
    assert shipping.methods(far, 100)[0].cents > shipping.methods(near, 100)[0].cents
    assert shipping.methods(near, 31_000) == ()
    assert shipping.zone_of("DE", "") is None
    # The box weighs something too.
    assert shipping.methods(near, 441)[0].cents > shipping.methods(near, 440)[0].cents


@pytest.mark.parametrize(
    ("country", "code", "area"),
    [
        ("US", "78701", "TX"),
        ("US", "02139", "MA"),
        ("US", " 99501 ", "AK"),
        ("US", "00901", "PR"),
        ("CA", "h3a 3g4", "QC"),
        ("CA", "X0A 0H0", "NU"),
        ("US", "7870", ""),
        ("US", "x" * 500, ""),
        ("CA", "78701", ""),
        ("US", "", ""),
    ],
)
def test_a_postal_code_says_where_it_is(country: str, code: str, area: str) -> None:
    assert area_of(country, code) == area


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("spring10", "SPRING10"),
        ("  Spring 10 ", "SPRING10"),
        ("spring–10", "SPRING-10"),
        ("ｓｐｒｉｎｇ", "SPRING"),
        ("ab", ""),
        ("", ""),
        ("-ABC", ""),
        ("A--B", ""),
        ("ÄÖÜ", ""),
        ("DROP TABLE; --", ""),
        ("card:01m7z", ""),
        ("\x00SPRING", ""),
        ("SPRING\u202e10", ""),
        ("A" * 41, ""),
        ("A" * 10_000, ""),
        ("💥💥💥", ""),
    ],
)
def test_codes_are_read_as_people_type_them_and_nothing_else(typed: str, kept: str) -> None:
    assert tidy_code(typed) == kept
