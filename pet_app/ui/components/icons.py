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
    "download": ("M12 4v11", "M7 10.5l5 5 5-5", "M4.5 20h15"),
    "dots": ("M5.5 12h.1", "M12 12h.1", "M18.5 12h.1"),
    "cube": ("M12 3l8 4.5v9L12 21l-8-4.5v-9L12 3z", "M4 7.5l8 4.5 8-4.5", "M12 12v9"),
    "gear": (
        "M12 9a3 3 0 100 6 3 3 0 000-6z",
        "M10.3 3.6h3.4l.5 2.6 1.7 1 2.5-.9 1.7 3-2 1.7v2l2 1.7-1.7 3-2.5-.9-1.7 1-.5 2.6h-3.4",
        "M10.3 20.4l-.5-2.6-1.7-1-2.5.9-1.7-3 2-1.7v-2l-2-1.7 1.7-3 2.5.9 1.7-1 .5-2.6",
    ),
    "pin": (
        "M12 21s-7-6.2-7-11.3a7 7 0 0114 0C19 14.8 12 21 12 21z",
        "M12 7.5a2.4 2.4 0 100 4.8 2.4 2.4 0 000-4.8z",
    ),
    "bell": ("M6 16.5V11a6 6 0 0112 0v5.5l1.5 2h-15l1.5-2z", "M10 21h4"),
    "shield": (
        "M12 3l7.5 2.8v5.4c0 4.6-3 8-7.5 9.8-4.5-1.8-7.5-5.2-7.5-9.8V5.8L12 3z",
        "M8.8 12.2l2.3 2.3 4.2-4.6",
    ),
    "key": ("M8 11.5a4 4 0 100 8 4 4 0 000-8z", "M10.9 12.7L20 3.5", "M15.5 8l3 3M18 5.5l2.5 2.5"),
    "laptop": ("M5 5.5h14v10H5z", "M2.5 19h19"),
    "phone": (
        "M8 2.5h8q1.5 0 1.5 1.5v16q0 1.5-1.5 1.5H8q-1.5 0-1.5-1.5V4q0-1.5 1.5-1.5z",
        "M11 18.5h2",
    ),
    "sliders": (
        "M4 7h9M17 7h3M4 17h3M11 17h9",
        "M15 5a2 2 0 100 4 2 2 0 000-4z",
        "M9 15a2 2 0 100 4 2 2 0 000-4z",
    ),
    "bag": ("M5.5 8h13l1 12.5h-15L5.5 8z", "M8.5 10.5V7a3.5 3.5 0 017 0v3.5"),
    "truck": (
        "M2.5 6.5h11v10h-11z",
        "M13.5 10h4.2l3.8 3.5v3h-8z",
        "M7 15a2 2 0 100 4 2 2 0 000-4zM17 15a2 2 0 100 4 2 2 0 000-4z",
    ),
    "lock": ("M6 10.5h12V20H6z", "M8.5 10.5V8a3.5 3.5 0 017 0v2.5"),
    "gift": (
        "M4 9h16v4H4z",
        "M5.5 13v7.5h13V13",
        "M12 9v11.5",
        "M12 9C9 9 7 7.8 7 6a2 2 0 014-.5L12 9l1-3.5A2 2 0 0117 6c0 1.8-2 3-5 3z",
    ),
    "code": ("M4 12.5V4.5h8l8 8-7.5 7.5z", "M8 8.5v.1"),
    "search": ("M11 4a7 7 0 100 14 7 7 0 000-14z", "M16 16l4.5 4.5"),
    "camera": (
        "M4 7.5h3.6L9.2 5h5.6l1.6 2.5H20V19H4z",
        "M12 9.5a3.5 3.5 0 100 7 3.5 3.5 0 000-7z",
    ),
    "paper": ("M6 3h8.5L19 7.5V21H6z", "M14 3v5h5", "M9 12.5h7M9 16.5h7"),
    "clock": ("M12 3a9 9 0 100 18 9 9 0 000-18z", "M12 7v5l3.5 2"),
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
