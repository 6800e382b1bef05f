"""What letters say about licences, gathered: plain values, nothing that a letter does not need."""

from dataclasses import dataclass, field
from datetime import date, datetime

from pet_app.core.money import Money
from pet_app.licensing.rules import Town
from pet_app.licensing.rules.standing import Kind, LicenceState, OfferState, Status


@dataclass(frozen=True)
class Reader:
    """Whom a letter goes to: an account's id, and its address."""

    person: str
    email: str = field(repr=False)


@dataclass(frozen=True)
class AboutApplication:
    """An application as it stands. `again` says that the owner has answered a clerk; `goes_back`
    that what was paid goes back by the town's rule, whose words are `refund_words`."""

    id: str
    to: Reader
    town: Town
    kind: Kind
    status: Status
    animal: str = field(repr=False)
    fee: Money
    paid: bool
    handed_in: date | None
    again: bool
    words: str = field(repr=False)
    goes_back: bool
    refund_words: str


@dataclass(frozen=True)
class AboutLicence:
    """A licence as it stands. `ends` is None for the animal's life; `cut_short` says that the
    vaccination ends it, before its term does; `renews_from` how many days before its end it can
    be renewed."""

    id: str
    to: Reader
    town: Town
    state: LicenceState
    number: str
    tag_code: str
    animal: str = field(repr=False)
    begins: date
    ends: date | None
    term_ends: date | None
    cut_short: bool
    certificate: int
    lost: bool
    lost_words: str = field(repr=False)
    reason: str


@dataclass(frozen=True)
class AboutOffer:
    """An offer of a licence. `giver` is who made it, None once they have left."""

    id: str
    town: Town
    state: OfferState
    species: str
    number: str
    animal: str = field(repr=False)
    giver: Reader | None
    licence_id: str
    email: str = field(repr=False)
    expires: datetime


@dataclass(frozen=True)
class Found:
    """What a finder wrote, and how they can be reached; that may be empty."""

    words: str = field(repr=False)
    contact: str = field(repr=False)
    at: datetime
