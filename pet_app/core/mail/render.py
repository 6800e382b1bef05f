"""A letter as HTML and as text, both from the same blocks. Everything said is escaped."""

import textwrap
from functools import singledispatch
from html import escape

from pet_app.core.mail.letter import (
    Block,
    Button,
    Code,
    Facts,
    Fine,
    Letter,
    Text,
    one_line,
    printable,
)
from pet_app.core.mail.look import BODY, BRAND, LIGHT, MONO, NEVER_ASKED, PROMISE, frame
from pet_app.core.settings import settings

WIDTH = 72
WEB = ("http://", "https://")


def html(letter: Letter) -> str:
    """The letter as one HTML document that loads nothing from anywhere."""
    buttons = [block for block in letter.blocks if isinstance(block, Button)]
    beneath = _beneath(buttons)
    if letter.unsubscribe:
        address = escape(Button("", letter.unsubscribe).address)
        beneath += (
            '<p style="margin:0 0 6px">You chose to get letters like this one. '
            f'<a class="muted-text" href="{address}" style="color:{LIGHT["muted"]}">'
            "No more of these</a></p>"
        )
    return frame(
        headline=letter.headline,
        glimpse=letter.glimpse,
        inside="".join(_as_html(block) for block in letter.blocks),
        beneath=beneath,
    )


def text(letter: Letter) -> str:
    """The letter as text, wrapped at 72 characters; addresses are never broken."""
    end = [NEVER_ASKED, f"{BRAND} · {PROMISE}\n{settings().site_url}"]
    if letter.unsubscribe:
        address = Button("", letter.unsubscribe).address
        end.insert(0, f"No more letters like this one:\n{address}")
    parts = [
        wrapped(letter.headline),
        *(_as_text(block) for block in letter.blocks),
        "-- \n" + "\n".join(wrapped(line) for line in end),
    ]
    return "\n\n".join(part for part in parts if part.strip()) + "\n"


def wrapped(said: str, indent: str = "") -> str:
    """`said` in lines of at most 72 characters; only an address may be longer."""
    lines = []
    for line in printable(said).split("\n"):
        fitting = " ".join(_fitting(word, WIDTH - len(indent)) for word in line.split())
        lines += textwrap.wrap(
            fitting,
            WIDTH,
            initial_indent=indent,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        ) or [""]
    return "\n".join(lines)


def _fitting(word: str, width: int) -> str:
    """A word cut into what fits a line. Scripts without spaces need it; addresses stay whole."""
    if len(word) <= width or word.startswith(WEB):
        return word
    return " ".join(word[start : start + width] for start in range(0, len(word), width))


@singledispatch
def _as_html(block: Block) -> str:
    raise TypeError(f"no letter holds {type(block).__name__}")


@_as_html.register
def _(block: Text) -> str:
    return _paragraph(block.text, "ink", 16, 16)


@_as_html.register
def _(block: Fine) -> str:
    return _paragraph(block.text, "muted", 14, 10)


@_as_html.register
def _(block: Button) -> str:
    ground, ink = LIGHT["brand"], LIGHT["on-brand"]
    return (
        '<table role="presentation" class="press" style="margin:26px 0 28px"><tr>'
        f'<td class="press brand-ground" bgcolor="{ground}" style="border-radius:999px;'
        f'mso-padding-alt:15px 28px"><a class="on-brand-text" href="{escape(block.address)}" '
        f'style="display:inline-block;padding:15px 28px;font:600 16px/1.2 {BODY};color:{ink};'
        f'text-decoration:none;border-radius:999px">{_said(block.label)}</a></td></tr></table>'
    )


@_as_html.register
def _(block: Code) -> str:
    label = _paragraph(block.label, "muted", 14, 6) if block.label else ""
    return (
        f'{label}<table role="presentation" width="100%" style="margin:0 0 24px"><tr>'
        f'<td class="brand-soft-ground ink-text" bgcolor="{LIGHT["brand-soft"]}" align="center" '
        f'style="padding:20px 16px;border-radius:14px;font:600 28px/1.25 {MONO};'
        f'letter-spacing:4px;color:{LIGHT["ink"]};overflow-wrap:anywhere">{_said(block.code)}'
        "</td></tr></table>"
    )


@_as_html.register
def _(block: Facts) -> str:
    edge = f"border-top:1px solid {LIGHT['line']};overflow-wrap:anywhere"
    rows = "".join(
        f'<tr><td class="fact name muted-text line-edge" valign="top" width="34%" '
        f'style="padding:11px 16px 11px 0;{edge};font:400 14px/1.5 {BODY};'
        f'color:{LIGHT["muted"]}">{_said(name)}</td>'
        f'<td dir="auto" class="fact value ink-text line-edge" valign="top" '
        f'style="padding:11px 0;{edge};font:500 15px/1.45 {BODY};color:{LIGHT["ink"]}">'
        f"{_said(value)}</td></tr>"
        for name, value in block.rows
    )
    return f'<table width="100%" style="margin:6px 0 22px;table-layout:fixed">{rows}</table>'


@singledispatch
def _as_text(block: Block) -> str:
    raise TypeError(f"no letter holds {type(block).__name__}")


@_as_text.register
def _(block: Text) -> str:
    return wrapped(block.text)


@_as_text.register
def _(block: Fine) -> str:
    return wrapped(block.text)


@_as_text.register
def _(block: Button) -> str:
    return f"{wrapped(f'{one_line(block.label)}:')}\n{block.address}"


@_as_text.register
def _(block: Code) -> str:
    label = wrapped(f"{one_line(block.label)}:") + "\n" if block.label else ""
    return f"{label}\n{wrapped(one_line(block.code), indent='    ')}".strip("\n")


@_as_text.register
def _(block: Facts) -> str:
    return "\n".join(wrapped(f"{one_line(name)}: {one_line(said)}") for name, said in block.rows)


def _beneath(buttons: list[Button]) -> str:
    """The addresses once more, for mail programs that show no links."""
    if not buttons:
        return ""
    addresses = "".join(
        f'<br><a class="muted-text" href="{escape(button.address)}" '
        f'style="color:{LIGHT["muted"]}">{escape(button.address)}</a>'
        for button in buttons
    )
    one = len(buttons) == 1
    return (
        '<p style="margin:0 0 12px;overflow-wrap:anywhere;word-break:break-word">'
        f"If {'the' if one else 'a'} button does not work, copy "
        f"{'this' if one else 'its'} address into your browser:{addresses}</p>"
    )


def _paragraph(said: str, colour: str, size_px: int, below_px: int) -> str:
    return (
        f'<p dir="auto" class="{colour}-text" style="margin:0 0 {below_px}px;'
        f'font:400 {size_px}px/1.6 {BODY};color:{LIGHT[colour]};overflow-wrap:anywhere">'
        f"{_said(said)}</p>"
    )


def _said(said: str) -> str:
    return escape(printable(said)).replace("\n", "<br>")
