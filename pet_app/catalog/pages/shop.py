"""The shop: what the address asks for, how to narrow it, and the order one likes."""

from typing import Any

import reflex as rx

from pet_app.catalog.asked import SHOP, Word
from pet_app.catalog.display.shelf import Kept
from pet_app.catalog.pages.filters import filters, open_filters
from pet_app.catalog.pages.shelf import FOUR, shelf, waiting_shelf
from pet_app.catalog.rules import Sort
from pet_app.catalog.state import Browsing, Wishing
from pet_app.ui.components.buttons import button, link_button, text_link
from pet_app.ui.components.conditions import skeleton
from pet_app.ui.components.fields import CONTROL
from pet_app.ui.components.icons import icon
from pet_app.ui.components.kinds import each, either, when_said
from pet_app.ui.components.layouts import breadcrumb, container
from pet_app.ui.filled import filled
from pet_app.ui.page import Page, breadcrumb_list
from pet_app.ui.plain_form import asking_form

PLACE = "shelf"


def shop() -> rx.Component:
    """The page; what stands on the shelf is filled in when it is asked for."""
    return container(
        breadcrumb(("Home", "/"), ("Shop", "")),
        filled(PLACE, Browsing.shelf, inside(Browsing.shelf), waiting()),  # pyright: ignore
        class_name="pt-4 pb-24",
    )


def inside(view: Any) -> rx.Component:
    """Everything below the way here, of a shelf or of a var of one."""
    return rx.el.div(
        rx.el.header(
            rx.el.h1(view.title, class_name="text-title"),
            rx.el.p(view.lead, class_name="mt-3 max-w-prose text-lead text-muted"),
            class_name="mb-6",
        ),
        _search(view),
        rx.el.div(
            rx.el.aside(
                filters(view),
                class_name="lg:w-60 lg:shrink-0",
                custom_attrs={"aria-label": "Filters"},
            ),
            rx.el.div(
                rx.el.div(
                    rx.el.p(
                        view.count,
                        role="status",
                        class_name="text-small text-muted tabular-nums",
                    ),
                    rx.el.div(
                        open_filters(view),
                        _sorting(view),
                        class_name="flex flex-wrap items-center gap-2",
                    ),
                    class_name="mb-4 flex flex-wrap items-center justify-between gap-3",
                ),
                _chips(view),
                _meant(view),
                rx.el.h2("Products", class_name="sr-only"),
                either(view.cards, _found(view), _nothing(view)),
                class_name="min-w-0 grow",
            ),
            class_name="mt-6 lg:mt-10 lg:flex lg:gap-12",
        ),
    )


def waiting() -> rx.Component:
    """The shapes of the shop, until it is known what stands there."""
    return rx.el.div(
        skeleton("h-12 w-56"),
        skeleton("mt-4 h-6 w-4/5 max-w-xl"),
        skeleton("mt-8 h-12 w-full max-w-xl rounded-full"),
        rx.el.div(waiting_shelf(6), class_name="mt-16 lg:ml-72"),
        rx.el.p("Looking along the shelf…", role="status", class_name="sr-only"),
    )


def kept(words: Any) -> list[rx.Component]:
    """What a form says besides its own fields."""

    def hidden(word: Kept) -> rx.Component:
        return rx.el.input(type="hidden", name=word.name, value=word.value, read_only=True)

    return each(words, hidden)


def _search(view: Any) -> rx.Component:
    return asking_form(
        *kept(view.text_kept),
        rx.el.label("Search the shop", html_for="shop-search", class_name="sr-only"),
        rx.el.div(
            icon("search", 20, "pointer-events-none absolute left-4 top-1/2 -translate-y-1/2"),
            rx.el.input(
                type="search",
                id="shop-search",
                name=Word.TEXT.value,
                default_value=view.text,
                key=view.text,
                placeholder="Harness, brass tag, something for a greyhound…",
                max_length=80,
                class_name=f"{CONTROL} rounded-full pl-12 pr-4",
                custom_attrs={"enterKeyHint": "search", "autoComplete": "off"},
            ),
            class_name="relative grow",
        ),
        button("Search", type="submit", kind="secondary", class_name="min-h-12 max-sm:hidden"),
        at=SHOP,
        called="Products",
        class_name="flex max-w-xl gap-2 lg:hidden",
    )


def _sorting(view: Any) -> rx.Component:
    return rx.el.label(
        rx.el.span("Sort by", class_name="sr-only"),
        rx.el.select(
            *(rx.el.option(sort.label, value=sort.value) for sort in Sort),
            value=view.sort,
            on_change=Browsing.choose_sort,
            class_name="min-h-11 appearance-none rounded-full bg-transparent pl-4.5 pr-10 "
            "text-small font-semibold ring-1 ring-inset ring-line hover:ring-edge",
        ),
        icon("chevron-down", 16, "pointer-events-none absolute right-4 top-1/2 -translate-y-1/2"),
        class_name="relative",
    )


def _chips(view: Any) -> rx.Component:
    def chip(item: Any) -> rx.Component:
        return rx.el.li(
            rx.el.a(
                item.label,
                icon("close", 14),
                rx.el.span("Remove", class_name="sr-only"),
                href=item.href,
                class_name="inline-flex min-h-10 items-center gap-1.5 rounded-full bg-brand-soft "
                "px-3.5 text-small font-medium text-brand no-underline hover:bg-line",
                custom_attrs={"preventScrollReset": True},
            )
        )

    return when_said(
        view.chips,
        rx.el.div(
            rx.el.ul(*each(view.chips, chip), class_name="flex flex-wrap gap-2"),
            text_link("Clear all", href=view.clear, class_name="text-small"),
            class_name="mb-6 flex flex-wrap items-center gap-x-4 gap-y-2",
            custom_attrs={"aria-label": "Filters that are on", "role": "group"},
        ),
    )


def _meant(view: Any) -> rx.Component:
    return when_said(
        view.meant,
        rx.el.p(
            "Nothing is called “", view.text, "”. We looked for “",
            rx.el.strong(view.meant, class_name="text-ink"),
            "” instead.",
            role="status",
            class_name="mb-6 text-muted",
        ),
    )  # fmt: skip


def _found(view: Any) -> rx.Component:
    return rx.el.div(
        shelf(view.cards, first=True),
        rx.el.nav(
            when_said(
                view.first,
                link_button("From the beginning", href=view.first, kind="secondary"),
            ),
            when_said(
                view.more,
                link_button(
                    "Show more",
                    href=view.more,
                    kind="secondary",
                    size="lg",
                    custom_attrs={"preventScrollReset": True},
                ),
            ),
            when_said(
                view.next,
                link_button("Next page", icon("arrow-right", 18), href=view.next, size="lg"),
            ),
            class_name="mt-14 flex flex-wrap justify-center gap-3 empty:hidden",
            custom_attrs={"aria-label": "More products"},
        ),
    )


def _nothing(view: Any) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.h3("Nothing is all of that at once", class_name="text-heading"),
            rx.el.p(
                "Take a filter off, try a plainer word, or have it made: the builder knows no "
                "sizes and few limits.",
                class_name="mt-2 max-w-md text-muted",
            ),
            rx.el.div(
                link_button("Clear all filters", href=view.clear),
                link_button("Design your own", href="/builder", kind="secondary"),
                class_name="mt-6 flex flex-wrap gap-3",
            ),
            class_name="rounded-panel bg-sunk p-7 sm:p-10",
        ),
        rx.el.h3("Liked by others", class_name="mt-14 mb-6 text-heading"),
        shelf(view.popular, columns=FOUR),
    )


PAGE = Page(
    route="/shop",
    view=shop,
    title="Shop harnesses, collars, leashes and more",
    description=(
        "Harnesses, collars, leashes, tags and bandanas in five sizes or to your pet's own "
        "measurements, and bowls, toys and beds to go with them."
    ),
    on_load=[Browsing.look_along, Wishing.look],
    json_ld=(breadcrumb_list(("Home", "/"), ("Shop", "/shop")),),
)
