"""Paying without money, where no provider is set up. Production has nothing of it."""

from sqlmodel import Session

from pet_app.core.errors import Conflict, NotFound
from pet_app.core.money import Money
from pet_app.core.security import Identity
from pet_app.core.settings import settings
from pet_app.payment.models import Payment
from pet_app.payment.rules import DemoOutcome, PaymentState, Provider
from pet_app.payment.service.moving import move
from pet_app.payment.service.opening import OVER
from pet_app.payment.service.reading import UNKNOWN, locked
from pet_app.payment.verdict import UNPAID, Verdict

DECLINED = "Your card was declined. Nothing was taken; please try another."

STATES = {
    DemoOutcome.PAID: PaymentState.PAID,
    DemoOutcome.DECLINED: PaymentState.OPEN,
    DemoOutcome.DELAYED: PaymentState.PROCESSING,
    DemoOutcome.FAILED: PaymentState.FAILED,
    DemoOutcome.LEFT: PaymentState.EXPIRED,
}
PROBLEMS = {DemoOutcome.DECLINED: DECLINED, DemoOutcome.FAILED: UNPAID}


def settle_demo(
    session: Session, identity: Identity, payment_id: str, outcome: DemoOutcome
) -> Payment:
    """Play what the visitor chose on the demo page. Raises `NotFound` in production, for another's
    payment, and for one that is not a demo's; `Conflict` when it is over."""
    if settings().is_production:
        raise NotFound(UNKNOWN)
    row = locked(session, payment_id)
    if row.owner not in identity.owners or row.provider != Provider.DEMO:
        raise NotFound(UNKNOWN)
    if row.state in (PaymentState.FAILED, PaymentState.EXPIRED):
        raise Conflict(OVER)
    asked = Money(row.amount_cents, row.currency)
    received = asked if outcome is DemoOutcome.PAID else None
    move(session, row, Verdict(STATES[outcome], received, PROBLEMS.get(outcome, "")))
    return row
