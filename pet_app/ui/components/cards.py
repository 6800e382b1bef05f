"""Cards and panels: a surface that holds one thing."""

from typing import Any

import reflex as rx

from pet_app.ui.components.kinds import Child, Text, classes

SURFACE = "rounded-card bg-surface ring-1 ring-inset ring-line"


def card(*children: Child, class_name: str = "", **props: Any) -> rx.Component:
    """A quiet surface with room inside."""
    return rx.el.div(*children, class_name=classes(SURFACE, "p-6", class_name), **props)


def link_card(
    *children: Child, href: str | rx.Var[str], class_name: str = "", **props: Any
) -> rx.Component:
    """A card that leads somewhere as a whole; it rises a little under the pointer."""
    return rx.el.a(
        *children,
        href=href,
        class_name=classes(
            SURFACE,
            "group block p-6 no-underline transition duration-300 ease-soft hover:-translate-y-0.5 "
            "hover:shadow-lift",
            class_name,
        ),
        **props,
    )


def panel(title: Text, *children: Child, action: rx.Component | None = None) -> rx.Component:
    """A titled card, for dashboards; `action` stands opposite the title."""
    return rx.el.section(
        rx.el.div(
            rx.el.h2(title, class_name="text-subheading"),
            action or rx.fragment(),
            class_name="mb-4 flex min-h-9 items-center justify-between gap-4",
        ),
        *children,
        class_name=classes(SURFACE, "p-6"),
    )
