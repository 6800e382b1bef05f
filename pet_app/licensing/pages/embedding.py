"""What other sites may show inside their pages, and the step between that and an account."""

import reflex as rx

from pet_app.ui.components.layouts import container
from pet_app.ui.framed import frame_door
from pet_app.ui.page import Page

EMBEDDABLE = (
    "/licensing",
    "/licensing/fees",
    "/licensing/verify",
    "/licensing/apply",
    "/licensing/applications/[id]",
    "/licensing/go-on",
)
"""Nothing of the clerks', no settings, no page that asks for a password."""


def go_on() -> rx.Component:
    """Who is there? Asked in a window of our own, where nobody else can look on."""
    return container(
        rx.el.h1("Sign in to go on", class_name="text-title"),
        rx.el.p(
            "For this step we need to know who you are. Sign in, or open an account, in a window "
            "of our own; this page then goes on by itself.",
            class_name="mt-4 mb-8 max-w-prose text-lead text-muted",
        ),
        frame_door(),
        class_name="py-10",
    )


GO_ON = Page(route="/licensing/go-on", view=go_on, title="Sign in to go on")
PAGES = [GO_ON]
