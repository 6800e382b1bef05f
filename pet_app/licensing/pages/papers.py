"""Papers: those that were sent, with their pictures, and the place for another."""

from typing import Any

import reflex as rx
from reflex.vars import ObjectVar

from pet_app.licensing.state.apply.shown import Paper, PaperAsked
from pet_app.ui.components.buttons import icon_button
from pet_app.ui.components.icons import icon
from pet_app.ui.components.upload import upload
from pet_app.ui.session import field_problem

SEND = "/api/v1/licensing/applications/"


def paper_asked(
    asked: ObjectVar[PaperAsked], application_id: Any, *, on_arrived: Any, on_drop: Any
) -> rx.Component:
    """One thing to show: what was sent of it, and the place to send it."""
    field: Any = "documents." + asked.shows  # pyright: ignore[reportOperatorIssue]
    there = asked.papers.length() > 0
    return rx.el.div(
        rx.cond(
            there,
            rx.el.h2(asked.label, class_name="text-small font-semibold"),
            rx.fragment(),
        ),
        papers(asked.papers, on_drop),
        upload(
            rx.cond(there, "Add another page or file", asked.label),
            field,
            action=SEND + application_id + "/documents",
            fields={"shows": asked.shows},
            help=rx.cond(there, "", asked.help),
            error=rx.cond(there, "", field_problem(field)),
            on_arrived=on_arrived,
        ),
        class_name="flex flex-col gap-3",
    )


def papers(found: Any, on_drop: Any = None) -> rx.Component:
    """Papers with the pictures of their pages; with `on_drop` each can be taken back."""
    return rx.el.ul(
        rx.foreach(found, lambda paper: _paper(paper, on_drop)),
        class_name="m-0 flex list-none flex-col gap-3 p-0 empty:hidden",
    )


def _paper(paper: ObjectVar[Paper], on_drop: Any) -> rx.Component:
    name: Any = paper.name
    return rx.el.li(
        rx.el.div(
            icon("check", 20, "text-good"),
            rx.el.span(name, class_name="min-w-0 grow truncate text-small font-medium"),
            icon_button("trash", f"Remove {name}", on_click=on_drop(paper.id), size=18)
            if on_drop is not None
            else rx.fragment(),
            class_name="flex min-h-11 items-center gap-3 pl-3",
        ),
        rx.el.div(
            rx.foreach(paper.pages, lambda page, at: _page(name, page, at)),
            class_name="flex gap-3 overflow-x-auto px-3 pb-3",
        ),
        class_name="rounded-control bg-sunk",
    )


def _page(name: Any, address: Any, at: Any) -> rx.Component:
    number = at + 1
    return rx.el.a(
        rx.el.img(
            src=address,
            alt=f"Page {number} of {name}",
            loading="lazy",
            class_name="max-h-72 min-h-28 w-auto max-w-full rounded-control bg-white "
            "object-contain ring-1 ring-inset ring-line",
        ),
        href=address,
        target="_blank",
        class_name="block shrink-0",
        custom_attrs={"aria-label": f"Open page {number} of {name}"},
    )
