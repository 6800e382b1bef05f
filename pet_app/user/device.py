"""What a browser calls itself, in two words its owner knows it by."""

import re

LONGEST_HEADER = 1024
BROWSERS = (
    # Each names those before it as well, so the most particular is looked for first.
    ("Edge", r"Edg(?:e|A|iOS)?/\d"),
    ("Opera", r"(?:OPR|Opera|OPiOS|OPT)/\d"),
    ("Samsung Internet", r"SamsungBrowser/\d"),
    ("Vivaldi", r"Vivaldi/\d"),
    ("DuckDuckGo", r"(?:DuckDuckGo|Ddg)/\d"),
    ("Firefox", r"(?:Firefox|FxiOS)/\d"),
    ("Chrome", r"(?:Chrome|CriOS|Chromium)/\d"),
    ("Safari", r"Version/\d\S* (?:Mobile/\S+ )?Safari/\d"),
)
SYSTEMS = (
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Android", r"Android"),
    ("Windows", r"Windows NT"),
    ("ChromeOS", r"CrOS"),
    ("Mac", r"Macintosh|Mac OS X"),
    ("Linux", r"Linux|X11"),
)


def device_label(user_agent: str) -> str:
    """`Firefox on Linux`, or nothing when the header names no browser we know."""
    said = user_agent[:LONGEST_HEADER]
    browser, system = _first(BROWSERS, said), _first(SYSTEMS, said)
    return f"{browser} on {system}" if browser and system else ""


def _first(known: tuple[tuple[str, str], ...], said: str) -> str:
    return next((name for name, pattern in known if re.search(pattern, said)), "")
