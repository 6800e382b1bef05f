"""A licence as it looks on a phone, with nobody's pet on it."""

import reflex as rx

from pet_app.ui.components.brand import mark
from pet_app.ui.components.icons import LINE

SIZE = 21
EYES = ((0, 0), (14, 0), (0, 14))
EYE = 7


def specimen() -> rx.Component:
    """The card, marked as a specimen; to a screen reader it is a picture."""
    return rx.el.div(
        rx.el.div(
            rx.el.div(
                mark(30),
                rx.el.span("Dog licence", class_name="font-display text-subheading font-bold"),
                class_name="flex items-center gap-3",
            ),
            rx.el.span(
                "Specimen",
                class_name="rounded-full bg-accent px-2.5 py-1 text-label font-semibold "
                "text-on-accent",
            ),
            class_name="flex items-center justify-between",
        ),
        rx.el.p("Biscuit", class_name="mt-8 font-display text-title leading-none font-bold"),
        rx.el.p("Spayed · tan and white", class_name="mt-2 text-small opacity-80"),
        rx.el.div(
            rx.el.div(
                _fact("Tag", "K7TM 4QXQ"),
                _fact("Valid until", "30 June 2027"),
                _fact("Issued by", "Your town"),
                class_name="flex flex-col gap-4",
            ),
            rx.el.div(
                _code(),
                class_name="rounded-control bg-white p-3 shadow-lift",
            ),
            class_name="mt-8 flex items-end justify-between gap-6",
        ),
        rx.el.div(class_name="stitched mt-7 opacity-60"),
        role="img",
        custom_attrs={"aria-label": "A dog licence on a phone: name, tag code, end, QR code"},
        class_name="w-full max-w-[25rem] -rotate-1 rounded-panel bg-[#12352a] p-7 text-[#f3f6f2] "
        "shadow-dialog sm:p-8 lg:rotate-2",
    )


def _fact(name: str, text: str) -> rx.Component:
    return rx.el.div(
        rx.el.span(name, class_name="block text-label opacity-75"),
        rx.el.span(text, class_name="block font-semibold tabular-nums"),
    )


def _code() -> rx.Component:
    """Looks like a QR code and says nothing."""
    return rx.el.svg(
        rx.el.path(d=_squares()),
        width="116",
        height="116",
        view_box=f"0 0 {SIZE} {SIZE}",
        custom_attrs={**LINE, "fill": "#12352a", "stroke": "none"},
    )


def _squares() -> str:
    dark = [(x, y) for y in range(SIZE) for x in range(SIZE) if _is_dark(x, y)]
    return "".join(f"M{x} {y}h1v1h-1z" for x, y in dark)


def _is_dark(x: int, y: int) -> bool:
    for left, top in EYES:
        if left - 1 <= x <= left + EYE and top - 1 <= y <= top + EYE:
            across, down = x - left, y - top
            if not (0 <= across < EYE and 0 <= down < EYE):
                return False
            return max(abs(across - 3), abs(down - 3)) != 2
    return (x * x * 7 + y * 13 + x * y * 5) % 11 < 5
