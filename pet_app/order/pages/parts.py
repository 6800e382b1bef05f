"""What stands on an order's page: its way, its things, its parcels, its reckoning."""

from typing import Any

import reflex as rx
from reflex.vars import ObjectVar

from pet_app.order.state.order import OrderDesk
from pet_app.order.state.shown import (
    LineCard,
    ParcelCard,
    RequestCard,
    StepCard,
    Stop,
    Sum,
)
from pet_app.ui.components.badges import TONES
from pet_app.ui.components.buttons import button, link_button
from pet_app.ui.components.cards import panel
from pet_app.ui.components.icons import icon
from pet_app.ui.components.kinds import classes

FACTS: Any = OrderDesk.facts
SEAM = (
    "absolute left-[0.9375rem] top-8 h-[calc(100%-2rem)] w-0.5 "
    "sm:left-8 sm:top-[0.9375rem] sm:h-0.5 sm:w-[calc(100%-2rem)]"
)
"""From a stop to the next: down on a phone, across elsewhere."""
BADGE = (
    "inline-flex items-center rounded-full px-2.5 py-1 text-label font-semibold whitespace-nowrap "
)


def toned(text: rx.Var[str], tone: rx.Var[str]) -> rx.Component:
    """A badge whose tone only the page knows."""
    cases = ((name, BADGE + colours) for name, colours in TONES.items())
    chosen: Any = rx.match(tone, *cases, BADGE + TONES["plain"])
    return rx.el.span(text, class_name=chosen)


def way() -> rx.Component:
    """The stops of an order as a line of stitches, across on a wide screen and down on a phone."""
    return rx.el.ol(
        rx.foreach(OrderDesk.stops, _stop),
        class_name="m-0 flex list-none flex-col p-0 sm:flex-row",
        custom_attrs={"aria-label": "Where the order stands"},
    )


def _stop(stop: ObjectVar[Stop]) -> rx.Component:
    dot = (
        "relative z-10 flex h-8 w-8 shrink-0 items-center justify-center rounded-full ring-2 "
        "ring-inset "
    )
    mark: Any = rx.match(
        stop.state,
        (
            "done",
            rx.el.span(icon("check", 18), class_name=dot + "bg-brand text-on-brand ring-brand"),
        ),
        (
            "now",
            rx.el.span(
                rx.el.span(class_name="h-3 w-3 rounded-full bg-on-accent"),
                class_name=dot + "bg-accent ring-accent",
            ),
        ),
        (
            "off",
            rx.el.span(
                icon("close", 18), class_name=dot + "bg-danger-soft text-danger ring-danger"
            ),
        ),
        rx.el.span(class_name=dot + "bg-surface ring-line"),
    )
    return rx.el.li(
        # The seam to the next stop.
        rx.el.span(
            class_name=rx.match(
                stop.seam,
                ("done", f"{SEAM} bg-brand"),
                ("next", f"{SEAM} bg-line"),
                "hidden",
            ),
            custom_attrs={"aria-hidden": "true"},
        ),
        mark,
        rx.el.span(
            rx.el.span(
                stop.label,
                class_name=rx.cond(stop.state == "next", "block text-muted", "block font-semibold"),
            ),
            rx.el.span(stop.day, class_name="block text-small text-muted"),
            class_name="min-h-12 sm:min-h-0",
        ),
        class_name="relative flex gap-3 pb-2 last:pb-0 sm:flex-1 sm:flex-col sm:gap-2 "
        "sm:pb-0 sm:last:flex-none",
        custom_attrs={"aria-current": rx.cond(stop.state == "now", "step", "false")},
    )


def things() -> rx.Component:
    """What was ordered."""
    return panel(
        "What you ordered",
        rx.el.ul(
            rx.foreach(OrderDesk.lines, _line),
            class_name="m-0 list-none p-0 [&>li+li]:border-t [&>li]:border-line",
        ),
    )


def _line(line: ObjectVar[LineCard]) -> rx.Component:
    return rx.el.li(
        _picture(line),
        rx.el.div(
            rx.el.div(
                rx.el.div(
                    rx.cond(
                        line.href,
                        rx.el.a(
                            line.title,
                            href=line.href,
                            class_name="font-semibold underline-offset-4 hover:underline",
                        ),
                        rx.el.span(line.title, class_name="font-semibold"),
                    ),
                    rx.el.p(line.words, class_name="text-small text-muted"),
                    rx.el.p(
                        f"Quantity {line.quantity}",
                        rx.cond(line.unit, f" · {line.unit} each", ""),
                        class_name="text-small text-muted tabular-nums",
                    ),
                    rx.cond(
                        line.note,
                        rx.el.p(line.note, class_name="text-small font-medium text-brand"),
                        rx.fragment(),
                    ),
                    class_name="min-w-0 [overflow-wrap:anywhere]",
                ),
                rx.el.p(
                    rx.cond(
                        line.was,
                        rx.el.s(line.was, class_name="block text-small text-muted"),
                        rx.fragment(),
                    ),
                    line.total,
                    class_name="text-right font-semibold tabular-nums",
                ),
                class_name="flex items-start justify-between gap-4",
            ),
            rx.cond(line.breakdown.length() > 0, _breakdown(line), rx.fragment()),
            _chances(line),
            class_name="min-w-0 grow",
        ),
        class_name="flex gap-4 py-5 first:pt-0 last:pb-0",
    )


def _picture(line: ObjectVar[LineCard]) -> rx.Component:
    size = "h-20 w-20 shrink-0 rounded-control sm:h-24 sm:w-24"
    return rx.cond(
        line.picture,
        rx.el.img(
            src=line.picture,
            alt="",
            loading="lazy",
            class_name=classes("picture-ground object-cover", size),
            custom_attrs={"width": "96", "height": "96"},
        ),
        rx.el.span(
            icon("paw", 28),
            class_name=classes("flex items-center justify-center bg-brand-soft text-brand", size),
        ),
    )


def _breakdown(line: ObjectVar[LineCard]) -> rx.Component:
    return rx.el.details(
        rx.el.summary(
            "What it is made of",
            icon("chevron-down", 16, "transition [details[open]_&]:rotate-180"),
            class_name="inline-flex min-h-9 items-center gap-1 text-small font-medium text-brand",
        ),
        rx.el.ul(
            rx.foreach(
                line.breakdown,
                lambda part: rx.el.li(
                    rx.el.span(part[0], " ", rx.el.span(part[1], class_name="text-muted")),
                    rx.el.span(part[2], class_name="tabular-nums"),
                    class_name="flex justify-between gap-4 py-1",
                ),
            ),
            class_name="m-0 mt-1 list-none p-0 text-small",
        ),
        class_name="mt-1",
    )


def _chances(line: Any) -> rx.Component:
    return rx.cond(
        (line.returns > 0) | (line.remakes > 0),
        rx.el.div(
            rx.cond(
                line.remakes > 0,
                button(
                    icon("ruler", 18),
                    "It does not fit",
                    kind="secondary",
                    size="sm",
                    on_click=OrderDesk.ask_about(line.id, "remake"),
                    custom_attrs={"aria-label": f"{line.title} does not fit"},
                ),
                button(
                    icon("undo", 18),
                    "Send back",
                    kind="secondary",
                    size="sm",
                    on_click=OrderDesk.ask_about(line.id, "return"),
                    custom_attrs={"aria-label": f"Send back {line.title}"},
                ),
            ),
            rx.cond(
                line.until,
                rx.el.span(f"until {line.until}", class_name="text-small text-muted"),
                rx.fragment(),
            ),
            class_name="mt-3 flex flex-wrap items-center gap-x-3 gap-y-1",
        ),
        rx.fragment(),
    )


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


def history() -> rx.Component:
    """Everything that happened, the newest first."""
    return panel(
        "What happened",
        rx.el.ol(
            rx.foreach(OrderDesk.steps, _step),
            class_name="m-0 list-none p-0",
        ),
    )


def _step(step: ObjectVar[StepCard]) -> rx.Component:
    marks: Any = rx.match(
        step.mark,
        *((name, icon(name, 16)) for name in ("check", "truck", "ruler", "undo", "close")),
        *((name, icon(name, 16)) for name in ("alert", "info", "sparkle", "pencil", "bag")),
        icon("dots", 16),
    )
    return rx.el.li(
        rx.el.span(
            marks,
            class_name="relative z-10 flex h-8 w-8 shrink-0 items-center justify-center "
            "rounded-full bg-brand-soft text-brand",
        ),
        rx.el.div(
            rx.el.p(step.words, class_name="font-medium"),
            rx.el.p(step.at, class_name="text-small text-muted tabular-nums"),
            class_name="min-w-0 pt-0.5 [overflow-wrap:anywhere]",
        ),
        class_name="relative flex gap-3 pb-5 last:pb-0 before:absolute before:bottom-0 "
        "before:left-[0.9375rem] before:top-8 before:w-0.5 before:bg-line "
        "before:content-[''] last:before:hidden",
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
