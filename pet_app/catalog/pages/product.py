"""One product: what it looks like and costs, which size and colour, and the way into the cart."""

from typing import Any

import reflex as rx

from pet_app.catalog.pages.choosing import choices, fits
from pet_app.catalog.pages.gallery import gallery
from pet_app.catalog.pages.opinions import opinions
from pet_app.catalog.pages.shelf import FOUR, shelf
from pet_app.catalog.pages.stars import stars
from pet_app.catalog.state import Looking, Wishing
from pet_app.ui.cart import Basket
from pet_app.ui.components.badges import badge
from pet_app.ui.components.buttons import link_button, text_link
from pet_app.ui.components.cart import cart_button
from pet_app.ui.components.conditions import skeleton
from pet_app.ui.components.icons import icon
from pet_app.ui.components.kinds import each, either, when_said
from pet_app.ui.components.layouts import breadcrumb, container
from pet_app.ui.components.prices import price
from pet_app.ui.components.tables import facts, row, table
from pet_app.ui.filled import filled, titled
from pet_app.ui.missing import inside as missing
from pet_app.ui.page import BRAND, Page

PLACE = "product"
HERE = rx.Var(
    '(typeof window === "undefined" ? "" : window.location.pathname.replace(/\\/+$/, "")'
    '.split("/").pop())'
)
"""What the address says now; the state may still hold the product looked at before."""

PROMISES = (
    ("truck", "Sent by weight and place, worked out at checkout.", "Shipping", "/help/shipping"),
    (
        "undo",
        "30 days to send it back, and what was made to measure is made again until it fits.",
        "Returns and fit",
        "/help/returns",
    ),
)


def product() -> rx.Component:
    """The page of every product; which one, the address says."""
    seen: Any = Looking.seen
    is_it = (Looking.handle == HERE) & (seen | Looking.missing)
    found = rx.cond(Looking.missing, missing(), inside(seen, live=True))
    return rx.fragment(
        titled(rx.cond(seen & ~Looking.missing, seen.title + f" · {BRAND}", "")),
        filled(PLACE, is_it, found, waiting()),
    )


def inside(view: Any, *, live: bool = False) -> rx.Component:
    """The whole page of a product, or of a var of one; `live` with what is one person's alone."""
    return container(
        _way(view),
        rx.el.div(
            gallery(view, live=live),
            rx.el.div(
                _words(view),
                choices(view),
                fits() if live else rx.fragment(),
                _buying(view),
                _promises(view),
                class_name="lg:sticky lg:top-24 lg:col-start-2 lg:row-span-2 lg:row-start-1 "
                "lg:py-2",
            ),
            _story(view),
            class_name="mt-2 grid items-start gap-x-16 gap-y-8 lg:grid-cols-[1.1fr_1fr]",
        ),
        when_said(view.sizes, _sizes(view)),
        opinions(view, live=live),
        rx.el.section(
            rx.el.h2("You may like these too", class_name="text-heading"),
            rx.el.div(shelf(view.related, columns=FOUR), class_name="mt-6"),
            class_name="mt-16 sm:mt-20",
        ),
        _seen_before() if live else rx.fragment(),
        class_name="pt-4 pb-24",
    )


def waiting() -> rx.Component:
    """The shapes of a product, until it is known which."""
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


def _way(view: Any) -> rx.Component:
    return breadcrumb(
        ("Home", "/"), ("Shop", "/shop"), (view.category, view.category_href), (view.card.title, "")
    )


def _words(view: Any) -> rx.Component:
    return rx.el.div(
        rx.el.h1(view.card.title, class_name="text-title"),
        rx.el.p(view.card.subtitle, class_name="mt-2 text-lead text-muted"),
        when_said(
            view.ratings.average,
            rx.el.a(
                stars(view.ratings.width, view.ratings.average + " out of 5"),
                rx.el.span(view.ratings.count, class_name="underline underline-offset-4"),
                href="#reviews",
                class_name="mt-3 inline-flex min-h-9 items-center gap-2.5 text-small",
            ),
        ),
        rx.el.div(
            price(view.form.price, "text-heading"),
            rx.el.div(
                *(_stock(view, tone) for tone in ("brand", "good", "warn", "danger")),
                role="status",
            ),
            class_name="mt-5 flex flex-wrap items-center gap-x-4 gap-y-2",
        ),
    )


def _stock(view: Any, tone: Any) -> rx.Component:
    mine: Any = view.form.tone == tone
    word = badge(view.form.stock, tone=tone)
    if isinstance(mine, rx.Var):
        return rx.cond(mine, word, rx.fragment())
    return word if mine else rx.fragment()


def _buying(view: Any) -> rx.Component:
    return rx.el.div(
        either(
            view.form.can_be_bought,
            cart_button(
                view.form.id,
                Basket.put_variant(view.form.id),
                icon("bag", 20),
                "Add to cart",
                class_name="grow",
            ),
            rx.el.p(
                "This one is gone. Another size or colour may be there; the heart keeps it for "
                "later.",
                class_name="text-small text-muted",
            ),
        ),
        when_said(
            view.builder,
            link_button(
                "Make it yours",
                icon("arrow-right", 20),
                href=view.builder,
                kind="secondary",
                size="lg",
                class_name="grow",
            ),
        ),
        class_name="mt-7 flex flex-wrap gap-3",
    )


def _promises(view: Any) -> rx.Component:
    line = "flex gap-3 text-small text-muted"
    return rx.el.ul(
        when_said(
            view.needed,
            rx.el.li(
                icon("ruler", 20, "mt-0.5 text-brand"),
                rx.el.span(view.needed, " ", text_link("How to measure", href="/measuring-guide")),
                class_name=line,
            ),
        ),
        *(
            rx.el.li(
                icon(symbol, 20, "mt-0.5 text-brand"),
                rx.el.span(f"{text} ", text_link(name, href=href)),
                class_name=line,
            )
            for symbol, text, name, href in PROMISES
        ),
        class_name="mt-6 flex flex-col gap-2.5",
    )


def _story(view: Any) -> rx.Component:
    return rx.el.div(
        rx.el.p(view.story, class_name="max-w-prose text-lead"),
        rx.el.div(
            *each(view.details, lambda pair: facts((pair[0], pair[1]))),
            class_name="mt-8 border-y border-line [&>dl+dl]:border-t [&>dl+dl]:border-line",
        ),
        class_name="min-w-0",
    )


def _sizes(view: Any) -> rx.Component:
    def both(metric: Any, imperial: Any) -> rx.Component:
        return rx.el.span(
            rx.el.span(metric, class_name="block whitespace-nowrap text-ink"),
            rx.el.span(imperial, class_name="block whitespace-nowrap"),
        )

    def of_harness(size: Any) -> rx.Component:
        neck = both(size.neck, size.neck_inches)
        return row(size.name, neck, both(size.girth, size.girth_inches))

    def of_collar(size: Any) -> rx.Component:
        return row(size.name, both(size.neck, size.neck_inches))

    return rx.el.section(
        rx.el.h2("Which size?", class_name="text-heading"),
        rx.el.p(
            "Between two sizes, take the larger: straps can be drawn in. Made to measure, it is "
            "cut to your own numbers instead.",
            class_name="mt-2 max-w-prose text-muted",
        ),
        rx.el.div(
            either(
                view.with_girth,
                table("Size chart", ["Size", "Neck", "Girth"], *each(view.sizes, of_harness)),
                table("Size chart", ["Size", "Neck"], *each(view.sizes, of_collar)),
            ),
            class_name="mt-6 max-w-3xl",
        ),
        id="sizes",
        class_name="mt-16 scroll-mt-24 sm:mt-20",
    )


def _seen_before() -> rx.Component:
    before: Any = Looking.seen_before
    return rx.cond(
        before.length() > 0,
        rx.el.section(
            rx.el.h2("You looked at these", class_name="text-heading"),
            rx.el.div(shelf(before, columns=FOUR), class_name="mt-6"),
            class_name="mt-16 sm:mt-20",
        ),
        rx.fragment(),
    )


PAGE = Page(
    route="/product/[handle]",
    view=product,
    title="Product",
    on_load=[Looking.look_at, Wishing.look],
    filled_for_each=True,
)
