"""The pages of the developer's outbox, made here: they have no state and run no script."""

import base64
import hashlib
from collections.abc import Iterable
from html import escape
from urllib.parse import quote

from pet_app.core.mail.kept import Posted
from pet_app.core.mail.look import BRAND, DARK
from pet_app.core.models import LetterState
from pet_app.core.settings import settings

VIEWS = (("look", "Letter"), ("text", "Text"), ("source", "Source"))
STATES = {
    LetterState.WAITING: "Waiting",
    LetterState.SENT: "Sent",
    LetterState.KEPT: "Kept here",
    LetterState.FAILED: "Refused",
}

_DARK = ";".join(f"--{name}:{colour}" for name, colour in DARK.items())
STYLE = (
    f"@media (prefers-color-scheme:dark){{:root{{color-scheme:dark;--paper:{DARK['sunk']};{_DARK};"
    "--sunk:#212b26;--edge:#7d8a83;--warn:#f3c56a;--danger:#f5a39b}}"
    """
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:400 1rem/1.5 var(--font-body)}
a{color:inherit}
a:focus-visible,iframe:focus-visible,pre:focus-visible{outline:3px solid var(--brand);
outline-offset:2px}
header{display:flex;gap:.75rem 1.5rem;align-items:baseline;flex-wrap:wrap;padding:1.25rem 1.5rem;
border-bottom:1px solid var(--line)}
header a{font-weight:600;text-underline-offset:4px}
header a:last-child{margin-left:auto}
h1{margin:0;font:700 1.5rem/1.1 var(--font-display);letter-spacing:-.03em}
header p{margin:0;color:var(--muted);font-size:.875rem}
main{display:grid;grid-template-columns:minmax(17rem,23rem) minmax(0,1fr);
min-height:calc(100dvh - 4.4rem)}
nav{border-right:1px solid var(--line)}
ol{list-style:none;margin:0;padding:.5rem}
li a{display:block;padding:.75rem 1rem;border-radius:.75rem;text-decoration:none}
li a:hover{background:var(--sunk)}
li a[aria-current]{background:var(--brand-soft)}
.line{display:flex;justify-content:space-between;gap:1rem;color:var(--muted);font-size:.8125rem}
.to{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.subject{display:block;font-weight:600;overflow-wrap:anywhere}
p.about.failed{color:var(--danger)}
.waiting{color:var(--warn)}
.failed{color:var(--danger)}
section{min-width:0;padding:1.5rem;display:flex;flex-direction:column}
h2{margin:0;font:700 1.5rem/1.2 var(--font-display);letter-spacing:-.02em;overflow-wrap:anywhere}
.about{margin:.25rem 0 1rem;color:var(--muted);font-size:.875rem;overflow-wrap:anywhere}
.views{display:flex;gap:.25rem;margin:0 0 1rem;padding:.25rem;align-self:start;
border-radius:999px;background:var(--sunk)}
.views a{padding:.5rem 1rem;border-radius:999px;text-decoration:none;font-size:.875rem;
font-weight:600}
.views a[aria-current]{background:var(--surface);box-shadow:var(--shadow-card)}
iframe{flex:1;width:100%;min-height:36rem;border:1px solid var(--line);border-radius:1.25rem}
pre{margin:0;padding:1.25rem;border:1px solid var(--line);border-radius:1.25rem;overflow:auto;
background:var(--surface);font:400 .875rem/1.55 ui-monospace,Menlo,Consolas,monospace}
pre.text{white-space:pre-wrap;overflow-wrap:anywhere}
.none{max-width:34rem;color:var(--muted)}
.back{display:none;align-self:start;margin:0 0 1rem;font-weight:600;text-underline-offset:4px}
@media (max-width:52rem){main{display:block}nav{border:0}section{padding:1.25rem}
.open nav,.list section{display:none}.back{display:block}iframe{min-height:70dvh}
header p{order:9;width:100%}}
"""
)
_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
HEADERS = {
    "Content-Security-Policy": f"default-src 'none'; style-src 'self' 'sha256-{_HASH}'; "
    "font-src 'self'; img-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
}


def listed(letters: list[Posted]) -> str:
    """The list, with nothing opened."""
    if letters:
        hint = "Choose a letter to read it."
    elif settings().mail_server is None:
        hint = "No letter yet. Whatever the shop sends by e-mail is kept here to be read."
    else:
        hint = "No letter yet. Letters go to the mail server; here you see how they stand."
    return _page("list", letters, "", f'<p class="none">{hint}</p>')


def opened(letters: list[Posted], letter: Posted, view: str) -> str:
    """The list, and one letter: as it looks, as text, or as it goes over the wire."""
    here = f"/outbox/{quote(letter.key, safe='')}"
    tabs = "".join(
        f'<a href="{here}?view={name}"{_current(name == view)}>{words}</a>' for name, words in VIEWS
    )
    about = [
        STATES[letter.state],
        f"to {letter.to}" if letter.to else "",
        f"{letter.created:%-d %B %Y, %H:%M:%S} UTC",
        letter.kind,
        f"tried {letter.tries}×" if letter.tries > 1 else "",
    ]
    said = escape(" · ".join(part for part in about if part))
    inside = (
        '<a class="back" href="/outbox">All letters</a>'
        f'<h2 dir="auto">{escape(_subject(letter))}</h2><p class="about">{said}</p>'
    )
    if letter.reason:
        inside += f'<p class="about failed">{escape(letter.reason)}</p>'
    if letter.source:
        inside += f'<div class="views" aria-label="View">{tabs}</div>{_shown(letter, view, here)}'
    else:
        inside += '<p class="none">What it says is not kept: it belongs to its reader.</p>'
    return _page("open", letters, letter.key, inside)


def _shown(letter: Posted, view: str, here: str) -> str:
    if view == "text":
        return f'<pre class="text" dir="auto" tabindex="0">{escape(letter.text)}</pre>'
    if view == "source":
        return f'<pre tabindex="0">{escape(letter.source)}</pre>'
    return (
        f'<iframe src="{here}/letter" title="{escape(_subject(letter))}" '
        'sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>'
    )


def _page(kind: str, letters: Iterable[Posted], chosen: str, inside: str) -> str:
    rows = "".join(_row(letter, letter.key == chosen) for letter in letters)
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="robots" content="noindex">'
        f"<title>Outbox · {BRAND}</title>"
        '<link rel="icon" href="/favicon.svg" type="image/svg+xml">'
        f'<link rel="stylesheet" href="/styles/tokens.css"><style>{STYLE}</style></head><body>'
        "<header><h1>Outbox</h1><p>What this shop sends by e-mail. Only on this machine, never "
        'in production.</p><a href="/">Back to the shop</a></header>'
        f'<main class="{kind}"><nav aria-label="Letters"><ol>{rows}</ol></nav>'
        f"<section>{inside}</section></main></body></html>"
    )


def _row(letter: Posted, chosen: bool) -> str:
    state = "" if letter.state is LetterState.KEPT else f" · {STATES[letter.state]}"
    return (
        f'<li><a href="/outbox/{quote(letter.key, safe="")}"{_current(chosen)}>'
        f'<span class="line"><span class="to">{escape(letter.to or letter.kind)}</span>'
        f'<span class="{letter.state}">{letter.created:%-d %b, %H:%M}{state}</span></span>'
        f'<span class="subject" dir="auto">{escape(_subject(letter))}</span></a></li>'
    )


def _subject(letter: Posted) -> str:
    return letter.subject or letter.kind


def _current(chosen: bool) -> str:
    return ' aria-current="page"' if chosen else ""
