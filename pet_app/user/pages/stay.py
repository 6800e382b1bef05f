"""Where whoever closed their account learns the day, and may keep it."""

import reflex as rx

from pet_app.ui.api_form import api_form, form_problem
from pet_app.ui.components.buttons import link_button
from pet_app.ui.components.conditions import skeleton
from pet_app.ui.page import Page
from pet_app.user.pages.forms import COLUMN, HOME, door, heading, other, submit
from pet_app.user.state.data import Farewell


def stay() -> rx.Component:
    """The day, and the one way back; for anybody else the way to sign in."""
    return door(
        rx.cond(
            Farewell.looked,
            rx.cond(Farewell.leaves_on, _leaving(), _who()),
            rx.el.div(skeleton("h-10 w-64"), skeleton("mt-6 h-32 w-full")),
        ),
        even_when_in=True,
    )


def _leaving() -> rx.Component:
    return rx.el.div(
        heading(
            "Your account is closed",
            "On ",
            rx.el.strong(Farewell.leaves_on, class_name="text-ink"),
            " we delete it, with everything we keep about you.",
        ),
        rx.el.p(
            "Until that day it can be yours again, just as you left it. Sign in whenever you "
            "change your mind, or press the button now.",
            class_name="text-muted",
        ),
        api_form(
            form_problem(),
            submit("Keep my account"),
            action="/api/v1/session/stay",
            then=HOME,
            class_name=COLUMN,
        ),
        other("Sure that you want to go?", "To the shop", "/"),
        class_name="flex flex-col gap-6 [&>header]:mb-0",
    )


def _who() -> rx.Component:
    return rx.el.div(
        heading(
            "Keep your account",
            "If you closed it and would rather stay, sign in once more: then we ask.",
        ),
        link_button("Sign in", href="/login", size="lg", class_name="w-full"),
    )


PAGE = Page(route="/stay", view=stay, title="Your account", on_load=Farewell.open)
