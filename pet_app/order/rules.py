"""Where an order can stand, and the moves between."""

from enum import StrEnum

PURPOSE = "order"
"""What payments for orders are for, as payments keep it."""


class OrderStatus(StrEnum):
    """Where an order stands."""

    PENDING_PAYMENT = "pending_payment"
    PAID = "paid"
    IN_PRODUCTION = "in_production"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    PARTLY_REFUNDED = "partly_refunded"
    REFUNDED = "refunded"
    RETURN_REQUESTED = "return_requested"
    RETURNED = "returned"

    @property
    def label(self) -> str:
        """As its customer reads it."""
        words = {"pending_payment": "Waiting for payment", "paid": "Paid, we are on it"}
        return words.get(self.value, self.value.replace("_", " ").capitalize())


S = OrderStatus
MOVES: dict[OrderStatus, frozenset[OrderStatus]] = {
    S.PENDING_PAYMENT: frozenset({S.PAID, S.CANCELLED}),
    S.PAID: frozenset({S.IN_PRODUCTION, S.SHIPPED, S.CANCELLED, S.PARTLY_REFUNDED, S.REFUNDED}),
    S.IN_PRODUCTION: frozenset({S.SHIPPED, S.CANCELLED, S.PARTLY_REFUNDED, S.REFUNDED}),
    S.SHIPPED: frozenset({S.DELIVERED, S.RETURN_REQUESTED, S.PARTLY_REFUNDED, S.REFUNDED}),
    S.DELIVERED: frozenset({S.RETURN_REQUESTED, S.PARTLY_REFUNDED, S.REFUNDED}),
    S.RETURN_REQUESTED: frozenset(
        {S.SHIPPED, S.DELIVERED, S.RETURNED, S.PARTLY_REFUNDED, S.REFUNDED}
    ),
    # Another line may come back while the money of the first is still on its way.
    S.RETURNED: frozenset({S.RETURN_REQUESTED, S.PARTLY_REFUNDED, S.REFUNDED}),
    S.PARTLY_REFUNDED: frozenset(
        {S.IN_PRODUCTION, S.SHIPPED, S.DELIVERED, S.CANCELLED, S.RETURN_REQUESTED, S.REFUNDED}
    ),
    # Money of a cancelled order is on its way back.
    S.CANCELLED: frozenset({S.REFUNDED}),
    S.REFUNDED: frozenset(),
}

NOBODY = "gone"
"""The owner of what belonged to somebody who left."""

UNSETTLED = frozenset({S.PENDING_PAYMENT, S.CANCELLED})
"""Where an order may stand that was never paid."""


class ReturnKind(StrEnum):
    """RETURN: it comes back and is paid back. REMAKE: it is made once more, so that it fits."""

    RETURN = "return"
    REMAKE = "remake"


class ReturnState(StrEnum):
    """Where such a request stands. RECEIVED ends a return, APPROVED a remake."""

    ASKED = "asked"
    APPROVED = "approved"
    DECLINED = "declined"
    RECEIVED = "received"


R = ReturnState
RETURN_MOVES: dict[ReturnState, frozenset[ReturnState]] = {
    R.ASKED: frozenset({R.APPROVED, R.DECLINED, R.RECEIVED}),
    R.APPROVED: frozenset({R.RECEIVED, R.DECLINED}),
    R.DECLINED: frozenset(),
    R.RECEIVED: frozenset(),
}


class ReturnReason(StrEnum):
    """Why something is to come back."""

    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    NOT_AS_SHOWN = "not_as_shown"
    DAMAGED = "damaged"
    CHANGED_MIND = "changed_mind"

    @property
    def label(self) -> str:
        return {
            ReturnReason.TOO_SMALL: "Too small",
            ReturnReason.TOO_LARGE: "Too large",
            ReturnReason.NOT_AS_SHOWN: "Not as shown",
            ReturnReason.DAMAGED: "Damaged or faulty",
            ReturnReason.CHANGED_MIND: "Changed my mind",
        }[self]


def may_move(was: str, now: str) -> bool:
    """Whether an order may go from one status to another."""
    return S(now) in MOVES[S(was)]


POSTLESS = frozenset({"gift", "gift_card"})
"""Kinds of lines that no parcel holds."""


def topic(order_id: str) -> str:
    """What the open pages of an order listen to."""
    return f"order:{order_id}"


def share(whole_cents: int, quantity: int, before: int, more: int) -> int:
    """What `more` pieces of a line come to, after `before` of them; all together the whole."""
    return whole_cents * (before + more) // quantity - whole_cents * before // quantity
