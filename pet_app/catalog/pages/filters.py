"""The filters of the shop: beside the shelf on a desk, a sheet over it on a phone.

Each value is a link to the shelf with it or without it, so that they work before any script does,
and going back undoes them. The sheet is the browser's own popover; on a wide screen the same
element simply stands where it is.
"""

from typing import Any

import reflex as rx

from pet_app.catalog.asked import SHOP, Word
from pet_app.ui.components.buttons import KINDS, SIZES, button
from pet_app.ui.components.fields import CONTROL
from pet_app.ui.components.icons import icon
from pet_app.ui.components.kinds import Child, classes, each, either, inline_style, when_said
from pet_app.ui.plain_form import asking_form

SHEET = "filters"
OPENS = {"popoverTarget": SHEET}
CLOSES = {"popoverTarget": SHEET, "popoverTargetAction": "hide"}


def open_filters(view: Any) -> rx.Component:
    """The button that opens the sheet, where filters do not stand beside the shelf."""
    return rx.el.button(
        icon("sliders", 18),
        "Filters",
        when_said(
            view.chips,
            rx.el.span(
                _count(view.chips),
                class_name="flex h-5 min-w-5 items-center justify-center rounded-full bg-brand "
                "px-1 text-[0.6875rem] text-on-brand tabular-nums",
            ),
        ),
        type="button",
        class_name="inline-flex min-h-11 items-center gap-2 rounded-full px-4 text-small "
        "font-semibold ring-1 ring-inset ring-line lg:hidden",
        custom_attrs=OPENS,
    )


def filters(view: Any) -> rx.Component:
    """Every filter, with how many products each would leave."""
    return rx.el.div(
        rx.el.div(
            rx.el.h2("Filters", class_name="text-heading lg:text-subheading"),
            rx.el.button(
                icon("close", 22),
                type="button",
                class_name="inline-flex h-11 w-11 items-center justify-center rounded-full "
                "hover:bg-sunk lg:hidden",
                custom_attrs={**CLOSES, "aria-label": "Close the filters"},
            ),
            class_name="flex items-center justify-between",
        ),
        *each(view.groups, _group),
        _price(view),
        _section("Availability", rx.el.ul(_option(view.stock))),
        rx.el.div(
            rx.el.button(
                "Show ",
                view.count,
                type="button",
                class_name=f"inline-flex w-full items-center justify-center rounded-full "
                f"font-semibold {KINDS['primary']} {SIZES['lg']}",
                custom_attrs=CLOSES,
            ),
            class_name="sticky bottom-0 -mx-6 mt-4 bg-surface px-6 py-4 lg:hidden",
        ),
        id=SHEET,
        custom_attrs={"popover": "auto"},
        class_name="sheet",
    )


def _group(group: Any) -> rx.Component:
    values = each(group.options, _option)
    return rx.el.details(
        rx.el.summary(
            rx.el.h3(group.label, class_name="text-small font-semibold"),
            icon("chevron-down", 18, "text-muted transition [details[open]_&]:rotate-180"),
            class_name="flex min-h-8 list-none items-center justify-between",
        ),
        either(
            group.dense,
            rx.el.ul(*values, class_name="mt-1 grid grid-cols-2 gap-x-5"),
            rx.el.ul(*values, class_name="mt-1 flex flex-col"),
        ),
        open=group.opened,
        class_name="mt-4 border-t border-line pt-3",
    )


def _section(label: Child, *children: rx.Component) -> rx.Component:
    return rx.el.section(
        rx.el.h3(label, class_name="text-small font-semibold"),
        *children,
        class_name="mt-4 flex flex-col gap-1.5 border-t border-line pt-4",
    )


def _option(option: Any) -> rx.Component:
    box = "flex h-5 w-5 shrink-0 items-center justify-center rounded-md ring-1 ring-inset"
    return rx.el.li(
        rx.el.a(
            rx.el.span(
                icon("check", 14, "opacity-0 group-aria-[current=true]:opacity-100"),
                class_name=classes(
                    box,
                    "ring-edge text-on-brand group-aria-[current=true]:bg-brand "
                    "group-aria-[current=true]:ring-brand",
                ),
            ),
            when_said(
                option.colour,
                rx.el.span(
                    class_name="h-4 w-4 shrink-0 rounded-full "
                    "shadow-[inset_0_0_0_1px_rgb(128_128_128/45%)]",
                    custom_attrs=inline_style(background=option.colour),
                ),
            ),
            rx.el.span(option.label, class_name="grow"),
            rx.el.span(option.count, class_name="text-muted tabular-nums"),
            href=option.href,
            custom_attrs={
                "aria-current": _truth(option.chosen),
                "preventScrollReset": True,
                "rel": "nofollow",
            },
            class_name="group flex min-h-10 items-center gap-2.5 text-small no-underline "
            "hover:underline underline-offset-4",
        )
    )


def _price(view: Any) -> rx.Component:
    def field(label: str, name: str, value: Any, hint: Any) -> rx.Component:
        return rx.el.label(
            rx.el.span(label, class_name="sr-only"),
            rx.el.input(
                type="number",
                name=name,
                default_value=value,
                key=value,
                placeholder=hint,
                custom_attrs={"min": "0", "step": "1", "inputMode": "numeric"},
                class_name=f"{CONTROL} min-h-11 px-3 text-small",
            ),
            class_name="min-w-0 grow",
        )

    return _section(
        "Price in dollars",
        asking_form(
            *each(
                view.price_kept,
                lambda word: rx.el.input(
                    type="hidden", name=word.name, value=word.value, read_only=True
                ),
            ),
            field("From", Word.LOW.value, view.low, view.cheapest),
            rx.el.span("to", class_name="text-small text-muted"),
            field("To", Word.HIGH.value, view.high, view.dearest),
            button("Go", type="submit", kind="secondary", size="sm", class_name="min-h-11"),
            at=SHOP,
            class_name="flex items-center gap-2",
        ),
    )


def _count(items: Any) -> Any:
    if not isinstance(items, rx.Var):
        return str(len(items))
    chips: Any = items
    return chips.length().to_string()


def _truth(value: Any) -> Any:
    return rx.cond(value, "true", "false") if isinstance(value, rx.Var) else str(value).lower()
