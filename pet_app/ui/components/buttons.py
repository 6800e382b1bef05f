"""Buttons, and links that look like them."""

from typing import Any, Literal

import reflex as rx

from pet_app.ui.components.icons import icon
from pet_app.ui.components.kinds import Child, classes

Kind = Literal["primary", "accent", "secondary", "quiet", "danger"]
Size = Literal["sm", "md", "lg"]

BASE = (
    "inline-flex items-center justify-center gap-2 rounded-full font-semibold whitespace-nowrap "
    "no-underline transition duration-200 ease-soft active:scale-[0.98] "
    "disabled:opacity-55 disabled:active:scale-100 aria-disabled:opacity-55"
)
KINDS = {
    "primary": "bg-brand text-on-brand hover:bg-brand-strong",
    "accent": "bg-accent text-on-accent hover:brightness-105",
    "secondary": "bg-transparent text-ink ring-1 ring-inset ring-edge hover:bg-sunk hover:ring-ink",
    "quiet": "bg-transparent text-ink hover:bg-sunk",
    "danger": "bg-danger-soft text-danger hover:ring-1 hover:ring-inset hover:ring-danger",
}
SIZES = {
    "sm": "min-h-9 px-3.5 text-small",
    "md": "min-h-11 px-5 text-body",
    "lg": "min-h-14 px-7 text-[1.0625rem]",
}


def button(
    *children: Child,
    kind: Kind = "primary",
    size: Size = "md",
    busy: rx.Var[bool] | bool = False,
    class_name: str = "",
    **props: Any,
) -> rx.Component:
    """A button; `type="submit"` inside forms. While `busy` it shows a ring and is off."""
    props.setdefault("type", "button")
    if isinstance(busy, rx.Var):
        props["disabled"] = busy | props["disabled"] if "disabled" in props else busy
        ring = rx.cond(busy, spinner(), rx.fragment())
        children = (ring, *children)
        props["custom_attrs"] = {"aria-busy": busy, **props.get("custom_attrs", {})}
    return rx.el.button(
        *children,
        class_name=classes(BASE, KINDS[kind], SIZES[size], class_name),
        **props,
    )


def link_button(
    *children: Child,
    href: str | rx.Var[str],
    kind: Kind = "primary",
    size: Size = "md",
    class_name: str = "",
    **props: Any,
) -> rx.Component:
    """A link that looks like a button, for going somewhere rather than doing something."""
    return rx.el.a(
        *children,
        href=href,
        class_name=classes(BASE, KINDS[kind], SIZES[size], class_name),
        **props,
    )


def icon_button(
    name: str,
    label: str | rx.Var[str],
    class_name: str = "",
    size: int = 20,
    **props: Any,
) -> rx.Component:
    """A round button with an icon only; `label` is what a screen reader says."""
    props.setdefault("type", "button")
    attrs = {"aria-label": label, **props.pop("custom_attrs", {})}
    return rx.el.button(
        icon(name, size),
        class_name=classes(
            "inline-flex h-11 w-11 items-center justify-center rounded-full text-ink "
            "transition hover:bg-sunk disabled:opacity-40",
            class_name,
        ),
        title=label,
        custom_attrs=attrs,
        **props,
    )


def text_link(*children: Child, href: str | rx.Var[str], class_name: str = "") -> rx.Component:
    """A link inside text, told apart by more than its colour."""
    return rx.el.a(
        *children,
        href=href,
        class_name=classes(
            "font-medium text-brand underline decoration-1 underline-offset-4 hover:decoration-2",
            class_name,
        ),
    )


def spinner(size: str = "h-4.5 w-4.5") -> rx.Component:
    """A turning ring; say in words beside it what is being waited for."""
    return rx.el.span(
        class_name=classes(
            "inline-block animate-spin rounded-full border-2 border-current border-r-transparent",
            size,
        ),
        custom_attrs={"aria-hidden": "true"},
    )
