"""The look of our letters: the shop's colours and type, and the frame round every letter."""

from html import escape
from urllib.parse import urlsplit

from pet_app.core.settings import settings

BRAND = "Harness Hero"
PROMISE = "Gear made to your pet’s own measurements"
NEVER_ASKED = "We never ask for your password by e-mail."
WIDTH_PX = 600

LIGHT = {
    "sunk": "#f4f1ea",
    "surface": "#ffffff",
    "line": "#e2ded4",
    "ink": "#17211c",
    "muted": "#57615b",
    "brand": "#1d4a3b",
    "on-brand": "#ffffff",
    "brand-soft": "#dde9e2",
    "accent": "#f4b63f",
    "mark-ground": "#1d4a3b",
}
DARK = {
    "sunk": "#111714",
    "surface": "#19211d",
    "line": "#303b35",
    "ink": "#eff2ed",
    "muted": "#a9b5ae",
    "brand": "#a3d6be",
    "on-brand": "#0f1f18",
    "brand-soft": "#22382f",
    "accent": "#f4b63f",
    "mark-ground": "#245745",
}

DISPLAY = "'Bricolage Grotesque','Avenir Next','Segoe UI',Helvetica,Arial,sans-serif"
BODY = "'Instrument Sans','Segoe UI',Helvetica,Arial,sans-serif"
MONO = "ui-monospace,'SF Mono',Menlo,Consolas,'Liberation Mono',monospace"

# Inboxes fill up the glimpse with what comes next, unless something invisible comes next.
PADDING = "&#847;&zwnj;&nbsp;" * 80


def _rules(place: str) -> str:
    """Each of our classes in its dark colour, wherever `place` (a selector's beginning) holds."""
    return "".join(
        [
            *(f"{place}.{name}-ground{{background-color:{DARK[name]}!important}}" for name in DARK),
            *(f"{place}.{name}-text{{color:{DARK[name]}!important}}" for name in DARK),
            *(f"{place}.{name}-edge{{border-color:{DARK[name]}!important}}" for name in DARK),
        ]
    )


STYLE = (
    ":root{color-scheme:light dark;supported-color-schemes:light dark}"
    "body{margin:0;padding:0;width:100%;-webkit-text-size-adjust:100%}"
    "table{border-spacing:0;mso-table-lspace:0;mso-table-rspace:0}"
    # Mail programs underline what they take for dates and addresses in a blue of their own.
    "a[x-apple-data-detectors]{color:inherit!important;text-decoration:inherit!important}"
    "@media (max-width:480px){.sheet{padding:28px 22px 30px!important}"
    ".outer{padding:20px 12px 28px!important}.headline{font-size:25px!important}"
    ".fact{display:block!important;width:auto!important;padding-right:0!important}"
    ".name{padding-bottom:0!important;border-top-width:1px!important}"
    ".value{padding-top:2px!important;border-top-width:0!important}"
    ".press{width:100%!important}"
    ".press a{display:block!important;text-align:center!important}}"
    f"@media (prefers-color-scheme:dark){{{_rules('')}}}"
    # Outlook on the web marks its dark mode by an attribute instead.
    f"{_rules('[data-ogsc] ')}"
)


def frame(*, headline: str, glimpse: str, inside: str, beneath: str) -> str:
    """A whole HTML document; `inside` and `beneath` are HTML, the rest is text."""
    return (
        '<!DOCTYPE html><html lang="en" dir="ltr"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        '<meta name="supported-color-schemes" content="light dark">'
        '<meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">'
        f"<title>{escape(headline)}</title><style>{STYLE}</style></head>"
        f'<body class="sunk-ground" style="margin:0;padding:0;background-color:{LIGHT["sunk"]}">'
        '<div style="display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;'
        f'mso-hide:all">{escape(glimpse)}{PADDING}</div>'
        f'<table role="presentation" width="100%" class="sunk-ground" bgcolor="{LIGHT["sunk"]}">'
        '<tr><td class="outer" align="center" style="padding:36px 20px 44px">'
        f'<!--[if mso]><table role="presentation" width="{WIDTH_PX}"><tr><td><![endif]-->'
        f'<table role="presentation" width="100%" style="max-width:{WIDTH_PX}px">'
        f"{_wordmark()}{_sheet(headline, inside)}{_foot(beneath)}</table>"
        "<!--[if mso]></td></tr></table><![endif]--></td></tr></table></body></html>"
    )


def _wordmark() -> str:
    """The sewn box and the name, in type and borders: most inboxes block pictures."""
    return (
        '<tr><td style="padding:0 6px 18px">'
        f'<a href="{escape(settings().site_url)}" style="text-decoration:none">'
        '<table role="presentation"><tr>'
        f'<td class="mark-ground-ground" width="34" height="34" align="center" valign="middle" '
        f'bgcolor="{LIGHT["mark-ground"]}" style="border-radius:10px;line-height:0">'
        f'<span style="display:inline-block;width:16px;height:16px;border:2px dashed '
        f"{LIGHT['accent']};border-radius:3px;font:700 19px/15px Arial,sans-serif;"
        f'color:{LIGHT["accent"]};text-align:center;vertical-align:middle" '
        'aria-hidden="true">&#215;</span></td>'
        f'<td class="ink-text" style="padding-left:10px;font:700 20px/1 {DISPLAY};'
        f'letter-spacing:-0.6px;color:{LIGHT["ink"]}">{BRAND}</td>'
        "</tr></table></a></td></tr>"
    )


def _sheet(headline: str, inside: str) -> str:
    return (
        '<tr><td class="sheet surface-ground line-edge" '
        f'bgcolor="{LIGHT["surface"]}" style="padding:40px 44px 42px;border:1px solid '
        f'{LIGHT["line"]};border-radius:20px">'
        f'<h1 dir="auto" class="headline ink-text" style="margin:0 0 18px;font:700 30px/1.14 '
        f'{DISPLAY};letter-spacing:-0.9px;color:{LIGHT["ink"]};overflow-wrap:anywhere">'
        f"{escape(headline)}</h1>{inside}</td></tr>"
    )


def _foot(beneath: str) -> str:
    site = settings().site_url
    shown = escape(urlsplit(site).netloc)
    return (
        f'<tr><td class="muted-text" style="padding:22px 6px 0;font:400 13px/1.55 {BODY};'
        f'color:{LIGHT["muted"]}">{beneath}'
        f'<p style="margin:0">{NEVER_ASKED}</p>'
        f'<p style="margin:6px 0 0">{BRAND} · {PROMISE}<br>'
        f'<a class="muted-text" href="{escape(site)}" style="color:{LIGHT["muted"]}">{shown}</a>'
        "</p></td></tr>"
    )
