"""The colours and fonts of what we print, and the letters a file may hold."""

from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
FURTHER = tuple(sorted((*FONTS.glob("rounded-*.ttf"), *FONTS.glob("vazirmatn-*.ttf"))))
"""Letters of scripts that our own type lacks."""

INK = "#17211c"
SOFT = "#6b756f"
LINE = "#c9cdc6"
BRAND = "#1d4a3b"
ACCENT = "#f4b63f"


def printable(text: str) -> str:
    """A text without control characters and halves of characters, which no file may hold."""
    return "".join(c for c in text if c.isprintable())
