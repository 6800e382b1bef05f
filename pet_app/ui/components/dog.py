"""The drawing of where to measure: a dog from the side, with a tape where each reading goes."""

import reflex as rx

BODY = (
    "M60 112 C60 98 74 92 92 88 C100 66 118 54 140 56 C164 58 178 76 182 98 C188 112 204 120 226 "
    "122 C268 126 310 118 348 118 C384 118 404 140 402 172 C401 190 394 202 392 214 L396 292 C396 "
    "299 391 303 385 303 L371 303 C365 303 361 299 360 293 L352 236 C346 226 338 220 326 214 C300 "
    "206 276 214 252 224 C240 229 232 232 226 232 L224 292 C224 299 219 303 213 303 L199 303 C193 "
    "303 189 299 189 293 L186 226 C170 212 160 190 156 164 C152 150 142 144 128 142 C106 144 80 "
    "146 68 136 C60 130 60 120 60 112 Z"
)
FAR_LEGS = "M330 190 L352 292 M192 200 L186 292"
TAIL = "M388 142 C416 134 432 110 430 80"
EAR = "M148 62 C166 60 182 76 182 100 C182 118 172 130 162 124 C150 116 140 78 148 62 Z"
MOUTH = "M70 126 C84 132 98 130 108 122"
BACK = "M200 104 C250 110 320 102 380 108"

TAPES = {
    "neck": "group-has-[#field-neck:focus]:stroke-accent group-has-[#field-neck:focus]:stroke-[9]",
    "girth": "group-has-[#field-girth:focus]:stroke-accent "
    "group-has-[#field-girth:focus]:stroke-[9]",
    "back": "group-has-[#field-back:focus]:stroke-accent group-has-[#field-back:focus]:stroke-[9]",
}
"""Which field's focus lights which tape up; whole class names, since Tailwind reads them here."""


def measuring_guide(class_name: str = "") -> rx.Component:
    """Where neck, chest and back are measured. Stands inside a form of class `group`."""
    return rx.el.svg(
        rx.el.title("Where to measure: round the neck, round the chest, along the back."),
        _line(TAIL, "stroke-edge/40 stroke-[15]"),
        _line(FAR_LEGS, "stroke-edge/40 stroke-[22]"),
        rx.el.path(d=BODY, class_name="fill-[var(--line)]"),
        rx.el.path(d=EAR, class_name="fill-edge/50"),
        rx.el.circle(cx="118", cy="88", r="5.5", class_name="fill-ink"),
        rx.el.ellipse(cx="65", cy="110", rx="9", ry="7", class_name="fill-ink"),
        _line(MOUTH, "stroke-ink stroke-3"),
        rx.el.ellipse(
            cx="178",
            cy="140",
            rx="12",
            ry="40",
            custom_attrs={"transform": "rotate(38 178 140)"},
            class_name=_tape("neck"),
        ),
        rx.el.ellipse(cx="254", cy="172", rx="15", ry="56", class_name=_tape("girth")),
        rx.el.path(d=BACK, stroke_dasharray="2 10", class_name=_tape("back")),
        _number("1", "222", "74"),
        _number("2", "254", "252"),
        _number("3", "310", "80"),
        view_box="40 40 420 280",
        role="img",
        class_name=class_name,
    )


def _line(d: str, stroke: str) -> rx.Component:
    return rx.el.path(d=d, stroke_linecap="round", class_name=f"fill-none {stroke}")


def _tape(name: str) -> str:
    return f"fill-none stroke-brand stroke-[5] transition-all duration-200 {TAPES[name]}"


def _number(text: str, x: str, y: str) -> rx.Component:
    return rx.el.g(
        rx.el.circle(cx=x, cy=y, r="14", class_name="fill-brand"),
        rx.el.text(
            text,
            x=x,
            y=y,
            text_anchor="middle",
            dominant_baseline="central",
            class_name="fill-[var(--on-brand)] text-[15px] font-semibold",
        ),
    )
