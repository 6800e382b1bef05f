"""Line drawings of gear, for where a rendered picture is still to come."""

from typing import Any

import reflex as rx

from pet_app.ui.components.gear import GEAR
from pet_app.ui.components.icons import LINE, icon
from pet_app.ui.components.kinds import classes

# Each strap is drawn as its two edges, with a row of stitches down the middle.
STRAPS = {
    "harness": (
        "M176 62c-46 0-80 26-80 62 0 40 44 72 72 98M184 62c46 0 80 26 80 62 0 40-44 72-72 98",
        "M176 78c-36 0-63 19-63 46 0 31 40 60 63 82 23-22 63-51 63-82 0-27-27-46-63-46z",
        "M166 226v54M190 226v54",
        "M166 246c-52 0-90-16-112-44l12-10c20 24 54 38 100 38",
        "M190 246c52 0 90-16 112-44l-12-10c-20 24-54 38-100 38",
    ),
    "collar": (
        "M62 170c0-44 51-80 114-80s114 36 114 80-51 80-114 80S62 214 62 170z",
        "M84 170c0-31 41-57 92-57s92 26 92 57-41 57-92 57-92-26-92-57z",
    ),
}
FITTINGS = {
    "harness": (
        "M178 218a10 10 0 100 20 10 10 0 000-20z",
        "M164 280h28v20h-28z",
        "M56 190l-16 14 12 14 16-14zM300 190l16 14-12 14-16-14z",
        "M180 40a13 13 0 100 26 13 13 0 000-26z",
    ),
    "collar": ("M176 246a19 19 0 100 38 19 19 0 000-38z", "M150 84h52v36h-52zM176 84v36"),
}
STITCHES = {
    "harness": (
        "M180 70c-41 0-75 22-75 54 0 36 44 66 73 92 29-26 73-56 73-92 0-32-30-54-71-54z",
        "M178 244v34M64 200c24 24 56 36 100 38M292 200c-24 24-56 36-100 38",
    ),
    "collar": ("M73 170c0-37 46-68 103-68s103 31 103 68-46 68-103 68-103-31-103-68z",),
}


def drawing(kind: str | rx.Var[str], class_name: str = "") -> rx.Component:
    """A drawing of a kind of gear in the colours of the page."""
    if isinstance(kind, rx.Var):
        cases = ((name, drawing(name, class_name)) for name in GEAR if name != "harness")
        found: Any = rx.match(
            kind, *cases, ("harness", drawing("harness", class_name)), drawing("", class_name)
        )
        return found
    if kind not in GEAR:
        return icon("paw", 24, classes("h-full w-full p-[22%]", class_name))
    if kind not in STRAPS:
        return rx.el.svg(
            *_lines(GEAR[kind]),
            view_box="0 0 48 48",
            class_name=classes("h-full w-full", class_name),
            custom_attrs={**LINE, "strokeWidth": "0.6"},
        )
    stitches = {"stroke": "var(--accent)", "strokeWidth": "2.5", "strokeDasharray": "8 7"}
    return rx.el.svg(
        rx.el.g(*_lines(STRAPS[kind]), custom_attrs={"strokeWidth": "3"}),
        rx.el.g(*_lines(STITCHES[kind]), custom_attrs=stitches),
        rx.el.g(*_lines(FITTINGS[kind]), custom_attrs={"strokeWidth": "3.5"}),
        view_box="0 0 352 352",
        class_name=classes("h-full w-full", class_name),
        custom_attrs=LINE,
    )


def _lines(paths: tuple[str, ...]) -> list[rx.Component]:
    return [rx.el.path(d=d) for d in paths]
