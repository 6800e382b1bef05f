"""What it costs, what it is, and keeping it."""

import reflex as rx

from pet_app.builder.pages.checks import unfolding
from pet_app.builder.pictures import PictureState
from pet_app.builder.state.bench import Bench
from pet_app.ui import cart
from pet_app.ui.components.buttons import button, text_link
from pet_app.ui.components.cart import cart_button
from pet_app.ui.components.conditions import progress
from pet_app.ui.components.fields import text_field
from pet_app.ui.components.icons import icon
from pet_app.ui.components.messages import notice
from pet_app.ui.components.prices import price, price_line
from pet_app.ui.session import Session, field_problem

DESIGNS = "/dashboard/designs"
LOGIN = "/login?next=/builder"


def breakdown() -> rx.Component:
    """The price line by line, and the piece in words."""
    return rx.el.div(
        unfolding(
            "What goes into the price",
            rx.el.ul(
                rx.foreach(
                    Bench.shown.rows,
                    lambda row: price_line(row.label, row.amount, row.quantity),
                ),
                class_name="m-0 list-none p-0",
            ),
        ),
        unfolding("Your piece in words", rx.el.p(Bench.shown.description, class_name="text-muted")),
        class_name="border-b border-line",
    )


def naming() -> rx.Component:
    """The piece's name."""
    return rx.el.div(
        text_field(
            "Name of your design",
            "name",
            optional=True,
            error=field_problem("name"),
            default_value=Bench.name,
            placeholder="Rex on Sundays",
            on_blur=Bench.call,
        ),
        key=Bench.drawn,
    )


def bar() -> rx.Component:
    """The total and the button to keep the piece, always at hand."""
    return rx.el.div(
        rx.el.div(
            rx.el.span("Made for you", class_name="block text-label text-muted"),
            rx.cond(
                Bench.can_be_made,
                price(Bench.shown.total, "text-heading"),
                rx.el.span(
                    rx.el.span("Not yet ", class_name="text-heading text-muted"),
                    rx.el.a(
                        "See why",
                        href=f"#{Bench.trouble}",
                        class_name="inline-flex min-h-11 items-center text-small font-semibold "
                        "text-brand underline underline-offset-4",
                    ),
                ),
            ),
            custom_attrs={"aria-live": "polite"},
            data_testid="total",
        ),
        rx.cond(
            Bench.can_be_made,
            rx.el.div(_keep(), _into_cart(), class_name="flex items-center gap-2"),
            rx.cond(
                Bench.faults.length() > 0,
                button("Check measurements", size="lg", disabled=True),
                button("Make it possible", kind="accent", size="lg", on_click=Bench.settle),
            ),
        ),
        class_name="flex items-center justify-between gap-4",
    )


def _keep() -> rx.Component:
    """Beside the way into the cart it is the quieter of the two."""
    return button(
        rx.cond(Bench.is_kept, icon("check", 18), rx.fragment()),
        rx.cond(Bench.is_kept, "Saved", rx.cond(Bench.saved_id, "Save changes", "Save")),
        kind="secondary" if cart.is_open() else "primary",
        size="lg",
        busy=Bench.saving,
        on_click=Bench.save,
        id="save",
        class_name="max-sm:px-4" if cart.is_open() else "",
    )


def _into_cart() -> rx.Component:
    return cart_button(
        Bench.saved_id, Bench.put_in_cart, kind="primary", id="to-cart", class_name="max-sm:px-5"
    )


def news() -> rx.Component:
    """How keeping it goes: the stages of its picture as they come, then the picture in small."""
    return rx.el.div(
        rx.cond(
            Bench.is_kept,
            rx.match(
                Bench.picture.state,
                (PictureState.WORKING.value, _working()),
                (PictureState.READY.value, _ready()),
                (PictureState.FAILED.value, _failed()),
                rx.fragment(),
            ),
            rx.fragment(),
        ),
        custom_attrs={"aria-live": "polite"},
        data_testid="news",
    )


def _working() -> rx.Component:
    return rx.el.div(progress(Bench.picture.said, Bench.picture.percent), class_name="pb-4 pt-1")


def _ready() -> rx.Component:
    return rx.el.div(
        rx.el.a(
            rx.el.img(
                src=Bench.picture.url,
                alt="",
                custom_attrs={"width": "56", "height": "56"},
                class_name="picture-ground h-14 w-14 rounded-control",
            ),
            href="#picture",
            custom_attrs={"aria-label": "See the picture"},
        ),
        rx.el.p(
            rx.el.span("Saved, and pictured in our studio. ", class_name="font-semibold"),
            rx.cond(
                Session.signed_in,
                text_link("See all your designs", href=DESIGNS),
                text_link("Sign in to keep it for good", href=LOGIN),
            ),
            class_name="text-small",
        ),
        class_name="rise flex items-center gap-4 pb-3",
    )


def _failed() -> rx.Component:
    return notice(
        rx.el.p(Bench.picture.reason),
        button(
            "Try again",
            size="sm",
            kind="secondary",
            class_name="mt-2",
            on_click=Bench.retry_picture,
        ),
        tone="warn",
        class_name="mb-3",
    )
