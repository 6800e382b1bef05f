"""Writing on the piece: the text, how it is put on, and the room there is for it."""

from typing import Any

import reflex as rx

from pet_app.builder import library
from pet_app.builder.choices import LONGEST_WRITTEN, offered
from pet_app.builder.pages.picking import UNDER_STAGE, advices, by_kind, chosen, pills
from pet_app.builder.rules import Kind
from pet_app.builder.state.bench import Bench
from pet_app.builder.words import about
from pet_app.ui.components.fields import CONTROL, field, text_field

LABEL = "Text on it"
ROOM, ADVICE = "text-room", "text-advice"
AREA_PLACEHOLDER = "Biscuit\n555 0134"


def text() -> rx.Component:
    """The text and its method."""
    return rx.el.div(
        rx.el.div(
            by_kind(_lines, lambda lines: _area() if int(lines[0]) > 1 else _line()),
            rx.el.p(
                Bench.shown.lettering, id=ROOM, class_name="text-small text-muted tabular-nums"
            ),
            rx.el.div(advices("text"), id=ADVICE),
            key=f"text-{Bench.drawn}",
            id="choice-text",
            class_name=f"flex flex-col gap-2 {UNDER_STAGE}",
        ),
        rx.cond(Bench.choices.text, _methods(), rx.fragment()),
        class_name="flex flex-col gap-6",
    )


def _methods() -> Any:
    def several(kind: Kind) -> tuple[str, ...]:
        methods = offered("method", kind)
        return methods if len(methods) > 1 else ()

    return by_kind(
        several,
        lambda values: rx.el.div(
            pills("Put on by", "method", values),
            rx.el.p(
                rx.match(chosen("method"), *((v, about("method", v)) for v in values), ""),
                class_name="text-small text-muted",
            ),
            class_name="flex flex-col gap-2",
        ),
    )


def _line() -> rx.Component:
    return text_field(
        LABEL,
        "text",
        optional=True,
        error=_fault(),
        **_typing(),
    )


def _area() -> rx.Component:
    fault = _fault()
    area = rx.el.textarea(
        id="field-text",
        name="text",
        rows="3",
        class_name=f"{CONTROL} py-3",
        placeholder=AREA_PLACEHOLDER,
        **_typing(),
    )
    return field(area, LABEL, "text", error=fault, optional=True)


def _typing() -> dict[str, Any]:
    refused: Any = Bench.shown.refused
    return {
        "default_value": Bench.choices.text,
        "max_length": LONGEST_WRITTEN,
        "on_change": Bench.write.debounce(350),
        "on_blur": Bench.write,
        # Written from the side its script begins on.
        "custom_attrs": {
            "dir": "auto",
            "autoComplete": "off",
            "spellCheck": "false",
            "aria-invalid": rx.cond(refused.contains("text"), "true", "false"),
            "aria-describedby": f"{ROOM} {ADVICE}",
        },
    }


def _fault() -> Any:
    faults: Any = Bench.faults
    return rx.cond(faults.contains("options.text"), faults["options.text"], "")


def _lines(kind: Kind) -> tuple[str, ...]:
    if "text" not in library.options(kind):
        return ()
    return (str(library.table("lettering")["text"]["lines"][kind.value]),)
