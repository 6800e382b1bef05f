"""The browser's own form, whose fields go into an address: for asking, not for changing."""

from typing import Any

import reflex as rx
from reflex_components_core.el.elements.base import BaseHTML


class _Form(BaseHTML):
    tag = "form"


def asking_form(*children: rx.Component, at: str, called: str = "", **props: Any) -> rx.Component:
    """A form that opens `at` with its fields behind the question mark, before any script runs too.

    `called` tells apart several such forms of a page. Reflex's own form waits for a handler.
    """
    named = {"role": "search", "aria-label": called} if called else {}
    return _Form.create(*children, custom_attrs={"action": at, "method": "get", **named}, **props)
