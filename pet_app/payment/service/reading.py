"""How payments stand, for whoever may know."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select, update

from pet_app.core.errors import NotFound
from pet_app.core.money import Money
from pet_app.core.security import Identity
from pet_app.payment.models import Dispute, Payment, Refund
from pet_app.payment.rules import PaymentState, Provider, RefundState

UNKNOWN = "There is no such payment."


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
    row = session.get(Payment, payment_id)
    if row is None or row.owner not in identity.owners:
        raise NotFound(UNKNOWN)
    return PaymentView(
        row.id,
        row.purpose,
        row.reference,
        Provider(row.provider),
        PaymentState(row.state),
        Money(row.amount_cents, row.currency),
        Money(row.refunded_cents, row.received_currency or row.currency),
        row.description,
        tuple((str(name), int(cents), int(quantity)) for name, cents, quantity in row.lines),
        row.back_to,
        row.expires,
        row.problem,
    )


def payment_of(session: Session, purpose: str, reference: str) -> Payment | None:
    """The payment for that: the one whose money is here, else the latest; None when there is none.

    Money that came when nobody waited any more is on its way back, and counts for nothing.
    """
    theirs = (
        select(Payment)
        .where(Payment.purpose == purpose, Payment.reference == reference)
        .order_by(col(Payment.attempt).desc())
    )
    rows = session.exec(theirs).all()
    paid = [row for row in rows if row.state == PaymentState.PAID]
    kept = [row for row in paid if still_here(session, row).cents]
    return (kept or [*rows, None])[0]


def is_arriving(session: Session, purpose: str, reference: str) -> bool:
    """Whether money for that is here or under way, and not about to go back."""
    theirs = select(Payment).where(Payment.purpose == purpose, Payment.reference == reference)
    return any(arrives(session, row) for row in session.exec(theirs).all())


def arrives(session: Session, row: Payment) -> bool:
    """Whether its money is here or under way. What came too late is paid, and on its way back."""
    if row.state == PaymentState.PAID:
        return row.received_cents == 0 or still_here(session, row).cents > 0
    return row.state == PaymentState.PROCESSING


def still_here(session: Session, row: Payment) -> Money:
    """What was paid, less all that went back or is to."""
    gone = session.exec(
        select(func.coalesce(func.sum(Refund.amount_cents), 0)).where(
            Refund.payment_id == row.id, Refund.state != RefundState.FAILED
        )
    ).one()
    return Money(max(0, row.received_cents - int(gone)), row.received_currency or row.currency)


def refunds_of(session: Session, payment_id: str) -> list[Refund]:
    """What went back of it, the oldest first."""
    theirs = select(Refund).where(Refund.payment_id == payment_id).order_by(col(Refund.id))
    return list(session.exec(theirs).all())


def disputes_of(session: Session, payment_id: str) -> list[Dispute]:
    """What a bank has asked back of it, the oldest first."""
    theirs = select(Dispute).where(Dispute.payment_id == payment_id).order_by(col(Dispute.id))
    return list(session.exec(theirs).all())


def locked(session: Session, payment_id: str) -> Payment:
    """The row, which nobody else changes until this transaction ends. Raises `NotFound`."""
    found = session.exec(
        select(Payment)
        .where(Payment.id == payment_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise NotFound(UNKNOWN)
    return found


def adopt_payments(session: Session, visitor_owner: str, user_owner: str) -> None:
    """Give a guest's payments to the account the guest signed in to. Safe twice."""
    if visitor_owner:
        theirs = col(Payment.owner) == visitor_owner
        session.connection().execute(update(Payment).where(theirs).values(owner=user_owner))
