"""Picking kind, width, material, pattern, colours and finish; what cannot be says why."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from pet_app.builder import library, palette
from pet_app.builder.choices import Choice
from pet_app.builder.looks import TILES
from pet_app.builder.rules import Finish, Kind, Material, Pattern
from pet_app.builder.state.bench import Bench
from pet_app.builder.words import name_of
from pet_app.ui.components.buttons import button
from pet_app.ui.components.choices import choice_group, segment, swatch
from pet_app.ui.components.icons import icon
from pet_app.ui.components.messages import Tone, notice
from pet_app.ui.viewer3d import apply_look

VIEW = "piece"
"""The name of the 3D view these options dress."""

LOCKED = (
    "flex min-h-11 cursor-help items-center gap-1.5 rounded-full px-4 text-small font-medium "
    "text-muted line-through ring-1 ring-inset ring-dashed ring-line"
)


def kinds() -> rx.Component:
    """Harness or collar."""
    return choice_group(
        "What shall it be?",
        *(_segment("kind", kind.value, kind.value.capitalize()) for kind in Kind),
    )


def widths() -> Any:
    """The webbing widths this kind is made in."""
    return rx.match(
        Bench.choices.kind,
        *((kind.value, _widths(kind)) for kind in Kind),
        rx.fragment(),
    )


def materials() -> rx.Component:
    """What the straps are made of."""
    return _group(
        "Material",
        "material",
        *(_segment("material", m.value, name_of("material", m.value)) for m in Material),
        hint=_named("material", list(Material)),
    )


def colours() -> rx.Component:
    """The colour of the straps, and of the pattern when there is one."""
    return rx.el.div(
        _swatches("Colour", "colour"),
        rx.cond(
            Bench.choices.pattern == Pattern.PLAIN.value,
            rx.fragment(),
            _swatches("Pattern colour", "accent"),
        ),
        class_name="flex flex-col gap-6",
    )


def patterns() -> rx.Component:
    """What is printed or woven into the straps."""
    return _group(
        "Pattern",
        "pattern",
        *(_pattern(pattern) for pattern in Pattern),
        hint=_named("pattern", list(Pattern)),
        class_name="grid grid-cols-4 gap-2",
    )


def finishes() -> rx.Component:
    """How rings and buckles shine."""
    rows = library.table("surfaces")["metal"]
    return _group(
        "Rings",
        "finish",
        *(
            swatch(
                f"linear-gradient(135deg, #fff8, transparent 45%), {rows[finish]['hex']}",
                finish.value.capitalize(),
                Bench.choices.finish == finish.value,
                name="finish",
                value=finish.value,
                on_change=_pick("finish", finish.value),
            )
            for finish in Finish
        ),
        hint=_named("finish", list(Finish)),
    )


def _widths(kind: Kind) -> rx.Component:
    return _group(
        "Strap width",
        "width",
        *(_segment("width", str(width), f"{width} mm") for width in library.widths(kind)),
    )


def _swatches(legend: str, choice: Choice) -> rx.Component:
    return _group(
        legend,
        choice,
        *(_swatch(choice, colour) for colour in palette.colours().values()),
        hint=_named(choice, list(palette.colours())),
        class_name="grid grid-cols-8 justify-items-center gap-y-1 -mx-1.5",
    )


def _swatch(choice: Choice, colour: palette.Colour) -> rx.Component:
    return rx.cond(
        _blocked(choice, colour.key),
        rx.el.button(
            rx.el.span(
                icon("close", 16),
                style={"background": colour.hex},
                class_name="flex h-9 w-9 items-center justify-center rounded-full text-white "
                "opacity-25",
            ),
            type="button",
            on_click=Bench.explain(choice, colour.key),
            title=f"{colour.name}: not in this material",
            class_name="flex h-11 w-11 cursor-help items-center justify-center rounded-full",
            custom_attrs={"aria-label": f"{colour.name}: why not?"},
        ),
        swatch(
            colour.hex,
            colour.name,
            _chosen(choice) == colour.key,
            name=choice,
            value=colour.key,
            on_change=_pick(choice, colour.key),
        ),
    )


def _pattern(pattern: Pattern) -> rx.Component:
    name = name_of("pattern", pattern.value)
    sample = rx.el.span(
        rx.el.span(
            style={
                "backgroundColor": "var(--ink)",
                "maskImage": f"url({TILES}/pattern-{pattern}.png)",
                "maskMode": "luminance",
                "maskSize": "48px",
                "maskPosition": "center",
            },
            class_name="absolute inset-0",
        )
        if pattern is not Pattern.PLAIN
        else rx.fragment(),
        class_name="relative block h-11 w-full overflow-hidden rounded-control bg-sunk",
    )
    word = rx.el.span(name, class_name="mt-1 block text-center text-label")
    return rx.cond(
        _blocked("pattern", pattern.value),
        rx.el.button(
            rx.el.span(sample, class_name="block opacity-30"),
            rx.el.span(word, class_name="text-muted line-through"),
            type="button",
            on_click=Bench.explain("pattern", pattern.value),
            class_name="cursor-help rounded-control p-1",
            custom_attrs={"aria-label": f"{name}: why not?"},
        ),
        rx.el.label(
            rx.el.input(
                type="radio",
                name="pattern",
                value=pattern.value,
                checked=Bench.choices.pattern == pattern.value,
                on_change=_pick("pattern", pattern.value),
                class_name="peer absolute inset-0 z-10 m-0 h-full w-full cursor-pointer opacity-0",
            ),
            sample,
            word,
            class_name="relative block cursor-pointer rounded-control p-1 ring-inset transition "
            "hover:ring-1 hover:ring-edge has-[:checked]:ring-2 has-[:checked]:ring-brand "
            "has-[:focus-visible]:outline has-[:focus-visible]:outline-3 "
            "has-[:focus-visible]:outline-brand",
        ),
    )


def _segment(choice: Choice, value: str, name: str) -> rx.Component:
    return rx.cond(
        _blocked(choice, value),
        rx.el.button(
            name,
            type="button",
            on_click=Bench.explain(choice, value),
            class_name=LOCKED,
            custom_attrs={"aria-label": f"{name}: why not?"},
        ),
        segment(
            name,
            _chosen(choice) == value,
            name=choice,
            value=value,
            on_change=_pick(choice, value),
        ),
    )


def _pick(choice: Choice, value: str) -> list[Any]:
    """The look changes in the browser at once; the server hears of it beside."""
    change = Bench.choose(choice, value)
    if choice in ("kind", "width"):
        return [change]
    return [apply_look(VIEW, **{choice: value}), change]


def _group(
    legend: str,
    choice: Choice,
    *options: rx.Component,
    hint: rx.Var[str] | str = "",
    class_name: str = "flex flex-wrap gap-2",
) -> rx.Component:
    """Options, and under them why the present or the wanted one cannot be."""
    refused: Any = Bench.shown.refused
    return rx.el.div(
        choice_group(legend, *options, hint=hint, class_name=class_name),
        rx.cond(
            refused.contains(choice),
            _advice(choice, refused[choice], "warn"),
            rx.cond(Bench.hint_for == choice, _advice(choice, Bench.hint, "info"), rx.fragment()),
        ),
        id=f"choice-{choice}",
        class_name="flex flex-col gap-3 scroll-mt-[60vh] lg:scroll-mt-28",
    )


def _advice(choice: Choice, advice: Any, tone: Tone) -> rx.Component:
    return notice(
        rx.el.p(advice.reason),
        rx.cond(
            advice.nearest,
            button(
                rx.el.span("Use ", advice.nearest_name),
                size="sm",
                kind="secondary",
                class_name="mt-2",
                on_click=Bench.choose(choice, advice.nearest),
            ),
            rx.fragment(),
        ),
        tone=tone,
    )


def _chosen(choice: Choice) -> Any:
    return getattr(Bench.choices, choice)


def _blocked(choice: Choice, value: str) -> Any:
    blocked: Any = Bench.shown.blocked
    return blocked[f"{choice}:{value}"] & (_chosen(choice) != value)


def _named(choice: Choice, values: Sequence[str]) -> Any:
    return rx.match(_chosen(choice), *((str(v), name_of(choice, str(v))) for v in values), "")
