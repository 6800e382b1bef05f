"""Addresses of the shop: read, written, turned a little; nonsense is passed over."""

import pytest

from pet_app.catalog.asked import AT_ONCE, Asked, address, anew, read, turned

ASKED = Asked(
    text="brass tag",
    kind="tag",
    species="dog",
    facets=(("size", "m"), ("size", "l"), ("colour", "pine")),
    low=10,
    high=40,
    in_stock=True,
    sort="price",
    shown=2,
)


def query(written: str) -> dict[str, str]:
    """What stands behind the question mark, as the browser's router hands it on."""
    pairs = (pair.partition("=") for pair in written.partition("?")[2].split("&") if pair)
    return {name: value.replace("%20", " ") for name, _, value in pairs}


def test_an_address_says_what_was_asked_for_and_is_read_as_such_again() -> None:
    written = address(ASKED)
    assert written == (
        "/shop?q=brass%20tag&kind=tag&for=dog&size=m,l&colour=pine&from=10&to=40&stock=1"
        "&sort=price&show=2"
    )
    assert read(query(written)) == ASKED


def test_an_address_is_as_short_as_it_can_be() -> None:
    assert address(Asked()) == "/shop"
    assert address(Asked(kind="collar")) == "/shop?kind=collar"
    assert address(Asked(sort="newest")) == "/shop?sort=newest"
    assert AT_ONCE > 0


@pytest.mark.parametrize(
    "nonsense",
    [
        {"kind": "spaceship", "sort": "luck", "for": "fish"},
        {"size": "'; drop table product", "colour": ",,,", "material": "x" * 41},
        {"from": "abc", "to": "-5", "show": "0", "stock": "yes"},
        {"from": "１２", "to": "1e9"},
        {"q": "   ", "unknown": "x"},
    ],
)
def test_what_an_address_cannot_mean_is_passed_over(nonsense: dict[str, str]) -> None:
    assert read(nonsense) == Asked()


@pytest.mark.parametrize(
    ("said", "field", "meant"),
    [
        ({"from": "40", "to": "10"}, "low", 10),
        ({"from": "$12.50"}, "low", 12),
        ({"from": "9" * 30}, "low", 100_000),
        ({"from": "9" * 5000}, "low", 100_000),
        ({"show": "99"}, "shown", 4),
        ({"q": "a\x00b  c"}, "text", "a b c"),
        ({"size": "m,m,l"}, "facets", (("size", "m"), ("size", "l"))),
    ],
)
def test_what_is_said_clumsily_is_taken_as_it_was_meant(
    said: dict[str, str], field: str, meant: object
) -> None:
    assert getattr(read(said), field) == meant


def test_no_address_makes_us_search_for_a_book() -> None:
    assert len(read({"q": "x" * 10_000}).text) == 80


def test_a_value_is_turned_on_and_off_and_the_shelf_begins_anew() -> None:
    longer = Asked(shown=3, after="somewhere")
    on = turned(longer, "size", "m")
    assert on == Asked(facets=(("size", "m"),))
    assert turned(on, "size", "m") == Asked()
    assert anew(longer, kind="tag") == Asked(kind="tag")
