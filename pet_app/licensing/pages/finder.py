"""The field that finds the town, and the places it may mean."""

import reflex as rx
from reflex.vars import ObjectVar

from pet_app.licensing.state.finder import Finder, Place
from pet_app.ui.components.buttons import link_button
from pet_app.ui.components.fields import CONTROL
from pet_app.ui.components.icons import icon
from pet_app.ui.components.messages import notice

APPLY = "/licensing/apply"
FEES = "/licensing/fees"


def finder(label: str, class_name: str = "") -> rx.Component:
    """The field, and the places it may mean; each leads to an application there."""
    return rx.el.div(
        rx.el.label(label, html_for="where", class_name="text-small font-semibold"),
        rx.el.div(
            icon(
                "pin",
                22,
                "pointer-events-none absolute left-4 top-1/2 -translate-y-1/2 text-brand",
            ),
            rx.el.input(
                type="search",
                id="where",
                name="where",
                max_length=100,
                placeholder="Postcode, address or town",
                on_change=Finder.find.debounce(250),
                auto_complete="postal-code",
                class_name=f"{CONTROL} min-h-14 pl-12 text-[1.0625rem]",
                custom_attrs={"enterKeyHint": "search", "aria-describedby": "where-help"},
            ),
            class_name="relative mt-1.5",
        ),
        rx.el.p(
            "We look it up and forget it again.",
            id="where-help",
            class_name="mt-1.5 text-small text-muted",
        ),
        rx.el.div(
            rx.cond(
                Finder.advice,
                notice(
                    Finder.advice,
                    tone="warn",
                    class_name="mt-4",
                ),
                rx.cond(
                    Finder.understood,
                    rx.el.p(
                        icon("check", 18, "mt-0.5 text-good"),
                        Finder.understood,
                        class_name="mt-4 flex gap-2 text-small font-semibold",
                    ),
                    rx.fragment(),
                ),
            ),
            rx.el.ul(
                rx.foreach(Finder.places, _place),
                class_name="m-0 mt-3 flex list-none flex-col gap-3 p-0 empty:hidden",
            ),
            custom_attrs={"aria-live": "polite"},
        ),
        class_name=class_name,
    )


def _place(place: ObjectVar[Place]) -> rx.Component:
    """A town that was found, with the usual fee and the way on."""
    return rx.el.li(
        rx.el.div(
            rx.el.p(
                rx.el.span(place.name, class_name="font-semibold"),
                rx.el.span(" · ", place.region, class_name="text-muted"),
            ),
            rx.el.p(
                f"Licenses {place.animals}",
                rx.cond(place.fee, rx.el.span(f"; {place.fee}, spayed or neutered"), rx.fragment()),
                class_name="text-small text-muted",
            ),
            class_name="min-w-0 grow",
        ),
        rx.el.div(
            link_button(
                "Apply here",
                icon("arrow-right", 18),
                href=f"{APPLY}?town={place.id}",
                class_name="grow",
            ),
            link_button("Fees", href=f"{FEES}?town={place.id}", kind="secondary"),
            class_name="flex shrink-0 gap-2 max-sm:w-full",
        ),
        class_name="rise flex flex-wrap items-center gap-x-4 gap-y-3 rounded-card bg-surface p-4 "
        "ring-1 ring-inset ring-line sm:pl-5",
    )
