"""The window that lets a form of ours, open inside another site's page, go on as oneself."""

import reflex as rx

from pet_app.ui.api_form import api_form, form_problem, next_stage, stage
from pet_app.ui.components.buttons import link_button
from pet_app.ui.components.conditions import skeleton
from pet_app.ui.framed import LinkKeeper
from pet_app.ui.page import Page
from pet_app.ui.session import Session
from pet_app.user.pages.forms import COLUMN, door, heading, labelled, submit

DONE = "let-in-done"


def let_in() -> rx.Component:
    """The number the form shows; for a guest the way to sign in first."""
    return door(
        LinkKeeper.create(),
        rx.cond(
            Session.is_hydrated,
            rx.cond(Session.signed_in, _number(), _who()),
            rx.el.div(skeleton("h-10 w-64"), skeleton("mt-6 h-32 w-full")),
        ),
        even_when_in=True,
    )


def _number() -> rx.Component:
    return rx.fragment(
        stage(
            heading(
                "Which number does the form show?",
                "A form of ours on another site wants to go on as ",
                rx.el.strong(Session.person_name),
                ".",
            ),
            api_form(
                form_problem(),
                labelled(
                    "Number",
                    "number",
                    input_mode="numeric",
                    auto_complete="off",
                    help="Only if you opened this window from that form yourself, just now.",
                ),
                submit("Let it go on"),
                action="/api/v1/frames/yes",
                reveal=DONE,
                from_link=True,
                class_name=COLUMN,
            ),
        ),
        next_stage(
            DONE,
            heading("Go back to the form", "It goes on by itself. You can close this window."),
        ),
    )


def _who() -> rx.Component:
    return rx.el.div(
        heading(
            "Sign in first", "Then we ask which number the form shows, and you are back in it."
        ),
        link_button("Sign in", href="/login?next=/let-in", size="lg", class_name="w-full"),
        class_name="flex flex-col",
    )


PAGE = Page(route="/let-in", view=let_in, title="Let a form go on")
