"""What stands on a certificate and on the card for a phone: plain words, ready to be set."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class CertificatePaper:
    """A certificate. `link` is what its QR code says, `text` the signed line within.

    `who` describes the animal in one line; `facts` are names and values, `keeper` the lines of
    holder and address.
    """

    title: str
    issuer: str
    town: str
    region: str
    name: str = field(repr=False)
    who: str
    validity: str
    year: str
    facts: tuple[tuple[str, str], ...] = field(repr=False)
    keeper: tuple[str, ...] = field(repr=False)
    small: str
    link: str
    text: str
    site: str
    letter_paper: bool
    made: datetime


@dataclass(frozen=True)
class CardPicture:
    """The licence as a card for a phone; it says nothing of its holder."""

    title: str
    issuer: str
    town: str
    name: str = field(repr=False)
    who: str
    good: bool
    standing: str
    until: str
    number: str
    tag: str
    link: str
    text: str
