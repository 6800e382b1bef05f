"""Where we send to, how long it takes and what it costs: from the table checkout counts by."""

import reflex as rx

from pet_app.checkout import shipping
from pet_app.checkout.shipping import Zone
from pet_app.core.money import Money
from pet_app.ui.components.prose import points, words, words_page
from pet_app.ui.components.tables import row, table
from pet_app.ui.page import Page, breadcrumb_list

USUAL_G = 250
USUAL = "a harness or a collar with a leash"


def page() -> rx.Component:
    """The page."""
    return words_page(
        "Shipping",
        "Where we send to, how long it takes, and what it costs.",
        words(
            "What it costs",
            f"By weight and place. Here for {USUAL}, about {USUAL_G}\u00a0g; checkout works out "
            "your own parcel before you pay.",
            rx.el.div(
                table(
                    "Shipping by place",
                    ["To", "How", "Working days", "Costs"],
                    *(line for zone in shipping.zones() for line in _lines(zone)),
                ),
                class_name="mt-5",
            ),
        ),
        words(
            "When it goes out",
            points(
                "What is in stock leaves within two working days.",
                "What is made to order is cut, sewn and checked first. The page of your order "
                "shows each step as it happens.",
                "You get a letter with the tracking number when the parcel is on its way.",
            ),
        ),
        words(
            "Taxes and customs",
            "Checkout adds the tax of the place it goes to, line by line. If we do not know the "
            "tax of a place for sure, we say so and stop there instead of guessing. Where a parcel "
            "crosses a border, its customs office may ask for duty, which is not ours to collect.",
        ),
    )


def _lines(zone: Zone) -> list[rx.Component]:
    return [
        row(
            zone.name,
            method.label,
            f"{method.days[0]} to {method.days[1]}",
            _cost(method.cents, method.free_from_cents),
        )
        for method in shipping.methods(zone, USUAL_G)
    ]


def _cost(cents: int, free_from_cents: int | None) -> str:
    cost = str(Money(cents))
    return f"{cost}, free from {Money(free_from_cents)}" if free_from_cents else cost


PAGE = Page(
    route="/help/shipping",
    view=page,
    title="Shipping",
    description=(
        "Where Harness Hero sends to, how many working days a parcel takes and what it costs by "
        "weight and place, and when it leaves the workshop."
    ),
    json_ld=(breadcrumb_list(("Home", "/"), ("Shipping", "/help/shipping")),),
)
