"""Deliveries from Stripe: which payment they are about, and what follows from them."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, col, or_, select

from pet_app.core import db
from pet_app.core.ids import is_id
from pet_app.core.money import Money
from pet_app.payment import gateway
from pet_app.payment.facts import Notice
from pet_app.payment.models import Payment
from pet_app.payment.service.disputes import suspect
from pet_app.payment.service.settling import catch_up
from pet_app.payment.verdict import judge
from pet_app.webhook.service import Delivery, PassedOver

SOURCE = "stripe"
FRAUD = "The card's owner may not have made this payment (early fraud warning)."
LIVE, TEST = "live", "test"

OTHER_MODE = "told in {told} mode, and we are in {ours} mode"
OTHER_TOPIC = "nothing follows from this here"
NOT_OURS = "not about a payment of ours"


def delivery(notice: Notice) -> Delivery:
    """What Stripe told, as the inbox keeps it."""
    return Delivery(SOURCE, notice.id, notice.topic, notice.about, notice.created)


def work(told: Delivery) -> None:
    """Bring the payment this is about up to date. Raises `PassedOver` for what is not ours."""
    payment_id = _payment_of(told)
    if told.topic.startswith("radar."):
        with db.writing() as session:
            suspect(session, payment_id, FRAUD)
    closely = told.topic.startswith(("refund.", "charge."))
    catch_up(payment_id, str(told.kept.get("session", "")), closely=closely)


def would(told: Delivery) -> str:
    """What `work` would do, in a sentence; nothing is changed."""
    payment_id = _payment_of(told)
    with db.reading() as session:
        row = session.get_one(Payment, payment_id)
    said = gateway.read_session(row.session_id or str(told.kept.get("session", "")))
    if said is None:
        return f"Payment {payment_id} is {row.state} here; Stripe knows no session of it."
    verdict = judge(Money(row.amount_cents, row.currency), said)
    return f"Payment {payment_id} is {row.state} here and {verdict.state} by what Stripe says."


def _payment_of(told: Delivery) -> str:
    if told.topic not in gateway.TOPICS:
        raise PassedOver(OTHER_TOPIC)
    live = bool(told.kept.get("live"))
    if live is not gateway.is_live():
        names = {True: LIVE, False: TEST}
        raise PassedOver(OTHER_MODE.format(told=names[live], ours=names[not live]))
    with db.reading() as session:
        known = _find(session, told.kept)
    intent = str(told.kept.get("intent", ""))
    if known is None and intent and (found := gateway.read_intent(intent)):
        with db.reading() as session:
            known = _find(session, {"payment": found.payment_id})
    if known is None:
        raise PassedOver(NOT_OURS)
    return known


def _find(session: Session, about: Mapping[str, Any]) -> str | None:
    ours = str(about.get("payment", ""))
    if is_id(ours) and session.get(Payment, ours):
        return ours
    named = [
        column == str(about[name])
        for name, column in (
            ("session", col(Payment.session_id)),
            ("intent", col(Payment.intent_id)),
        )
        if about.get(name)
    ]
    if not named:
        return None
    return session.exec(select(Payment.id).where(or_(*named)).limit(1)).first()
