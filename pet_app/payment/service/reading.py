"""How payments stand, for whoever may know."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from pet_app.core.money import Money
from pet_app.core.security import Identity
from pet_app.payment.models import Payment, Refund
from pet_app.payment.rules import PaymentState, Provider


@dataclass(frozen=True)
class PaymentView:
    """A payment as its owner may see it. `problem` is a sentence about the last try."""

    id: str
    purpose: str
    reference: str
    provider: Provider
    state: PaymentState
    amount: Money
    refunded: Money
    description: str
    lines: tuple[tuple[str, int, int], ...]
    back_to: str
    expires: datetime
    problem: str


def seen(session: Session, identity: Identity, payment_id: str) -> PaymentView:
    """One of their payments. Raises `NotFound`, also for somebody else's."""
    raise NotImplementedError


def payment_of(session: Session, purpose: str, reference: str) -> Payment | None:
    """The payment for that: the one that is paid, else the latest; None when there is none."""
    raise NotImplementedError


def refunds_of(session: Session, payment_id: str) -> list[Refund]:
    """What went back of it, the oldest first."""
    raise NotImplementedError
