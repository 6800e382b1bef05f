"""The steps of an application before the last."""

from typing import Any

import reflex as rx
from reflex.vars import ObjectVar

from pet_app.licensing.pages.apply.parts import error_of, line, pick, step_form
from pet_app.licensing.pages.papers import paper_asked
from pet_app.licensing.pages.receipt import receipt
from pet_app.licensing.state.apply.wizard import Wizard
from pet_app.licensing.state.calculator import Choice
from pet_app.ui.components.cards import card
from pet_app.ui.components.choices import choice_group, tick, tile
from pet_app.ui.components.fields import checkbox
from pet_app.ui.components.icons import icon
from pet_app.ui.components.postal import postal_field

RECEIPT: Any = Wizard.receipt
TITLES = (
    ("about", "Your pet and you"),
    ("rabies", "The rabies vaccination"),
    ("term", "The licence and its fee"),
    ("review", "Look it over and sign"),
)
GRID = "grid grid-cols-1 gap-5 sm:grid-cols-2"


def about() -> rx.Component:
    """The pet, and who keeps it where."""
    return step_form(
        _part(
            "Your pet",
            rx.el.div(
                line("Name", "animal.name", auto_complete="off"),
                line(
                    "Birthday",
                    "animal.born",
                    type="date",
                    help="About the day is enough.",
                ),
                class_name=GRID,
            ),
            rx.cond(
                Wizard.animals.length() > 1,
                pick("It is a", "animal.species", Wizard.animals),
                rx.fragment(),
            ),
            pick("Sex", "animal.sex", (("female", "Female"), ("male", "Male"))),
            pick(
                "Spayed or neutered",
                "animal.altered",
                (("yes", "Yes"), ("no", "No")),
                hint="decides the fee",
            ),
            rx.el.div(
                line("Breed", "animal.breed", optional=True, auto_complete="off"),
                line("Colours", "animal.colours", optional=True, auto_complete="off"),
                line(
                    "Microchip",
                    "animal.microchip",
                    optional=True,
                    auto_complete="off",
                    custom_attrs={"inputMode": "numeric"},
                ),
                class_name=GRID,
            ),
        ),
        _part(
            "You",
            rx.el.div(
                line("Your name", "holder.name", auto_complete="name"),
                line("Phone", "holder.phone", type="tel", optional=True, auto_complete="tel"),
                class_name=GRID,
            ),
            rx.el.div(
                rx.foreach(
                    Wizard.fields,
                    lambda field: postal_field(
                        field,
                        drawn=Wizard.drawn,
                        on_pick=Wizard.keep_line,
                        on_keep=Wizard.keep_line,
                    ),
                ),
                class_name=GRID,
            ),
        ),
    )


def rabies() -> rx.Component:
    """The certificate, and what stands on it."""
    return step_form(
        rx.el.div(
            rx.foreach(
                Wizard.rabies,
                lambda asked: paper_asked(
                    asked,
                    Wizard.application_id,
                    on_arrived=Wizard.papers_changed,
                    on_drop=Wizard.drop_paper,
                ),
            ),
        ),
        _part(
            "What stands on it",
            line("Given on", "vaccination.given", type="date"),
            pick(
                "Good for",
                "vaccination.years",
                (("1", "1 year"), ("3", "3 years"), ("4", "4 years")),
            ),
            line(
                "Good until",
                "vaccination.until",
                type="date",
                help="Follows from the two above; correct it if the certificate says otherwise.",
            ),
            line(
                "Veterinarian or clinic",
                "vaccination.vet",
                auto_complete="off",
            ),
            rx.el.details(
                rx.el.summary(
                    "More from the certificate, if you like",
                    icon("chevron-down", 16, "transition [[open]>summary>&]:rotate-180"),
                    class_name="flex min-h-11 cursor-pointer list-none items-center gap-2 "
                    "rounded-control text-small font-semibold",
                ),
                rx.el.div(
                    *(
                        line(label, f"vaccination.{name}", optional=True, auto_complete="off")
                        for label, name in (
                            ("Vaccine", "product"),
                            ("Made by", "manufacturer"),
                            ("Serial number", "serial"),
                            ("Rabies tag", "tag"),
                            ("Vet's licence number", "vet_licence"),
                        )
                    ),
                    class_name=f"{GRID} pt-3",
                ),
            ),
        ),
    )


def term() -> rx.Component:
    """For how long, what is shown for a lower fee, and the fee."""
    return step_form(
        rx.cond(
            Wizard.terms.length() > 0,
            rx.el.div(
                choice_group(
                    "For how long",
                    rx.foreach(Wizard.terms, _term),
                    class_name="grid gap-3 sm:grid-cols-2",
                ),
                error_of("term"),
                class_name="flex flex-col gap-2",
            ),
            rx.fragment(),
        ),
        rx.cond(
            Wizard.proofs_known.length() > 0,
            rx.el.div(
                choice_group(
                    "What is so? It may lower the fee.",
                    rx.foreach(Wizard.proofs_known, _proof),
                ),
                error_of("proofs"),
                class_name="flex flex-col gap-2",
            ),
            rx.fragment(),
        ),
        rx.cond(
            Wizard.proofs.contains("adopted"),
            line("Adopted on", "adopted", type="date"),
            rx.fragment(),
        ),
        rx.foreach(
            Wizard.papers,
            lambda asked: paper_asked(
                asked,
                Wizard.application_id,
                on_arrived=Wizard.papers_changed,
                on_drop=Wizard.drop_paper,
            ),
        ),
        checkbox(
            "An office has declared my pet dangerous",
            "dangerous",
            checked=Wizard.dangerous,
            on_change=Wizard.say_dangerous,
        ),
        card(
            rx.el.h2("The fee, rule by rule", class_name="mb-2 text-subheading"),
            receipt(RECEIPT),
            class_name="lg:hidden",
        ),
    )


def _part(title: str, *children: rx.Component) -> rx.Component:
    return rx.el.section(
        rx.el.h2(title, class_name="text-heading"),
        *children,
        class_name="flex flex-col gap-5",
    )


def _term(choice: ObjectVar[Choice]) -> rx.Component:
    value: Any = choice.value
    values: Any = Wizard.values
    return tile(
        choice.words,
        "",
        values["term"] == value,
        name="term",
        value=value,
        on_click=Wizard.choose("term", value),
        key=f"term-{value}-{Wizard.application_id}",
        picture=rx.el.span(
            class_name="h-5 w-5 shrink-0 rounded-full ring-2 ring-inset ring-edge transition "
            "[label:has(:checked)>&]:ring-[6px] [label:has(:checked)>&]:ring-brand",
            custom_attrs={"aria-hidden": "true"},
        ),
    )


def _proof(choice: ObjectVar[Choice]) -> rx.Component:
    return tick(
        choice.words,
        Wizard.proofs.contains(choice.value),
        name="proof",
        value=choice.value,
        on_change=lambda _: Wizard.turn_over(choice.value),
    )
