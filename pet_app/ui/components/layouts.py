"""How things stand on a page: its width, its sections, its headings, the way back."""

import reflex as rx

from pet_app.ui.components.icons import icon
from pet_app.ui.components.kinds import Child, Text, classes


def container(*children: Child, class_name: str = "") -> rx.Component:
    """The width of the page, with margins on small screens."""
    return rx.el.div(
        *children,
        class_name=classes("mx-auto w-full max-w-page px-5 sm:px-8", class_name),
    )


def section(*children: Child, id: str = "", class_name: str = "") -> rx.Component:
    """A stretch of a page with air above and below."""
    return rx.el.section(
        container(*children),
        id=id or None,
        class_name=classes("py-16 sm:py-24", class_name),
    )


def page_heading(
    title: Child, lead: Child | None = None, action: rx.Component | None = None
) -> rx.Component:
    """The first heading of a page, a sentence under it, and what one mostly does here."""
    return rx.el.header(
        rx.el.div(
            rx.el.h1(title, class_name="text-title"),
            rx.el.p(lead, class_name="mt-3 max-w-prose text-lead text-muted")
            if lead is not None
            else rx.fragment(),
        ),
        action or rx.fragment(),
        class_name="mb-8 flex flex-wrap items-end justify-between gap-5",
    )


def section_heading(title: Child, lead: Child | None = None) -> rx.Component:
    """The heading of a section, with a sentence under it."""
    return rx.el.div(
        rx.el.h2(title, class_name="text-title"),
        rx.el.p(lead, class_name="mt-4 max-w-prose text-lead text-muted")
        if lead is not None
        else rx.fragment(),
    )


def breadcrumb(*steps: tuple[Text, str]) -> rx.Component:
    """The way here, as (name, href) pairs; the last is this page and needs no href."""
    *before, (here, _) = steps
    return rx.el.nav(
        rx.el.ol(
            *(
                rx.el.li(
                    rx.el.a(
                        name,
                        href=href,
                        class_name="inline-flex min-h-11 items-center underline-offset-4 "
                        "hover:underline",
                    ),
                    icon("chevron-right", 14),
                    class_name="flex items-center gap-1.5",
                )
                for name, href in before
            ),
            rx.el.li(
                here,
                class_name="flex min-h-11 items-center text-ink",
                custom_attrs={"aria-current": "page"},
            ),
            class_name="flex flex-wrap items-center gap-x-1.5",
        ),
        class_name="text-small text-muted",
        custom_attrs={"aria-label": "Breadcrumb"},
    )


def stitched_rule(class_name: str = "") -> rx.Component:
    """A row of stitches between two things."""
    return rx.el.div(
        class_name=classes("stitched", class_name), custom_attrs={"aria-hidden": "true"}
    )
