"""What a licence costs where you live: the rules, the fee and where each cent comes from."""

from typing import Any

import reflex as rx
from reflex.vars import ObjectVar

from pet_app.licensing.pages.receipt import receipt_lines
from pet_app.licensing.service import towns
from pet_app.licensing.state.calculator import Calculator, Choice, TownCard
from pet_app.ui.components.buttons import link_button
from pet_app.ui.components.cards import panel
from pet_app.ui.components.choices import choice_group, segment, tick
from pet_app.ui.components.conditions import skeleton
from pet_app.ui.components.fields import text_field
from pet_app.ui.components.icons import icon
from pet_app.ui.components.layouts import breadcrumb, container, page_heading
from pet_app.ui.components.messages import notice
from pet_app.ui.components.prices import price
from pet_app.ui.page import Page, breadcrumb_list

LICENSING = "/licensing"


def calculator() -> rx.Component:
    """The page."""
    return container(
        breadcrumb(("Licences", LICENSING), ("Fees", "")),
        page_heading(
            "What a pet licence costs",
            "Choose your town and say what is so. You see every rule that counts and where it "
            "is written. Nothing you enter is kept.",
        ),
        rx.cond(
            Calculator.town_name,
            rx.el.div(
                rx.el.div(_towns(), _questions(), class_name="flex flex-col gap-8"),
                _receipt(),
                class_name="grid gap-10 lg:grid-cols-[1.35fr_1fr] lg:gap-16",
            ),
            skeleton("h-96 w-full rounded-panel"),
        ),
        class_name="pt-4 pb-24",
    )


def _towns() -> rx.Component:
    return rx.el.div(
        text_field(
            "Find your town",
            "town",
            help=f"A town, a postcode or your address. We know {len(towns())} places so far.",
            on_change=Calculator.find.debounce(250),
            auto_complete="address-level2",
        ),
        rx.cond(
            Calculator.none_found,
            notice(Calculator.none_found, tone="warn", class_name="mt-4"),
            choice_group(
                rx.el.span("Towns", class_name="sr-only"),
                rx.foreach(Calculator.found, _town),
                class_name="mt-4 flex flex-wrap gap-2",
            ),
        ),
    )


def _town(town: ObjectVar[TownCard]) -> rx.Component:
    return segment(
        rx.el.span(
            town.name,
            rx.el.span(" · ", town.region, class_name="font-normal opacity-80"),
        ),
        Calculator.town_id == town.id,
        name="place",
        value=town.id,
        on_change=Calculator.go_to(town.id),
    )


def _questions() -> rx.Component:
    return rx.el.div(
        rx.cond(
            Calculator.animals.length() > 1,
            choice_group(
                "Your pet is a",
                rx.foreach(
                    Calculator.animals,
                    lambda choice: _option(
                        choice, "species", Calculator.species, Calculator.choose_species
                    ),
                ),
            ),
        ),
        choice_group(
            "Spayed or neutered",
            *(
                segment(
                    words,
                    Calculator.altered == value,
                    name="altered",
                    value=value,
                    on_change=Calculator.choose_altered(value),
                )
                for value, words in (("yes", "Yes"), ("no", "No"))
            ),
        ),
        choice_group(
            "For how long",
            rx.foreach(
                Calculator.terms,
                lambda choice: _option(choice, "term", Calculator.term, Calculator.choose_term),
            ),
        ),
        text_field(
            "Birthday of your pet",
            "born",
            type="date",
            optional=True,
            help="Some towns ask less for the very young.",
            default_value="",
            on_change=Calculator.say_born.debounce(300),
        ),
        rx.cond(
            Calculator.proofs.length() > 0,
            choice_group(
                "What you can show",
                rx.foreach(Calculator.proofs, _proof),
            ),
        ),
        class_name="flex flex-col gap-7",
    )


def _option(choice: ObjectVar[Choice], name: str, chosen: Any, choose: Any) -> rx.Component:
    return segment(
        choice.words,
        chosen == choice.value,
        name=name,
        value=choice.value,
        on_change=choose(choice.value),
    )


def _proof(choice: ObjectVar[Choice]) -> rx.Component:
    return tick(
        choice.words,
        Calculator.shown.contains(choice.value),
        name="proof",
        value=choice.value,
        on_change=Calculator.turn_over(choice.value),
    )


def _receipt() -> rx.Component:
    return rx.el.aside(
        panel(
            Calculator.heading,
            rx.cond(
                Calculator.refusal,
                notice(Calculator.refusal, tone="warn"),
                rx.el.div(
                    rx.el.p(price(Calculator.total, "text-hero"), role="status"),
                    rx.el.div(receipt_lines(Calculator.receipt), class_name="mt-5"),
                    rx.el.p(Calculator.until, class_name="mt-5 text-small"),
                    link_button(
                        "Apply here",
                        icon("arrow-right", 18),
                        href=f"{LICENSING}/apply?town={Calculator.town_id}",
                        class_name="mt-5 w-full",
                    ),
                ),
            ),
            rx.el.p(
                "Issued by ",
                Calculator.issuer,
                ". Source: ",
                Calculator.source,
                ". Fees change; the office's word counts.",
                class_name="mt-5 text-small text-muted [overflow-wrap:anywhere]",
            ),
            rx.cond(
                Calculator.note,
                rx.el.p(Calculator.note, class_name="mt-3 text-small text-muted"),
            ),
        ),
        class_name="lg:sticky lg:top-24 lg:self-start",
        custom_attrs={"aria-label": "The fee"},
    )


PAGE = Page(
    route="/licensing/fees",
    view=calculator,
    title="Pet licence fees",
    description=(
        "What a dog or cat licence costs in your town, rule by rule, with the source of each: "
        "New York City, Chicago, San Diego, Toronto and more."
    ),
    on_load=Calculator.open,
    json_ld=(breadcrumb_list(("Licences", LICENSING), ("Fees", "/licensing/fees")),),
)
