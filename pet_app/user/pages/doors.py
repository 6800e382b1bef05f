"""Signing in and opening an account."""

import json
from typing import Any

import reflex as rx

from pet_app.core.demo import DEMO_ACCOUNTS, DEMO_PASSWORD
from pet_app.core.settings import settings
from pet_app.ui.api_form import api_form, fault, fill_in, form_problem, sign_out_button
from pet_app.ui.components.buttons import BASE, KINDS, SIZES, button, link_button, text_link
from pet_app.ui.components.fields import text_field
from pet_app.ui.components.icons import icon
from pet_app.ui.components.layouts import container, stitched_rule
from pet_app.ui.session import Session
from pet_app.user.rules import SHORTEST_PASSWORD

HOME = "/dashboard"

PROMISES = (
    ("ruler", "Measurements kept", "Measure once; everything we make starts from them."),
    ("cube", "Designs kept", "What you designed as a guest comes with you when you sign in."),
    ("paw", "Every pet in one place", "Two dogs and a cat? They share your account."),
)


def login() -> rx.Component:
    """The page to sign in."""
    return _door(
        "Welcome back",
        "Sign in to your pets and everything you have designed for them.",
        api_form(
            form_problem(),
            _email(),
            _password("current-password"),
            _submit("Sign in"),
            action="/api/v1/session",
            then=HOME,
            class_name="flex flex-col gap-5",
        ),
        _other("New here?", "Open an account", "/register"),
        _demo_accounts(),
    )


def register() -> rx.Component:
    """The page to open an account."""
    return _door(
        "Open an account",
        "A minute now, and your pet never has to be measured twice.",
        api_form(
            form_problem(),
            _field("Your name", "name", auto_complete="name"),
            _email(),
            _password(
                "new-password",
                f"At least {SHORTEST_PASSWORD} characters. Four random words work well.",
            ),
            _submit("Open an account"),
            action="/api/v1/users",
            then=HOME,
            class_name="flex flex-col gap-5",
        ),
        _other("You have one already?", "Sign in", "/login"),
    )


def _door(title: str, lead: str, form: rx.Component, *below: rx.Component) -> rx.Component:
    return container(
        rx.el.div(
            rx.el.div(
                rx.el.h1(title, class_name="text-title"),
                rx.el.p(lead, class_name="mt-3 mb-8 text-lead text-muted"),
                rx.cond(
                    Session.is_hydrated & Session.signed_in,
                    _already_in(),
                    rx.el.div(form, *below, class_name="flex flex-col gap-6"),
                ),
                class_name="mx-auto w-full max-w-md py-10 sm:py-16",
            ),
            _promises(),
            class_name="grid gap-8 lg:grid-cols-2 lg:gap-16",
        ),
        class_name="pb-16",
    )


def _promises() -> rx.Component:
    return rx.el.aside(
        rx.el.p(
            "One account for a pet's whole life",
            class_name="font-display text-heading font-semibold",
        ),
        stitched_rule("my-7 w-40"),
        rx.el.ul(
            *(
                rx.el.li(
                    icon(symbol, 24, "mt-0.5 text-accent"),
                    rx.el.div(
                        rx.el.p(name, class_name="font-semibold"),
                        rx.el.p(text, class_name="text-small opacity-80"),
                    ),
                    class_name="flex gap-4",
                )
                for symbol, name, text in PROMISES
            ),
            class_name="flex flex-col gap-6",
        ),
        class_name="hidden flex-col justify-center rounded-panel bg-[#12352a] p-12 text-white "
        "lg:my-10 lg:flex",
    )


def _already_in() -> rx.Component:
    return rx.el.div(
        rx.el.p("You are signed in as ", rx.el.strong(Session.person_name), "."),
        rx.el.div(
            link_button("To your dashboard", href=HOME),
            sign_out_button("Sign out", class_name=f"{BASE} {KINDS['secondary']} {SIZES['md']}"),
            class_name="mt-5 flex flex-wrap gap-3",
        ),
    )


def _field(label: str, name: str, **props: Any) -> rx.Component:
    return rx.el.div(
        text_field(label, name, required=True, **props),
        fault(name),
        class_name="flex flex-col gap-1.5",
    )


def _email() -> rx.Component:
    return _field("E-mail", "email", type="email", auto_complete="username", input_mode="email")


def _password(purpose: str, help: str = "") -> rx.Component:
    return _field("Password", "password", type="password", auto_complete=purpose, help=help)


def _submit(label: str) -> rx.Component:
    return button(
        label,
        type="submit",
        size="lg",
        class_name="w-full [form[aria-busy=true]_&]:pointer-events-none "
        "[form[aria-busy=true]_&]:opacity-55",
    )


def _other(question: str, answer: str, href: str) -> rx.Component:
    return rx.el.p(question, " ", text_link(answer, href=href), class_name="text-muted")


def _demo_accounts() -> rx.Component:
    if settings().is_production:
        return rx.fragment()
    return rx.el.section(
        rx.el.h2("Just looking?", class_name="text-subheading"),
        rx.el.p(
            "This is a demonstration shop. Choose an account and press Sign in. "
            "It works on the computer the shop runs on.",
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
