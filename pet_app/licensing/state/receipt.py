"""A fee put into lines: what each rule comes to, and where the town says so."""

from collections.abc import Iterable
from dataclasses import dataclass

from pet_app.core.moments import day
from pet_app.core.money import Money
from pet_app.licensing.rules import FeeLine


@dataclass(frozen=True)
class ReceiptLine:
    """One rule of the receipt."""

    words: str
    amount: str
    source: str


def receipt_lines(lines: Iterable[FeeLine], currency: str) -> list[ReceiptLine]:
    """The lines as everybody reads them: owner, clerk and whoever only asks what it costs."""
    return [
        ReceiptLine(line.words, str(Money(line.cents, currency)), _source(line)) for line in lines
    ]


def _source(line: FeeLine) -> str:
    if line.assumption:
        return f"Our reading of {line.source}" if line.source else "Our assumption"
    return f"{line.source}, read {day(line.as_of)}" if line.as_of else line.source
