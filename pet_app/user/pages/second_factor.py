"""Setting up the second step of signing in, renewing its codes, turning it off."""

import reflex as rx

from pet_app.core.security import Permission
from pet_app.ui.api_form import answered, api_form, form_button, form_problem, next_stage, stage
from pet_app.ui.components.buttons import BASE, KINDS, SIZES, button, link_button
from pet_app.ui.components.cards import card
from pet_app.ui.components.conditions import skeleton
from pet_app.ui.components.frame import PlainLink
from pet_app.ui.components.layouts import container
from pet_app.ui.components.messages import notice
from pet_app.ui.page import Page
from pet_app.ui.session import Session
from pet_app.user.pages.forms import COLUMN, code_field, heading, password_field, submit
from pet_app.user.state.second_factor import SecondStep

API = "/api/v1/me/second-factor"
BACK = "/dashboard/settings/security"
SCAN = "scan"
CODES = "recovery-codes"
SECRET = "secret-text"  # noqa: S105
CODE_LIST = "code-list"
OFF = "turned-off"
SMALL = f"{BASE} {KINDS['secondary']} {SIZES['sm']}"
BUSY = "[form[aria-busy=true]_&]:pointer-events-none [form[aria-busy=true]_&]:opacity-55"


def second_factor() -> rx.Component:
    """One step at a time, in the middle of the page."""
    return container(
        rx.el.div(
            rx.cond(
                SecondStep.opened,
                rx.cond(
                    Session.is_demo,
                    _for_nobody(),
                    rx.el.div(
                        rx.cond(SecondStep.on, _manage(), rx.el.div(_begin(), _scan())),
                        _codes(),
                        _turned_off(),
                    ),
                ),
                rx.el.div(skeleton("h-10 w-64"), skeleton("mt-6 h-56 w-full")),
            ),
            class_name="mx-auto w-full max-w-xl py-10 sm:py-16",
        )
    )


def _begin() -> rx.Component:
    return stage(
        heading(
            "A second step at sign-in",
            "Your password and a code from your phone: then a stolen password opens nothing.",
        ),
        rx.cond(
            SecondStep.required,
            notice(
                "Your work here reaches other people’s things, so it needs this. "
                "Until it is set up, those pages stay closed.",
                tone="warn",
                class_name="mb-6",
            ),
            rx.fragment(),
        ),
        rx.el.ol(
            rx.el.li("Get an authenticator app, such as the one your password manager has."),
            rx.el.li("Scan our picture with it."),
            rx.el.li("Type the six digits it shows. Done."),
            class_name="mb-8 list-decimal space-y-1 pl-6 text-muted",
        ),
        card(
            api_form(
                form_problem(),
                password_field("current-password", "Your password, to begin"),
                submit("Begin"),
                action=API,
                reveal=SCAN,
                class_name=COLUMN,
            )
        ),
    )


def _scan() -> rx.Component:
    return next_stage(
        SCAN,
        heading("Scan this with your app", "Then type the six digits that the app shows."),
        card(
            rx.el.img(
                alt="A QR code with the secret for your authenticator app",
                class_name="mx-auto block w-56 rounded-control bg-white p-2",
                custom_attrs={"data-answer": "qr", "width": "224", "height": "224"},
            ),
            rx.el.details(
                rx.el.summary(
                    "On this phone, or no camera?",
                    class_name="min-h-11 cursor-pointer py-2.5 font-medium",
                ),
                rx.el.p(
                    "Open ",
                    PlainLink.create(
                        "your app on this device",
                        class_name="font-medium text-brand underline underline-offset-4",
                        custom_attrs={"data-answer": "uri"},
                    ),
                    ", or type this secret into it, as time-based:",
                    class_name="text-small text-muted",
                ),
                rx.el.p(
                    answered("secret", "font-mono text-body [overflow-wrap:anywhere]", SECRET),
                    class_name="my-2 rounded-control bg-sunk p-3",
                ),
                form_button(
                    "copyText",
                    "Copy the secret",
                    class_name=SMALL,
                    custom_attrs={"data-copies": SECRET},
                ),
                class_name="mt-4",
            ),
            class_name="mb-6",
        ),
        api_form(
            form_problem(),
            code_field(),
            submit("Turn it on"),
            action=f"{API}/confirmation",
            reveal=CODES,
            class_name=COLUMN,
        ),
    )


def _codes() -> rx.Component:
    return next_stage(
        CODES,
        heading(
            "Keep these recovery codes",
            "Each stands in for your phone once. We show them this one time.",
        ),
        card(
            rx.el.ol(
                id=CODE_LIST,
                class_name="grid gap-x-8 gap-y-2 font-mono text-lead tabular-nums sm:grid-cols-2",
                custom_attrs={"data-answer": "recovery_codes"},
            ),
            rx.el.div(
                form_button(
                    "copyText", "Copy", class_name=SMALL, custom_attrs={"data-copies": CODE_LIST}
                ),
                form_button(
                    "saveText",
                    "Save as a file",
                    class_name=SMALL,
                    custom_attrs={
                        "data-copies": CODE_LIST,
                        "data-file": "harness-hero-recovery-codes.txt",
                    },
                ),
                class_name="mt-6 flex flex-wrap gap-3",
            ),
            class_name="mb-6",
        ),
        rx.el.p(
            "Your second step is on. Lose your phone, and one of these still opens your account.",
            class_name="mb-6 text-muted",
        ),
        form_button(
            "goOn",
            "I have kept them",
            class_name=f"{BASE} {KINDS['primary']} {SIZES['lg']} w-full",
            custom_attrs={"data-then": BACK},
        ),
    )


def _manage() -> rx.Component:
    return stage(
        heading(
            "Your second step is on",
            "You have ",
            rx.el.strong(SecondStep.codes_left, class_name="text-ink"),
            rx.cond(SecondStep.codes_left == 1, " recovery code left.", " recovery codes left."),
        ),
        card(
            rx.el.p(
                "For either of these, show your password and a code once more.",
                class_name="mb-5 text-muted",
            ),
            api_form(
                form_problem(),
                password_field("current-password", "Your password"),
                code_field("Code from your app, or a recovery code", digits=False),
                rx.el.div(
                    button("Make new recovery codes", type="submit", class_name=BUSY),
                    button(
                        "Turn it off",
                        kind="danger",
                        type="submit",
                        class_name=BUSY,
                        custom_attrs={"formAction": f"{API}/removal", "data-reveal": OFF},
                    ),
                    class_name="flex flex-wrap gap-3",
                ),
                action=f"{API}/recovery-codes",
                reveal=CODES,
                class_name=COLUMN,
            ),
        ),
    )


def _turned_off() -> rx.Component:
    return next_stage(
        OFF,
        heading(
            "Your second step is off",
            "Your password alone opens your account now. Delete the entry in your app.",
        ),
        link_button("Back to your settings", href=BACK),
    )


def _for_nobody() -> rx.Component:
    return rx.el.div(
        heading(
            "A second step at sign-in",
            "Demonstration accounts sign in without one. Open an account of your own to try it.",
        ),
        link_button("Back to your settings", href=BACK),
    )


PAGE = Page(
    route="/second-factor",
    view=second_factor,
    title="Second step at sign-in",
    requires=Permission.ACCOUNT,
    on_load=SecondStep.open,
)
