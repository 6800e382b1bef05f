"""Line drawings of gear, for where a rendered picture is still to come."""

import reflex as rx

from pet_app.ui.components.kinds import classes

STRAPS = {
    "harness": (
        "M92 132c18-34 50-54 84-54s66 20 84 54",
        "M104 140c16-28 42-44 72-44s56 16 72 44",
        "M176 238c-34-20-66-62-84-106M176 238c34-20 66-62 84-106",
        "M176 222c-28-18-56-50-72-82M176 222c28-18 56-50 72-82",
        "M166 232v66M186 232v66",
        "M82 214c-6 54 34 96 94 96s100-42 94-96",
        "M98 214c-4 46 28 80 78 80s82-34 78-80",
    ),
    "collar": (
        "M70 178c0-46 48-78 106-78s106 32 106 78-48 78-106 78S70 224 70 178z",
        "M88 178c0-36 40-60 88-60s88 24 88 60-40 60-88 60-88-24-88-60z",
    ),
}
FITTINGS = {
    "harness": ("M176 64a13 13 0 100 26 13 13 0 000-26z", "M164 224h24v18h-24z"),
    "collar": ("M176 258a16 16 0 100 32 16 16 0 000-32z", "M154 92h44v32h-44zM176 92v32"),
}
STITCHES = {
    "harness": ("M98 136c17-31 46-49 78-49s61 18 78 49", "M90 214c-5 50 31 88 86 88s91-38 86-88"),
    "collar": ("M79 178c0-41 44-69 97-69s97 28 97 69-44 69-97 69-97-28-97-69z",),
}


def drawing(kind: str | rx.Var[str], class_name: str = "") -> rx.Component:
    """A drawing of a harness or a collar in the colours of the page."""
    if isinstance(kind, rx.Var):
        return rx.cond(
            kind == "collar", drawing("collar", class_name), drawing("harness", class_name)
        )
    return rx.el.svg(
        rx.el.g(*_lines(STRAPS[kind]), stroke_width="3"),
        rx.el.g(
            *_lines(STITCHES[kind]),
            stroke="var(--accent)",
            stroke_width="2.5",
            stroke_dasharray="8 7",
        ),
        rx.el.g(*_lines(FITTINGS[kind]), stroke_width="3.5"),
        view_box="0 0 352 352",
        fill="none",
        stroke="currentColor",
        stroke_linecap="round",
        stroke_linejoin="round",
        class_name=classes("h-full w-full", class_name),
        custom_attrs={"aria-hidden": "true", "focusable": "false"},
    )


def _lines(paths: tuple[str, ...]) -> list[rx.Component]:
    return [rx.el.path(d=d) for d in paths]
