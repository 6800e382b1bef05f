"""What the pages of orders are given to show: words only."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Facts:
    """The head of an order. `tone` colours its status; `invoice` is an address, or empty."""

    id: str = ""
    number: str = ""
    status: str = ""
    tone: str = ""
    placed: str = ""
    email: str = ""
    method: str = ""
    invoice: str = ""
    reason: str = ""
    pay_by: str = ""
    total: str = ""


@dataclass(frozen=True)
class LineCard:
    """One line. `returns` and `remakes` say how many may come back or be made again, `until` the
    last day for it."""

    id: str = ""
    title: str = ""
    words: str = ""
    picture: str = ""
    href: str = ""
    quantity: int = 0
    unit: str = ""
    total: str = ""
    was: str = ""
    made: bool = False
    breakdown: list[list[str]] = field(default_factory=list)
    returns: int = 0
    remakes: int = 0
    until: str = ""
    note: str = ""


@dataclass(frozen=True)
class Stop:
    """One stop on the way of an order. `state` is done, now, next or off; `seam` says how the way
    from here goes on: done, next, or not at all (empty)."""

    label: str
    day: str
    state: str
    seam: str


@dataclass(frozen=True)
class StepCard:
    """One entry of the timeline."""

    mark: str
    words: str
    at: str


@dataclass(frozen=True)
class ParcelCard:
    """A parcel, where it can be followed, and what is in it."""

    carrier: str
    number: str
    url: str
    lines: list[str]
    when: str


@dataclass(frozen=True)
class RequestCard:
    """Something that is to come back or to be made again, and what we said."""

    title: str
    what: str
    state: str
    tone: str
    words: str
    answer: str
    photo: str


@dataclass(frozen=True)
class Sum:
    """One line of the reckoning."""

    label: str
    amount: str


@dataclass(frozen=True)
class OrderTile:
    """An order in a list; up to four pictures, and how many things it holds."""

    id: str
    number: str
    placed: str
    status: str
    tone: str
    total: str
    titles: str
    pictures: list[str]
    more: int
