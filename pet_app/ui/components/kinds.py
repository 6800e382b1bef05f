"""What the components take and how their classes join."""

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import reflex as rx

Child: TypeAlias = rx.Component | rx.Var | str
Text: TypeAlias = str | rx.Var[str]


def classes(*parts: str) -> str:
    """The class names in one line, the empty ones left out."""
    return " ".join(part for part in parts if part)


def inline_style(**values: Text) -> dict[str, rx.Var]:
    """Custom attributes that style one element by value; `style=` would make a style sheet."""
    # As a var, so that the state its values come from is known to the page.
    return {"style": rx.Var.create(values)}


def is_set(value: Text | None) -> bool:
    """Whether a text can appear at all: a var may, an empty string never does."""
    return isinstance(value, rx.Var) or bool(value)


def each(
    items: Sequence[Any] | rx.Var[Any], view: Callable[[Any], rx.Component]
) -> list[rx.Component]:
    """`view` of every item: of those there are, or of those a var will hold."""
    found: Any = [rx.foreach(items, view)] if isinstance(items, rx.Var) else list(map(view, items))
    return found


def either(value: Any, shown: rx.Component, otherwise: rx.Component) -> rx.Component:
    """`shown` if `value` says something, else `otherwise`: decided now, or by a var in the page."""
    if isinstance(value, rx.Var):
        return rx.cond(value, shown, otherwise)
    return shown if value else otherwise


def when_said(value: Any, shown: rx.Component) -> rx.Component:
    """`shown`, for as long as `value` says something."""
    return either(value, shown, rx.fragment())
