"""The lines of a Checkout Session: what is paid for, at what price."""

from typing import Any

from tests.stripe.errors import Refused, invalid, uncovered
from tests.stripe.store import Store, Thing


def currency_of(given: dict[str, Any]) -> str:
    """The one currency of all lines."""
    found = {
        (line.get("price_data") or {}).get("currency", "").lower() for line in given["line_items"]
    }
    if len(found) > 1:
        raise invalid("All line items must have the same currency.", param="line_items")
    return found.pop()


def line_of(store: Store, position: int, line: dict[str, Any], currency: str) -> Thing:
    """A line as it is kept: a price made for it, and how many."""
    at = f"line_items[{position}]"
    data, quantity = line.get("price_data"), line.get("quantity")
    if data is None:
        raise uncovered("prices made beforehand")
    if quantity is None:
        raise needed(f"{at}[quantity]")
    unit = data.get("unit_amount")
    if unit is None or "recurring" in data:
        raise uncovered("prices other than one `unit_amount`")
    if unit < 0:
        raise invalid(
            "Invalid non-negative integer",
            code="parameter_invalid_integer",
            param=f"{at}[price_data][unit_amount]",
        )
    if quantity < 1:
        raise invalid("The quantity should be at least 1.", param=f"{at}[quantity]")
    if not (data.get("product_data") or {}).get("name"):
        raise needed(f"{at}[price_data][product_data][name]")
    price = {
        "id": store.new_id("price"),
        "object": "price",
        "active": False,
        "billing_scheme": "per_unit",
        "created": store.now,
        "currency": currency,
        "custom_unit_amount": None,
        "livemode": False,
        "lookup_key": None,
        "metadata": {},
        "nickname": None,
        "product": store.new_id("prod", 14),
        "recurring": None,
        "tax_behavior": "unspecified",
        "tiers_mode": None,
        "transform_quantity": None,
        "type": "one_time",
        "unit_amount": unit,
        "unit_amount_decimal": str(unit),
    }
    return {
        "id": store.new_id("li"),
        "object": "item",
        "adjustable_quantity": None,
        "amount_discount": 0,
        "amount_subtotal": unit * quantity,
        "amount_tax": 0,
        "amount_total": unit * quantity,
        "currency": currency,
        "description": data["product_data"]["name"],
        "metadata": {},
        "price": price,
        "quantity": quantity,
    }


def needed(param: str) -> Refused:
    """Something has to be said and is not."""
    return invalid(f"Missing required param: {param}.", code="parameter_missing", param=param)
