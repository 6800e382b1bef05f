"""What is asked before a case is decided, and notes."""

from typing import Any

import reflex as rx
from reflex.vars import ObjectVar

from pet_app.licensing.pages.desk.keys import key
from pet_app.licensing.state.desk.case import CaseDesk, ReasonShown
from pet_app.ui.components.buttons import button
from pet_app.ui.components.choices import choice_group
from pet_app.ui.components.dialogs import dialog, dialog_actions
from pet_app.ui.components.fields import field_error, text_area
from pet_app.ui.components.kinds import when_said
from pet_app.ui.session import field_problem

CASE: Any = CaseDesk.case
ASKING: Any = CaseDesk.asking
COLUMN = "flex flex-col gap-4"


def dialogs() -> rx.Component:
    """Every window of a case."""
    return rx.fragment(
        _approving(),
        _why(
            "reject",
            "Reject this application?",
            "The owner gets these words. What they paid goes back by the town's rule.",
            button(
                "Reject",
                key("Ctrl Enter"),
                type="submit",
                kind="danger",
                busy=CaseDesk.busy,
            ),
        ),
        _why(
            "ask_more",
            "What do you need?",
            "The owner gets these words, and answers on their page. The day it was handed in "
            "stays, so asking makes nothing late.",
            button("Send", key("Ctrl Enter"), type="submit", busy=CaseDesk.busy),
        ),
        _noting(),
        _failing(),
    )


def _approving() -> rx.Component:
    return dialog(
        "Approve it?",
        rx.el.p(
            rx.el.span(CASE.title, class_name="font-semibold"),
            ", ",
            CASE.kind,
            ". It would hold until ",
            CASE.ends,
            ". The certificate is made and sent at once.",
        ),
        rx.cond(
            CASE.doubts.length() > 0,
            rx.el.ul(
                rx.foreach(CASE.doubts, rx.el.li),
                class_name="mt-3 list-disc rounded-control bg-warn-soft py-3 pl-8 pr-4 text-small "
                "font-medium text-warn",
            ),
            rx.fragment(),
        ),
        dialog_actions(
            button("Not yet", key("Esc"), kind="quiet", on_click=CaseDesk.close),
            button(
                "Approve",
                key("Enter"),
                busy=CaseDesk.busy,
                on_click=CaseDesk.approve,
                custom_attrs={"data-autofocus": ""},
            ),
        ),
        open=ASKING == "approve",
        on_close=CaseDesk.close,
        name="approve",
    )


def _why(what: str, title: str, lead: str, send: rx.Component) -> rx.Component:
    return dialog(
        title,
        rx.el.form(
            rx.el.p(lead, class_name="text-small text-muted"),
            choice_group(
                "Reason",
                rx.foreach(CaseDesk.reasons, _reason),
                class_name="flex flex-col gap-1",
            ),
            when_said(field_problem("reason"), field_error(field_problem("reason"), "reason")),
            text_area(
                "The words",
                "words",
                # Drawn afresh with the words of each reason, which may then be changed.
                key=f"words-{CaseDesk.reason}",
                default_value=CaseDesk.reason_words,
                max_length=2000,
                error=field_problem("words"),
                class_name="min-h-28",
            ),
            dialog_actions(
                button("Not yet", key("Esc"), kind="quiet", on_click=CaseDesk.close), send
            ),
            on_submit=CaseDesk.say_why,
            class_name=COLUMN,
        ),
        open=what == ASKING,
        on_close=CaseDesk.close,
        name=what,
    )


def _reason(reason: ObjectVar[ReasonShown]) -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="radio",
            name="reason",
            value=reason.id,
            checked=CaseDesk.reason == reason.id,
            on_change=lambda _: CaseDesk.choose_reason(reason.id),
            class_name="h-4.5 w-4.5 shrink-0 accent-[var(--brand)]",
            custom_attrs={"aria-keyshortcuts": reason.key, "data-autofocus": ""},
        ),
        rx.el.span(reason.label, class_name="grow"),
        rx.cond(reason.key, key(reason.key), rx.fragment()),
        class_name="flex min-h-9 cursor-pointer items-center gap-3 rounded-control px-3 text-small "
        "hover:bg-sunk has-[:checked]:bg-brand-soft has-[:checked]:font-semibold",
    )


def _noting() -> rx.Component:
    return _writing(
        "note",
        "A note for the clerks",
        "Only clerks of this town read it.",
        CaseDesk.note,
        button("Keep it", key("Ctrl Enter"), type="submit"),
    )


def _failing() -> rx.Component:
    return _writing(
        "audit_failed",
        "What was wrong with it?",
        "The licence stays as it is; revoke it on its own page if it must not. What you write "
        "stands in the history and in the figures.",
        CaseDesk.fail_audit,
        button("It was wrong", key("Ctrl Enter"), type="submit", kind="danger", busy=CaseDesk.busy),
    )


def _writing(what: str, title: str, lead: str, send: Any, action: rx.Component) -> rx.Component:
    return dialog(
        title,
        rx.el.form(
            text_area(
                lead,
                "words",
                required=True,
                max_length=2000,
                error=field_problem("words"),
                custom_attrs={"data-autofocus": ""},
            ),
            dialog_actions(
                button("Not yet", key("Esc"), kind="quiet", on_click=CaseDesk.close), action
            ),
            on_submit=send,
            class_name=COLUMN,
        ),
        open=what == ASKING,
        on_close=CaseDesk.close,
        name=what,
    )
