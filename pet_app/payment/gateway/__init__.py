"""The only part of the shop that speaks with Stripe; none of Stripe's shapes leave it."""

from pet_app.payment.gateway.calls import (
    NewSession,
    disputes_of,
    disputes_since,
    expire_session,
    find_session,
    open_session,
    read_intent,
    read_session,
    refunds_of,
    refunds_since,
    send_refund,
    sessions_since,
)
from pet_app.payment.gateway.client import close, is_live, is_set_up
from pet_app.payment.gateway.notices import TOPICS, Forged, notices_since, read_notice

__all__ = [
    "TOPICS",
    "Forged",
    "NewSession",
    "close",
    "disputes_of",
    "disputes_since",
    "expire_session",
    "find_session",
    "is_live",
    "is_set_up",
    "notices_since",
    "open_session",
    "read_intent",
    "read_notice",
    "read_session",
    "refunds_of",
    "refunds_since",
    "send_refund",
    "sessions_since",
]
