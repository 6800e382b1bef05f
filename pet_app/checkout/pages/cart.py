"""The cart: what lies in it, what it comes to, and the way on."""

import reflex as rx
from reflex.vars import ObjectVar

from pet_app.checkout import service as checkout
from pet_app.checkout.pages.lines import lines, saved
from pet_app.checkout.pages.pieces import code_box, sum_rows, total_row, trouble_list
from pet_app.checkout.state.cart import CartDesk, Idea
from pet_app.checkout.state.shown import Method
from pet_app.ui.cart import Basket
from pet_app.ui.components.buttons import button, link_button
from pet_app.ui.components.cards import card
from pet_app.ui.components.conditions import skeleton
from pet_app.ui.components.fields import select_field, text_field
from pet_app.ui.components.icons import icon
from pet_app.ui.components.layouts import container
from pet_app.ui.components.messages import notice
from pet_app.ui.components.prices import price
from pet_app.ui.page import Page
from pet_app.ui.session import field_problem

CLOSED = (
    "The checkout is closed for now: this shop cannot take payments yet. "
    "What you put in here is kept."
)


def cart() -> rx.Component:
    """Lines on the left, what they come to on the right; one below the other on a phone."""
    return container(
        rx.el.div(
            rx.el.h1("Your cart", class_name="text-title"),
            rx.cond(
                CartDesk.opened & (CartDesk.count > 0),
                rx.el.p(
                    rx.cond(CartDesk.count == 1, "1 piece", f"{CartDesk.count} pieces"),
                    class_name="text-muted",
                ),
                rx.fragment(),
            ),
            class_name="mb-6 flex flex-wrap items-baseline justify-between gap-x-4",
        ),
        _missing(),
        _removed(),
        rx.cond(
            CartDesk.opened,
            rx.cond(CartDesk.lines.length() > 0, _filled(), _empty()),
            _waiting(),
        ),
        class_name="pb-24 pt-8 sm:pt-12",
    )


def _filled() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.div(
                trouble_list(CartDesk.troubles, 0),
                class_name="mb-5 has-[>:only-child:empty]:hidden",
            ),
            lines(),
            saved(),
            class_name="min-w-0",
        ),
        rx.el.aside(
            card(
                rx.el.h2("Summary", class_name="mb-4 text-subheading"),
                sum_rows(CartDesk.sums),
                rx.el.div(
                    code_box(
                        CartDesk.codes,
                        CartDesk.code_typed,
                        CartDesk.drawn,
                        CartDesk.enter_code,
                        CartDesk.drop_code,
                    ),
                    class_name="my-3 border-y border-line py-2",
                ),
                _estimate(),
                rx.el.div(
                    total_row("Total", CartDesk.total, "before shipping and tax"),
                    class_name="mt-3",
                ),
                rx.cond(
                    CartDesk.to_free,
                    rx.el.p(
                        f"{CartDesk.to_free} more, and shipping is free.",
                        class_name="mt-2 text-small text-muted",
                    ),
                    rx.cond(
                        CartDesk.is_sent_free,
                        rx.el.p(
                            icon("check", 16),
                            "Standard shipping is free.",
                            class_name="mt-2 flex items-center gap-1.5 text-small text-good",
                        ),
                        rx.fragment(),
                    ),
                ),
                _way_on(),
            ),
            _promises(),
            custom_attrs={"aria-label": "What it comes to"},
            class_name="lg:sticky lg:top-24",
        ),
        class_name="grid items-start gap-8 lg:grid-cols-[minmax(0,1fr)_24rem] lg:gap-14",
    )


def _way_on() -> rx.Component:
    return rx.cond(
        CartDesk.is_open,
        link_button("Check out", href="/checkout", size="lg", class_name="mt-5 w-full"),
        notice(CLOSED, tone="warn", class_name="mt-5"),
    )


def _promises() -> rx.Component:
    """What one may count on; nothing here that the shop does not do."""
    return rx.el.ul(
        *(
            rx.el.li(icon(symbol, 18, "mt-0.5 text-brand"), text, class_name="flex gap-2.5")
            for symbol, text in (
                ("ruler", "Does it not fit? We make it once more."),
                ("lock", "Your card number goes to the payment provider, never to us."),
                ("truck", "Follow your order from the workshop to your door."),
            )
        ),
        class_name="m-0 mt-5 flex list-none flex-col gap-2 px-2 text-small text-muted",
    )


def _estimate() -> rx.Component:
    return rx.el.details(
        rx.el.summary(
            icon("truck", 18),
            "Estimate shipping and tax",
            class_name="flex min-h-11 cursor-pointer list-none items-center gap-2 text-small "
            "font-semibold underline-offset-4 hover:underline",
        ),
        rx.el.form(
            select_field(
                "Country",
                "estimate_country",
                list(checkout.places().items()),
                default_value=CartDesk.country,
                error=field_problem("country"),
                auto_complete="country",
                key=CartDesk.country,
            ),
            text_field(
                "Postcode",
                "estimate_postcode",
                default_value=CartDesk.postcode,
                error=field_problem("postal_code"),
                auto_complete="postal-code",
            ),
            button("Estimate", type="submit", kind="secondary", class_name="w-full"),
            on_submit=CartDesk.estimate,
            custom_attrs={"noValidate": True},
            class_name="flex flex-col gap-4 pb-3",
        ),
        rx.el.div(
            rx.cond(
                CartDesk.no_estimate,
                rx.el.p(CartDesk.no_estimate, class_name="text-small text-danger"),
                rx.fragment(),
            ),
            rx.foreach(CartDesk.methods, _offered),
            rx.cond(
                CartDesk.estimated.length() > 0,
                rx.el.div(
                    sum_rows(CartDesk.estimated), class_name="mt-3 border-t border-line py-3"
                ),
                rx.fragment(),
            ),
            custom_attrs={"aria-live": "polite"},
            data_testid="estimate",
        ),
    )


def _offered(method: ObjectVar[Method]) -> rx.Component:
    return rx.el.p(
        rx.el.span(method.label, ", ", method.days, class_name="text-muted"),
        rx.el.span(method.price, class_name="tabular-nums"),
        class_name="flex justify-between gap-4 py-1 text-small",
    )


def _missing() -> rx.Component:
    """What of a former order cannot be had any more."""
    return rx.cond(
        Basket.missing.length() > 0,
        notice(
            rx.foreach(Basket.missing, rx.el.p),
            button("All right", size="sm", kind="quiet", on_click=Basket.dismiss),
            tone="warn",
            class_name="mb-6",
        ),
        rx.fragment(),
    )


def _removed() -> rx.Component:
    return rx.el.div(
        rx.cond(
            CartDesk.removed,
            rx.el.div(
                rx.el.p(
                    rx.el.span(CartDesk.removed, class_name="font-semibold"),
                    " is out of your cart.",
                    class_name="min-w-0 [overflow-wrap:anywhere]",
                ),
                button(
                    icon("undo", 16), "Undo", size="sm", kind="secondary", on_click=CartDesk.undo
                ),
                class_name="rise mb-5 flex items-center justify-between gap-4 rounded-control "
                "bg-sunk px-4 py-2.5 text-small",
            ),
            rx.fragment(),
        ),
        role="status",
        custom_attrs={"aria-live": "polite"},
    )


def _empty() -> rx.Component:
    """An empty cart leads to what could be in it."""
    return rx.el.div(
        rx.el.p(
            "There is nothing in it yet. Cut to your pet's own measurements, or ready in the "
            "usual sizes: both start here.",
            class_name="max-w-prose text-lead text-muted",
        ),
        rx.el.div(
            link_button("See the shop", href="/shop", size="lg"),
            link_button("Design your own", href="/builder", size="lg", kind="secondary"),
            class_name="mt-6 flex flex-wrap gap-3",
        ),
        saved(),
        rx.el.section(
            rx.el.h2("What others like", class_name="text-heading"),
            rx.el.ul(
                rx.foreach(CartDesk.ideas, _idea),
                class_name="m-0 mt-6 grid list-none grid-cols-2 gap-x-4 gap-y-8 p-0 sm:gap-x-6 "
                "lg:grid-cols-4",
            ),
            class_name="mt-16",
        ),
    )


def _idea(idea: ObjectVar[Idea]) -> rx.Component:
    return rx.el.li(
        rx.el.a(
            rx.el.div(
                rx.cond(
                    idea.picture,
                    rx.el.img(
                        src=idea.picture,
                        alt=idea.alt,
                        loading="lazy",
                        custom_attrs={"width": "400", "height": "400"},
                        class_name="h-full w-full object-cover",
                    ),
                    rx.el.div(
                        icon("paw", 40, "text-[#1d4a3b]"),
                        class_name="flex h-full items-center justify-center",
                    ),
                ),
                class_name="picture-ground aspect-square overflow-hidden rounded-card",
            ),
            rx.el.div(
                rx.el.h3(idea.title, class_name="text-subheading"),
                price(idea.price),
                class_name="mt-3 justify-between gap-4 sm:flex sm:items-baseline",
            ),
            href=idea.href,
            class_name="block no-underline hover:[&_h3]:underline",
        )
    )


def _waiting() -> rx.Component:
    return rx.el.div(
        rx.el.div(*(skeleton("mb-4 h-28 w-full") for _ in range(3))),
        skeleton("h-80 w-full rounded-card"),
        rx.el.p("Fetching your cart…", role="status", class_name="sr-only"),
        class_name="grid gap-8 lg:grid-cols-[minmax(0,1fr)_24rem] lg:gap-14",
    )


PAGE = Page(
    route="/cart",
    view=cart,
    title="Your cart",
    description="What you have chosen at Harness Hero: change it, save it for later, use a code, "
    "and see what sending it costs before you check out.",
    on_load=CartDesk.open,
)
