"""Stripe's test cards: what becomes of a payment by its number."""

from dataclasses import dataclass

from tests.stripe.errors import invalid


@dataclass(frozen=True)
class Card:
    """A test card. `declined` is the decline code, `authenticate` whether 3-D Secure is asked,
    `refund` how a refund goes, `disputed` the reason of a dispute that follows, `warned` whether
    an early fraud warning does."""

    number: str
    brand: str = "visa"
    declined: str = ""
    authenticate: bool = False
    refund: str = ""
    disputed: str = ""
    inquiry: bool = False
    warned: bool = False


CARDS = {
    card.number: card
    for card in (
        Card("4242424242424242"),
        Card("4000056655665556"),
        Card("5555555555554444", brand="mastercard"),
        Card("378282246310005", brand="amex"),
        Card("4000000000000002", declined="generic_decline"),
        Card("4000000000009995", declined="insufficient_funds"),
        Card("4000000000009987", declined="lost_card"),
        Card("4000000000009979", declined="stolen_card"),
        Card("4000000000000069", declined="expired_card"),
        Card("4000000000000127", declined="incorrect_cvc"),
        Card("4000000000000119", declined="processing_error"),
        Card("4000002500003155", authenticate=True),
        Card("4000002760003184", authenticate=True),
        Card("4000008260003178", authenticate=True, declined="insufficient_funds"),
        Card("4000000000007726", refund="pending"),
        Card("4000000000005126", refund="fails"),
        Card("4000000000000259", disputed="fraudulent"),
        Card("4000000000002685", disputed="product_not_received"),
        Card("4000000000001976", disputed="fraudulent", inquiry=True),
        Card("4000000000005423", warned=True),
    )
}
TOKENS = {
    "pm_card_visa": "4242424242424242",
    "pm_card_visa_debit": "4000056655665556",
    "pm_card_mastercard": "5555555555554444",
    "pm_card_amex": "378282246310005",
    "pm_card_chargeDeclined": "4000000000000002",
    "pm_card_visa_chargeDeclined": "4000000000000002",
    "pm_card_chargeDeclinedInsufficientFunds": "4000000000009995",
    "pm_card_visa_chargeDeclinedInsufficientFunds": "4000000000009995",
    "pm_card_visa_chargeDeclinedLostCard": "4000000000009987",
    "pm_card_visa_chargeDeclinedStolenCard": "4000000000009979",
    "pm_card_chargeDeclinedExpiredCard": "4000000000000069",
    "pm_card_chargeDeclinedIncorrectCvc": "4000000000000127",
    "pm_card_chargeDeclinedProcessingError": "4000000000000119",
    "pm_card_authenticationRequired": "4000002760003184",
    "pm_card_authenticationRequiredOnSetup": "4000002500003155",
    "pm_card_authenticationRequiredChargeDeclinedInsufficientFunds": "4000008260003178",
    "pm_card_pendingRefund": "4000000000007726",
    "pm_card_refundFail": "4000000000005126",
    "pm_card_createDispute": "4000000000000259",
    "pm_card_createDisputeProductNotReceived": "4000000000002685",
    "pm_card_createDisputeInquiry": "4000000000001976",
}
OWN_CODES = frozenset({"expired_card", "incorrect_cvc", "processing_error"})
SENTENCES = {
    "generic_decline": "Your card was declined.",
    "insufficient_funds": "Your card has insufficient funds.",
    "lost_card": "Your card was declined.",
    "stolen_card": "Your card was declined.",
    "expired_card": "Your card has expired.",
    "incorrect_cvc": "Your card's security code is incorrect.",
    "processing_error": "An error occurred while processing your card. Try again in a little bit.",
}


def by_number(number: str) -> Card:
    """The card of a number; raises `Refused`."""
    found = CARDS.get(number.replace(" ", ""))
    if found is None:
        raise invalid(
            "Your card was declined. Your request was in test mode, but used a non test card.",
            code="card_declined",
            param="number",
        )
    return found


def error_code(declined: str) -> str:
    """Stripe's code for a decline: a few have one of their own."""
    return declined if declined in OWN_CODES else "card_declined"
