"""Form fields: label, control, help and error, tied together for screen readers."""

from typing import Any

import reflex as rx
from reflex_components_core.el.elements.forms import Select

from pet_app.ui.components.icons import icon
from pet_app.ui.components.kinds import Child, Text, classes, is_set, when_said
from pet_app.ui.components.select import ChosenSelect

CONTROL = (
    "w-full min-h-12 rounded-control bg-surface px-4 text-body text-ink ring-1 "
    "ring-inset ring-edge transition placeholder:text-muted hover:ring-ink focus:outline-none "
    "focus-visible:ring-2 focus-visible:ring-brand aria-[invalid=true]:ring-2 "
    "aria-[invalid=true]:ring-danger disabled:opacity-60"
)


def text_field(
    label: Text,
    name: Text,
    *,
    help: Text = "",
    error: Text | None = None,
    suffix: Text = "",
    optional: bool = False,
    **props: Any,
) -> rx.Component:
    """One line of text or a number: `suffix` is its unit, `error` the sentence shown beside it.

    Everything else (`type`, `value`, `default_value`, `on_change`, `input_mode`, …) goes to the
    input itself; `class_name` joins its own.
    """
    props.setdefault("type", "text")
    own = props.pop("class_name", "")
    control = rx.el.input(
        name=name,
        class_name=classes(CONTROL, "pr-14" if is_set(suffix) else "", own),
        **_tied(name, help, error, props),
    )
    if is_set(suffix):
        control = rx.el.div(
            control,
            rx.el.span(
                suffix,
                class_name="pointer-events-none absolute inset-y-0 right-4 flex items-center "
                "text-small text-muted",
            ),
            class_name="relative",
        )
    return field(control, label, name, help=help, error=error, optional=optional)


def text_area(
    label: Text, name: Text, *, help: Text = "", error: Text | None = None, **props: Any
) -> rx.Component:
    """Several lines of text; `class_name` says how high it is at least."""
    own = props.pop("class_name", "min-h-28")
    control = rx.el.textarea(
        name=name,
        class_name=classes(CONTROL.replace("min-h-12 ", ""), "py-3", own),
        **_tied(name, help, error, props),
    )
    return field(control, label, name, help=help, error=error)


def select_field(
    label: Text,
    name: Text,
    options: list[tuple[str, str]] | rx.Var,
    *,
    help: Text = "",
    error: Text | None = None,
    **props: Any,
) -> rx.Component:
    """A choice from a list of (value, name) pairs, held by a state if it has a `value`."""
    shown = (
        rx.foreach(options, lambda pair: rx.el.option(pair[1], value=pair[0]))
        if isinstance(options, rx.Var)
        else [rx.el.option(text, value=value) for value, text in options]
    )
    select = ChosenSelect if "value" in props else Select
    control = rx.el.div(
        select.create(
            *(shown if isinstance(shown, list) else [shown]),
            name=name,
            class_name=classes(CONTROL, "appearance-none pr-11"),
            **_tied(name, help, error, props),
        ),
        icon(
            "chevron-down",
            18,
            "pointer-events-none absolute right-4 top-1/2 -translate-y-1/2",
        ),
        class_name="relative",
    )
    return field(control, label, name, help=help, error=error)


def checkbox(label: Child, name: str, **props: Any) -> rx.Component:
    """One thing that is so or is not."""
    return rx.el.label(
        rx.el.input(
            type="checkbox",
            name=name,
            class_name="h-5 w-5 shrink-0 accent-[var(--brand)]",
            **props,
        ),
        rx.el.span(label),
        class_name="flex min-h-11 cursor-pointer items-center gap-3 text-body",
    )


def switch(label: Text, name: str, on: rx.Var[bool] | bool, **props: Any) -> rx.Component:
    """One thing that is on or off at once, as a bare switch; `label` is what it is called."""
    attrs = {"aria-label": label, **props.pop("custom_attrs", {})}
    return rx.el.label(
        rx.el.input(
            type="checkbox",
            role="switch",
            name=name,
            checked=on,
            class_name="peer absolute inset-0 m-0 h-full w-full cursor-pointer opacity-0 "
            "disabled:cursor-not-allowed",
            custom_attrs=attrs,
            **props,
        ),
        rx.el.span(
            class_name="pointer-events-none flex h-7 w-12 items-center rounded-full bg-edge p-1 "
            "transition "
            "before:h-5 before:w-5 before:rounded-full before:bg-white before:shadow-card "
            "before:transition before:content-[''] peer-checked:bg-brand "
            "peer-checked:before:translate-x-5 peer-focus-visible:outline "
            "peer-focus-visible:outline-3 peer-focus-visible:outline-offset-3 "
            "peer-focus-visible:outline-brand peer-disabled:opacity-45 dark:before:bg-paper",
        ),
        class_name="relative inline-flex min-h-11 min-w-12 items-center",
    )


def field(
    control: rx.Component,
    label: Text,
    name: Text,
    *,
    help: Text = "",
    error: Text | None = None,
    optional: bool = False,
) -> rx.Component:
    """A control with its label above, and its help or the error below."""
    parts: list[rx.Component] = [
        rx.el.label(
            label,
            rx.el.span(" (optional)", class_name="font-normal text-muted")
            if optional
            else rx.fragment(),
            html_for=f"field-{name}",
            class_name="text-small font-semibold text-ink",
        ),
        control,
    ]
    if is_set(help):
        parts.append(rx.el.p(help, id=f"help-{name}", class_name="text-small text-muted"))
    if error is not None and is_set(error):
        parts.append(when_said(error, field_error(error, name)))
    return rx.el.div(*parts, class_name="flex flex-col gap-1.5")


def field_error(error: Text, name: Text) -> rx.Component:
    """The sentence beside a field that cannot be used as it is."""
    return rx.el.p(
        icon("alert", 16, "mt-0.5"),
        rx.el.span(error),
        id=f"error-{name}",
        role="alert",
        class_name="flex gap-1.5 text-small font-medium text-danger",
    )


def _tied(name: Text, help: Text, error: Text | None, props: dict[str, Any]) -> dict[str, Any]:
    described = [f"help-{name}"] if is_set(help) else []
    attrs: dict[str, Any] = {}
    if error is not None and is_set(error):
        described.append(f"error-{name}")
        invalid = (error != "") if isinstance(error, rx.Var) else True
        attrs["aria-invalid"] = rx.cond(invalid, "true", "false")
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if isinstance(name, rx.Var):
        # As a prop it would also be a field of the form, which is null once a row has gone.
        attrs["id"] = f"field-{name}"
    else:
        props = {"id": f"field-{name}", **props}
    return {**props, "custom_attrs": {**attrs, **props.get("custom_attrs", {})}}
