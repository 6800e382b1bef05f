"""The demonstration products are ones we can really make, and say what they are."""

import re
from collections import Counter
from functools import cache

import pytest

from pet_app import stockroom
from pet_app.builder import service as builder
from pet_app.builder.things.thing import read
from pet_app.catalog.rules import Kind, NewProduct, Species, faults
from pet_app.core.errors import NotFound

LEAST_PRODUCTS, LEAST_GOODS = 34, 14
CLAIMS = re.compile(
    r"certifi|tested|approved by|award|best.?sell|vets? recommend|clinically|five stars",
    re.IGNORECASE,
)
"""Words that promise what nobody has shown."""


@cache
def shelf() -> tuple[NewProduct, ...]:
    return tuple(stockroom.products())


def gear() -> list[NewProduct]:
    return [product for product in shelf() if product.kind.is_gear]


def goods() -> list[NewProduct]:
    return [product for product in shelf() if not product.kind.is_gear]


def test_the_shelf_is_well_stocked_and_every_kind_stands_on_it() -> None:
    assert len(shelf()) >= LEAST_PRODUCTS
    assert len([good for good in goods() if good.kind is not Kind.GIFT]) >= LEAST_GOODS
    assert {product.kind for product in shelf()} == set(Kind)
    assert {product.species for product in shelf()} == set(Species)


def test_every_product_is_in_order() -> None:
    assert {product.handle: found for product in shelf() if (found := faults(product))} == {}


def test_every_product_says_what_it_is_in_its_own_words() -> None:
    for told in ("title", "subtitle", "story", "alt"):
        said = [getattr(product, told) for product in shelf()]
        assert all(sentence.strip() for sentence in said)
        assert [text for text, times in Counter(said).items() if times > 1] == []
    for product in shelf():
        names = [name for name, _ in product.details]
        assert len(names) == len(set(names)) >= 2, product.handle
        assert product.tags
        assert len(product.story) > 100, product.handle


def test_nothing_is_promised_that_nobody_has_shown() -> None:
    for product in shelf():
        text = " ".join((product.title, product.subtitle, product.story, str(product.details)))
        claim = CLAIMS.search(text.replace("has not been crash-tested", ""))
        assert claim is None, f"{product.handle} claims: {claim}"


def test_every_variant_has_a_number_of_its_own_and_a_weight() -> None:
    numbers = Counter(form.sku for product in shelf() for form in product.variants)
    assert [sku for sku, times in numbers.items() if times > 1] == []
    for product in shelf():
        assert product.variants
        assert all((form.weight_g > 0) is product.kind.shippable for form in product.variants)


def test_gear_can_be_made_in_every_size_and_costs_what_the_builder_says() -> None:
    for product in gear():
        assert product.made
        for form in product.variants:
            piece = builder.priced(form.design)
            assert (form.price, form.weight_g, form.stock) == (piece.price, piece.weight_g, None)
        (shown,) = (form for form in product.variants if form.design == product.design)
        quoted = builder.quote_of(product.design)
        assert quoted.can_be_made, (shown.sku, quoted.refusals)
        assert quoted.breakdown is not None
        assert shown.price == quoted.breakdown.total
        assert product.design["kind"] == product.kind


def test_a_bigger_size_of_the_same_weighs_no_less() -> None:
    order = ["XS", "S", "M", "L", "XL"]
    for product in gear():
        by_size = {
            dict(form.options)["Size"]: form.weight_g
            for form in product.variants
            if dict(form.options).get("Size") in order
        }
        grams = [by_size[size] for size in order if size in by_size]
        assert grams == sorted(grams), product.handle


def test_what_is_on_the_shelf_is_counted_and_what_is_sent_by_mail_weighs_nothing() -> None:
    for product in goods():
        assert not product.made
        assert read(product.design).form == product.design["thing"]
        for form in product.variants:
            assert not form.design
            assert (form.stock is None) is (product.kind is Kind.GIFT)


def test_a_cats_collar_lets_go() -> None:
    for product in gear():
        if product.species == Species.CAT and product.kind is Kind.COLLAR:
            assert product.design["options"]["buckle"] == "breakaway"


@pytest.mark.parametrize("size", ["XXL", ""])
def test_a_size_we_do_not_know_is_refused(size: str) -> None:
    with pytest.raises(NotFound, match="standard size"):
        builder.standard_measurements(size)
