"""Whether it fits and holds: a verdict first, the figures behind it on request."""

from collections.abc import Callable
from typing import Any

import reflex as rx
from reflex.vars import ObjectVar

from pet_app.builder.rules import Kind
from pet_app.builder.state.bench import Bench
from pet_app.builder.state.checked import BearingRow, Cited, LoopRow
from pet_app.core.security import Permission
from pet_app.ui.components.icons import icon
from pet_app.ui.components.messages import notice
from pet_app.ui.session import may

FIGURES = {
    "Measured": "measured",
    "Made": "made",
    "Stands off by": "clearance",
    "Fingers under it": "fingers",
    "Goes tighter by": "tighter",
    "Lets out by": "looser",
}

HELD = (Kind.HARNESS, Kind.COLLAR, Kind.MARTINGALE, Kind.LEASH)
"""The kinds that close round an animal or hold it."""


def has_checks(kind: Kind) -> bool:
    """Whether there is anything to say of the fit or the load of a kind."""
    return kind in HELD


def checks() -> rx.Component:
    """The fit, the load, and what a growing animal will outgrow."""
    found = Bench.shown.checked
    return rx.el.div(
        rx.cond(
            Bench.can_be_made & (found.verdict != ""),
            rx.cond(
                found.good,
                notice(found.verdict, tone="good"),
                notice(found.verdict, tone="warn"),
            ),
            notice("We can say once everything above can be made.", tone="info"),
        ),
        rx.cond(
            Bench.can_be_made,
            rx.el.div(
                rx.cond(
                    (found.loops.length() > 0) | (found.notes.length() > 0),
                    unfolding("Fit, strap by strap", _loops()),
                    rx.fragment(),
                ),
                rx.cond(found.load.says != "", unfolding("What it holds", _load())),
                rx.cond(found.growth.says != "", unfolding("As it grows", _growth())),
                class_name="border-b border-line",
            ),
            rx.fragment(),
        ),
        class_name="flex flex-col gap-3",
        data_testid="checks",
    )


def unfolding(name: str, *children: rx.Component, **props: Any) -> rx.Component:
    """Something more to read, under its name; `open` shows it at once."""
    return rx.el.details(
        rx.el.summary(
            rx.el.span(name, class_name="font-semibold"),
            icon("chevron-down", 18, "transition [details[open]_&]:rotate-180"),
            class_name="flex min-h-11 items-center justify-between text-small",
        ),
        rx.el.div(*children, class_name="flex flex-col gap-4 pb-4 text-small"),
        class_name="border-t border-line",
        **props,
    )


def _loops() -> rx.Component:
    found = Bench.shown.checked
    table = rx.el.table(
        rx.el.thead(
            rx.el.tr(
                rx.el.th(rx.el.span("Figure", class_name="sr-only"), scope="col"),
                rx.foreach(found.loops, _head),
            )
        ),
        rx.el.tbody(
            *(
                rx.el.tr(
                    rx.el.th(
                        name,
                        scope="row",
                        class_name="py-1.5 pr-3 text-left font-normal text-muted",
                    ),
                    rx.foreach(found.loops, _cell(part)),
                    class_name="border-t border-line",
                )
                for name, part in FIGURES.items()
            )
        ),
        class_name="w-full border-collapse tabular-nums",
    )
    return rx.fragment(
        rx.cond(found.loops.length() > 0, table, rx.fragment()),
        rx.foreach(found.loops, lambda loop: _cited(loop.verdict)),
        rx.foreach(found.notes, _cited),
    )


def _head(loop: ObjectVar[LoopRow]) -> rx.Component:
    return rx.el.th(loop.name, scope="col", class_name="pb-1.5 text-right font-semibold")


def _cell(part: str) -> Callable[[ObjectVar[LoopRow]], rx.Component]:
    def cell(loop: ObjectVar[LoopRow]) -> rx.Component:
        return rx.el.td(getattr(loop, part), class_name="whitespace-nowrap py-1.5 pl-2 text-right")

    return cell


def _load() -> rx.Component:
    found = Bench.shown.checked
    return rx.fragment(
        _cited(found.load),
        rx.cond(
            found.bearings.length() > 0,
            rx.el.ul(
                rx.foreach(found.bearings, _bearing),
                class_name="m-0 flex list-none flex-col gap-2.5 p-0",
            ),
            rx.fragment(),
        ),
    )


def _bearing(bearing: ObjectVar[BearingRow]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.span(bearing.name, class_name="min-w-0"),
            rx.el.span(bearing.holds, class_name="whitespace-nowrap tabular-nums"),
            class_name="flex justify-between gap-3",
        ),
        rx.el.div(
            rx.el.div(
                custom_attrs={"style": {"width": f"{bearing.percent}%"}},
                class_name=rx.cond(
                    bearing.good,
                    "h-full rounded-full bg-brand",
                    "h-full rounded-full bg-danger",
                ),
            ),
            class_name="mt-1 h-1.5 overflow-hidden rounded-full bg-sunk",
            custom_attrs={"aria-hidden": "true"},
        ),
        rx.el.span(f"{bearing.percent}% of that is asked of it.", class_name="sr-only"),
    )


def _growth() -> rx.Component:
    found = Bench.shown.checked
    return rx.fragment(_cited(found.growth), rx.foreach(found.outgrown, _cited))


def _cited(cited: Any) -> rx.Component:
    found: ObjectVar[Cited] = cited
    for_staff = may(Permission.WORKSHOP)
    return rx.el.div(
        rx.cond(
            found.good,
            icon("check", 16, "mt-0.5 text-good"),
            icon("alert", 16, "mt-0.5 text-warn"),
        ),
        rx.el.div(
            rx.el.p(found.says),
            rx.cond(
                found.rule,
                rx.el.p(
                    found.rule,
                    # Where a figure comes from, or that it is ours, is for those who keep it.
                    rx.cond(for_staff, rx.el.span(" ", found.source), rx.fragment()),
                    class_name="mt-0.5 text-label text-muted",
                ),
                rx.fragment(),
            ),
            class_name="min-w-0",
        ),
        class_name="flex gap-2",
    )
