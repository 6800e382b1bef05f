"""Looking after what no webhook told: by the clock, against what the provider says."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session, col, or_, select

from pet_app.core import clock, db
from pet_app.core.errors import NotFound, Unavailable
from pet_app.core.ids import is_id
from pet_app.core.telemetry import log
from pet_app.messaging.outbox import publish
from pet_app.payment import gateway
from pet_app.payment.events import RefundWanted
from pet_app.payment.facts import SessionFacts
from pet_app.payment.models import Payment, Refund
from pet_app.payment.rules import PaymentState, Provider, RefundState
from pet_app.payment.service.moving import move
from pet_app.payment.service.reading import locked
from pet_app.payment.service.settling import catch_up
from pet_app.payment.service.telling import SOURCE, delivery
from pet_app.payment.verdict import Verdict
from pet_app.webhook import service as inbox

SETTLED_SOON = timedelta(minutes=3)
"""Younger than that, a payment or an event may still be on its way to us by itself."""

LOOK_BACK = timedelta(minutes=40)
DAYS_BACK = timedelta(days=3)
"""For as long Stripe tries to deliver."""

REFUND_PATIENCE = timedelta(hours=50)
AT_ONCE = 200


@dataclass
class Report:
    """What one look brought to light. `repaired` are payments that stand otherwise now; `unheard`
    counts events nobody had delivered, `unknown` are paid sessions no payment of ours knows."""

    looked: int = 0
    repaired: list[str] = field(default_factory=list)
    unheard: int = 0
    asked_again: int = 0
    unknown: list[str] = field(default_factory=list)
    down: bool = False

    def __str__(self) -> str:
        parts = [
            f"{self.looked} looked at",
            f"{len(self.repaired)} repaired",
            f"{self.unheard} events nobody had delivered",
            f"{self.asked_again} refunds asked for again",
            f"{len(self.unknown)} paid sessions that are not ours",
        ]
        return "; ".join(parts) + (". Stripe did not answer to the end." if self.down else ".")


def look_quickly() -> Report:
    """What is open for some minutes, and what Stripe told in the last ones. Blocks."""
    report = Report()
    with db.writing() as session:
        _end_forgotten(session)
    if gateway.is_set_up():
        _as_far_as_possible(report, _look_at_open, _fetch_unheard)
    return _told(report)


def look_thoroughly() -> Report:
    """Everything open here, and everything Stripe has of the last days. Blocks for a while."""
    report = Report()
    with db.writing() as session:
        _end_forgotten(session)
        report.asked_again = _ask_again(session)
    if gateway.is_set_up():
        _as_far_as_possible(report, _look_at_open, _look_at_theirs, _fetch_unheard)
    return _told(report)


def _as_far_as_possible(report: Report, *looks: Callable[[Report], None]) -> None:
    try:
        for look in looks:
            look(report)
    except Unavailable as error:
        # The next look comes by the clock; nothing is gained by insisting.
        report.down = True
        log.warning("reconciliation interrupted", error=error.detail)


def _look_at_open(report: Report) -> None:
    with db.reading() as session:
        waiting = _unfinished(session, clock.now() - SETTLED_SOON)
    _catch_up_all(report, waiting)


def _look_at_theirs(report: Report) -> None:
    since = clock.now() - DAYS_BACK
    for said in gateway.sessions_since(since):
        _look_at_session(report, said)
    moved = [facts.intent_id for facts in gateway.refunds_since(since)]
    moved += [facts.intent_id for facts in gateway.disputes_since(since)]
    with db.reading() as session:
        ours = _by_intent(session, set(moved))
    _catch_up_all(report, ours, closely=True)


def _look_at_session(report: Report, said: SessionFacts) -> None:
    with db.reading() as session:
        row = session.get(Payment, said.payment_id) if is_id(said.payment_id) else None
    if row is None:
        # Money nobody here asked for: another shop's on this account, or our row is lost.
        if said.paid == "paid":
            report.unknown.append(said.id)
        return
    arrived = row.state in (PaymentState.PAID, PaymentState.MISMATCHED)
    stray = row.session_id != said.id and (said.paid == "paid" or said.state == "open")
    if stray or (said.paid == "paid" and not arrived):
        _catch_up_all(report, [row.id], said.id)


def _fetch_unheard(report: Report) -> None:
    """Put into the inbox what Stripe made known and nobody delivered."""
    now = clock.now()
    found = [
        notice
        for notice in gateway.notices_since(now - LOOK_BACK, gateway.TOPICS)
        if notice.created < now - SETTLED_SOON
    ]
    with db.reading() as session:
        heard = inbox.known(session, SOURCE, [notice.id for notice in found])
    for notice in found:
        if notice.id not in heard:
            with db.writing() as session:
                report.unheard += inbox.receive(session, delivery(notice))


def _catch_up_all(
    report: Report, payment_ids: Iterable[str], session_id: str = "", *, closely: bool = False
) -> None:
    for payment_id in payment_ids:
        report.looked += 1
        with db.reading() as session:
            before = _stand(session, payment_id)
        try:
            catch_up(payment_id, session_id, closely=closely)
        except NotFound:
            continue
        with db.reading() as session:
            if _stand(session, payment_id) != before:
                report.repaired.append(payment_id)


def _stand(session: Session, payment_id: str) -> tuple[object, ...]:
    row = session.get(Payment, payment_id)
    return (row.state, row.refunded_cents, row.changed) if row else ()


def _unfinished(session: Session, before: datetime) -> list[str]:
    """Payments at Stripe of which more is to come, the longest untouched first."""
    waiting = [PaymentState.OPEN.value, PaymentState.PROCESSING.value]
    going_back = select(Refund.payment_id).where(Refund.state == RefundState.SENT)
    found = (
        select(Payment.id)
        .where(
            Payment.provider == Provider.STRIPE.value,
            col(Payment.changed) < before,
            or_(col(Payment.state).in_(waiting), col(Payment.id).in_(going_back)),
        )
        .order_by(col(Payment.changed))
        .limit(AT_ONCE)
    )
    return list(session.exec(found).all())


def _by_intent(session: Session, intents: set[str]) -> list[str]:
    found = select(Payment.id).where(col(Payment.intent_id).in_(intents))
    return list(session.exec(found).all())


def _end_forgotten(session: Session) -> None:
    """What the provider was never asked for, or knows nothing of, ends by our clock alone."""
    waiting = [PaymentState.WANTED.value, PaymentState.OPEN.value]
    over = select(Payment.id).where(
        col(Payment.state).in_(waiting),
        col(Payment.session_id).is_(None),
        col(Payment.expires) < clock.now() - SETTLED_SOON,
    )
    for payment_id in session.exec(over.order_by(col(Payment.id)).limit(AT_ONCE)).all():
        move(session, locked(session, payment_id), Verdict(PaymentState.EXPIRED))


def _ask_again(session: Session) -> int:
    """Refunds whose job has given up are asked for once more."""
    late = select(Refund).where(
        Refund.state == RefundState.WANTED, col(Refund.created) < clock.now() - REFUND_PATIENCE
    )
    found = session.exec(late.limit(AT_ONCE)).all()
    for row in found:
        publish(session, RefundWanted(row.id, row.payment_id))
    return len(found)


def _told(report: Report) -> Report:
    if report.unknown:
        log.error("paid sessions nobody here knows", sessions=report.unknown)
    if report.repaired or report.unheard or report.asked_again or report.down:
        log.warning("payments reconciled", report=str(report), repaired=report.repaired)
    return report
