"""Marks of the desk whose tone is known only in the page."""

from typing import Any

import reflex as rx

from pet_app.ui.components.badges import TONES


def toned(text: Any, tone: Any) -> rx.Component:
    """A badge whose tone is known only later."""
    return rx.el.span(
        text,
        class_name=classes_by_tone(tone),
    )


def classes_by_tone(tone: Any) -> Any:
    """The classes of a badge by its tone."""
    base = (
        "inline-flex items-center gap-1.5 rounded-full px-2.5 py-1 text-label font-semibold "
        "whitespace-nowrap "
    )
    return rx.match(
        tone,
        *((name, base + colours) for name, colours in TONES.items() if name != "plain"),
        base + TONES["plain"],
    )
