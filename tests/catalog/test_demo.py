"""The demonstration products are ones we can really make."""

import json
from importlib.resources import files

import pytest

from pet_app.builder import service as builder

PRODUCTS = json.loads(files("pet_app.catalog").joinpath("demo.json").read_text("utf-8"))


@pytest.mark.parametrize("row", PRODUCTS, ids=lambda row: row["handle"])
def test_a_demonstration_product_can_be_made_and_has_a_price(row: dict) -> None:
    quoted = builder.quote_of(row["design"])
    assert quoted.can_be_made, quoted.refusals
    assert quoted.breakdown is not None
    assert quoted.breakdown.total.cents > 0
    assert row["design"]["kind"] == row["kind"]


def test_no_two_demonstration_products_share_a_handle_or_a_look() -> None:
    assert len({row["handle"] for row in PRODUCTS}) == len(PRODUCTS)
    assert len({json.dumps(row["design"]) for row in PRODUCTS}) == len(PRODUCTS)
