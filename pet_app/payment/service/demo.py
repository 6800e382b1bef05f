"""Paying without money, where no provider is set up. Production has nothing of it."""

from sqlmodel import Session

from pet_app.core.security import Identity
from pet_app.payment.models import Payment
from pet_app.payment.rules import DemoOutcome


def settle_demo(
    session: Session, identity: Identity, payment_id: str, outcome: DemoOutcome
) -> Payment:
    """Play what the visitor chose on the demo page. Raises `NotFound` in production, for another's
    payment, and for one that is not a demo's; `Conflict` when it is over."""
    raise NotImplementedError
