"""Choosing one of a few by looking at them: segments, swatches, tiles."""

from typing import Any

import reflex as rx

from pet_app.ui.components.icons import icon
from pet_app.ui.components.kinds import Child, Text, inline_style


def choice_group(
    legend: Child,
    *options: Child,
    hint: Child = "",
    class_name: str = "flex flex-wrap gap-2",
) -> rx.Component:
    """Options of one question under its name; `hint` (what is chosen now) stands beside it."""
    return rx.el.fieldset(
        rx.el.legend(
            rx.el.span(legend, class_name="font-semibold"),
            rx.el.span(hint, class_name="text-muted"),
            class_name="mb-2.5 flex w-full justify-between gap-4 text-small",
        ),
        rx.el.div(*options, class_name=class_name),
        class_name="min-w-0 border-0",
    )


def segment(
    label: Child, chosen: rx.Var[bool] | bool, *, name: str, value: Text, **props: Any
) -> rx.Component:
    """One pill of a group: a radio button that shows its label. `on_change` picks it."""
    return rx.el.label(
        _radio(chosen, name, value, props),
        rx.el.span(
            label,
            class_name="flex min-h-11 items-center rounded-full px-4 text-small font-medium "
            "ring-1 ring-inset ring-line transition hover:ring-edge peer-checked:bg-brand "
            "peer-checked:text-on-brand peer-checked:ring-brand peer-focus-visible:outline "
            "peer-focus-visible:outline-3 peer-focus-visible:outline-offset-3 "
            "peer-focus-visible:outline-brand peer-disabled:opacity-45",
        ),
        class_name="relative cursor-pointer",
    )


def swatch(
    colour: Text,
    label: Text,
    chosen: rx.Var[bool] | bool,
    *,
    name: str,
    value: Text,
    **props: Any,
) -> rx.Component:
    """One colour dot of a group; `colour` is any CSS background, `label` its spoken name."""
    return rx.el.label(
        _radio(chosen, name, value, {**props, "custom_attrs": {"aria-label": label}}),
        rx.el.span(
            icon(
                "check",
                18,
                "opacity-0 transition-opacity [label:has(:checked)_&]:opacity-100",
            ),
            custom_attrs=inline_style(background=colour),
            class_name="flex h-9 w-9 items-center justify-center rounded-full text-white "
            "shadow-[inset_0_0_0_1px_rgb(128_128_128/45%)] mix-blend-normal "
            "[&_svg]:drop-shadow-[0_0_2px_rgb(0_0_0/90%)]",
        ),
        title=label,
        class_name="relative flex h-11 w-11 cursor-pointer items-center justify-center "
        "rounded-full ring-inset transition hover:ring-2 hover:ring-line has-[:checked]:ring-2 "
        "has-[:checked]:ring-brand has-[:focus-visible]:outline has-[:focus-visible]:outline-3 "
        "has-[:focus-visible]:outline-brand has-[:disabled]:opacity-35",
    )


def tile(
    title: Child,
    text: Child,
    chosen: rx.Var[bool] | bool,
    *,
    name: str,
    value: Text,
    picture: rx.Component | None = None,
    **props: Any,
) -> rx.Component:
    """One larger option with a line about it, and a small picture if it has one."""
    return rx.el.label(
        _radio(chosen, name, value, props),
        picture or rx.fragment(),
        rx.el.span(
            rx.el.span(title, class_name="block font-semibold"),
            rx.el.span(text, class_name="block text-small text-muted"),
            class_name="min-w-0 grow",
        ),
        class_name="relative flex cursor-pointer items-center gap-3 rounded-control bg-surface "
        "p-3.5 ring-1 ring-inset ring-line transition hover:ring-edge has-[:checked]:ring-2 "
        "has-[:checked]:ring-brand has-[:focus-visible]:outline has-[:focus-visible]:outline-3 "
        "has-[:focus-visible]:outline-brand has-[:disabled]:opacity-45",
    )


def _radio(
    chosen: rx.Var[bool] | bool, name: str, value: Text, props: dict[str, Any]
) -> rx.Component:
    # A checked radio without a handler would be frozen by React.
    state = {"checked": chosen} if "on_change" in props else {"default_checked": chosen}
    return rx.el.input(
        type="radio",
        name=name,
        value=value,
        class_name="peer absolute inset-0 m-0 h-full w-full cursor-pointer opacity-0",
        **state,
        **props,
    )


def picture_tile(
    label: Child,
    picture: rx.Component,
    chosen: rx.Var[bool] | bool,
    *,
    name: str,
    value: Text,
    **props: Any,
) -> rx.Component:
    """One option that is known by its picture, its name below."""
    return rx.el.label(
        _radio(chosen, name, value, props),
        picture,
        rx.el.span(label, class_name="text-small font-medium"),
        class_name="relative flex min-h-24 cursor-pointer flex-col items-center justify-center "
        "gap-1.5 rounded-control bg-surface px-2 py-3 text-center ring-1 ring-inset ring-line "
        "transition hover:ring-edge has-[:checked]:bg-brand-soft has-[:checked]:ring-2 "
        "has-[:checked]:ring-brand has-[:focus-visible]:outline has-[:focus-visible]:outline-3 "
        "has-[:focus-visible]:outline-brand has-[:disabled]:opacity-45",
    )


def tick(
    label: Child, ticked: rx.Var[bool] | bool, *, name: str, value: Text, **props: Any
) -> rx.Component:
    """One pill of a group of which several can be ticked. `on_change` turns it over."""
    return rx.el.label(
        rx.el.input(
            type="checkbox",
            name=name,
            value=value,
            checked=ticked,
            class_name="peer absolute inset-0 m-0 h-full w-full cursor-pointer opacity-0",
            **props,
        ),
        rx.el.span(
            icon(
                "check",
                16,
                "hidden [label:has(:checked)_&]:block",
            ),
            icon("plus", 16, "[label:has(:checked)_&]:hidden"),
            label,
            class_name="flex min-h-11 items-center gap-1.5 rounded-full pl-3 pr-4 text-small "
            "font-medium ring-1 ring-inset ring-line transition hover:ring-edge "
            "peer-checked:bg-brand peer-checked:text-on-brand peer-checked:ring-brand "
            "peer-focus-visible:outline peer-focus-visible:outline-3 "
            "peer-focus-visible:outline-offset-3 peer-focus-visible:outline-brand "
            "peer-disabled:opacity-45",
        ),
        class_name="relative cursor-pointer",
    )
