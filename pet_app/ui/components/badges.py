"""Small labels."""

from typing import Literal

import reflex as rx

from pet_app.ui.components.kinds import Child, classes

TONES = {
    "plain": "bg-sunk text-ink",
    "brand": "bg-brand-soft text-brand",
    "accent": "bg-accent text-on-accent",
    "good": "bg-good-soft text-good",
    "warn": "bg-warn-soft text-warn",
    "danger": "bg-danger-soft text-danger",
}


def badge(
    *children: Child,
    tone: Literal["plain", "brand", "accent", "good", "warn", "danger"] = "plain",
    class_name: str = "",
) -> rx.Component:
    """A word or two about a thing: its state or what sets it apart."""
    return rx.el.span(
        *children,
        class_name=classes(
            "inline-flex items-center gap-1.5 rounded-full px-2.5 py-1 text-label font-semibold "
            "whitespace-nowrap",
            TONES[tone],
            class_name,
        ),
    )
