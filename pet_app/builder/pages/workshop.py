"""The workshop: every design with its pack, and one cutting plan over those chosen."""

import reflex as rx
from reflex.vars import ObjectVar

from pet_app.builder.state.workshop import LeftShown, Work, WorkRow
from pet_app.core.security import Permission
from pet_app.ui.components.buttons import button, link_button
from pet_app.ui.components.cards import SURFACE, panel
from pet_app.ui.components.conditions import empty_state, error_state, progress, skeleton
from pet_app.ui.components.fields import text_field
from pet_app.ui.components.icons import icon
from pet_app.ui.components.kinds import Child, classes
from pet_app.ui.components.layouts import container, page_heading
from pet_app.ui.components.messages import notice
from pet_app.ui.components.tables import facts
from pet_app.ui.page import Page
from pet_app.ui.session import may

SHEETS = (("PDF", "pdf"), ("1:1 SVG", "svg"), ("DXF", "dxf"), ("CSV", "csv"))


def for_staff(*children: Child) -> rx.Component:
    """What only staff see; others read why they see nothing."""
    return container(
        rx.cond(
            may(Permission.WORKSHOP),
            rx.el.div(*children),
            error_state(
                "This is the workshop's",
                "Your account does not open it. Sign in with a staff account.",
                link_button("To your dashboard", href="/dashboard"),
            ),
        ),
        class_name="py-8 lg:py-12",
    )


def workshop() -> rx.Component:
    """The list beside the plan."""
    return for_staff(
        page_heading(
            "Workshop",
            "Print the pack of a piece, or choose several and cut them from the fewest ends.",
            link_button("The numbers", href="/workshop/numbers", kind="secondary"),
        ),
        rx.el.div(
            rx.el.div(_search(), _list(), class_name="min-w-0 grow"),
            rx.el.aside(
                _plan(),
                class_name="shrink-0 lg:sticky lg:top-24 lg:w-88",
                custom_attrs={"aria-label": "Cutting plan"},
            ),
            class_name="flex flex-col gap-8 lg:flex-row lg:items-start",
        ),
    )


def _search() -> rx.Component:
    return rx.el.form(
        rx.el.div(
            text_field("Name or number", "search", placeholder="Biscuit, or HH-7F3K-9Q2M"),
            class_name="grow",
        ),
        button("Find", type="submit", kind="secondary", class_name="min-h-12"),
        on_submit=Work.find,
        class_name="mb-5 flex items-end gap-3",
    )


def _list() -> rx.Component:
    return rx.cond(
        Work.listed,
        rx.cond(
            Work.rows.length() > 0,
            rx.el.div(
                rx.el.div(
                    rx.el.p(Work.shown, class_name="text-small text-muted", role="status"),
                    button("Choose all shown", kind="quiet", size="sm", on_click=Work.choose_page),
                    class_name="mb-3 flex flex-wrap items-center justify-between gap-3",
                ),
                rx.el.ul(
                    rx.foreach(Work.rows, _row),
                    class_name=classes(SURFACE, "m-0 divide-y divide-line p-0"),
                ),
                rx.cond((Work.page > 0) | Work.has_more, _pager(), rx.fragment()),
            ),
            empty_state(
                "Nothing to make here",
                "No saved design has this name or number.",
                symbol="ruler",
            ),
        ),
        rx.el.div(*(skeleton("h-20 w-full") for _ in range(6)), class_name="flex flex-col gap-3"),
    )


def _row(row: ObjectVar[WorkRow]) -> rx.Component:
    return rx.el.li(
        rx.el.label(
            rx.el.input(
                type="checkbox",
                checked=Work.chosen.contains(row.id),
                on_change=lambda _: Work.choose(row.id),
                class_name="h-5 w-5 shrink-0 accent-[var(--brand)]",
                custom_attrs={"aria-label": f"Choose {row.name}, {row.number}"},
            ),
            class_name="flex min-h-11 min-w-11 cursor-pointer items-center justify-center",
        ),
        rx.cond(
            row.picture,
            rx.el.img(
                src=row.picture,
                alt="",
                loading="lazy",
                custom_attrs={"width": "64", "height": "64"},
                class_name="picture-ground h-16 w-16 shrink-0 rounded-control object-cover "
                "max-sm:hidden",
            ),
            rx.el.div(
                icon("cube", 24, "text-muted"),
                class_name="flex h-16 w-16 shrink-0 items-center justify-center rounded-control "
                "bg-sunk max-sm:hidden",
            ),
        ),
        rx.el.div(
            rx.el.p(row.name, class_name="font-semibold [overflow-wrap:anywhere]"),
            rx.el.p(
                rx.el.span(row.number, class_name="font-medium text-ink tabular-nums"),
                rx.el.span(row.about),
                rx.el.span(row.price, class_name="tabular-nums"),
                rx.el.span(row.changed),
                class_name="mt-0.5 flex flex-wrap gap-x-4 text-small text-muted",
            ),
            rx.cond(
                row.trouble,
                rx.el.p(row.trouble, class_name="mt-1 text-small text-danger"),
                rx.fragment(),
            ),
            rx.el.p(
                *(
                    rx.el.a(
                        label,
                        href=f"{row.pack}.{suffix}",
                        target="_blank",
                        class_name="inline-flex min-h-11 items-center text-small font-medium "
                        "text-brand underline decoration-1 underline-offset-4 "
                        "hover:decoration-2",
                        custom_attrs={"aria-label": f"{label} pack of {row.name}"},
                    )
                    for label, suffix in SHEETS
                ),
                class_name="-mb-2 flex flex-wrap gap-x-5",
            ),
            class_name="min-w-0 grow",
        ),
        class_name="flex list-none items-center gap-4 px-4 py-3",
    )


def _pager() -> rx.Component:
    return rx.el.nav(
        button(
            icon("arrow-left", 18),
            "Newer",
            kind="secondary",
            size="sm",
            disabled=Work.page == 0,
            on_click=Work.turn(-1),
        ),
        button(
            "Older",
            icon("arrow-right", 18),
            kind="secondary",
            size="sm",
            disabled=~Work.has_more,
            on_click=Work.turn(1),
        ),
        class_name="mt-5 flex justify-between gap-3",
        custom_attrs={"aria-label": "Pages"},
    )


def _plan() -> rx.Component:
    count = Work.chosen.length()
    return panel(
        "Cutting plan",
        rx.el.p(
            rx.cond(
                count > 0,
                rx.el.span(rx.el.strong(count), " chosen. Straps of one roll are cut together."),
                "Choose the pieces to cut together.",
            ),
            class_name="text-small text-muted",
        ),
        rx.el.div(
            button("Work it out", busy=Work.planning, disabled=count == 0, on_click=Work.make_plan),
            button("Choose none", kind="quiet", disabled=count == 0, on_click=Work.choose_none),
            class_name="mt-4 flex flex-wrap gap-2",
        ),
        rx.cond(
            Work.planning,
            rx.el.div(progress(Work.stage, Work.percent), class_name="mt-5"),
            rx.fragment(),
        ),
        rx.cond(Work.plan.title != "", _result(), rx.fragment()),
    )


def _result() -> rx.Component:
    plan = Work.plan
    return rx.el.div(
        rx.el.p(
            rx.el.span(plan.waste, class_name="font-display text-title tabular-nums"),
            rx.el.span(" lost", class_name="text-lead text-muted"),
            class_name="mt-6",
        ),
        rx.el.p(
            plan.share,
            " of what cutting in turn would lose. ",
            plan.title,
            ".",
            class_name="mt-1 mb-4 text-small text-muted",
        ),
        facts(
            ("Cut in turn, order by order", plan.turned),
            ("Saved against that", plan.saved),
            ("First-fit decreasing", plan.fitted),
            ("To buy", plan.bought),
            ("Back on the shelf", plan.kept),
            ("Could be better by at most", plan.gap),
        ),
        rx.cond(
            Work.left.length() > 0,
            notice(
                rx.el.p("Not in this plan:"),
                rx.el.ul(rx.foreach(Work.left, _left), class_name="mt-1 list-disc pl-4"),
                tone="warn",
                class_name="mt-4",
            ),
            rx.fragment(),
        ),
        rx.el.div(
            button("PDF to cut by", on_click=Work.download_pdf),
            button("CSV", kind="secondary", on_click=Work.download_csv),
            class_name="mt-5 flex flex-wrap gap-2",
        ),
    )


def _left(left: ObjectVar[LeftShown]) -> rx.Component:
    return rx.el.li(left.number, " ", left.name, ": ", left.reason)


WORKSHOP_PAGE = Page(
    route="/workshop",
    view=workshop,
    title="Workshop",
    on_load=Work.open,
    requires=Permission.WORKSHOP,
)
