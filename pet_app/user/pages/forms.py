"""The frame and the fields that the pages of signing in have in common."""

from typing import Any
from urllib.parse import urlsplit

import reflex as rx

from pet_app.core import sections
from pet_app.core.sections import account_home
from pet_app.core.settings import settings
from pet_app.ui.api_form import api_form, fault, form_button, form_problem, sign_out_button
from pet_app.ui.components.buttons import BASE, KINDS, SIZES, button, link_button, text_link
from pet_app.ui.components.fields import CONTROL, field, text_field
from pet_app.ui.components.frame import PlainLink
from pet_app.ui.components.icons import icon
from pet_app.ui.components.kinds import Child
from pet_app.ui.components.layouts import container, stitched_rule
from pet_app.ui.components.messages import notice
from pet_app.ui.session import Session
from pet_app.user.rules import SHORTEST_PASSWORD
from pet_app.user.service import provider
from pet_app.user.state.providers import Doors

HOME = account_home()
COLUMN = "flex flex-col gap-5"
GOOD_PASSWORD = f"At least {SHORTEST_PASSWORD} characters. Four random words work well."
SECOND_STEP = "second-step"
QUIET_LINK = (
    "inline-flex min-h-11 items-center font-medium text-brand underline decoration-1 "
    "underline-offset-4 hover:decoration-2"
)

PAW = ("paw", "Every pet in one place", "Two dogs and a cat? They share your account.")
SHOP_PROMISES = (
    ("ruler", "Measurements kept", "Measure once; everything we make starts from them."),
    ("cube", "Designs kept", "What you designed as a guest comes with you when you sign in."),
    PAW,
)
LICENCE_PROMISES = (
    ("undo", "Begun is kept", "Each answer is saved as you give it; go on where you stopped."),
    ("bell", "Reminded in time", "Before a licence or a vaccination runs out, we write to you."),
    PAW,
)


def door(*steps: rx.Component, even_when_in: bool = False) -> rx.Component:
    """The steps of one page, one of which shows, with our promises beside them.

    Who is signed in already is shown so, unless the page is of use to them too.
    """
    inside = rx.el.div(*steps)
    return container(
        rx.el.div(
            rx.el.div(
                inside
                if even_when_in
                else rx.cond(Session.is_hydrated & Session.signed_in, _already_in(), inside),
                class_name="mx-auto w-full max-w-md py-10 sm:py-16",
            ),
            _promises(),
            class_name="grid gap-8 lg:grid-cols-2 lg:gap-16",
        ),
        class_name="pb-16",
    )


def heading(title: str, *lead: Child) -> rx.Component:
    """The first heading of a step and a sentence under it."""
    return rx.el.header(
        rx.el.h1(title, class_name="text-title outline-none"),
        rx.el.p(*lead, class_name="mt-3 text-lead text-muted [overflow-wrap:anywhere]"),
        class_name="mb-8",
    )


def labelled(label: str, name: str, **props: Any) -> rx.Component:
    """A field that has to be filled in, and where its fault is said."""
    props.setdefault("required", True)
    return rx.el.div(
        text_field(label, name, **props), fault(name), class_name="flex flex-col gap-1.5"
    )


def email_field(label: str = "E-mail", purpose: str = "username") -> rx.Component:
    """An e-mail address."""
    return labelled(label, "email", type="email", auto_complete=purpose, input_mode="email")


def password_field(
    purpose: str,
    label: str = "Password",
    name: str = "password",
    help: str = "",
    required: bool = True,
) -> rx.Component:
    """A password, which may be shown; `purpose` is `current-password` or `new-password`."""
    control = rx.el.div(
        rx.el.input(
            id=f"field-{name}",
            name=name,
            type="password",
            auto_complete=purpose,
            required=required,
            class_name=f"{CONTROL} pr-20",
            custom_attrs={
                "autoCapitalize": "none",
                "spellCheck": "false",
                **({"aria-describedby": f"help-{name}"} if help else {}),
            },
        ),
        form_button(
            "showPassword",
            "Show",
            class_name="absolute inset-y-0 right-0 rounded-control px-4 text-small font-semibold "
            "text-brand",
            custom_attrs={"aria-label": "Show what is typed", "aria-pressed": "false"},
        ),
        class_name="relative",
    )
    return rx.el.div(
        field(control, label, name, help=help), fault(name), class_name="flex flex-col gap-1.5"
    )


def code_field(
    label: str = "Code from your app", *, first: bool = False, digits: bool = True
) -> rx.Component:
    """A code, which a phone offers to fill in; `first` has the cursor when its step is shown."""
    return rx.el.div(
        labelled(
            label,
            "code",
            auto_complete="one-time-code",
            input_mode="numeric" if digits else "text",
            custom_attrs={
                **({"data-first": ""} if first else {}),
                "autoCapitalize": "none",
                "spellCheck": "false",
            },
        ),
        class_name="[&_input]:tracking-[0.2em] [&_input]:tabular-nums",
    )


def submit(label: str, **props: Any) -> rx.Component:
    """The button that sends the form, off while it is on its way."""
    return button(
        label,
        type="submit",
        size="lg",
        class_name="w-full [form[aria-busy=true]_&]:pointer-events-none "
        "[form[aria-busy=true]_&]:opacity-55",
        **props,
    )


def other(question: str, answer: str, href: str) -> rx.Component:
    """The way to another page."""
    return rx.el.p(question, " ", text_link(answer, href=href), class_name="text-muted")


def second_step(*, shown: bool = False) -> rx.Component:
    """The code, asked for after the password where an account has a second step."""
    return rx.el.div(
        heading(
            "Enter your code",
            "Open your authenticator app and type the six digits it shows for Harness Hero.",
        ),
        api_form(
            form_problem(),
            code_field(first=True),
            submit("Sign in"),
            form_button(
                "useRecoveryCode",
                "I don’t have my phone: use a recovery code",
                class_name=f"{QUIET_LINK} self-start text-left",
            ),
            action="/api/v1/session/second-factor",
            then=HOME,
            class_name=COLUMN,
        ),
        id=SECOND_STEP,
        custom_attrs={"data-stage": "", **({} if shown else {"hidden": True})},
    )


def other_sites() -> rx.Component:
    """A button for each provider one may sign in through, and what went wrong with one."""
    offered = provider.offered_providers()
    if not offered:
        return rx.fragment()
    return rx.el.section(
        rx.el.p(
            "or",
            class_name="flex items-center gap-4 text-small text-muted before:h-px before:grow "
            "before:bg-line after:h-px after:grow after:bg-line",
        ),
        *(
            link_button(
                f"Go on with {site.label}",
                href=f"/api/v1/oidc/{site.name}/start" + Doors.asked.to(str),
                kind="secondary",
                size="lg",
                class_name="w-full",
                # An address of the API: the browser itself has to go there.
                custom_attrs={"reloadDocument": True},
            )
            for site in offered
        ),
        class_name="flex flex-col gap-3",
    )


def through_main_site() -> rx.Component:
    """The one way in of a site beside the main one: passwords are asked for there alone."""
    return rx.el.div(
        said_by_other_site(),
        link_button(
            "Go on with Harness Hero",
            href="/api/v1/main-site/start" + Doors.asked.to(str),
            size="lg",
            class_name="w-full",
            # An address of the API: the browser itself has to go there.
            custom_attrs={"reloadDocument": True},
        ),
        rx.el.p(
            "You sign in with your Harness Hero account, on ",
            rx.el.strong(urlsplit(settings().main_site_url).netloc),
            ", and come straight back here. Your password is asked for nowhere else.",
            class_name="text-small text-muted",
        ),
        class_name=COLUMN,
    )


def said_by_other_site() -> rx.Component:
    """Why another site did not lead here signed in."""
    return rx.cond(Doors.said, notice(Doors.said, tone="warn"), rx.fragment())


def outbox_hint() -> rx.Component:
    """Where a developer reads the letter; shown when the answer says that it is kept here."""
    return rx.el.p(
        "This shop has no mail server, so the letter is kept here: ",
        PlainLink.create(
            "read it in the outbox",
            class_name="font-medium text-brand underline underline-offset-4",
            custom_attrs={"href": "/outbox", "data-answer": "outbox"},
        ),
        ".",
        class_name="rounded-card bg-sunk p-5 text-small",
        custom_attrs={"data-if-answered": "", "hidden": True},
    )


def _promises() -> rx.Component:
    promises = LICENCE_PROMISES if sections.stands_alone() else SHOP_PROMISES
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
                for symbol, name, text in promises
            ),
            class_name="flex flex-col gap-6",
        ),
        class_name="hidden flex-col justify-center rounded-panel bg-[#12352a] p-12 text-white "
        "lg:my-10 lg:flex",
    )


def _already_in() -> rx.Component:
    return rx.el.div(
        heading("You are signed in", "as ", rx.el.strong(Session.person_name), "."),
        rx.el.div(
            link_button("To your dashboard", href=HOME),
            sign_out_button("Sign out", class_name=f"{BASE} {KINDS['secondary']} {SIZES['md']}"),
            class_name="flex flex-wrap gap-3",
        ),
    )
