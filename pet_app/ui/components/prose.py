"""Pages of plain words: help, terms, privacy."""

import reflex as rx

from pet_app.core import sections
from pet_app.ui.components.kinds import Child
from pet_app.ui.components.layouts import breadcrumb, container, page_heading

HELP = (
    ("Measuring guide", "/measuring-guide", "catalog"),
    ("Shipping", "/help/shipping", "checkout"),
    ("Returns and fit", "/help/returns", "order"),
    ("Privacy", "/privacy", "user"),
    ("Terms", "/terms", "catalog"),
)
"""Name, path, and the section whose page it is."""
MENU = 2
"""From how many pages on there is something to choose from."""


def words_page(title: str, lead: str, *parts: rx.Component) -> rx.Component:
    """A page of words, with the way to its neighbours."""
    return container(
        breadcrumb(("Home", "/"), (title, "")),
        page_heading(title, lead),
        rx.el.div(
            *_neighbours(title),
            rx.el.div(*parts, class_name="flex min-w-0 max-w-2xl grow flex-col gap-10"),
            class_name="flex flex-col gap-10 lg:flex-row lg:gap-16",
        ),
        class_name="pt-4 pb-24",
    )


def _neighbours(title: str) -> list[rx.Component]:
    served = [(name, href) for name, href, of in HELP if sections.serves(of)]
    if len(served) < MENU:
        return []
    return [
        rx.el.nav(
            rx.el.ul(
                *(
                    rx.el.li(
                        rx.el.a(
                            name,
                            href=href,
                            class_name="inline-flex min-h-11 items-center rounded-full px-4 "
                            "text-small font-semibold no-underline hover:bg-sunk "
                            "aria-[current=page]:bg-sunk",
                            custom_attrs={"aria-current": "page"} if name == title else {},
                        )
                    )
                    for name, href, of in HELP
                    if sections.serves(of)
                ),
                class_name="-mx-4 flex flex-wrap gap-1 lg:flex-col",
            ),
            class_name="lg:sticky lg:top-24 lg:w-52 lg:shrink-0 lg:self-start",
            custom_attrs={"aria-label": "Pages of help"},
        )
    ]


def words(heading: str, *paragraphs: Child) -> rx.Component:
    """A heading and what there is to say under it; a text is a paragraph."""
    return rx.el.section(
        rx.el.h2(heading, class_name="text-heading"),
        *(
            part if isinstance(part, rx.Component) else rx.el.p(part, class_name="mt-3 text-lead")
            for part in paragraphs
        ),
    )


def points(*lines: Child) -> rx.Component:
    """A list of short sentences."""
    return rx.el.ul(
        *(rx.el.li(line) for line in lines),
        class_name="mt-3 flex list-disc flex-col gap-2 pl-5 text-lead marker:text-brand",
    )
