"""How any option is picked: what cannot be says why, and what is refused offers the nearest."""

from collections.abc import Callable, Sequence
from typing import Any

import reflex as rx

from pet_app.builder.choices import YES, Choice
from pet_app.builder.rules import Kind
from pet_app.builder.starting import OFFERED
from pet_app.builder.state.bench import Bench
from pet_app.builder.words import name_of
from pet_app.ui.components.buttons import button
from pet_app.ui.components.choices import choice_group, segment, tick
from pet_app.ui.components.messages import Tone, notice
from pet_app.ui.viewer3d import apply_look

UNDER_STAGE = "scroll-mt-[calc(40dvh+7.5rem)] lg:scroll-mt-32"
"""Keeps what is jumped to clear of the stage, which stands above it on a phone."""

VIEW = "piece"
"""The name of the 3D view these options dress."""

SHAPING = ("kind", "width", "lining", "buckle", "handle", "reflective", "leash", "tag", "tag_shape")
LOCKED = (
    "flex min-h-11 cursor-help items-center gap-1.5 rounded-full px-4 text-small font-medium "
    "text-muted line-through ring-1 ring-inset ring-dashed ring-line"
)


def by_kind(
    values: Callable[[Kind], tuple[str, ...]], build: Callable[[tuple[str, ...]], rx.Component]
) -> Any:
    """What `build` makes of the values each kind has; nothing for a kind that has none."""
    kinds: dict[tuple[str, ...], list[Kind]] = {}
    for kind in OFFERED:
        kinds.setdefault(values(kind), []).append(kind)
    cases = [(*(kind.value for kind in those), build(has)) for has, those in kinds.items() if has]
    if not cases:
        return rx.fragment()
    return rx.match(Bench.choices.kind, *cases, rx.fragment())


def pills(
    legend: str, choice: Choice, values: Sequence[str], hint: rx.Var[str] | str = ""
) -> rx.Component:
    """One of a few, as pills; what is chosen is said beside the question."""
    return group(
        legend,
        choice,
        *(pill(choice, value, name_of(choice, value)) for value in values),
        hint=hint,
    )


def pill(choice: Choice, value: str, name: str) -> rx.Component:
    """One value as a pill, struck out where it cannot be."""
    return rx.cond(
        blocked(choice, value),
        why_not(choice, value, name),
        segment(
            name, chosen(choice) == value, name=choice, value=value, on_change=pick(choice, value)
        ),
    )


def yes_or_no(choice: Choice, name: str) -> rx.Component:
    """Something that is there or is not, as a pill to tick."""
    ticked = chosen(choice) == YES
    return rx.cond(
        blocked(choice, YES),
        why_not(choice, YES, name),
        tick(
            name,
            ticked,
            name=choice,
            value=YES,
            on_change=Bench.choose(choice, rx.cond(ticked, "", YES)),
        ),
    )


def why_not(choice: Choice, value: str, name: str) -> rx.Component:
    """A value that cannot be, and says why when asked."""
    return rx.el.button(
        name,
        type="button",
        on_click=Bench.explain(choice, value),
        class_name=LOCKED,
        custom_attrs={"aria-label": f"{name}: why not?"},
    )


def pick(choice: Choice, value: str) -> list[Any]:
    """The look changes in the browser at once; the server hears of it beside."""
    change = Bench.choose(choice, value)
    return [change] if choice in SHAPING else [apply_look(VIEW, **{choice: value}), change]


def group(
    legend: str | rx.Component,
    choice: Choice,
    *options: rx.Component,
    hint: rx.Var[str] | rx.Component | str = "",
    class_name: str = "flex flex-wrap gap-2",
) -> rx.Component:
    """Options of a question, and under them why the present or the wanted one cannot be."""
    return rx.el.div(
        choice_group(legend, *options, hint=hint, class_name=class_name),
        advices(choice),
        id=f"choice-{choice}",
        class_name=f"flex flex-col gap-3 {UNDER_STAGE}",
    )


def advices(*choices: Choice) -> rx.Component:
    """What is to be said of some choices: a refusal first, else the answer to a `why not?`."""
    refused: Any = Bench.shown.refused
    return rx.fragment(
        *(
            rx.cond(
                refused.contains(choice),
                _advice(choice, refused[choice], "warn"),
                rx.cond(
                    Bench.hint_for == choice, _advice(choice, Bench.hint, "info"), rx.fragment()
                ),
            )
            for choice in choices
        )
    )


def _advice(choice: Choice, advice: Any, tone: Tone) -> rx.Component:
    return notice(
        rx.el.p(advice.reason),
        rx.cond(
            advice.nearest_name,
            button(
                rx.el.span("Use ", advice.nearest_name),
                size="sm",
                kind="secondary",
                class_name="mt-2 max-w-full !whitespace-normal text-left",
                on_click=Bench.choose(choice, advice.nearest),
            ),
            rx.fragment(),
        ),
        tone=tone,
    )


def chosen(choice: Choice) -> Any:
    """The value of a choice as it stands."""
    return getattr(Bench.choices, choice)


def blocked(choice: Choice, value: str) -> Any:
    """Whether a value cannot be picked, and is not what stands there."""
    reasons: Any = Bench.shown.blocked
    return reasons[f"{choice}:{value}"] & (chosen(choice) != value)


def named(choice: Choice, values: Sequence[str]) -> Any:
    """The name of what is chosen."""
    return rx.match(chosen(choice), *((str(v), name_of(choice, str(v))) for v in values), "")
