"""The four steps of an application."""

from typing import Any

import reflex as rx
from reflex.vars import ObjectVar

from pet_app.licensing.pages.apply.parts import APPLY, back, line, pick, step_form
from pet_app.licensing.pages.papers import paper_asked
from pet_app.licensing.pages.receipt import receipt
from pet_app.licensing.state.apply.shown import Missing, SummaryPart
from pet_app.licensing.state.apply.wizard import Wizard
from pet_app.licensing.state.calculator import Choice
from pet_app.ui.components.buttons import button, text_link
from pet_app.ui.components.cards import card
from pet_app.ui.components.choices import choice_group, tick, tile
from pet_app.ui.components.fields import checkbox, field_error
from pet_app.ui.components.icons import icon
from pet_app.ui.components.postal import postal_field
from pet_app.ui.session import field_problem

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
                _error("term"),
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
                _error("proofs"),
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


def review() -> rx.Component:
    """Everything once more, the signature, and the way to pay."""
    return rx.el.form(
        rx.cond(
            Wizard.missing.length() > 0,
            rx.el.section(
                rx.el.h2(
                    icon("alert", 20),
                    "Still missing",
                    class_name="flex items-center gap-2 text-subheading",
                ),
                rx.el.ul(
                    rx.foreach(Wizard.missing, _missing),
                    class_name="m-0 mt-2 list-none p-0",
                ),
                class_name="rounded-card bg-warn-soft px-5 py-4 text-warn",
            ),
            rx.fragment(),
        ),
        rx.el.div(
            rx.foreach(Wizard.summary, _summary),
            class_name="flex flex-col gap-4 empty:hidden",
        ),
        card(
            rx.el.h2("The fee, rule by rule", class_name="mb-2 text-subheading"),
            receipt(RECEIPT),
            class_name="lg:hidden",
        ),
        rx.el.div(
            checkbox(
                "What I have told is true, as far as I know.",
                "signed",
                id="field-signed",
                custom_attrs={
                    "aria-invalid": rx.cond(field_problem("signed"), "true", "false"),
                    "aria-describedby": "error-signed",
                },
            ),
            _error("signed"),
        ),
        rx.el.div(
            button(
                icon("lock", 18),
                rx.cond(
                    Wizard.answering,
                    "Send it back to the clerk",
                    rx.cond(RECEIPT.free, "Hand in", f"Hand in and pay {RECEIPT.total}"),
                ),
                type="submit",
                size="lg",
                busy=Wizard.busy,
                id="hand-in",
                class_name="max-sm:w-full",
            ),
            back("max-sm:w-full"),
            class_name="flex flex-wrap items-center gap-3",
        ),
        rx.el.p(
            "You pay on the next page; we never see your card number. The day you hand in is the "
            "day that counts.",
            class_name="text-small text-muted",
        ),
        on_submit=Wizard.hand_in,
        custom_attrs={"noValidate": True},
        class_name="flex flex-col gap-6",
        key="form-review",
    )


def _part(title: str, *children: rx.Component) -> rx.Component:
    return rx.el.section(
        rx.el.h2(title, class_name="text-heading"),
        *children,
        class_name="flex flex-col gap-5",
    )


def _error(name: str) -> rx.Component:
    error = field_problem(name)
    return rx.cond(error, field_error(error, name), rx.fragment())


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


def _missing(found: ObjectVar[Missing]) -> rx.Component:
    return rx.el.li(
        text_link(
            found.sentence,
            href=f"{APPLY}?application={Wizard.application_id}&step={found.step}",
            class_name="inline-flex min-h-9 items-center text-small",
        )
    )


def _summary(part: ObjectVar[SummaryPart]) -> rx.Component:
    return card(
        rx.el.div(
            rx.el.h2(part.title, class_name="text-subheading"),
            text_link(
                "Change",
                rx.el.span(" ", part.title, class_name="sr-only"),
                href=f"{APPLY}?application={Wizard.application_id}&step={part.step}",
            ),
            class_name="mb-2 flex items-baseline justify-between gap-4",
        ),
        rx.el.dl(
            rx.foreach(
                part.rows,
                lambda row: rx.el.div(
                    rx.el.dt(row[0], class_name="w-28 shrink-0 text-muted max-sm:w-24"),
                    rx.el.dd(row[1], class_name="m-0 min-w-0 [overflow-wrap:anywhere]"),
                    class_name="flex gap-4 py-1",
                ),
            ),
            class_name="m-0 text-small",
        ),
    )
