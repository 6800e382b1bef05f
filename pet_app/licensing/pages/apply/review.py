"""The last step: everything once more, the signature, and the way to pay."""

from typing import Any

import reflex as rx
from reflex.vars import ObjectVar

from pet_app.licensing.pages.apply.parts import APPLY, back, error_of
from pet_app.licensing.pages.receipt import receipt
from pet_app.licensing.state.apply.shown import Missing, SummaryPart
from pet_app.licensing.state.apply.wizard import Wizard
from pet_app.ui.components.buttons import button, text_link
from pet_app.ui.components.cards import card
from pet_app.ui.components.fields import checkbox
from pet_app.ui.components.icons import icon
from pet_app.ui.session import field_problem

RECEIPT: Any = Wizard.receipt


def review() -> rx.Component:
    """Everything once more, the signature, and the way to pay."""
    return rx.el.form(
        rx.cond(
            Wizard.missing.length() > 0,
            rx.el.section(
                rx.el.h2(
                    icon("alert", 20),
                    "Still missing",
                    class_name="flex items-center gap-2 text-subheading",
                ),
                rx.el.ul(
                    rx.foreach(Wizard.missing, _missing),
                    class_name="m-0 mt-2 list-none p-0",
                ),
                class_name="rounded-card bg-warn-soft px-5 py-4 text-warn",
            ),
            rx.fragment(),
        ),
        rx.el.div(
            rx.foreach(Wizard.summary, _summary),
            class_name="flex flex-col gap-4 empty:hidden",
        ),
        card(
            rx.el.h2("The fee, rule by rule", class_name="mb-2 text-subheading"),
            receipt(RECEIPT),
            class_name="lg:hidden",
        ),
        rx.el.div(
            checkbox(
                "What I have told is true, as far as I know.",
                "signed",
                id="field-signed",
                custom_attrs={
                    "aria-invalid": rx.cond(field_problem("signed"), "true", "false"),
                    "aria-describedby": "error-signed",
                },
            ),
            error_of("signed"),
        ),
        rx.el.div(
            button(
                icon("lock", 18),
                rx.cond(
                    Wizard.answering,
                    "Send it back to the clerk",
                    rx.cond(RECEIPT.free, "Hand in", f"Hand in and pay {RECEIPT.total}"),
                ),
                type="submit",
                size="lg",
                busy=Wizard.busy,
                id="hand-in",
                class_name="max-sm:w-full",
            ),
            back("max-sm:w-full"),
            class_name="flex flex-wrap items-center gap-3",
        ),
        rx.el.p(
            "You pay on the next page; we never see your card number. The day you hand in is the "
            "day that counts.",
            class_name="text-small text-muted",
        ),
        on_submit=Wizard.hand_in,
        custom_attrs={"noValidate": True},
        class_name="flex flex-col gap-6",
        key="form-review",
    )


def _missing(found: ObjectVar[Missing]) -> rx.Component:
    return rx.el.li(
        text_link(
            found.sentence,
            href=f"{APPLY}?application={Wizard.application_id}&step={found.step}",
            class_name="inline-flex min-h-9 items-center text-small",
        )
    )


def _summary(part: ObjectVar[SummaryPart]) -> rx.Component:
    return card(
        rx.el.div(
            rx.el.h2(part.title, class_name="text-subheading"),
            text_link(
                "Change",
                rx.el.span(" ", part.title, class_name="sr-only"),
                href=f"{APPLY}?application={Wizard.application_id}&step={part.step}",
            ),
            class_name="mb-2 flex items-baseline justify-between gap-4",
        ),
        rx.el.dl(
            rx.foreach(
                part.rows,
                lambda row: rx.el.div(
                    rx.el.dt(row[0], class_name="w-28 shrink-0 text-muted max-sm:w-24"),
                    rx.el.dd(row[1], class_name="m-0 min-w-0 [overflow-wrap:anywhere]"),
                    class_name="flex gap-4 py-1",
                ),
            ),
            class_name="m-0 text-small",
        ),
    )
