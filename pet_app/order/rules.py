"""Where an order can stand, and the moves between."""

from enum import StrEnum


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
    S.RETURNED: frozenset({S.PARTLY_REFUNDED, S.REFUNDED}),
    S.PARTLY_REFUNDED: frozenset(
        {S.IN_PRODUCTION, S.SHIPPED, S.DELIVERED, S.RETURN_REQUESTED, S.REFUNDED}
    ),
    # Money of a cancelled order is on its way back.
    S.CANCELLED: frozenset({S.REFUNDED}),
    S.REFUNDED: frozenset(),
}
