"""A place for a paper: chosen, dropped or photographed, sent to the API with its progress."""

from importlib.resources import files
from typing import Any

import reflex as rx
from reflex_base.utils.imports import ImportDict

from pet_app.ui.components.icons import icon
from pet_app.ui.components.kinds import Text

CODE = files("pet_app.ui").joinpath("upload.js").read_text("utf-8")
MOST_BYTES = 8_000_000
WORDS = {
    "sending": "Sending…",
    "looking": "Looking at it…",
    "large": "This file is larger than 8 MB. Send fewer pages, or a photo of them.",
    "unreachable": "It did not arrive. Check your connection and try again.",
}


class Upload(rx.Component):
    """The bare place; `upload` dresses it."""

    tag = "PetUpload"

    action: rx.Var[str]
    fields: rx.Var[dict[str, Any]]
    accept: rx.Var[str]
    most: rx.Var[int]
    words: rx.Var[dict[str, str]]
    label: rx.Var[str]
    name: rx.Var[str]
    fault: rx.Var[str]
    on_arrived: rx.EventHandler[rx.event.no_args_event_spec]

    def add_imports(self) -> ImportDict:
        """What the code needs of React."""
        return {"react": ["useRef", "useState"]}

    def add_custom_code(self) -> list[str]:
        """The component, once in each page that uses it."""
        return [CODE]


def upload(
    label: Text,
    name: Text,
    *,
    action: Text,
    on_arrived: Any,
    help: Text = "",
    fields: dict[str, Any] | None = None,
    accept: str = "image/jpeg,image/png,application/pdf",
    most: int = MOST_BYTES,
    error: Text = "",
    symbol: str = "camera",
    too_large: str = WORDS["large"],
) -> rx.Component:
    """A file goes to `action` as multipart, as `file` beside `fields`; then `on_arrived` runs.

    What the API answers against it stands below, or `error` until something was tried. Photographs
    are made as small as one can read before they go. `most` is in bytes.
    """
    return Upload.create(
        rx.el.span(
            icon(symbol, 26),
            class_name="flex h-12 w-12 shrink-0 items-center justify-center rounded-full "
            "bg-brand-soft text-brand",
        ),
        rx.el.span(
            rx.el.span(label, class_name="block font-semibold"),
            rx.el.span(help, class_name="block text-small text-muted"),
            class_name="min-w-0 grow text-left",
        ),
        action=action,
        fields=fields or {},
        accept=accept,
        most=most,
        words={**WORDS, "large": too_large},
        label=label,
        name=name,
        fault=error,
        on_arrived=on_arrived,
    )
