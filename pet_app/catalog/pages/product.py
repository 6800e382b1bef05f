"""One product: what it is, what it costs, what it is made of, and the way to make it one's own."""

from functools import partial
from typing import Any

import reflex as rx

from pet_app.catalog import service as catalog
from pet_app.catalog.display import Card, Shown, card, product_data, shown
from pet_app.catalog.models import Product
from pet_app.catalog.pages.missing import missing
from pet_app.catalog.pages.shelf import FOUR, picture, shelf
from pet_app.catalog.rules import Kind
from pet_app.catalog.sizes import chart, in_both_units
from pet_app.catalog.state import Browsing
from pet_app.core import db
from pet_app.ui.components.buttons import link_button, text_link
from pet_app.ui.components.conditions import skeleton
from pet_app.ui.components.icons import icon
from pet_app.ui.components.kinds import Text
from pet_app.ui.components.layouts import breadcrumb, container, section_heading
from pet_app.ui.components.prices import price
from pet_app.ui.components.tables import facts, row, table
from pet_app.ui.page import Page, breadcrumb_list

NEEDED = {
    Kind.LEASH: "Your dog's weight decides how wide it has to be.",
    Kind.TAG: "One size fits every collar; a small dog is glad of a small tag.",
}
PICTURE_WIDTHS = "(min-width: 1024px) 640px, 92vw"


def prerendered(product: Product) -> rx.Component:
    """The page of a product that was there when the site was built; its price stays live."""
    with db.reading() as session:
        related = [card(other) for other in catalog.related_products(session, product)]
    item = shown(product)
    live = Browsing.seen.card  # pyright: ignore[reportOptionalMemberAccess]
    same = live.handle == product.handle
    return _layout(
        item,
        facts(*((name, value) for name, value in item.details)),
        _sizes(Kind(product.kind)),
        _measuring(Kind(product.kind)),
        shelf(related, columns=FOUR),
        cost=rx.cond(same, live.price, item.card.price),
        live=rx.cond(same, live.picture, ""),
        live_set=rx.cond(same, live.picture_set, ""),
    )


def later() -> rx.Component:
    """The page of any other product: asked for when it is opened."""
    item = Browsing.seen
    details = rx.foreach(item.details, lambda pair: facts((pair[0], pair[1])))  # pyright: ignore
    kind = item.card.kind  # pyright: ignore[reportOptionalMemberAccess]
    sizes: Any = rx.match(kind, *((kind.value, _sizes(kind)) for kind in Kind), rx.fragment())
    tape: Any = rx.match(kind, *((kind.value, _measuring(kind)) for kind in Kind), rx.fragment())
    others = shelf(Browsing.related, columns=FOUR)
    found = _layout(item, details, sizes, tape, others)  # pyright: ignore
    return rx.cond(Browsing.missing, missing(), rx.cond(item, found, _waiting()))


def pages_of_products() -> list[Page]:
    """A page for every product there is now."""
    with db.reading() as session:
        products = catalog.list_products(session).products
    return [
        Page(
            route=f"/product/{product.handle}",
            view=partial(prerendered, product),
            title=f"{product.title}, {product.subtitle[0].lower()}{product.subtitle[1:]}",
            description=f"{product.title} made to your pet's measurements. {product.story}"[:300],
            on_load=Browsing.look_at,
            image=f"/media/{product.picture}" if product.picture else None,
            json_ld=(
                product_data(product),
                breadcrumb_list(
                    ("Home", "/"),
                    ("Shop", "/shop"),
                    (product.title, f"/product/{product.handle}"),
                ),
            ),
        )
        for product in products
    ]


def _layout(
    item: Shown,
    details: rx.Component,
    sizes: rx.Component,
    measuring: rx.Component,
    related: rx.Component,
    *,
    cost: Text | None = None,
    live: Text = "",
    live_set: Text = "",
) -> rx.Component:
    return container(
        breadcrumb(
            ("Home", "/"),
            ("Shop", "/shop"),
            (item.category, "/shop?kind=" + item.card.kind),
            (item.card.title, ""),
        ),
        rx.el.div(
            rx.el.div(
                picture(item.card, sizes=PICTURE_WIDTHS, eager=True, live=live, live_set=live_set),
                class_name="picture-ground aspect-square overflow-hidden rounded-panel "
                "lg:sticky lg:top-24",
            ),
            _words(
                item.card, item.story, details, measuring, item.card.price if cost is None else cost
            ),
            class_name="mt-2 grid items-start gap-10 lg:grid-cols-[1.1fr_1fr] lg:gap-16",
        ),
        sizes,
        rx.el.section(
            section_heading("You may like these too"),
            rx.el.div(related, class_name="mt-8"),
            class_name="mt-24",
        ),
        class_name="pt-4 pb-24",
    )


def _words(
    item: Card, story: Text, details: rx.Component, measuring: rx.Component, cost: Text
) -> rx.Component:
    return rx.el.div(
        rx.el.h1(item.title, class_name="text-title"),
        rx.el.p(item.subtitle, class_name="mt-2 text-lead text-muted"),
        rx.el.p(price(cost, "text-heading"), class_name="mt-6"),
        rx.el.p(
            "As pictured. Your measurements may change it a little: the builder shows each line.",
            class_name="mt-1 text-small text-muted",
        ),
        link_button(
            "Make it yours",
            icon("arrow-right", 20),
            href="/builder?preset=" + item.handle,
            kind="accent",
            size="lg",
            class_name="mt-7 w-full sm:w-auto",
        ),
        rx.el.p(story, class_name="mt-10 max-w-prose text-lead"),
        rx.el.div(details, class_name="mt-8 border-y border-line"),
        measuring,
        class_name="lg:py-4",
    )


def _measuring(kind: Kind) -> rx.Component:
    """What to measure for a kind."""
    needed = NEEDED.get(kind, "You need neck, girth and back length.")
    return rx.el.p(
        icon("ruler", 20, "mt-0.5 text-brand"),
        rx.el.span(f"{needed} ", text_link("How to measure", href="/measuring-guide")),
        class_name="mt-6 flex gap-3 text-small text-muted",
    )


def _sizes(kind: Kind) -> rx.Component:
    """The size chart of a kind, if it is worn round a body."""
    if not chart()[0].measured(kind):
        return rx.fragment()
    return rx.el.section(
        section_heading(
            "Standard sizes",
            "For a first idea only: what you get is cut to your own numbers.",
        ),
        rx.el.div(_size_chart(kind), class_name="mt-8 max-w-3xl"),
        class_name="mt-24",
    )


def _size_chart(kind: Kind) -> rx.Component:
    names = [name for name, _ in chart()[0].measured(kind)]
    return table(
        "Standard sizes",
        ["Size", *names],
        *(row(size.name, *(_span(span) for _, span in size.measured(kind))) for size in chart()),
    )


def _span(span_mm: tuple[int, int]) -> rx.Component:
    metric, imperial = in_both_units(span_mm)
    return rx.el.span(
        rx.el.span(metric, class_name="block whitespace-nowrap text-ink"),
        rx.el.span(imperial, class_name="block whitespace-nowrap"),
    )


def _waiting() -> rx.Component:
    return container(
        rx.el.div(
            skeleton("aspect-square w-full rounded-panel"),
            rx.el.div(
                skeleton("h-12 w-3/4"), skeleton("mt-4 h-6 w-1/2"), skeleton("mt-8 h-14 w-48")
            ),
            class_name="grid gap-10 py-14 lg:grid-cols-[1.1fr_1fr] lg:gap-16",
        ),
        rx.el.p("Fetching the product…", role="status", class_name="sr-only"),
    )


PAGE = Page(
    route="/product/[handle]",
    view=later,
    title="Product",
    on_load=Browsing.look_at,
)
