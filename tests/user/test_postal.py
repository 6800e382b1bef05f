"""What an address has to say in each country."""

import pytest

from pet_app.core.errors import Invalid
from pet_app.user import postal

BERLIN = {
    "name": "Jörg Müller",
    "street_address": "Straße der Pariser Kommune 8",
    "postal_code": "10243",
    "city": "Berlin",
}
TEXAS = {
    "name": "Ann Lee",
    "street_address": "500 E 4th St",
    "city": "Austin",
    "country_area": "Texas",
    "postal_code": "78701",
}


def faults(country: str, **lines: str) -> dict[str, str]:
    with pytest.raises(Invalid) as refused:
        postal.checked(country, lines)
    return refused.value.fields


def test_every_country_asks_for_a_name_and_can_be_read() -> None:
    assert len(postal.countries()) > 240
    for country in postal.countries():
        lines = postal.lines_of(country)
        names = [line.name for line in lines]
        assert (names[0], lines[0].required) == ("name", True)
        assert "street_address" in names
        assert len(set(names)) == len(names)
        assert all(line.label and "_" not in line.label for line in lines), country


def test_each_country_has_its_own_fields_in_its_own_order() -> None:
    german = [line.name for line in postal.lines_of("DE")]
    japanese = [line.name for line in postal.lines_of("JP")]
    american = {line.name: line for line in postal.lines_of("US")}
    assert german[-2:] == ["postal_code", "city"]
    assert japanese[2:] == ["postal_code", "country_area", "street_address"]
    assert american["postal_code"].label == "ZIP code"
    assert ("TX", "Texas") in american["country_area"].options
    assert not american["company_name"].required


def test_a_place_narrows_the_list_below_it() -> None:
    cities = {line.name: line for line in postal.lines_of("CN", {"country_area": "广东省"})}["city"]
    assert ("广州市", "Guangzhou Shi · 广州市") in cities.options


def test_an_address_is_kept_tidy_and_as_it_was_typed() -> None:
    kept = postal.checked("DE", {**BERLIN, "city": "  Berlin ", "company_name": " "})
    assert kept == BERLIN
    assert postal.written("DE", kept) == (
        "Jörg Müller",
        "Straße der Pariser Kommune 8",
        "10243 Berlin",
        "Germany",
    )


def test_what_has_one_spelling_is_kept_in_it() -> None:
    assert postal.checked("US", TEXAS)["country_area"] == "TX"
    british = {**BERLIN, "postal_code": "ec1y 8sy"}
    assert postal.checked("GB", british)["postal_code"] == "EC1Y 8SY"


@pytest.mark.parametrize(
    ("country", "lines"),
    [
        ("JP", ("山田太郎", "154-0023", "東京都", "世田谷区若林1丁目")),
        ("AE", ("فاطمة الزهراء", "", "دبي", "شارع الشيخ زايد ١٢")),
        ("IR", ("علی‌رضا", "11936-12345", "", "خیابان ولیعصر")),
    ],
)
def test_any_script_will_do(country: str, lines: tuple[str, str, str, str]) -> None:
    names = ("name", "postal_code", "country_area", "street_address")
    given = {name: text for name, text in zip(names, lines, strict=True) if text}
    if country == "IR":
        given["city"] = "تهران"
    kept = postal.checked(country, given)
    assert kept["name"] == lines[0]
    assert lines[3] in postal.written(country, kept)


def test_every_fault_is_told_at_its_field() -> None:
    found = faults("US", name="", street_address="", country_area="Bavaria", postal_code="1")
    assert found.keys() == {"name", "street_address", "city", "country_area", "postal_code"}
    assert found["country_area"] == "Choose one from the list."


def test_a_postcode_of_elsewhere_is_told_with_an_example() -> None:
    found = faults("US", **{**TEXAS, "postal_code": "90210"})
    assert found["postal_code"].startswith("This does not look like a ZIP code in Texas, such as 7")
    assert "an Eircode in Ireland" in faults("IE", **{**BERLIN, "country_area": ""})["postal_code"]


@pytest.mark.parametrize("text", ["x" * 10_000, "a\x00b", "a\u202eb", "\ud800", "a\x1bb"])
def test_what_no_envelope_can_carry_is_refused(text: str) -> None:
    assert faults("DE", **{**BERLIN, "name": text}).keys() == {"name"}
    assert faults("DE", **{**BERLIN, "street_address": text}).keys() == {"street_address"}


def test_markup_is_only_text() -> None:
    kept = postal.checked("DE", {**BERLIN, "name": "<script>alert(1)</script>"})
    assert kept["name"] == "<script>alert(1)</script>"


@pytest.mark.parametrize("country", ["", "XX", "ALL", "de", "../etc", "ZZ", "Ð€"])
def test_a_country_that_is_none_is_refused(country: str) -> None:
    assert faults(country, **BERLIN).keys() == {"country"}


def test_a_field_the_country_does_not_have_is_refused() -> None:
    assert faults("DE", **BERLIN, country_area="Berlin").keys() == {"country_area"}
