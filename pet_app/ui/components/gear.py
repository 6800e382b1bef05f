"""Small drawings of the kinds of gear, in the line of our icons."""

import reflex as rx

from pet_app.ui.components.icons import LINE

GEAR = {
    "harness": (
        "M24 6c-6 0-10.5 4-10.5 9S19 24 24 27c5-3 10.5-7 10.5-12S30 6 24 6z",
        "M24 27v9.5",
        "M6.5 29.5C10 34 16 36.8 24 36.8s14-2.8 17.5-7.3",
        "M24 36.8v4.4",
        "M21.2 9.3a3 3 0 015.6 0",
    ),
    "collar": (
        "M24 8c10 0 18 4.7 18 10.5S34 29 24 29 6 24.3 6 18.5 14 8 24 8z",
        "M24 13c7 0 13 2.4 13 5.5S31 24 24 24s-13-2.4-13-5.5S17 13 24 13z",
        "M20.5 24v5M27.5 24v5",
        "M20 33.5a4 4 0 108 0c0-1.7-1.6-3-4-4.3-2.4 1.3-4 2.6-4 4.3z",
    ),
    "martingale": (
        "M16 27.5C9.5 25.5 6 21.5 6 17 6 11 14 6.5 24 6.5S42 11 42 17c0 4.5-3.5 8.5-10 10.5",
        "M17.8 27.9a2 2 0 11-.1 0M30.3 27.9a2 2 0 11-.1 0",
        "M18.6 29.2L23 37M29.4 29.2L25 37M20.3 28.2h7.4",
        "M24 36.8a2.6 2.6 0 11-.1 0",
    ),
    "leash": (
        "M13.5 21.5C9 20 6.5 16.5 7.5 12.5s5-6 8-4 3.5 7 1 10.5L13 24c-3 4.5-1 8 3 8",
        "M16 32c6 0 7-7 13-7 4 0 6.5 2 8 5",
        "M35.2 29.2l4.2 2.4-1.3 2.3-4.2-2.4z",
        "M36.4 33.2c-2.4 3.8-.8 6.8 1.5 6.8 2.1 0 3-1.9 2.4-3.4",
    ),
    "tag": (
        "M24 16.5a13 13 0 11-.1 0z",
        "M24 21.5a1.9 1.9 0 11-.1 0z",
        "M24 21c-3.4-1.2-5-4-5-7a5 5 0 0110 0c0 3-1.6 5.8-5 7z",
        "M18.5 30h11M20.5 34.5h7",
    ),
    "bandana": (
        "M7 13.5C12 16.5 18 18 24 18s12-1.5 17-4.5L24 42 7 13.5z",
        "M7 13.5L3.5 10M41 13.5L44.5 10",
        "M18 23.5h.1M24 27h.1M30 23.5h.1M24 33.5h.1",
    ),
}


def gear_icon(kind: str, size: int = 40, class_name: str = "", stroke: str = "2") -> rx.Component:
    """The drawing of a kind, hidden from screen readers. KeyError if unknown."""
    return rx.el.svg(
        *(rx.el.path(d=d) for d in GEAR[kind]),
        width=str(size),
        height=str(size),
        view_box="0 0 48 48",
        class_name=f"shrink-0 {class_name}",
        custom_attrs={**LINE, "strokeWidth": stroke},
    )
