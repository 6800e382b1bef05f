"""Gift cards: made, spent, given money back. Every cent that moves has its entry in the ledger."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, or_, select, update

from pet_app.checkout.cards import code_of, key_of
from pet_app.checkout.events import GiftCardIssued
from pet_app.checkout.models import GiftCard, GiftCardEntry
from pet_app.checkout.problems import Found
from pet_app.checkout.rules import (
    GIFT,
    LEAST_CARD_CENTS,
    LONGEST_REQUEST,
    MOST_CARD_CENTS,
    CardReason,
    Trouble,
)
from pet_app.core import clock, db
from pet_app.core.errors import Invalid, NotFound
from pet_app.core.ids import is_id, new_id
from pet_app.core.money import Money
from pet_app.core.security import Identity, Permission
from pet_app.messaging.outbox import publish
from pet_app.order import service as orders
from pet_app.order.service import OrderStatus

NO_CARD = "There is no such gift card."
SPENT = "Less is left on the gift card ending in {last} than a moment ago. Look at the total again."
CURRENCY = "USD"
PAGE = 100
CAME_TO_NOTHING = frozenset({OrderStatus.CANCELLED, OrderStatus.REFUNDED})


@dataclass(frozen=True)
class CardRecord:
    """A gift card as the staff see it: its code they see once, when they make it."""

    id: str
    last_four: str
    balance: Money
    active: bool
    origin: str
    created: datetime
    expires: datetime | None


@dataclass(frozen=True)
class EntryRecord:
    """One entry of a card's ledger; `balance` is what was left after it."""

    change: Money
    balance: Money
    reason: str
    reference: str
    created: datetime


def issue_card(
    session: Session,
    identity: Identity,
    amount: Money,
    request_key: str,
    expires: datetime | None = None,
) -> tuple[CardRecord, str]:
    """Make a gift card by hand: the card, and its code, which is not shown again.

    The same request twice makes one card. Raises `Invalid`, `NotSignedIn` and `Forbidden`.
    """
    identity.must(Permission.CATALOGUE)
    if not 0 < len(request_key) <= LONGEST_REQUEST:
        raise Invalid("Say which request this is.", {"request_key": "1 to 64 characters."})
    if amount.currency != CURRENCY or not LEAST_CARD_CENTS <= amount.cents <= MOST_CARD_CENTS:
        least, most = Money(LEAST_CARD_CENTS), Money(MOST_CARD_CENTS)
        sentence = f"A gift card holds between {least} and {most}."
        raise Invalid(sentence, {"amount": sentence})
    if expires is not None and expires <= clock.now():
        raise Invalid("That day is over.", {"expires": "Choose a day to come."})
    card = make_card(session, amount, f"staff:{identity.owner}:{request_key}", expires)
    return _record(card), code_of(card.id)


def make_card(
    session: Session, amount: Money, origin: str, expires: datetime | None = None
) -> GiftCard:
    """The gift card of that origin, made unless it is there."""
    card_id, now = new_id(), clock.now()
    code = code_of(card_id)
    row = {
        "id": card_id,
        "code_key": key_of(code),
        "last_four": code[-4:],
        "currency": amount.currency,
        "balance_cents": amount.cents,
        "origin": origin,
        "active": True,
        "created": now,
        "expires": expires,
    }
    fresh = db.insert(GiftCard).values(row).on_conflict_do_nothing(index_elements=["origin"])
    made = session.connection().execute(fresh.returning(col(GiftCard.id))).first()
    card = session.exec(select(GiftCard).where(GiftCard.origin == origin)).one()
    if made is not None:
        _enter(session, card.id, amount.cents, amount.cents, CardReason.ISSUED, origin)
    return card


def issue_bought(session: Session, order_id: str) -> None:
    """Make the gift cards of an order that is paid, and have them mailed. Safe twice."""
    if orders.get_order(session, order_id).status in CAME_TO_NOTHING:
        return
    for line in orders.order_lines(session, order_id):
        for number in range(line.quantity if line.kind == GIFT else 0):
            origin = f"line:{line.id}:{number}"
            known = session.exec(select(GiftCard.id).where(GiftCard.origin == origin)).first()
            if known is None:
                card = make_card(session, Money(line.unit_cents, CURRENCY), origin)
                publish(session, GiftCardIssued(card_id=card.id, order_id=order_id))


def bought_card(session: Session, card_id: str) -> Money | None:
    """What is on a card that is to be mailed; None for one that was withdrawn meanwhile."""
    card = session.get(GiftCard, card_id)
    return Money(card.balance_cents, card.currency) if card and card.active else None


def card_by_code(session: Session, code: str) -> GiftCard | None:
    """The card a code opens, if it still can be used."""
    if not (key := key_of(code)):
        return None
    found = select(GiftCard).where(GiftCard.code_key == key, col(GiftCard.active))
    card = session.exec(found).first()
    return card if card and not is_over(card) else None


def is_over(card: GiftCard) -> bool:
    """Whether nothing can be paid with a card any more, whatever is on it."""
    return not card.active or (card.expires is not None and card.expires <= clock.now())


def spend(session: Session, card_id: str, cents: int, order_id: str) -> Found | None:
    """Pay so much of an order with a card; what is in the way, if there is not enough on it.

    Never below zero, however many spend at once: the card changes only while it holds so much.
    """
    now = clock.now()
    enough = (
        update(GiftCard)
        .where(
            col(GiftCard.id) == card_id,
            col(GiftCard.active),
            col(GiftCard.balance_cents) >= cents,
            or_(col(GiftCard.expires).is_(None), col(GiftCard.expires) > now),
        )
        .values(balance_cents=col(GiftCard.balance_cents) - cents)
        .returning(col(GiftCard.balance_cents))
    )
    left = session.connection().execute(enough).scalar_one_or_none()
    if left is None:
        card = session.get(GiftCard, card_id)
        sentence = SPENT.format(last=card.last_four if card else "")
        return Found(Trouble.CARD_EMPTY, sentence, f"card:{card_id}")
    _enter(session, card_id, -cents, left, CardReason.SPENT, order_id)
    return None


def paid_by_cards(session: Session, order_id: str) -> dict[str, int]:
    """How much of an order each card pays for, what went back taken off; the first card first."""
    entries = select(GiftCardEntry).where(
        col(GiftCardEntry.reference).startswith(order_id, autoescape=True),
        col(GiftCardEntry.reason).in_([CardReason.SPENT, CardReason.GIVEN_BACK]),
    )
    paid: dict[str, int] = {}
    for entry in session.exec(entries.order_by(col(GiftCardEntry.id))):
        paid[entry.card_id] = paid.get(entry.card_id, 0) - entry.change_cents
    return {card_id: cents for card_id, cents in paid.items() if cents > 0}


def put_money_back(session: Session, order_id: str, cents: int | None = None, key: str = "") -> int:
    """Put money of an order back onto the cards that paid for it, the last one first; how much.

    All that is left of it, or `cents`; once for each `key`. Safe twice.
    """
    cards = sorted(paid_by_cards(session, order_id))
    # Whoever gives back at the same moment waits here, and then finds it done.
    locked = select(GiftCard).where(col(GiftCard.id).in_(cards)).order_by(col(GiftCard.id))
    session.exec(locked.with_for_update()).all()
    reference = f"{order_id}:{key}" if key else order_id
    done = select(GiftCardEntry.id).where(
        GiftCardEntry.reference == reference, GiftCardEntry.reason == CardReason.GIVEN_BACK.value
    )
    if session.exec(done.limit(1)).first():
        return 0
    paid = paid_by_cards(session, order_id)
    left = sum(paid.values()) if cents is None else min(cents, sum(paid.values()))
    given = left
    for card_id in reversed(paid):
        back = min(left, paid[card_id])
        if back > 0:
            _change(session, card_id, back, CardReason.GIVEN_BACK, reference)
            left -= back
    return given


def withdraw_bought(session: Session, order_id: str) -> None:
    """Take back the gift cards an order bought, with what is left on them. Safe twice."""
    for line in orders.order_lines(session, order_id):
        origin = f"line:{line.id}:"
        bought = select(GiftCard).where(col(GiftCard.origin).startswith(origin, autoescape=True))
        for card in session.exec(bought.with_for_update()).all():
            _withdraw(session, card, origin)


def withdraw_card(session: Session, identity: Identity, card_id: str) -> CardRecord:
    """Make a card worthless. Raises `NotFound`, `NotSignedIn` and `Forbidden`."""
    identity.must(Permission.CATALOGUE)
    card = _card(session, card_id, to_change=True)
    _withdraw(session, card, f"staff:{identity.owner}")
    return _record(card)


def list_cards(session: Session, identity: Identity, last_four: str = "") -> list[CardRecord]:
    """The newest hundred cards, or those whose code ends so. Raises like `withdraw_card`."""
    identity.must(Permission.CATALOGUE)
    found = select(GiftCard).order_by(col(GiftCard.id).desc()).limit(PAGE)
    if last_four:
        found = found.where(GiftCard.last_four == last_four.strip().upper())
    return [_record(card) for card in session.exec(found)]


def ledger(session: Session, identity: Identity, card_id: str) -> list[EntryRecord]:
    """What moved on a card, the oldest first. Raises like `withdraw_card`."""
    identity.must(Permission.CATALOGUE)
    card = _card(session, card_id)
    entries = select(GiftCardEntry).where(GiftCardEntry.card_id == card.id)
    return [
        EntryRecord(
            Money(row.change_cents, card.currency),
            Money(row.balance_cents, card.currency),
            row.reason,
            row.reference,
            row.created,
        )
        for row in session.exec(entries.order_by(col(GiftCardEntry.id)))
    ]


def cards_of(session: Session, card_ids: list[str]) -> Mapping[str, GiftCard]:
    """Cards by their ids."""
    found = select(GiftCard).where(col(GiftCard.id).in_(card_ids))
    return {card.id: card for card in session.exec(found)}


def _withdraw(session: Session, card: GiftCard, reference: str) -> None:
    if card.balance_cents:
        _change(session, card.id, -card.balance_cents, CardReason.WITHDRAWN, reference)
    session.refresh(card)
    card.active = False
    session.add(card)
    session.flush()


def _change(session: Session, card_id: str, cents: int, reason: CardReason, reference: str) -> None:
    changed = (
        update(GiftCard)
        .where(col(GiftCard.id) == card_id)
        .values(balance_cents=col(GiftCard.balance_cents) + cents)
        .returning(col(GiftCard.balance_cents))
    )
    left = session.connection().execute(changed).scalar_one()
    _enter(session, card_id, cents, left, reason, reference)


def _enter(
    session: Session, card_id: str, cents: int, left: int, reason: CardReason, reference: str
) -> None:
    session.add(
        GiftCardEntry(
            card_id=card_id,
            change_cents=cents,
            balance_cents=left,
            reason=reason.value,
            reference=reference,
            created=clock.now(),
        )
    )
    session.flush()


def _card(session: Session, card_id: str, to_change: bool = False) -> GiftCard:
    found = select(GiftCard).where(GiftCard.id == card_id)
    found = found.with_for_update() if to_change else found
    card = session.exec(found).one_or_none() if is_id(card_id) else None
    if card is None:
        raise NotFound(NO_CARD)
    return card


def _record(card: GiftCard) -> CardRecord:
    return CardRecord(
        card.id,
        card.last_four,
        Money(card.balance_cents, card.currency),
        card.active,
        card.origin,
        card.created,
        card.expires,
    )
