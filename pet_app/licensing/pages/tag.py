"""The page of a tag, for whoever has found its wearer."""

import reflex as rx

from pet_app.licensing.state.tag import FoundTag
from pet_app.ui.components.buttons import button
from pet_app.ui.components.cards import card
from pet_app.ui.components.conditions import skeleton
from pet_app.ui.components.fields import text_area, text_field
from pet_app.ui.components.icons import icon
from pet_app.ui.components.layouts import container, page_heading
from pet_app.ui.components.messages import notice
from pet_app.ui.page import Page
from pet_app.ui.session import field_problem


def tag() -> rx.Component:
    """The page."""
    return container(
        rx.el.div(
            rx.match(
                FoundTag.stage,
                ("open", _open()),
                ("missing", _missing()),
                ("sent", _sent()),
                _waiting(),
            ),
            class_name="mx-auto max-w-xl",
        ),
        class_name="py-8 sm:py-14",
    )


def _open() -> rx.Component:
    return rx.el.div(
        _metal(),
        rx.el.h1(
            "You found somebody's ",
            FoundTag.species,
            ". Thank you for stopping.",
            class_name="mt-8 text-heading text-balance",
        ),
        rx.cond(FoundTag.lost, _lost(), rx.fragment()),
        rx.el.p(
            rx.cond(
                FoundTag.licensed,
                rx.el.span("It is licensed in ", rx.el.strong(FoundTag.town), "."),
                rx.el.span("It was licensed in ", rx.el.strong(FoundTag.town), "."),
            ),
            " We know who its owner is, and pass on what you write at once.",
            class_name="mt-4 text-lead text-muted",
        ),
        rx.cond(FoundTag.can_write, _form(), _nobody()),
        rx.el.p(
            "If the ",
            FoundTag.species,
            " is hurt or in danger, call a vet or the animal services of the place you are in "
            "first.",
            class_name="mt-6 text-small text-muted",
        ),
    )


def _metal() -> rx.Component:
    """The tag as it hangs on the collar, so that finders see that they typed the right one."""
    return rx.el.div(
        rx.el.span(
            class_name="absolute left-1/2 top-3 h-3.5 w-3.5 -translate-x-1/2 rounded-full bg-paper "
            "ring-2 ring-inset ring-black/25",
        ),
        icon("paw", 26, "opacity-80"),
        rx.el.span(
            FoundTag.code,
            class_name="font-display text-subheading font-bold tracking-[0.06em] whitespace-nowrap",
        ),
        role="img",
        custom_attrs={"aria-label": "Tag " + FoundTag.code},
        class_name="relative flex h-40 w-40 flex-col items-center justify-center gap-1.5 "
        "rounded-full bg-accent pt-4 text-on-accent shadow-lift",
    )


def _lost() -> rx.Component:
    return rx.el.div(
        rx.el.p("Its owner is looking for it.", class_name="font-semibold"),
        rx.cond(
            FoundTag.words,
            rx.el.p("“", FoundTag.words, "”", class_name="mt-1.5 whitespace-pre-line"),
            rx.fragment(),
        ),
        class_name="mt-5 rounded-card bg-warn-soft p-5 text-warn",
    )


def _form() -> rx.Component:
    return card(
        rx.el.h2("Write to its owner", class_name="text-subheading"),
        rx.el.form(
            text_area(
                "Where is it, and how is it?",
                "words",
                error=field_problem("words"),
                max_length=1000,
                placeholder="In the park by the fountain, calm, a little hungry.",
                class_name="min-h-32",
            ),
            text_field(
                "How can they reach you?",
                "contact",
                help="A phone number or an e-mail address. Only the owner sees it.",
                error=field_problem("contact"),
                max_length=120,
                optional=True,
            ),
            button("Send it", type="submit", size="lg", class_name="w-full sm:w-auto"),
            on_submit=FoundTag.send,
            custom_attrs={"noValidate": True},
            class_name="mt-5 flex flex-col items-start gap-5 [&>div]:w-full",
        ),
        class_name="mt-8 sm:p-8",
    )


def _nobody() -> rx.Component:
    return notice(
        "Nobody can be reached through this tag any more. Please tell ",
        FoundTag.issuer,
        ", or a vet, who can read a microchip.",
        class_name="mt-8",
    )


def _sent() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            icon("check", 32),
            class_name="flex h-18 w-18 items-center justify-center rounded-full bg-good-soft "
            "text-good",
        ),
        rx.el.h1("It is on its way to the owner.", class_name="mt-6 text-title"),
        rx.el.p(
            "Keep the ",
            FoundTag.species,
            " safe if you can, and stay near your phone if you left a number. Thank you.",
            class_name="mt-3 text-lead text-muted",
        ),
        role="status",
    )


def _missing() -> rx.Component:
    return rx.el.div(
        page_heading("Which tag is it?", FoundTag.why),
        card(
            rx.el.form(
                text_field(
                    "Code on the tag",
                    "code",
                    error=field_problem("code"),
                    placeholder="K7TM 4QXQ",
                    max_length=20,
                    auto_complete="off",
                    auto_capitalize="characters",
                    spell_check=False,
                ),
                button("Look", type="submit", size="lg", class_name="w-full sm:w-auto"),
                on_submit=FoundTag.look,
                custom_attrs={"noValidate": True},
                class_name="flex flex-col items-start gap-5 [&>div]:w-full",
            ),
            class_name="mt-8 sm:p-8",
        ),
    )


def _waiting() -> rx.Component:
    return rx.el.div(
        skeleton("h-40 w-40 rounded-full"),
        skeleton("mt-8 h-10 w-4/5"),
        skeleton("mt-4 h-6 w-3/5"),
        rx.el.span("Looking for the tag …", class_name="sr-only"),
    )


PAGE = Page(route="/tag/[code]", view=tag, title="Found a pet", on_load=FoundTag.open)
