"""The shop's own icons: one stroke weight on a 24 unit grid, in the colour of the text."""

import reflex as rx

PATHS = {
    "menu": ("M4 7h16", "M4 12h16", "M4 17h16"),
    "close": ("M6 6l12 12", "M18 6L6 18"),
    "check": ("M5 12.5l4.5 4.5L19 7.5",),
    "plus": ("M12 5v14", "M5 12h14"),
    "minus": ("M5 12h14",),
    "arrow-right": ("M5 12h14", "M13 6l6 6-6 6"),
    "arrow-left": ("M19 12H5", "M11 6l-6 6 6 6"),
    "chevron-right": ("M9 6l6 6-6 6",),
    "chevron-down": ("M6 9l6 6 6-6",),
    "sun": (
        "M12 8a4 4 0 100 8 4 4 0 000-8z",
        "M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2",
        "M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4",
    ),
    "moon": ("M20 14.5A8.5 8.5 0 019.5 4a8.5 8.5 0 1010.5 10.5z",),
    "person": (
        "M12 12a4 4 0 100-8 4 4 0 000 8z",
        "M4.5 20.5c.8-4 3.8-6 7.5-6s6.7 2 7.5 6",
    ),
    "alert": ("M12 4L2.8 20h18.4L12 4z", "M12 10v4.5", "M12 17.2v.1"),
    "info": ("M12 3a9 9 0 100 18 9 9 0 000-18z", "M12 11v5.5", "M12 7.6v.1"),
    "trash": (
        "M4.5 7h15",
        "M9.5 7V4.5h5V7",
        "M6.5 7l1 13h9l1-13",
        "M10 11v5.5M14 11v5.5",
    ),
    "pencil": ("M4 20l1-4.5L16 4.5l3.5 3.5-11 11L4 20z", "M13.5 7l3.5 3.5"),
    "ruler": ("M3 9h18v7H3z", "M7 9v3M11 9v4M15 9v3M19 9v3"),
    "paw": (
        "M12 11.5c-2.6 0-5.2 2.7-5.2 5.3 0 1.7 1.2 2.7 2.7 2.7 1 0 1.6-.5 2.5-.5",
        "M12 11.5c2.6 0 5.2 2.7 5.2 5.3 0 1.7-1.2 2.7-2.7 2.7-1 0-1.6-.5-2.5-.5",
        "M5.2 9.2v2M9.6 5v2.6M14.4 5v2.6M18.8 9.2v2",
    ),
    "sparkle": ("M12 3l1.9 6.1L20 11l-6.1 1.9L12 19l-1.9-6.1L4 11l6.1-1.9L12 3z",),
    "undo": ("M8 5L4 9l4 4", "M4 9h10a5.5 5.5 0 010 11h-3"),
    "redo": ("M16 5l4 4-4 4", "M20 9H10a5.5 5.5 0 000 11h3"),
    "copy": ("M9 9h11v11H9z", "M15 9V4H4v11h5"),
    "dots": ("M5.5 12h.1", "M12 12h.1", "M18.5 12h.1"),
    "cube": ("M12 3l8 4.5v9L12 21l-8-4.5v-9L12 3z", "M4 7.5l8 4.5 8-4.5", "M12 12v9"),
    "heart": ("M12 20S4 15 4 9.3A4.3 4.3 0 0112 7a4.3 4.3 0 018 2.3C20 15 12 20 12 20z",),
}


# As attributes: Reflex would turn `fill=` and the like into a style sheet beside every drawing.
LINE = {
    "fill": "none",
    "stroke": "currentColor",
    "strokeLinecap": "round",
    "strokeLinejoin": "round",
    "aria-hidden": "true",
    "focusable": "false",
}


def icon(name: str, size: int = 20, class_name: str = "") -> rx.Component:
    """One icon, hidden from screen readers: the words beside it speak. KeyError if unknown."""
    return rx.el.svg(
        *(rx.el.path(d=d) for d in PATHS[name]),
        width=str(size),
        height=str(size),
        view_box="0 0 24 24",
        class_name=f"shrink-0 {class_name}",
        custom_attrs={**LINE, "strokeWidth": "1.8"},
    )
