"""What a letter says, in blocks from which its HTML and its text are both made."""

from dataclasses import dataclass
from unicodedata import category
from urllib.parse import urlsplit

from pet_app.core.settings import settings

LONGEST_SUBJECT = 150
UNSEEN = ("Cc", "Cf", "Cs")
KEPT = "\n\u200c\u200d"
"""Line breaks, and the joiners that Persian, Hindi and many emoji are written with."""


@dataclass(frozen=True)
class Text:
    """A paragraph. A line break in it stays one."""

    text: str


@dataclass(frozen=True)
class Button:
    """The one thing to do. `url` is a full address, or a path on this site."""

    label: str
    url: str

    @property
    def address(self) -> str:
        """The full address. Raises `ValueError` for anything a browser would not fetch."""
        full = settings().site_url + self.url if self.url.startswith("/") else self.url
        if urlsplit(full).scheme not in ("http", "https") or not full.isprintable():
            raise ValueError("a button leads to a web address")
        return full


@dataclass(frozen=True)
class Code:
    """A few characters to read off and type in, with what they are for."""

    code: str
    label: str = ""


@dataclass(frozen=True)
class Facts:
    """Names and values, one pair a row."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Fine:
    """What is said more quietly: until when a link works, what to do if it was not you."""

    text: str


Block = Text | Button | Code | Facts | Fine


@dataclass(frozen=True)
class Letter:
    """One e-mail, whose subject is its headline too. `kind` names it for us: `account.verify`.

    `preheader` is what inboxes show beside the subject; empty, it is how the text begins.
    `unsubscribe` is the address that ends letters of this kind, where they are a choice.
    """

    kind: str
    subject: str
    blocks: tuple[Block, ...]
    preheader: str = ""
    unsubscribe: str = ""

    def __post_init__(self) -> None:
        if not self.headline:
            raise ValueError("a letter needs a subject")

    @property
    def headline(self) -> str:
        """The subject on one line, so that no name in it can begin a header of its own."""
        line = one_line(self.subject)
        return line if len(line) <= LONGEST_SUBJECT else line[: LONGEST_SUBJECT - 1] + "…"

    @property
    def glimpse(self) -> str:
        """What inboxes show beside the subject."""
        said = " ".join(block.text for block in self.blocks if isinstance(block, Text))
        return one_line(self.preheader or said)[:LONGEST_SUBJECT]


def printable(text: str) -> str:
    """`text` without what cannot be seen or sent: control characters and halves of a pair."""
    whole = text.encode("utf-8", "replace").decode()
    return "".join(sign for sign in whole if sign in KEPT or category(sign) not in UNSEEN)


def one_line(text: str) -> str:
    """`text` as one line with single spaces."""
    return " ".join(printable(" ".join(text.split())).split())
