"""Is this licence real? The answer, and the field to ask in."""

import reflex as rx
from reflex.vars import ObjectVar

from pet_app.licensing.state.checking import Checker, Row
from pet_app.ui.components.buttons import button, text_link
from pet_app.ui.components.cards import card
from pet_app.ui.components.fields import text_field
from pet_app.ui.components.icons import icon
from pet_app.ui.components.layouts import container, page_heading, stitched_rule
from pet_app.ui.page import Page
from pet_app.ui.session import field_problem

TONES = {
    "good": ("check", "bg-good-soft text-good"),
    "warn": ("alert", "bg-warn-soft text-warn"),
    "danger": ("close", "bg-danger-soft text-danger"),
}


def verify() -> rx.Component:
    """The page."""
    return container(
        rx.el.div(
            rx.el.div(
                rx.cond(Checker.stage == "done", _answer(), _ask()),
                custom_attrs={"aria-live": "polite"},
            ),
            class_name="mx-auto max-w-xl",
        ),
        class_name="py-10 sm:py-16",
    )


def _ask() -> rx.Component:
    return rx.el.div(
        page_heading(
            "Is this licence real?",
            "Scan the code on the certificate with your phone's camera, or type the licence "
            "number. You learn whether it is good today, and nothing about its owner.",
        ),
        card(
            rx.el.form(
                text_field(
                    "Licence number",
                    "text",
                    help="Or the text of the QR code.",
                    error=field_problem("text"),
                    placeholder="OH-7K4M9-QXPRT",
                    max_length=600,
                    auto_complete="off",
                    auto_capitalize="characters",
                    spell_check=False,
                    class_name="tabular-nums",
                ),
                button(
                    "Check it",
                    type="submit",
                    size="lg",
                    class_name="w-full sm:w-auto sm:self-start",
                ),
                on_submit=Checker.check,
                custom_attrs={"noValidate": True},
                class_name="flex flex-col gap-5",
            ),
            class_name="mt-8 sm:p-8",
        ),
        _more(),
    )


def _answer() -> rx.Component:
    return rx.el.div(
        rx.match(
            Checker.tone,
            *((tone, _verdict(*look)) for tone, look in TONES.items()),
            rx.fragment(),
        ),
        rx.el.div(
            button("Check another", kind="secondary", on_click=Checker.another),
            class_name="mt-6",
        ),
        _more(),
    )


def _verdict(symbol: str, colours: str) -> rx.Component:
    return rx.el.article(
        rx.el.div(
            rx.el.span(
                icon(symbol, 36),
                class_name="flex h-18 w-18 shrink-0 items-center justify-center rounded-full "
                "bg-surface ring-1 ring-inset ring-line",
            ),
            rx.el.div(
                rx.el.h1(Checker.title, class_name="text-heading"),
                rx.el.p(Checker.words, class_name="mt-1.5 text-body text-ink"),
                class_name="min-w-0",
            ),
            class_name=f"flex flex-col gap-5 p-6 sm:flex-row sm:items-center sm:p-8 {colours}",
        ),
        rx.cond(
            Checker.rows.length() > 0,
            rx.el.div(
                rx.el.p(Checker.issuer, class_name="text-label text-muted uppercase"),
                rx.el.dl(
                    rx.foreach(Checker.rows, _row),
                    class_name="mt-2 divide-y divide-line",
                ),
                class_name="px-6 py-6 sm:px-8",
            ),
            rx.fragment(),
        ),
        class_name="rise overflow-hidden rounded-panel bg-surface ring-1 ring-inset ring-line",
    )


def _row(row: ObjectVar[Row]) -> rx.Component:
    return rx.el.div(
        rx.el.dt(row.name, class_name="text-small text-muted"),
        rx.el.dd(row.value, class_name="m-0 min-w-0 text-right font-semibold tabular-nums"),
        class_name="flex justify-between gap-x-6 py-2.5",
    )


def _more() -> rx.Component:
    return rx.el.div(
        stitched_rule("mt-12 mb-8"),
        rx.el.p(
            "A code proves what it says, not the paper it is printed on: compare the number and "
            "the dates. Checking works without a connection too, with ",
            text_link("our keys", href="/api/v1/licensing/keys"),
            " and a small tool that is in our documentation.",
            class_name="text-small text-muted",
        ),
        rx.el.p(
            "Found a pet? ",
            text_link("Type the code on its tag", href="/licensing"),
            " and write to its owner.",
            class_name="mt-3 text-small text-muted",
        ),
    )


PAGE = Page(
    route="/licensing/verify",
    view=verify,
    title="Check a pet licence",
    description=(
        "Scan a certificate's code or type a licence number, and learn whether it is good today. "
        "Nothing about its owner is shown."
    ),
    on_load=Checker.open,
)
