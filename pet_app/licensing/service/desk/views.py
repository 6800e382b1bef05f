"""What clerks see of cases and licences: the queue, a case, the policy, the counter."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from pet_app.core.money import Money
from pet_app.licensing.form import Form
from pet_app.licensing.rules import FeeLine
from pet_app.licensing.towns import Town

Shelf = Literal["in_review", "needs_more", "awaiting_payment", "audit", "decided"]
Age = Literal["fresh", "ageing", "overdue"]


@dataclass(frozen=True)
class QueueAsked:
    """Which cases to list. Empty `town_id`: of every town one serves; empty `kind`: of any kind.

    `shelf` is where they stand; `audit` holds what was approved automatically and is to be looked
    at. `text` is words of a pet's or holder's name, a microchip or a rabies tag. `mine` leaves
    those assigned to oneself. `sort` is `oldest` or `newest`; `after` is the `next` of the page
    before.
    """

    town_id: str = ""
    shelf: Shelf = "in_review"
    kind: str = ""
    text: str = ""
    mine: bool = False
    sort: Literal["oldest", "newest"] = "oldest"
    after: str = ""
    limit: int = 50


@dataclass(frozen=True)
class QueueItem:
    """One case in the queue. `waiting_days` are whole days it has lain with the clerks, None while
    it does not; `age` is how that is judged. Names are empty where there is nobody.

    `held_by` is who has it open just now; `held_by_me` says that this is oneself.
    """

    id: str
    town_id: str
    town_name: str
    kind: str
    kind_words: str
    status: str
    pet_name: str
    species: str
    holder_name: str
    fee: Money
    handed_in: date | None
    waiting_since: datetime | None
    waiting_days: int | None
    age: Age
    assigned_to: str
    assigned_name: str
    held_by: str
    held_name: str
    held_by_me: bool
    documents: int
    source: str
    automatic: bool
    audit: str
    decided: datetime | None
    version: int


@dataclass(frozen=True)
class QueuePage:
    """A page of the queue. `counts` is how many lie on each shelf but `decided`, with the same
    filters but the text; `overdue` how many have waited too long. `next` is empty on the last."""

    items: tuple[QueueItem, ...]
    counts: dict[str, int]
    overdue: int
    next: str


@dataclass(frozen=True)
class DeskDocument:
    """A paper of a case. `pages` is how many pictures there are of it; page numbers begin at 1."""

    id: str
    shows: str
    shows_words: str
    name: str
    media_type: str
    pages: int


@dataclass(frozen=True)
class DeskStep:
    """One entry of the history; `internal` ones only clerks see."""

    id: str
    what: str
    words: str
    who: str
    internal: bool
    at: datetime
    facts: dict[str, object]


@dataclass(frozen=True)
class Companion:
    """Another licence of the same owner in this town."""

    licence_id: str
    number: str
    pet_name: str
    species: str
    altered: bool
    standing: str
    ends: date | None


@dataclass(frozen=True)
class DeskCase:
    """Everything a clerk needs to decide.

    `form` is what the owner typed; `doubts` sentences about what does not fit together. `lines`
    are the frozen lines of the fee; `would_end` is when the licence would end, None for the
    animal's life, and `why_it_ends` says why. `may` holds what can be done now, of `approve`,
    `reject`, `ask_more`, `note`, `assign`, `audit`; empty but for `note` while somebody else has
    the case open (`item.held_by` without `held_by_me`, until `held_until`).
    """

    item: QueueItem
    town: Town
    form: Form
    documents: tuple[DeskDocument, ...]
    doubts: tuple[str, ...]
    history: tuple[DeskStep, ...]
    lines: tuple[FeeLine, ...]
    term_words: str
    would_end: date | None
    why_it_ends: str
    household: tuple[Companion, ...]
    colleagues: tuple[tuple[str, str], ...]
    held_until: datetime | None
    reason: str
    words: str
    licence_id: str
    licence_number: str
    payment_id: str
    may: frozenset[str]


@dataclass(frozen=True)
class Policy:
    """What a town's desk approves by itself. `always` are kinds approved so everywhere; `possible`
    those a town can choose; `automatic` those it has chosen."""

    town: Town
    always: tuple[str, ...]
    possible: tuple[str, ...]
    automatic: tuple[str, ...]
    audit_percent: int
    changed_by: str
    changed: datetime | None


@dataclass(frozen=True)
class FoundLicence:
    """One licence that was looked up. `standing` is what it is worth today in its town."""

    id: str
    town_id: str
    town_name: str
    number: str
    tag_code: str
    standing: str
    holder_name: str
    pet_name: str
    species: str
    altered: bool
    begins: date
    ends: date | None
    source: str
    lost: bool
    has_certificate: bool


@dataclass(frozen=True)
class CounterSale:
    """A licence sold at the counter. `form` as in the wizard; `paid_by` is `cash` or `cheque`;
    `tag_code` is of the tag that was handed over, empty to have one made up. `request_key` is the
    same when the same sale is sent twice."""

    town_id: str
    form: Form
    paid_by: Literal["cash", "cheque"]
    request_key: str
    tag_code: str = ""


@dataclass(frozen=True)
class Sold:
    """What a counter sale led to: the licence and what the receipt says."""

    application_id: str
    licence_id: str
    number: str
    tag_code: str
    fee: Money
    lines: tuple[FeeLine, ...]
    ends: date | None
    paid_by: str
