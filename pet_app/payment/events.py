"""What payments announce. `purpose` and `reference` say what was being paid for."""

from dataclasses import dataclass
from typing import ClassVar

from pet_app.messaging.bus import Event


@dataclass(frozen=True)
class PaymentWanted(Event):
    """Somebody is about to pay; the provider does not know of it yet."""

    name: ClassVar[str] = "payment.wanted"

    payment_id: str
    purpose: str
    reference: str


@dataclass(frozen=True)
class PaymentSettled(Event):
    """The whole amount is ours, in the right currency.

    `late` says that it came when nobody waited any more: all of it is on its way back already.
    """

    name: ClassVar[str] = "payment.settled"

    payment_id: str
    purpose: str
    reference: str
    amount_cents: int
    currency: str
    late: bool = False


@dataclass(frozen=True)
class PaymentDelayed(Event):
    """The visitor did their part; the money takes some days."""

    name: ClassVar[str] = "payment.delayed"

    payment_id: str
    purpose: str
    reference: str


@dataclass(frozen=True)
class PaymentFailed(Event):
    """No money came and none will; `reason` is a sentence for the visitor."""

    name: ClassVar[str] = "payment.failed"

    payment_id: str
    purpose: str
    reference: str
    reason: str


@dataclass(frozen=True)
class PaymentExpired(Event):
    """The time to pay ran out."""

    name: ClassVar[str] = "payment.expired"

    payment_id: str
    purpose: str
    reference: str


@dataclass(frozen=True)
class PaymentMismatched(Event):
    """What came is not what was asked for; it is on its way back."""

    name: ClassVar[str] = "payment.mismatched"

    payment_id: str
    purpose: str
    reference: str
    received_cents: int
    received_currency: str


@dataclass(frozen=True)
class RefundWanted(Event):
    """Money is to go back; the provider does not know of it yet."""

    name: ClassVar[str] = "payment.refund_wanted"

    refund_id: str
    payment_id: str


@dataclass(frozen=True)
class PaymentRefunded(Event):
    """Money went back; `refunded_cents` is all that did so far."""

    name: ClassVar[str] = "payment.refunded"

    payment_id: str
    purpose: str
    reference: str
    refund_id: str
    amount_cents: int
    refunded_cents: int


@dataclass(frozen=True)
class RefundFailed(Event):
    """Money could not go back; somebody has to see to it."""

    name: ClassVar[str] = "payment.refund_failed"

    payment_id: str
    purpose: str
    reference: str
    refund_id: str


@dataclass(frozen=True)
class PaymentDisputed(Event):
    """The bank asks for the money back, or has decided; `state` is the provider's word."""

    name: ClassVar[str] = "payment.disputed"

    payment_id: str
    purpose: str
    reference: str
    dispute_id: str
    state: str


@dataclass(frozen=True)
class PaymentSuspected(Event):
    """Something is odd about a payment; `reason` is a sentence for whoever handles the order."""

    name: ClassVar[str] = "payment.suspected"

    payment_id: str
    purpose: str
    reference: str
    reason: str


@dataclass(frozen=True)
class SessionLeft(Event):
    """Nobody waits for this payment any more; the provider's page is still open."""

    name: ClassVar[str] = "payment.session_left"

    payment_id: str
    session_id: str
