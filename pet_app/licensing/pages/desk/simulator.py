"""Other fees, tried on the cases of the last twelve months."""

from typing import Any

import reflex as rx
from reflex.vars import ObjectVar

from pet_app.core.security import Permission
from pet_app.licensing.pages.desk.frame import desk, waiting
from pet_app.licensing.state.desk.simulator import GroupRow, RuleRow, Simulator
from pet_app.ui.components.badges import badge
from pet_app.ui.components.buttons import button
from pet_app.ui.components.cards import SURFACE, panel
from pet_app.ui.components.fields import CONTROL, field_error
from pet_app.ui.components.kinds import classes, inline_style, when_said
from pet_app.ui.components.tables import table
from pet_app.ui.page import Page
from pet_app.ui.session import field_problem

OUTCOME: Any = Simulator.outcome


def simulator() -> rx.Component:
    """The amounts beside what they come to."""
    return desk(
        "What if the fees were others?",
        rx.el.p(
            "Change an amount and see what the cases of the last twelve months would have paid. "
            "Nothing changes for anybody: the town's own file does that.",
            class_name="mb-5 max-w-prose text-muted",
        ),
        rx.cond(
            Simulator.simulated,
            rx.el.div(
                _rules(),
                rx.el.div(_outcome(), _groups(), class_name="flex min-w-0 flex-col gap-4"),
                class_name="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.3fr)]",
            ),
            waiting("h-96"),
        ),
        on_town=Simulator.go_to_rules_of,
    )


def _rules() -> rx.Component:
    return rx.el.form(
        rx.el.ul(
            rx.foreach(Simulator.rules, _rule),
            class_name="m-0 list-none divide-y divide-line p-0",
        ),
        rx.el.div(
            button("Try it", type="submit", busy=Simulator.busy),
            button("As it is", kind="quiet", on_click=Simulator.as_it_is),
            class_name="sticky bottom-0 mt-2 flex gap-2 border-t border-line bg-surface py-3",
        ),
        on_submit=Simulator.try_out,
        class_name=classes(SURFACE, "px-4 py-2"),
        custom_attrs={"aria-label": "Amounts"},
    )


def _rule(rule: ObjectVar[RuleRow]) -> rx.Component:
    name = f"rule-{rule.id}"
    return rx.el.li(
        rx.el.label(
            rx.el.span(rule.words, class_name="block font-medium"),
            rx.el.span(
                rule.stage,
                rx.cond(rule.note, rx.el.span(", ", rule.note), ""),
                rx.cond(
                    rule.assumption,
                    badge("Our assumption", tone="warn", class_name="ml-2"),
                    rx.fragment(),
                ),
                class_name="block text-label text-muted",
            ),
            class_name="min-w-0 grow text-small",
            custom_attrs={"htmlFor": f"amount-{rule.id}"},
        ),
        rx.el.div(
            rx.el.input(
                name=name,
                type="text",
                default_value=rule.value,
                max_length=10,
                class_name=classes(
                    CONTROL.replace("min-h-12", "min-h-10"), "pr-12 text-right tabular-nums"
                ),
                custom_attrs={"id": f"amount-{rule.id}", "inputMode": "decimal"},
            ),
            rx.el.span(
                rule.unit,
                class_name="pointer-events-none absolute inset-y-0 right-3 flex items-center "
                "text-label text-muted",
            ),
            class_name="relative w-32 shrink-0",
        ),
        rx.el.div(
            when_said(field_problem(name), field_error(field_problem(name), name)),
            class_name="basis-full empty:hidden",
        ),
        key=f"{Simulator.drawn}-{rule.id}",
        class_name="flex flex-wrap items-center gap-x-4 py-2",
    )


def _outcome() -> rx.Component:
    return rx.el.section(
        rx.el.h2(OUTCOME.span, class_name="font-body text-small font-normal text-muted"),
        rx.el.p(
            rx.cond(
                OUTCOME.changed,
                rx.fragment(
                    rx.el.span(
                        OUTCOME.difference, class_name="font-display text-title tabular-nums"
                    ),
                    rx.el.span(
                        OUTCOME.after,
                        " instead of ",
                        OUTCOME.before,
                        class_name="text-muted tabular-nums",
                    ),
                ),
                rx.fragment(
                    rx.el.span(OUTCOME.before, class_name="font-display text-title tabular-nums"),
                    rx.el.span("with the fees as they are", class_name="text-muted"),
                ),
            ),
            class_name="mt-1 flex flex-wrap items-baseline gap-x-3",
        ),
        rx.cond(
            OUTCOME.changed, rx.el.p(OUTCOME.told, class_name="mt-1 text-small"), rx.fragment()
        ),
        rx.cond(
            OUTCOME.left_out,
            rx.el.p(OUTCOME.left_out, class_name="mt-1 text-small text-muted"),
            rx.fragment(),
        ),
        class_name=classes(SURFACE, "p-5"),
        custom_attrs={"aria-live": "polite", "aria-label": "What it comes to"},
    )


def _groups() -> rx.Component:
    return rx.cond(
        Simulator.groups.length() > 0,
        table(
            "The difference by group",
            ["Group", "Cases", "Paid", "Would pay", "Difference"],
            rx.foreach(Simulator.groups, _group),
        ),
        panel("By group", rx.el.p("No case was decided in these twelve months.")),
    )


def _group(group: ObjectVar[GroupRow]) -> rx.Component:
    cell = "px-4 py-2 align-top"
    return rx.el.tr(
        rx.el.th(
            rx.el.span(group.label, class_name="block font-medium text-ink"),
            rx.el.span(group.by, class_name="block text-label font-normal text-muted"),
            scope="row",
            class_name=classes(cell, "text-left"),
        ),
        *(
            rx.el.td(value, class_name=classes(cell, "text-muted whitespace-nowrap"))
            for value in (group.count, group.before, group.after)
        ),
        rx.el.td(
            rx.el.span(group.difference, class_name="font-semibold text-ink whitespace-nowrap"),
            rx.el.div(
                rx.el.div(
                    class_name=rx.cond(
                        group.fell,
                        "h-full rounded-full bg-danger",
                        "h-full rounded-full bg-good",
                    ),
                    custom_attrs=inline_style(width=f"{group.percent}%"),
                ),
                class_name="mt-1 h-1.5 min-w-16 rounded-full bg-sunk",
                custom_attrs={"aria-hidden": "true"},
            ),
            class_name=cell,
        ),
    )


PAGE = Page(
    route="/licensing/desk/simulator",
    view=simulator,
    title="What if the fees were others",
    area="bare",
    on_load=Simulator.open_simulator,
    requires=Permission.LICENCES,
)
