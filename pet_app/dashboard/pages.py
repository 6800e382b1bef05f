"""The overview of everything that is yours."""

import reflex as rx
from reflex.vars import ObjectVar

from pet_app.core.security import Permission
from pet_app.dashboard.state import DesignTile, Matter, Overview, PetTile
from pet_app.ui.components.buttons import link_button, text_link
from pet_app.ui.components.cards import link_card, panel
from pet_app.ui.components.conditions import empty_state, skeleton
from pet_app.ui.components.icons import icon
from pet_app.ui.components.layouts import page_heading
from pet_app.ui.page import Page
from pet_app.ui.session import Session

PETS = "/dashboard/pets"
MEASURE = "/dashboard/pets/measure"
DESIGNS = "/dashboard/designs"
SETTINGS = "/dashboard/settings"


def overview() -> rx.Component:
    """What needs attention, the pets, and where to go on."""
    return rx.el.div(
        page_heading(
            rx.el.span("Hello, ", Session.person_name),
            "Everything you keep with us, and what wants a look.",
        ),
        rx.cond(
            Overview.opened,
            rx.el.div(
                _matters(),
                rx.cond(Overview.pets.length() > 0, _pets(), _first_pet()),
                rx.cond(Overview.designs.length() > 0, _designs(), rx.fragment()),
                _ways_on(),
                class_name="flex flex-col gap-8",
            ),
            rx.el.div(
                skeleton("h-28 w-full"), skeleton("h-56 w-full"), class_name="flex flex-col gap-8"
            ),
        ),
    )


def _matters() -> rx.Component:
    return rx.cond(
        Overview.matters.length() > 0,
        panel(
            "Needs a look",
            rx.el.ul(rx.foreach(Overview.matters, _matter), class_name="flex flex-col gap-3"),
        ),
        rx.fragment(),
    )


def _matter(matter: ObjectVar[Matter]) -> rx.Component:
    return rx.el.li(
        icon("alert", 20, "mt-0.5 text-warn"),
        rx.el.p(matter.text, class_name="grow"),
        text_link(matter.action, href=matter.href),
        class_name="flex flex-wrap items-start gap-x-4 gap-y-1 list-none",
    )


def _pets() -> rx.Component:
    return panel(
        "Your pets",
        rx.el.ul(
            rx.foreach(Overview.pets, _pet),
            class_name="grid gap-3 sm:grid-cols-2 lg:grid-cols-3",
        ),
        action=text_link("See all", href=PETS),
    )


def _pet(tile: ObjectVar[PetTile]) -> rx.Component:
    return rx.el.li(
        rx.el.a(
            rx.el.span(
                icon("paw", 22),
                class_name="flex h-11 w-11 shrink-0 items-center justify-center rounded-full "
                "bg-brand-soft text-brand",
            ),
            rx.el.span(
                rx.el.span(tile.name, class_name="block truncate font-semibold"),
                rx.el.span(tile.about, class_name="block truncate text-small text-muted"),
                class_name="min-w-0",
            ),
            href=f"{MEASURE}?pet={tile.id}",
            class_name="flex items-center gap-3 rounded-control p-3 no-underline transition "
            "hover:bg-sunk",
        ),
        class_name="list-none",
    )


def _designs() -> rx.Component:
    return panel(
        "Latest designs",
        rx.el.ul(
            rx.foreach(Overview.designs, _design),
            class_name="grid grid-cols-2 gap-5 sm:grid-cols-3",
        ),
        action=text_link("See all", href=DESIGNS),
    )


def _design(tile: ObjectVar[DesignTile]) -> rx.Component:
    return rx.el.li(
        rx.el.a(
            rx.cond(
                tile.picture,
                rx.el.img(
                    src=tile.picture,
                    alt="",
                    loading="lazy",
                    class_name="picture-ground aspect-square w-full rounded-control object-cover",
                    custom_attrs={"width": "320", "height": "320"},
                ),
                skeleton("aspect-square w-full"),
            ),
            rx.el.span(
                rx.el.span(tile.name, class_name="font-semibold"),
                rx.el.span(tile.price, class_name="text-muted tabular-nums"),
                class_name="mt-3 flex flex-col gap-x-3 sm:flex-row sm:justify-between",
            ),
            href=f"/builder?design={tile.id}",
            class_name="block no-underline",
        ),
        class_name="list-none",
    )


def _first_pet() -> rx.Component:
    return empty_state(
        "Who do we make for?",
        "Add your pet and its measurements; every design starts from them.",
        link_button("Add a pet", href=MEASURE),
    )


def _ways_on() -> rx.Component:
    ways = (
        ("cube", "Design something", "A harness or a collar, cut to measure.", "/builder"),
        ("heart", "Your designs", "Open one again, or give it another name.", DESIGNS),
        ("sparkle", "The shop", "Start from a piece of ours.", "/shop"),
        ("gear", "Settings", "Addresses, units, and what guards your account.", SETTINGS),
    )
    return rx.el.div(
        *(
            link_card(
                icon(symbol, 26, "text-brand"),
                rx.el.h2(title, class_name="mt-4 text-subheading"),
                rx.el.p(text, class_name="mt-1 text-small text-muted"),
                href=href,
            )
            for symbol, title, text, href in ways
        ),
        class_name="grid gap-5 sm:grid-cols-2 xl:grid-cols-4",
    )


PAGES = [
    Page(
        route="/dashboard",
        view=overview,
        title="Dashboard",
        area="account",
        on_load=Overview.open,
        requires=Permission.ACCOUNT,
    ),
]
