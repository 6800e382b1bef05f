"""What an invoice says, before it is drawn."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Row:
    """One line of an invoice, its amounts written out."""

    title: str
    words: str
    sku: str
    quantity: str
    unit: str
    total: str


@dataclass(frozen=True)
class Invoice:
    """All that an invoice says; amounts written out, `sums` as (name, amount), the last the total.

    `facts` are pairs such as (Order, HH-…), `to` the lines of the customer's address, `notes` what
    is said small underneath.
    """

    number: str
    paid: datetime
    letter_paper: bool
    to: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    sums: tuple[tuple[str, str], ...]
    after: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    contact: str
