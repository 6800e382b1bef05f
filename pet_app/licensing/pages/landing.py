"""Where licensing begins: find the town, see how it goes, apply."""

from typing import Any

import reflex as rx

from pet_app.licensing import service as licensing
from pet_app.licensing.pages.finder import finder
from pet_app.licensing.pages.specimen import specimen
from pet_app.licensing.state.finder import Finder
from pet_app.ui.components.buttons import button, link_button, text_link
from pet_app.ui.components.fields import text_field
from pet_app.ui.components.icons import icon
from pet_app.ui.components.layouts import container, section, section_heading, stitched_rule
from pet_app.ui.page import Page
from pet_app.ui.session import Session, field_problem

APPLY = "/licensing/apply"
FEES = "/licensing/fees"
VERIFY = "/licensing/verify"
MINE = "/dashboard/licensing"

STEPS = (
    (
        "Say which pet",
        "What we know of your pet is filled in already. Look it over and go on.",
    ),
    (
        "Photograph the rabies certificate",
        "A photo from your phone is enough, or the PDF your vet sent.",
    ),
    (
        "See the fee, and why",
        "Every rule that counts stands on the receipt, with its source. Then sign and pay.",
    ),
    (
        "Get the licence",
        (
            "The town's clerk looks at it. The certificate comes by e-mail, with a code "
            "anybody can check, even without a connection."
        ),
    ),
)
PROMISES = (
    (
        "shield",
        "On time stays on time",
        "The day you hand in is the day that counts, however long the clerk takes.",
    ),
    (
        "undo",
        "Stop and come back",
        "Each answer is kept as you give it. Go on tomorrow, on another device.",
    ),
    (
        "bell",
        "Reminded before it runs out",
        "At 60, 30 and 7 days. Renewing is one tap when the vaccination lasts.",
    ),
    (
        "lock",
        "Your papers stay yours",
        "Certificates lie in private storage. Only you and your town's clerks can open them.",
    ),
)


def landing() -> rx.Component:
    """The page."""
    return rx.fragment(_hero(), _steps(), _promises(), _towns(), _doors())


def _hero() -> rx.Component:
    return container(
        rx.el.div(
            rx.el.div(
                rx.el.h1("License your pet in three minutes.", class_name="text-hero font-bold"),
                rx.el.p(
                    "Tell us where you live. You see what your town asks, what it costs and why, "
                    "before you begin.",
                    class_name="mt-6 max-w-md text-lead text-muted",
                ),
                finder("Where do you live?", class_name="mt-8 max-w-xl"),
                rx.cond(
                    Session.signed_in,
                    rx.el.p(text_link("Your licences", href=MINE), class_name="mt-6 text-small"),
                    rx.fragment(),
                ),
                class_name="flex min-w-0 flex-col justify-center py-4 lg:py-14",
            ),
            rx.el.div(
                specimen(),
                class_name="flex items-center justify-center max-lg:pb-6",
            ),
            class_name="grid gap-8 pt-8 pb-14 lg:grid-cols-[1.1fr_1fr] lg:gap-14 lg:py-10",
        )
    )


def _steps() -> rx.Component:
    return section(
        section_heading("How it goes", "Have the rabies certificate at hand; that is all."),
        rx.el.ol(
            *(
                rx.el.li(
                    rx.el.span(
                        str(number),
                        class_name="flex h-11 w-11 items-center justify-center rounded-full "
                        "bg-accent font-display text-subheading font-bold text-on-accent",
                        custom_attrs={"aria-hidden": "true"},
                    ),
                    rx.el.h3(title, class_name="mt-4 text-subheading"),
                    rx.el.p(text, class_name="mt-1.5 text-small text-muted"),
                )
                for number, (title, text) in enumerate(STEPS, 1)
            ),
            class_name="m-0 mt-10 grid list-none gap-8 p-0 sm:grid-cols-2 lg:grid-cols-4",
        ),
    )


def _promises() -> rx.Component:
    return rx.el.div(
        section(
            section_heading("What you can count on"),
            rx.el.ul(
                *(
                    rx.el.li(
                        icon(symbol, 26, "mt-0.5 text-brand"),
                        rx.el.div(
                            rx.el.h3(title, class_name="text-subheading"),
                            rx.el.p(text, class_name="mt-1 text-small text-muted"),
                        ),
                        class_name="flex gap-4",
                    )
                    for symbol, title, text in PROMISES
                ),
                class_name="m-0 mt-10 grid list-none gap-8 p-0 md:grid-cols-2",
            ),
        ),
        class_name="bg-sunk/60",
    )


def _towns() -> rx.Component:
    return section(
        section_heading(
            "The places we know",
            "Each with its own rules, read from what the town has published.",
        ),
        rx.el.ul(
            *(_town(town) for town in licensing.towns()),
            class_name="m-0 mt-10 grid list-none gap-3 p-0 sm:grid-cols-2 lg:grid-cols-3",
        ),
        id="towns",
    )


def _town(town: licensing.Town) -> rx.Component:
    animals = " and ".join(f"{kind}s" for kind in town.species)
    return rx.el.li(
        rx.el.a(
            rx.el.span(
                rx.el.span(town.name, class_name="block font-semibold"),
                rx.el.span(f"{town.region} · {animals}", class_name="block text-small text-muted"),
                class_name="min-w-0 grow",
            ),
            icon("chevron-right", 18, "text-muted transition group-hover:translate-x-0.5"),
            href=f"{APPLY}?town={town.id}",
            class_name="group flex items-center gap-3 rounded-control bg-surface px-4 py-3.5 "
            "no-underline ring-1 ring-inset ring-line transition hover:ring-edge",
        ),
    )


def _doors() -> rx.Component:
    """What else somebody may have come for."""
    return container(
        stitched_rule("mb-14"),
        rx.el.div(
            _door(
                "What would it cost?",
                "The fee for your town, rule by rule, without an account.",
                link_button("Work out the fee", href=FEES, kind="secondary"),
            ),
            _door(
                "Is this licence real?",
                "Scan the code on a certificate or type its number. You learn whether it is good, "
                "and nothing about its owner.",
                link_button("Check a licence", href=VERIFY, kind="secondary"),
            ),
            _door(
                "Found a pet?",
                "Type the code on its tag and write to its owner. Neither of you sees the other's "
                "address.",
                _tag_form(),
            ),
            class_name="grid gap-12 md:grid-cols-3 md:gap-10",
        ),
        class_name="pb-24",
    )


def _door(title: str, text: str, action: Any) -> rx.Component:
    return rx.el.section(
        rx.el.h2(title, class_name="text-heading"),
        rx.el.p(text, class_name="mt-2 mb-5 text-muted"),
        action,
    )


def _tag_form() -> rx.Component:
    return rx.el.form(
        rx.el.div(
            text_field(
                "Tag code",
                "code",
                error=field_problem("code"),
                auto_complete="off",
                max_length=20,
                placeholder="K7TM 4QXQ",
                class_name="font-mono uppercase placeholder:normal-case",
                custom_attrs={"autoCapitalize": "characters", "spellCheck": "false"},
            ),
            class_name="min-w-0 grow",
        ),
        button("Look", type="submit", kind="secondary", class_name="mt-[1.8rem] min-h-12"),
        on_submit=Finder.open_tag,
        custom_attrs={"noValidate": True},
        class_name="flex items-start gap-2",
    )


PAGE = Page(
    route="/licensing",
    view=landing,
    title="Pet licences",
    description=(
        "License your dog or cat in three minutes: find your town, see the fee rule by rule, "
        "photograph the rabies certificate, pay, and get a certificate anybody can check."
    ),
    on_load=Finder.open,
)
