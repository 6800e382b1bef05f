"""Where an application and a licence can stand, and the moves between."""

from datetime import date
from enum import StrEnum

PURPOSE = "licence"
"""What payments for licences are for, as payments keep it; their reference is an application."""


class Kind(StrEnum):
    """What an application is for. BOOSTER brings a newer vaccination; it costs nothing."""

    NEW = "new"
    RENEWAL = "renewal"
    REPLACEMENT = "replacement"
    TRANSFER = "transfer"
    BOOSTER = "booster"

    @property
    def label(self) -> str:
        """As clerks read it."""
        return {
            Kind.NEW: "New licence",
            Kind.RENEWAL: "Renewal",
            Kind.REPLACEMENT: "New tag",
            Kind.TRANSFER: "New owner",
            Kind.BOOSTER: "Newer vaccination",
        }[self]


class Status(StrEnum):
    """Where an application stands. IN_REVIEW waits for a clerk, NEEDS_MORE for its owner."""

    DRAFT = "draft"
    AWAITING_PAYMENT = "awaiting_payment"
    IN_REVIEW = "in_review"
    NEEDS_MORE = "needs_more"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """As its owner reads it."""
        return {
            Status.DRAFT: "Not handed in yet",
            Status.AWAITING_PAYMENT: "Waiting for payment",
            Status.IN_REVIEW: "With the town's clerk",
            Status.NEEDS_MORE: "The clerk asks for something",
            Status.APPROVED: "Approved",
            Status.REJECTED: "Not approved",
            Status.WITHDRAWN: "Withdrawn",
        }[self]


S = Status
MOVES: dict[Status, frozenset[Status]] = {
    S.DRAFT: frozenset({S.AWAITING_PAYMENT, S.WITHDRAWN}),
    # What costs nothing is paid at once. Who turns back before paying may change the form again.
    S.AWAITING_PAYMENT: frozenset({S.IN_REVIEW, S.DRAFT, S.WITHDRAWN}),
    S.IN_REVIEW: frozenset({S.APPROVED, S.REJECTED, S.NEEDS_MORE, S.WITHDRAWN}),
    S.NEEDS_MORE: frozenset({S.IN_REVIEW, S.REJECTED, S.WITHDRAWN}),
    S.APPROVED: frozenset(),
    S.REJECTED: frozenset(),
    S.WITHDRAWN: frozenset(),
}

UNDECIDED = frozenset(status for status, moves in MOVES.items() if moves)
"""Only one application for a pet, a town and a kind can stand here."""

DECIDED = frozenset(Status) - UNDECIDED


class LicenceState(StrEnum):
    """What was decided of a licence. Whether it has run out is for the calendar of its town."""

    ISSUED = "issued"
    REVOKED = "revoked"
    MOVED = "moved"
    ENDED = "ended"


LICENCE_MOVES: dict[LicenceState, frozenset[LicenceState]] = {
    # MOVED: another town licensed the pet. ENDED: the pet died, or the owner gave it back.
    LicenceState.ISSUED: frozenset({LicenceState.REVOKED, LicenceState.MOVED, LicenceState.ENDED}),
    LicenceState.REVOKED: frozenset({LicenceState.ISSUED}),
    LicenceState.MOVED: frozenset(),
    LicenceState.ENDED: frozenset(),
}


class Standing(StrEnum):
    """What a licence is worth on a day, as anybody may know it."""

    VALID = "valid"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    REVOKED = "revoked"
    MOVED = "moved"
    ENDED = "ended"


def standing(state: str, begins: date, ends: date | None, today: date) -> Standing:
    """What a licence is worth on `today`, a day of its town; its last day counts in full."""
    if state != LicenceState.ISSUED:
        return Standing(state)
    if today < begins:
        return Standing.NOT_YET
    return Standing.EXPIRED if ends is not None and today > ends else Standing.VALID


class OfferState(StrEnum):
    """Where an offer of a licence to somebody else stands. ACCEPTED waits for the town's fee; then
    it is DONE, or LAPSED where nothing came of it."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"
    EXPIRED = "expired"
    LAPSED = "lapsed"
    DONE = "done"


class Reminding(StrEnum):
    """When an owner is reminded of the end of a licence."""

    SIXTY = "60"
    THIRTY = "30"
    SEVEN = "7"
    DUE = "due"
    OVERDUE = "overdue"
