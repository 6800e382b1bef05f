"""Payments: wanted, begun, settled by what the provider says, given up, sent back."""

from pet_app.payment.facts import Declined
from pet_app.payment.rules import PaymentState, Provider
from pet_app.payment.service.demo import settle_demo
from pet_app.payment.service.opening import Wanted, begin, give_up, is_open, open_payment
from pet_app.payment.service.reading import PaymentView, is_arriving, payment_of, refunds_of, seen
from pet_app.payment.service.refunds import refund, refundable, send_back
from pet_app.payment.service.settling import catch_up

__all__ = [
    "Declined",
    "PaymentState",
    "PaymentView",
    "Provider",
    "Wanted",
    "begin",
    "catch_up",
    "give_up",
    "is_arriving",
    "is_open",
    "open_payment",
    "payment_of",
    "refund",
    "refundable",
    "refunds_of",
    "seen",
    "send_back",
    "settle_demo",
]
