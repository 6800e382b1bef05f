"""What stands on an order's page beside its things: parcels, answers, reckoning, address."""

from typing import Any

import reflex as rx
from reflex.vars import ObjectVar

from pet_app.order.state.cards import ParcelCard, RequestCard, Sum
from pet_app.order.state.order import OrderDesk
from pet_app.ui.components.badges import TONES
from pet_app.ui.components.buttons import link_button
from pet_app.ui.components.cards import panel
from pet_app.ui.components.icons import icon

FACTS: Any = OrderDesk.facts
BADGE = (
    "inline-flex items-center rounded-full px-2.5 py-1 text-label font-semibold whitespace-nowrap "
)


def toned(text: rx.Var[str], tone: rx.Var[str]) -> rx.Component:
    """A badge whose tone only the page knows."""
    cases = ((name, BADGE + colours) for name, colours in TONES.items())
    chosen: Any = rx.match(tone, *cases, BADGE + TONES["plain"])
    return rx.el.span(text, class_name=chosen)


def parcels() -> rx.Component:
    """The parcels, each with the way to follow it."""
    return rx.cond(
        OrderDesk.parcels.length() > 0,
        panel(
            "Parcels",
            rx.el.ul(
                rx.foreach(OrderDesk.parcels, _parcel),
                class_name="m-0 list-none p-0 [&>li+li]:border-t [&>li]:border-line",
            ),
        ),
        rx.fragment(),
    )


def _parcel(parcel: ObjectVar[ParcelCard]) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            icon("truck", 22),
            class_name="flex h-11 w-11 shrink-0 items-center justify-center rounded-full "
            "bg-brand-soft text-brand",
        ),
        rx.el.div(
            rx.el.p(parcel.carrier, " ", parcel.number, class_name="font-semibold tabular-nums"),
            rx.el.p(parcel.when, class_name="text-small text-muted"),
            rx.el.p(
                rx.foreach(parcel.lines, lambda text: rx.el.span(text, class_name="block")),
                class_name="text-small text-muted",
            ),
            class_name="min-w-0 grow [overflow-wrap:anywhere]",
        ),
        rx.cond(
            parcel.url,
            link_button("Follow it", href=parcel.url, kind="secondary", size="sm", target="_blank"),
            rx.fragment(),
        ),
        class_name="flex flex-wrap items-start gap-4 py-4 first:pt-0 last:pb-0",
    )


def requests() -> rx.Component:
    """What is to come back or be made again, with our answers."""
    return rx.cond(
        OrderDesk.requests.length() > 0,
        panel(
            "Returns and better fits",
            rx.el.ul(
                rx.foreach(OrderDesk.requests, _request),
                class_name="m-0 list-none p-0 [&>li+li]:border-t [&>li]:border-line",
            ),
        ),
        rx.fragment(),
    )


def _request(request: ObjectVar[RequestCard]) -> rx.Component:
    return rx.el.li(
        rx.cond(
            request.photo,
            rx.el.img(
                src=request.photo,
                alt="The photograph you sent",
                loading="lazy",
                class_name="h-20 w-20 shrink-0 rounded-control object-cover",
                custom_attrs={"width": "80", "height": "80"},
            ),
            rx.fragment(),
        ),
        rx.el.div(
            rx.el.div(
                rx.el.p(request.title, class_name="font-semibold"),
                toned(request.state, request.tone),
                class_name="flex flex-wrap items-center justify-between gap-x-3 gap-y-1",
            ),
            rx.el.p(request.what, class_name="text-small text-muted"),
            rx.cond(
                request.words,
                rx.el.p(f"“{request.words}”", class_name="mt-1 text-small"),
                rx.fragment(),
            ),
            rx.cond(
                request.answer,
                rx.el.p(
                    rx.el.span("Our answer: ", class_name="font-semibold"),
                    request.answer,
                    class_name="mt-2 rounded-control bg-brand-soft px-4 py-3 text-small",
                ),
                rx.fragment(),
            ),
            class_name="min-w-0 grow [overflow-wrap:anywhere]",
        ),
        class_name="flex gap-4 py-4 first:pt-0 last:pb-0",
    )


def reckoning() -> rx.Component:
    """What it cost."""
    return rx.cond(
        OrderDesk.own,
        panel(
            "Total",
            rx.el.dl(
                rx.foreach(OrderDesk.sums, _sum),
                rx.el.div(
                    rx.el.dt("Total"),
                    rx.el.dd(FACTS.total, class_name="m-0 tabular-nums"),
                    class_name="mt-2 flex justify-between gap-6 border-t border-line pt-3 "
                    "text-subheading font-semibold",
                ),
                rx.foreach(OrderDesk.after, _sum),
                class_name="m-0",
            ),
        ),
        rx.fragment(),
    )


def _sum(line: ObjectVar[Sum]) -> rx.Component:
    return rx.el.div(
        rx.el.dt(line.label, class_name="min-w-0 text-muted"),
        rx.el.dd(line.amount, class_name="m-0 tabular-nums"),
        class_name="flex justify-between gap-6 py-1 text-small",
    )


def where() -> rx.Component:
    """Where it goes and how."""
    return rx.cond(
        OrderDesk.address.length() > 0,
        panel(
            "Goes to",
            rx.el.address(
                rx.foreach(OrderDesk.address, lambda text: rx.el.span(text, class_name="block")),
                class_name="text-small not-italic [overflow-wrap:anywhere]",
            ),
            rx.el.p(FACTS.method, class_name="mt-3 text-small text-muted"),
            rx.el.p(
                FACTS.email,
                class_name="text-small text-muted [overflow-wrap:anywhere]",
            ),
        ),
        rx.fragment(),
    )
