"""Signing in and opening an account."""

import json

import reflex as rx

from pet_app.core import sections
from pet_app.core.demo import DEMO_ACCOUNTS, DEMO_PASSWORD
from pet_app.core.settings import settings
from pet_app.ui.api_form import (
    answered,
    api_form,
    fill_in,
    form_problem,
    next_stage,
    stage,
)
from pet_app.ui.components.buttons import BASE, KINDS, SIZES, link_button, text_link
from pet_app.ui.components.frame import PlainLink
from pet_app.ui.page import Page
from pet_app.user.pages.forms import (
    COLUMN,
    GOOD_PASSWORD,
    HOME,
    door,
    email_field,
    heading,
    labelled,
    other,
    other_sites,
    outbox_hint,
    password_field,
    said_by_other_site,
    second_step,
    submit,
    through_main_site,
)
from pet_app.user.state.providers import Doors

CHECK_MAIL = "check-mail"


def login() -> rx.Component:
    """The page to sign in, and its second step."""
    if settings().main_site_url:
        return door(
            heading("Welcome", "Sign in to your pets and their licences."),
            through_main_site(),
        )
    return door(
        stage(
            heading(
                "Welcome back",
                "Sign in to your pets and their licences."
                if sections.stands_alone()
                else "Sign in to your pets and everything you have designed for them.",
            ),
            said_by_other_site(),
            api_form(
                form_problem(),
                email_field(),
                password_field("current-password"),
                rx.el.p(
                    text_link("Forgot your password?", href="/forgot"),
                    class_name="-mt-2 text-small",
                ),
                submit("Sign in"),
                action="/api/v1/session",
                then=HOME,
                class_name=COLUMN,
            ),
            other_sites(),
            other("New here?", "Open an account", "/register"),
            _demo_accounts(),
            class_name="flex flex-col gap-6 [&>header]:mb-2",
        ),
        second_step(),
    )


def code() -> rx.Component:
    """The second step by itself, for who comes back from another site."""
    return door(second_step(shown=True), other("Not you?", "Start again", "/login"))


def register() -> rx.Component:
    """The page to open an account; the letter does the rest."""
    if settings().main_site_url:
        return door(
            heading("Open an account", "A minute now, and it is good for both our sites."),
            link_button(
                "Open an account at Harness Hero",
                href=f"{settings().main_site_url}/register",
                size="lg",
                class_name="w-full",
            ),
            other("You have one already?", "Sign in", "/login"),
        )
    return door(
        stage(
            heading(
                "Open an account", "A minute now, and your pet never has to be measured twice."
            ),
            api_form(
                form_problem(),
                labelled("Your name", "name", auto_complete="name"),
                email_field(),
                password_field("new-password", help=GOOD_PASSWORD),
                submit("Open an account"),
                action="/api/v1/users",
                reveal=CHECK_MAIL,
                class_name=COLUMN,
            ),
            other_sites(),
            other("You have one already?", "Sign in", "/login"),
            class_name="flex flex-col gap-6 [&>header]:mb-2",
        ),
        next_stage(
            CHECK_MAIL,
            heading(
                "Look into your mail",
                "We have written to ",
                answered("email", "font-semibold text-ink"),
                ". Follow the link in the letter, and your account is open.",
            ),
            rx.el.div(
                rx.el.p("The link works once, within 24 hours. You can close this page."),
                rx.el.p(
                    "Nothing there after a few minutes? Look among the unwanted mail, or ",
                    # The browser's own link: it begins the page anew.
                    PlainLink.create(
                        "try again",
                        class_name="font-medium text-brand underline underline-offset-4",
                        custom_attrs={"href": "/register"},
                    ),
                    " with the right address.",
                ),
                outbox_hint(),
                class_name="flex flex-col gap-4 text-muted",
            ),
        ),
    )


def _demo_accounts() -> rx.Component:
    if settings().is_production:
        return rx.fragment()
    return rx.el.section(
        rx.el.h2("Just looking?", class_name="text-subheading"),
        rx.el.p(
            "This is a demonstration. Choose an account and press Sign in. "
            "It works on the computer that this site runs on.",
            class_name="mt-1 text-small text-muted",
        ),
        rx.el.div(
            *(
                fill_in(
                    email.partition("@")[0].capitalize(),
                    values=json.dumps({"email": email, "password": DEMO_PASSWORD}),
                    class_name=f"{BASE} {KINDS['secondary']} {SIZES['sm']}",
                )
                for email in DEMO_ACCOUNTS
            ),
            class_name="mt-4 flex flex-wrap gap-2",
        ),
        class_name="rounded-card bg-sunk p-5",
    )


LOGIN_PAGE = Page(
    route="/login",
    view=login,
    title="Sign in",
    description="Sign in to your pets, your designs and your orders.",
    area="shop",
    on_load=Doors.open,
)
CODE_PAGE = Page(route="/login/code", view=code, title="Enter your code")
REGISTER_PAGE = Page(
    route="/register",
    view=register,
    title="Open an account",
    description="Open an account: your pet's measurements and your designs in one place.",
    area="shop",
    on_load=Doors.open,
)
