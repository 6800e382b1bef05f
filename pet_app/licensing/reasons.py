"""The reasons clerks give, read once from `data/reasons.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "reasons.toml"
REJECT = "reject"
ASK_MORE = "ask_more"


@dataclass(frozen=True)
class Template:
    """A reason to reject or to ask for more: its words can be sent as they are, or changed.

    `goes_for` is `reject`, `ask_more` or both.
    """

    id: str
    label: str
    words: str
    goes_for: tuple[str, ...]


@cache
def templates() -> tuple[Template, ...]:
    """The reasons there are, in the order clerks see them."""
    found = tomllib.loads(FILE.read_text("utf-8"))["reason"]
    return tuple(
        Template(told["id"], told["label"], told["words"], tuple(told["for"])) for told in found
    )


def template(reason: str, goes_for: str) -> Template | None:
    """The reason of that name, where it can be given for that."""
    return next((one for one in templates() if one.id == reason and goes_for in one.goes_for), None)
