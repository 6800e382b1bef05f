"""A licence sold at the counter, for cash or a cheque."""

from typing import Any

import reflex as rx
from reflex.vars import ObjectVar

from pet_app.core.security import Permission
from pet_app.licensing.pages.desk.frame import desk, waiting
from pet_app.licensing.state.desk.counter import Counter, Pick
from pet_app.licensing.state.receipt import ReceiptLine
from pet_app.ui.components.buttons import button, link_button, text_link
from pet_app.ui.components.cards import SURFACE, card, panel
from pet_app.ui.components.fields import checkbox, select_field, text_field
from pet_app.ui.components.icons import icon
from pet_app.ui.components.kinds import classes
from pet_app.ui.components.postal import postal_field
from pet_app.ui.components.prices import price
from pet_app.ui.components.tables import facts
from pet_app.ui.fault_focus import fault_focus
from pet_app.ui.page import Page
from pet_app.ui.session import field_problem

RECEIPT: Any = Counter.receipt
FIELDS: Any = Counter.fields
EMPTY = ("", "Choose…")
SEXES = [EMPTY, ("female", "Female"), ("male", "Male")]
YES_NO = [EMPTY, ("yes", "Yes"), ("no", "No")]
YEARS = [EMPTY, ("1", "1 year"), ("3", "3 years"), ("4", "4 years")]


def counter() -> rx.Component:
    """The form beside its fee, or what was sold."""
    return desk(
        "Sell at the counter",
        rx.cond(
            Counter.counter_shown,
            rx.cond(RECEIPT.number, _sold(), _form()),
            waiting("h-96"),
        ),
        on_town=Counter.go_to_counter_of,
        at=RECEIPT.number,
    )


def _form() -> rx.Component:
    return rx.el.form(
        fault_focus(),
        rx.el.div(_animal(), _rabies(), _holder(), class_name="flex min-w-0 flex-col gap-4"),
        rx.el.aside(
            _licence(),
            class_name="min-w-0 lg:sticky lg:top-20",
            custom_attrs={"aria-label": "Licence and fee"},
        ),
        on_submit=Counter.send,
        key=f"sale-{Counter.drawn}",
        class_name="grid items-start gap-4 lg:grid-cols-[minmax(0,1.7fr)_minmax(0,1fr)]",
        custom_attrs={"noValidate": True},
    )


def _text(label: str, name: str, **props: Any) -> rx.Component:
    return text_field(label, name, error=field_problem(name), auto_complete="off", **props)


def _select(label: str, name: str, options: list[tuple[str, str]]) -> rx.Component:
    return select_field(label, name, options, error=field_problem(name), default_value="")


def _grid(*fields: rx.Component) -> rx.Component:
    return rx.el.div(*fields, class_name="grid gap-x-4 gap-y-3 sm:grid-cols-2 xl:grid-cols-3")


def _animal() -> rx.Component:
    return panel(
        "The animal",
        _grid(
            _text("Name", "animal.name"),
            rx.el.div(
                rx.el.label(
                    "Species",
                    html_for="field-animal.species",
                    class_name="text-small font-semibold text-ink",
                ),
                _choice("animal.species", Counter.animals),
                class_name="flex flex-col gap-1.5",
            ),
            _text("Breed", "animal.breed", optional=True),
            _select("Sex", "animal.sex", SEXES),
            _select("Spayed or neutered", "animal.altered", YES_NO),
            _text("Born", "animal.born", type="date", optional=True),
            _text("Colours", "animal.colours", optional=True),
            _text("Microchip", "animal.microchip", optional=True, input_mode="numeric"),
        ),
    )


def _rabies() -> rx.Component:
    return panel(
        "Rabies vaccination",
        _grid(
            _text("Given", "vaccination.given", type="date"),
            _select("Lasts", "vaccination.years", YEARS),
            _text("Holds until", "vaccination.until", type="date", optional=True),
            _text("Vet", "vaccination.vet"),
            _text("Product", "vaccination.product", optional=True),
            _text("Serial", "vaccination.serial", optional=True),
            _text("Rabies tag", "vaccination.tag", optional=True),
        ),
    )


def _holder() -> rx.Component:
    return panel(
        "The holder",
        _grid(
            _text("Name", "holder.name"),
            _text("Phone", "holder.phone", type="tel", optional=True),
            _text("E-mail, for the certificate", "holder.email", type="email", optional=True),
        ),
        rx.el.div(
            rx.foreach(
                FIELDS,
                lambda field: postal_field(
                    field,
                    drawn=Counter.drawn,
                    on_pick=Counter.say_line,
                    on_keep=Counter.say_line,
                ),
            ),
            class_name="mt-3 grid gap-x-4 gap-y-3 sm:grid-cols-2",
        ),
    )


def _licence() -> rx.Component:
    return panel(
        "Licence and fee",
        rx.el.div(
            rx.el.div(
                rx.el.label(
                    "For how long",
                    html_for="field-term",
                    class_name="text-small font-semibold text-ink",
                ),
                _choice("term", Counter.terms),
                class_name="flex flex-col gap-1.5",
            ),
            rx.cond(
                Counter.proofs.length() > 0,
                rx.el.fieldset(
                    rx.el.legend("Shown at the counter", class_name="text-small font-semibold"),
                    rx.foreach(Counter.proofs, _proof),
                    class_name="border-0",
                ),
                rx.fragment(),
            ),
            _text("Adopted on", "adopted", type="date", optional=True),
            checkbox("Declared dangerous", "dangerous"),
            _text(
                "Tag handed over",
                "tag_code",
                optional=True,
                help="Eight signs. Leave it empty and one is made up.",
            ),
            _money(),
            class_name="flex flex-col gap-3",
        ),
    )


def _choice(name: str, options: Any) -> rx.Component:
    return rx.el.div(
        rx.el.select(
            rx.foreach(options, _option),
            name=name,
            id=f"field-{name}",
            class_name="min-h-12 w-full appearance-none rounded-control bg-surface px-4 pr-11 "
            "text-body text-ink ring-1 ring-inset ring-edge hover:ring-ink",
        ),
        icon("chevron-down", 18, "pointer-events-none absolute right-4 top-1/2 -translate-y-1/2"),
        class_name="relative",
    )


def _option(pick: ObjectVar[Pick]) -> rx.Component:
    return rx.el.option(pick.words, value=pick.value)


def _proof(pick: ObjectVar[Pick]) -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="checkbox",
            name=f"proof-{pick.value}",
            class_name="h-5 w-5 shrink-0 accent-[var(--brand)]",
        ),
        pick.words,
        class_name="flex min-h-10 cursor-pointer items-center gap-3 text-small",
    )


def _money() -> rx.Component:
    return rx.cond(
        Counter.total,
        rx.el.div(
            rx.el.ul(rx.foreach(Counter.fees, _fee), class_name="m-0 list-none p-0 text-small"),
            rx.el.p(
                price(Counter.total, "font-display text-heading"),
                rx.el.span("holds until ", Counter.ends, class_name="text-small text-muted"),
                class_name="flex flex-wrap items-baseline gap-x-3",
                role="status",
            ),
            rx.el.fieldset(
                rx.el.legend("Paid", class_name="sr-only"),
                *(
                    rx.el.label(
                        rx.el.input(
                            type="radio",
                            name="paid_by",
                            value=value,
                            default_checked=value == "cash",
                            class_name="h-4.5 w-4.5 accent-[var(--brand)]",
                        ),
                        words,
                        class_name="flex min-h-10 cursor-pointer items-center gap-2 text-small",
                    )
                    for value, words in (("cash", "In cash"), ("cheque", "By cheque"))
                ),
                class_name="flex gap-5 border-0",
            ),
            button(f"Take {Counter.total} and issue", type="submit", busy=Counter.busy),
            class_name="flex flex-col gap-2 border-t border-line pt-4",
        ),
        rx.el.div(
            button("Work out the fee", type="submit", busy=Counter.busy, kind="secondary"),
            class_name="flex flex-col border-t border-line pt-4",
        ),
    )


def _fee(line: ObjectVar[ReceiptLine]) -> rx.Component:
    return rx.el.li(
        rx.el.span(line.words, class_name="min-w-0"),
        price(line.amount, "font-normal"),
        class_name="flex justify-between gap-4 py-1",
    )


def _sold() -> rx.Component:
    return card(
        rx.el.p(
            icon("check", 22),
            "Sold. Hand over the tag and the receipt.",
            class_name="flex items-center gap-2 font-semibold text-good",
            role="status",
        ),
        rx.el.div(
            facts(
                ("Licence", text_link(RECEIPT.number, href=RECEIPT.licence_href)),
                ("Tag", rx.el.span(RECEIPT.tag, class_name="tracking-wide")),
                ("Holds until", RECEIPT.ends),
                ("Paid", rx.el.span(RECEIPT.fee, ", ", RECEIPT.paid_by)),
            ),
            class_name="mt-4",
        ),
        rx.el.ul(
            rx.foreach(Counter.fees, _fee),
            class_name="m-0 mt-2 list-none border-t border-line p-0 pt-2 text-small text-muted",
        ),
        rx.el.div(
            button("Sell another", on_click=Counter.sell_another),
            button(
                "Print the receipt",
                kind="secondary",
                on_click=rx.call_function(rx.Var("() => window.print()")),
            ),
            link_button(
                icon("download", 18),
                "Certificate",
                href=RECEIPT.certificate,
                kind="secondary",
                custom_attrs={"target": "_blank"},
            ),
            class_name="mt-5 flex flex-wrap gap-3 print:hidden",
        ),
        rx.el.p(
            "The certificate is there a few seconds after the sale.",
            class_name="mt-3 text-small text-muted print:hidden",
        ),
        class_name=classes(SURFACE, "max-w-xl"),
    )


PAGE = Page(
    route="/licensing/desk/counter",
    view=counter,
    title="Sell at the counter",
    area="bare",
    on_load=Counter.open_counter,
    requires=Permission.LICENCES,
)
