"""The shop: everything on the shelf, by kind and in the order one likes."""

import reflex as rx

from pet_app.catalog import service as catalog
from pet_app.catalog.display import Card, card
from pet_app.catalog.pages.shelf import shelf
from pet_app.catalog.rules import Kind, Sort
from pet_app.catalog.state import Browsing, differs, shelf_address
from pet_app.core import db
from pet_app.ui.components.buttons import link_button
from pet_app.ui.components.conditions import empty_state
from pet_app.ui.components.icons import icon
from pet_app.ui.components.layouts import breadcrumb, container, page_heading
from pet_app.ui.page import Page, breadcrumb_list

FILTERS = (("", "Everything"), *((kind.value, kind.plural) for kind in Kind))


def shop() -> rx.Component:
    """The page, from the products as they are now."""
    with db.reading() as session:
        cards = [card(product) for product in catalog.list_products(session).products]
    return container(
        breadcrumb(("Home", "/"), ("Shop", "")),
        page_heading(
            "The gear",
            "Each piece is made to order, to your dog's measurements. Pick one and make it yours.",
        ),
        rx.el.div(
            _kinds(),
            rx.el.div(_count(cards), _sorting(), class_name="flex items-center gap-5"),
            class_name="mb-8 flex flex-wrap items-center justify-between gap-4",
        ),
        rx.el.h2("Products", class_name="sr-only"),
        rx.cond(differs(cards), _found(), shelf(cards, first=True) if cards else _nothing()),
        class_name="pt-4 pb-24",
    )


def _found() -> rx.Component:
    cards: list[Card] | rx.Var[list[Card]] = Browsing.cards
    return rx.cond(Browsing.count > 0, shelf(cards), _nothing())


def _nothing() -> rx.Component:
    return empty_state(
        "The shelf is empty just now",
        "New gear is on its way. Meanwhile you can design your own from scratch.",
        link_button("Design your own", href="/builder"),
    )


def _kinds() -> rx.Component:
    def chosen(kind: str) -> rx.Var:
        return rx.cond(Browsing.kind == kind, "true", "false")  # pyright: ignore[reportReturnType]

    return rx.el.nav(
        *(
            rx.el.a(
                name,
                href=shelf_address(kind),
                class_name="inline-flex min-h-11 items-center rounded-full px-4.5 text-small "
                "font-semibold no-underline ring-1 ring-inset ring-line transition hover:ring-edge "
                "aria-[current=true]:bg-brand aria-[current=true]:text-on-brand "
                "aria-[current=true]:ring-brand",
                custom_attrs={"aria-current": chosen(kind)},
            )
            for kind, name in FILTERS
        ),
        class_name="flex flex-wrap gap-2",
        custom_attrs={"aria-label": "Kinds of gear"},
    )


def _count(cards: list[Card]) -> rx.Component:
    number = rx.cond(differs(cards), Browsing.count, len(cards))
    return rx.el.p(
        number,
        rx.cond(number == 1, " piece", " pieces"),
        role="status",
        class_name="text-small text-muted tabular-nums",
    )


def _sorting() -> rx.Component:
    return rx.el.label(
        rx.el.span("Sort by", class_name="sr-only"),
        rx.el.select(
            *(rx.el.option(sort.label, value=sort.value) for sort in Sort),
            value=Browsing.sort,
            on_change=Browsing.choose_sort,
            class_name="min-h-11 appearance-none rounded-full bg-transparent pl-4.5 pr-10 "
            "text-small font-semibold ring-1 ring-inset ring-line hover:ring-edge",
        ),
        icon("chevron-down", 16, "pointer-events-none absolute right-4 top-1/2 -translate-y-1/2"),
        class_name="relative",
    )


PAGE = Page(
    route="/shop",
    view=shop,
    title="Shop harnesses, collars and leashes",
    description=(
        "Harnesses, collars, leashes, tags and bandanas in nylon, recycled webbing, cotton, hemp, "
        "leather and biothane, each made to order and to your dog's measurements."
    ),
    on_load=Browsing.look_along,
    json_ld=(breadcrumb_list(("Home", "/"), ("Shop", "/shop")),),
)
