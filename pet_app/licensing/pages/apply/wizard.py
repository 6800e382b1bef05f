"""Applying for a licence: town, pet, four short steps, each kept as it is given."""

from typing import Any

import reflex as rx
from reflex.vars import ObjectVar

from pet_app.core.security import Permission
from pet_app.licensing.pages.apply import review, steps
from pet_app.licensing.pages.apply.parts import StepFocus, saved_note
from pet_app.licensing.pages.finder import finder
from pet_app.licensing.pages.receipt import receipt
from pet_app.licensing.state.apply.shown import PetTile, StepShown
from pet_app.licensing.state.apply.wizard import ANOTHER, Wizard
from pet_app.ui.components.buttons import link_button, text_link
from pet_app.ui.components.cards import card
from pet_app.ui.components.conditions import error_state, skeleton
from pet_app.ui.components.icons import icon
from pet_app.ui.components.layouts import breadcrumb, container
from pet_app.ui.components.messages import notice
from pet_app.ui.components.prices import price
from pet_app.ui.fault_focus import fault_focus
from pet_app.ui.page import Page

LICENSING = "/licensing"
MINE = "/dashboard/licensing"
TILE = (
    "flex h-full w-full items-center gap-4 rounded-card bg-surface p-4 ring-1 ring-inset ring-line "
    "transition hover:shadow-lift"
)
RECEIPT: Any = Wizard.receipt


def apply() -> rx.Component:
    """The page."""
    return container(
        breadcrumb(("Licences", LICENSING), ("Apply", "")),
        StepFocus.create(
            step=rx.cond(Wizard.stage, f"{Wizard.stage} {Wizard.step}", ""),
            ready=Wizard.is_hydrated,
        ),
        fault_focus(),
        rx.match(
            Wizard.stage,
            ("town", _town()),
            ("pet", _pet()),
            ("form", _form()),
            ("missing", _missing()),
            _waiting(),
        ),
        class_name="pt-2 pb-24",
    )


def _town() -> rx.Component:
    return rx.el.div(
        _title("Where does your pet live?"),
        rx.el.p(
            "The town, county or state you live in issues the licence, by its own rules.",
            class_name="mt-3 text-lead text-muted",
        ),
        finder("Your postcode, address or town", class_name="mt-8"),
        class_name="max-w-2xl",
    )


def _pet() -> rx.Component:
    return rx.el.div(
        _title("Which pet is it for?"),
        rx.el.p(
            rx.el.span("A licence of ", rx.el.strong(Wizard.town_name), ". "),
            text_link("Another place", href="/licensing/apply"),
            class_name="mt-3 text-muted",
        ),
        rx.cond(Wizard.note, notice(Wizard.note, class_name="mt-5"), rx.fragment()),
        rx.el.ul(
            rx.foreach(Wizard.pets, _pet_tile),
            rx.el.li(
                _tile(
                    "plus",
                    rx.cond(Wizard.pets.length() > 0, "Another pet", "Tell us about your pet"),
                    "Nothing to measure: a name and a birthday will do.",
                    ANOTHER,
                )
            ),
            class_name="m-0 mt-8 grid list-none gap-3 p-0 sm:grid-cols-2",
        ),
        class_name="max-w-2xl",
    )


def _pet_tile(pet: ObjectVar[PetTile]) -> rx.Component:
    return rx.el.li(
        rx.cond(
            pet.licence,
            rx.el.a(
                *_inside("shield", pet.name, f"Licensed here already: {pet.licence}. Look at it"),
                href=MINE,
                class_name=f"{TILE} no-underline",
            ),
            _tile(
                "paw",
                pet.name,
                rx.cond(pet.draft, "Begun already: go on", pet.about),
                pet.id,
            ),
        )
    )


def _tile(symbol: str, title: Any, text: Any, pet_id: Any) -> rx.Component:
    return rx.el.button(
        *_inside(symbol, title, text),
        type="button",
        disabled=Wizard.busy,
        on_click=Wizard.choose_pet(pet_id),
        class_name=f"{TILE} text-left disabled:opacity-60",
    )


def _inside(symbol: str, title: Any, text: Any) -> tuple[rx.Component, ...]:
    return (
        rx.el.span(
            icon(symbol, 24),
            class_name="flex h-12 w-12 shrink-0 items-center justify-center rounded-full "
            "bg-brand-soft text-brand",
        ),
        rx.el.span(
            rx.el.span(title, class_name="block truncate text-subheading font-semibold"),
            rx.el.span(text, class_name="block text-small text-muted"),
            class_name="min-w-0 grow",
        ),
        icon("chevron-right", 20, "text-muted"),
    )


def _form() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            _way(),
            _title(rx.match(Wizard.step, *steps.TITLES, "")),
            rx.el.p(Wizard.title, ", ", Wizard.town_name, class_name="mt-2 text-muted"),
            rx.cond(
                Wizard.answering,
                notice(
                    rx.el.p("The clerk asks: ", Wizard.asked),
                    rx.el.p(
                        "Change or add what is needed, then send it back on the last step. The day "
                        "you first handed in still counts.",
                        class_name="mt-1 font-normal",
                    ),
                    tone="warn",
                    class_name="mt-5",
                ),
                rx.fragment(),
            ),
            rx.el.div(
                rx.match(
                    Wizard.step,
                    ("about", steps.about()),
                    ("rabies", steps.rabies()),
                    ("term", steps.term()),
                    review.review(),
                ),
                class_name="mt-8",
            ),
            rx.el.div(saved_note(), class_name="mt-6"),
            class_name="min-w-0 max-w-2xl",
        ),
        rx.el.aside(
            card(
                rx.el.h2("The fee, rule by rule", class_name="mb-3 text-subheading"),
                receipt(RECEIPT),
                rx.el.p("Issued by ", Wizard.issuer, ".", class_name="mt-4 text-small text-muted"),
            ),
            class_name="hidden lg:sticky lg:top-24 lg:block lg:self-start",
            custom_attrs={"aria-label": "The fee"},
        ),
        class_name="grid gap-10 lg:grid-cols-[minmax(0,1fr)_22rem] lg:gap-16",
    )


def _title(text: Any) -> rx.Component:
    return rx.el.h1(text, tab_index=-1, class_name="text-title outline-none")


def _way() -> rx.Component:
    """Where one is, and the fee so far."""
    return rx.el.div(
        rx.el.ol(
            rx.foreach(Wizard.steps, _step),
            class_name="m-0 flex grow list-none gap-1.5 p-0",
            custom_attrs={"aria-label": "Steps"},
        ),
        rx.cond(
            RECEIPT.total,
            rx.el.span(price(RECEIPT.total, "text-small"), class_name="lg:hidden"),
            rx.fragment(),
        ),
        class_name="mb-6 flex items-center gap-4",
    )


def _step(step: ObjectVar[StepShown]) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            step.label,
            rx.match(step.state, ("done", ": done"), ("here", ": you are here"), ": still to come"),
            class_name="sr-only",
        ),
        class_name=rx.cond(
            step.state == "ahead",
            "h-1.5 grow rounded-full bg-line",
            rx.cond(
                step.state == "here",
                "h-1.5 grow-[2] rounded-full bg-brand",
                "h-1.5 grow rounded-full bg-brand opacity-50",
            ),
        ),
        custom_attrs={"aria-current": rx.cond(step.state == "here", "step", "false")},
    )


def _missing() -> rx.Component:
    return rx.fragment(
        rx.el.h1("Your application", class_name="sr-only"),
        error_state(
            "We can't find that application",
            "It may belong to another account. Yours stand in your dashboard.",
            link_button("Your licences", href=MINE),
        ),
    )


def _waiting() -> rx.Component:
    return rx.el.div(
        skeleton("h-12 w-2/3"),
        skeleton("h-24 w-full"),
        skeleton("h-24 w-full"),
        rx.el.p("Opening your application…", role="status", class_name="sr-only"),
        class_name="flex max-w-2xl flex-col gap-5",
    )


PAGE = Page(
    route="/licensing/apply",
    view=apply,
    title="Apply for a licence",
    on_load=Wizard.open,
    requires=Permission.ACCOUNT,
)
