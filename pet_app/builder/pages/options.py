"""Picking kind, width, material, colours, pattern, thread and finish."""

from typing import Any

import reflex as rx

from pet_app.builder import library, palette
from pet_app.builder.choices import Choice, offered_look, offered_materials
from pet_app.builder.looks import TILES
from pet_app.builder.pages.picking import (
    blocked,
    by_kind,
    chosen,
    group,
    named,
    pick,
    pills,
)
from pet_app.builder.rules import Finish, Kind, Pattern
from pet_app.builder.starting import OFFERED
from pet_app.builder.state.bench import Bench
from pet_app.builder.words import name_of
from pet_app.ui.components.choices import picture_tile, swatch
from pet_app.ui.components.gear import gear_icon
from pet_app.ui.components.icons import icon


def kinds() -> rx.Component:
    """What shall be made."""
    return group(
        rx.el.span("Kind", class_name="sr-only"),
        "kind",
        *(
            picture_tile(
                name_of("kind", kind.value),
                gear_icon(kind.value),
                chosen("kind") == kind.value,
                name="kind",
                value=kind.value,
                on_change=Bench.choose("kind", kind.value),
            )
            for kind in OFFERED
        ),
        class_name="grid grid-cols-3 gap-2",
    )


def widths() -> Any:
    """The webbing widths this kind is made in."""
    return by_kind(
        lambda kind: tuple(str(width) for width in library.widths(kind)),
        lambda values: pills("Strap width", "width", values),
    )


def materials() -> Any:
    """What the straps are made of."""
    return by_kind(
        offered_materials,
        lambda values: pills("Material", "material", values, named("material", values)),
    )


def colours() -> Any:
    """The colour of the straps, of the pattern when there is one, and of the thread."""
    return rx.fragment(
        _if_look("colour", _swatches("Colour", "colour")),
        _if_look(
            "accent",
            rx.cond(
                Bench.choices.pattern == Pattern.PLAIN.value,
                rx.fragment(),
                _swatches("Pattern colour", "accent"),
            ),
        ),
    )


def threads() -> Any:
    """The colour of stitches and sewn letters."""
    return _if_look(
        "thread",
        group(
            "Thread",
            "thread",
            _match(),
            *(_swatch("thread", colour) for colour in palette.colours().values()),
            hint=named("thread", ["match", *palette.colours()]),
            class_name="grid grid-cols-8 justify-items-center gap-y-1 -mx-1.5",
        ),
    )


def patterns() -> Any:
    """What is printed or woven into the straps."""
    return _if_look(
        "pattern",
        group(
            "Pattern",
            "pattern",
            *(_pattern(pattern) for pattern in Pattern),
            hint=named("pattern", list(Pattern)),
            class_name="grid grid-cols-4 gap-2",
        ),
    )


def finishes() -> Any:
    """How rings, buckles and tags shine."""
    rows = library.table("surfaces")["metal"]
    return _if_look(
        "finish",
        group(
            "Metal",
            "finish",
            *(
                swatch(
                    f"linear-gradient(135deg, #fff8, transparent 45%), {rows[finish]['hex']}",
                    finish.value.capitalize(),
                    chosen("finish") == finish.value,
                    name="finish",
                    value=finish.value,
                    on_change=pick("finish", finish.value),
                )
                for finish in Finish
            ),
            hint=named("finish", list(Finish)),
        ),
    )


def _if_look(part: str, shown: rx.Component) -> Any:
    def has(kind: Kind) -> tuple[str, ...]:
        return (part,) if part in offered_look(kind) else ()

    return by_kind(has, lambda _: shown)


def _swatches(legend: str, choice: Choice) -> rx.Component:
    return group(
        legend,
        choice,
        *(_swatch(choice, colour) for colour in palette.colours().values()),
        hint=named(choice, list(palette.colours())),
        class_name="grid grid-cols-8 justify-items-center gap-y-1 -mx-1.5",
    )


def _match() -> rx.Component:
    """The thread in the strap's own colour, a shade lighter."""
    return swatch(
        "conic-gradient(#1f4a3d 0 25%, #d2402c 0 50%, #f0b429 0 75%, #7fb2d6 0)",
        name_of("thread", "match"),
        chosen("thread") == "match",
        name="thread",
        value="match",
        on_change=pick("thread", "match"),
    )


def _swatch(choice: Choice, colour: palette.Colour) -> rx.Component:
    return rx.cond(
        blocked(choice, colour.key),
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
            chosen(choice) == colour.key,
            name=choice,
            value=colour.key,
            on_change=pick(choice, colour.key),
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
        blocked("pattern", pattern.value),
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
                on_change=pick("pattern", pattern.value),
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
