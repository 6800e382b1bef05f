"""The pages that links in letters lead to, and the one that asks for such a link."""

import reflex as rx

from pet_app.ui.api_form import answered, api_form, form_problem, next_stage, stage
from pet_app.ui.components.buttons import link_button
from pet_app.ui.page import Page
from pet_app.user.pages.forms import (
    COLUMN,
    GOOD_PASSWORD,
    HOME,
    door,
    email_field,
    heading,
    other,
    outbox_hint,
    password_field,
    second_step,
    submit,
)

LINK_SENT = "link-sent"
MOVED = "address-moved"


def verify() -> rx.Component:
    """Opens the account. A press on the button, since programs that read mail follow links."""
    return door(
        stage(
            heading("Open your account", "Press the button, and you are in."),
            api_form(
                form_problem(),
                rx.el.div(
                    password_field("current-password", required=False),
                    custom_attrs={"data-when-asked": "", "hidden": True},
                ),
                submit("Open my account"),
                action="/api/v1/users/confirmation",
                then=HOME,
                from_link=True,
                class_name=COLUMN,
            ),
            other("The link does not work any more?", "Register again", "/register"),
            class_name="flex flex-col gap-6 [&>header]:mb-2",
        ),
        even_when_in=True,
    )


def forgot() -> rx.Component:
    """Asks for a link to choose a new password."""
    return door(
        stage(
            heading(
                "Forgot your password?",
                "Tell us your e-mail address, and we send you a link to choose a new one.",
            ),
            api_form(
                form_problem(),
                email_field(),
                submit("Send me a link"),
                action="/api/v1/password/forgotten",
                reveal=LINK_SENT,
                class_name=COLUMN,
            ),
            other("It came back to you?", "Sign in", "/login"),
            class_name="flex flex-col gap-6 [&>header]:mb-2",
        ),
        next_stage(
            LINK_SENT,
            heading(
                "Look into your mail",
                "If there is an account for ",
                answered("email", "font-semibold text-ink"),
                ", a letter with a link is on its way.",
            ),
            rx.el.div(
                rx.el.p("The link works once, within an hour. You can close this page."),
                rx.el.p(
                    "Nothing there after a few minutes? Look among the unwanted mail, and think "
                    "of other addresses you may have used."
                ),
                outbox_hint(),
                class_name="flex flex-col gap-4 text-muted",
            ),
        ),
        even_when_in=True,
    )


def reset() -> rx.Component:
    """Chooses a new password."""
    return door(
        stage(
            heading("Choose a new password", "It signs you in here, and out everywhere else."),
            api_form(
                form_problem(),
                password_field("new-password", "New password", help=GOOD_PASSWORD),
                submit("Use this password"),
                action="/api/v1/password/reset",
                then=HOME,
                from_link=True,
                class_name=COLUMN,
            ),
            other("The link does not work any more?", "Ask for a new one", "/forgot"),
            class_name="flex flex-col gap-6 [&>header]:mb-2",
        ),
        second_step(),
        even_when_in=True,
    )


def new_email() -> rx.Component:
    """Moves an account to its new address."""
    return door(
        stage(
            heading("Use this address", "Press the button, and your account moves to it."),
            api_form(
                form_problem(),
                submit("Use this address"),
                action="/api/v1/me/email/confirmation",
                reveal=MOVED,
                from_link=True,
                class_name=COLUMN,
            ),
        ),
        next_stage(
            MOVED,
            heading(
                "Your address is changed",
                "From now on you sign in with ",
                answered("email", "font-semibold text-ink"),
                ". Every other device was signed out.",
            ),
            link_button("To your dashboard", href=HOME),
        ),
        even_when_in=True,
    )


PAGES = [
    Page(route="/verify", view=verify, title="Open your account"),
    Page(route="/forgot", view=forgot, title="Forgot your password?"),
    Page(route="/reset", view=reset, title="Choose a new password"),
    Page(route="/new-email", view=new_email, title="Use this address"),
]
