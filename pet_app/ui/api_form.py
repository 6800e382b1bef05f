"""A form that sends itself to the API, and buttons for what only an answer's cookie can do."""

from importlib.resources import files
from typing import Any

import reflex as rx
from reflex_components_core.el.elements.base import BaseHTML

CALLS = files("pet_app.ui").joinpath("api_calls.js").read_text("utf-8")


class ApiForm(BaseHTML):
    """The bare form; `api_form` dresses it."""

    tag = "form"

    action: rx.Var[str]

    def add_custom_code(self) -> list[str]:
        """The functions its handlers name, once in each page."""
        return [CALLS]


class ApiButton(BaseHTML):
    """A button that calls one of the same functions."""

    tag = "button"

    def add_custom_code(self) -> list[str]:
        """The functions its handlers name, once in each page."""
        return [CALLS]


def api_form(
    *children: rx.Component,
    action: str | rx.Var[str],
    then: str = "",
    method: str = "POST",
    reveal: str = "",
    from_link: bool = False,
    class_name: str = "",
) -> rx.Component:
    """A form sending its fields as JSON, then going to the page in `?next=`, or to `then`.

    With `reveal` it stays instead and shows the element of that id, which is hidden until then,
    in the place of what `stage()` encloses; the answer and the fields go where `answered()` is.
    `from_link` sends the token behind the # of the address along. What the answer says of a field
    is written into the element `fault(name)` made; anything else into the one from
    `form_problem()`. An answer that wants a second factor shows the element `second-step`.
    """
    attributes = {
        "onSubmit": rx.Var("sendForm"),
        "data-then": then,
        "data-method": method,
        "data-reveal": reveal,
        # Should a visitor be faster than the script, no password lands in an address.
        "method": "post",
        "noValidate": True,
        **({"data-link": "true"} if from_link else {}),
    }
    return ApiForm.create(*children, action=action, class_name=class_name, custom_attrs=attributes)


def stage(*children: rx.Component, class_name: str = "") -> rx.Component:
    """A step of a page, which makes room for the next one when its form has been sent."""
    return rx.el.div(*children, class_name=class_name, custom_attrs={"data-stage": ""})


def next_stage(id: str, *children: rx.Component, class_name: str = "") -> rx.Component:
    """A step that waits, hidden, until a form reveals it."""
    attributes = {"hidden": True, "data-stage": ""}
    return rx.el.div(*children, id=id, class_name=class_name, custom_attrs=attributes)


def answered(name: str, class_name: str = "", id: str | None = None) -> rx.Component:
    """Where one text of an answer, or of what was sent, appears."""
    return rx.el.span(id=id, class_name=class_name, custom_attrs={"data-answer": name})


def form_button(called: str, *children: rx.Component | str, **props: Any) -> rx.Component:
    """A button calling one of the functions beside: `showPassword`, `copyText`, `saveText`, …"""
    attributes = props.pop("custom_attrs", {})
    return _button(called, *children, attributes=attributes, **props)


def sign_out_button(*children: rx.Component | str, **props: Any) -> rx.Component:
    """Ends the session and starts again at the home page."""
    return _button("signOut", *children, **props)


def fill_in(*children: rx.Component | str, values: str, **props: Any) -> rx.Component:
    """Writes `values`, a JSON object by field name, into the form of the page."""
    return _button("fillIn", *children, attributes={"data-values": values}, **props)


def fault(name: str) -> rx.Component:
    """Where the answer's sentence about one field appears."""
    return rx.el.p(
        id=f"{name}-fault",
        role="alert",
        custom_attrs={"data-fault": name},
        class_name="text-small font-medium text-danger empty:hidden",
    )


def form_problem() -> rx.Component:
    """Where the answer's sentence about the whole form appears."""
    return rx.el.div(
        role="alert",
        custom_attrs={"data-problem": ""},
        class_name="rounded-control bg-danger-soft px-4 py-3 text-small font-medium text-danger "
        "empty:hidden",
    )


def _button(
    called: str,
    *children: rx.Component | str,
    attributes: dict[str, str] | None = None,
    **props: Any,
) -> rx.Component:
    handler = {"onClick": rx.Var(called), "type": "button"}
    return ApiButton.create(*children, custom_attrs={**handler, **(attributes or {})}, **props)
