"""What every step of an application is made of."""

from typing import Any

import reflex as rx
from reflex_base.utils.imports import ImportDict

from pet_app.licensing.state.apply.wizard import Wizard
from pet_app.ui.components.buttons import button, link_button
from pet_app.ui.components.choices import choice_group, segment
from pet_app.ui.components.fields import field_error, text_field
from pet_app.ui.components.icons import icon
from pet_app.ui.components.kinds import Child
from pet_app.ui.session import Session, field_problem

VALUES: Any = Wizard.values
APPLY = "/licensing/apply"

# Each step is loaded afresh, and with it this: where one was before is remembered outside.
FOCUS = """
let petStepBefore = "";
function PetStep({ step, ready }) {
  useEffect(() => {
    if (!ready || !step) return;
    const before = petStepBefore;
    petStepBefore = step;
    if (!before || before === step) return;
    window.scrollTo({ top: 0 });
    document.querySelector("main h1")?.focus({ preventScroll: true });
  }, [step, ready]);
  return null;
}
"""


class StepFocus(rx.Component):
    """Nothing to see; a new step begins at its heading."""

    tag = "PetStep"

    step: rx.Var[str]
    ready: rx.Var[bool]

    def add_imports(self) -> ImportDict:
        """What the code needs of React."""
        return {"react": ["useEffect"]}

    def add_custom_code(self) -> list[str]:
        """The component, once in each page that uses it."""
        return [FOCUS]


def line(label: str, name: str, **props: Any) -> rx.Component:
    """One line of text, kept as soon as it is left."""
    value = VALUES[name]
    key = f"{name}-{Wizard.application_id}"
    if name == "vaccination.until":
        # It follows from the years, and only a new field takes a new beginning.
        key = f"{key}-{value}"
    return text_field(
        label,
        name,
        error=field_problem(name),
        default_value=value,
        on_blur=lambda typed: Wizard.keep(name, typed),
        key=key,
        **props,
    )


def pick(legend: str, name: str, options: Any, hint: Child = "") -> rx.Component:
    """One of a few, kept at once; `options` are (value, words), or a var of choices."""
    shown = (
        [rx.foreach(options, lambda choice: _option(name, choice.value, choice.words))]
        if isinstance(options, rx.Var)
        else [_option(name, value, words) for value, words in options]
    )
    error = field_problem(name)
    return rx.el.div(
        choice_group(legend, *shown, hint=hint),
        rx.cond(error, field_error(error, name), rx.fragment()),
        class_name="flex flex-col gap-2",
    )


def _option(name: str, value: Any, words: Any) -> rx.Component:
    # Left to the browser it is marked at once, however far away the shop is.
    return segment(
        words,
        VALUES[name] == value,
        name=name,
        value=value,
        on_click=Wizard.choose(name, value),
        key=f"{name}-{value}-{Wizard.application_id}",
        custom_attrs={"aria-invalid": rx.cond(field_problem(name), "true", "false")},
    )


def step_form(*children: rx.Component) -> rx.Component:
    """The fields of a step with the way on and back."""
    return rx.el.form(
        *children,
        _general_problem(),
        rx.el.div(
            button(
                "Continue",
                icon("arrow-right", 20),
                type="submit",
                size="lg",
                class_name="grow sm:grow-0",
            ),
            back(),
            class_name="flex flex-row-reverse flex-wrap items-center gap-3 sm:flex-row",
        ),
        on_submit=Wizard.go_on,
        custom_attrs={"noValidate": True},
        class_name="flex flex-col gap-8",
        key=f"form-{Wizard.step}",
    )


def back(class_name: str = "") -> rx.Component:
    """To the step before, where there is one."""
    return rx.cond(
        Wizard.before,
        link_button(
            "Back",
            href=f"{APPLY}?application={Wizard.application_id}&step={Wizard.before}",
            kind="quiet",
            size="lg",
            class_name=class_name,
        ),
        rx.fragment(),
    )


def _general_problem() -> rx.Component:
    fields: Any = Session.problem_fields
    return rx.cond(
        fields.length() > 0,
        rx.el.p(
            icon("alert", 18, "mt-0.5"),
            "Not yet: what is marked above needs another look.",
            role="alert",
            class_name="flex gap-2 text-small font-medium text-danger",
        ),
        rx.fragment(),
    )


def saved_note() -> rx.Component:
    """That nothing is lost."""
    return rx.el.p(
        rx.cond(
            Wizard.saved,
            rx.el.span(
                icon("check", 16),
                "Saved. You can stop here and come back.",
                class_name="inline-flex items-center gap-1.5 text-good",
            ),
            "Every answer is saved as you give it.",
        ),
        role="status",
        class_name="text-small text-muted",
    )


def error_of(name: str) -> rx.Component:
    """What is wrong with a choice, where something is."""
    error = field_problem(name)
    return rx.cond(error, field_error(error, name), rx.fragment())
