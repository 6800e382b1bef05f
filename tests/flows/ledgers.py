"""What has to be true of stock, codes, gift cards, orders and money at any moment."""

from collections import Counter, defaultdict

from sqlmodel import Session, col, select

from pet_app.catalog.models import Reservation, StockMove, Variant
from pet_app.catalog.rules import ReservationState
from pet_app.checkout.models import GiftCard, GiftCardEntry, Promotion, PromotionUse
from pet_app.messaging.models import OutboxRow
from pet_app.order.models import Order
from pet_app.order.rules import OrderStatus
from pet_app.payment.models import Payment, Refund
from pet_app.payment.rules import PaymentState, RefundState

ARRIVED = (PaymentState.PAID, PaymentState.MISMATCHED)


def check_stock(session: Session) -> None:
    """No shelf holds less than nothing; what is promised is promised to somebody."""
    moved: Counter[str] = Counter()
    for move in session.exec(select(StockMove)):
        moved[move.variant_id] += move.change
    held: Counter[str] = Counter()
    live = select(Reservation).where(Reservation.state == ReservationState.HELD)
    for row in session.exec(live):
        held[row.variant_id] += row.quantity
    for variant in session.exec(select(Variant)):
        if variant.stock is None:
            assert (variant.reserved, held[variant.id]) == (0, 0), variant
            continue
        assert 0 <= variant.reserved <= variant.stock, variant
        assert variant.reserved == held[variant.id], variant
        assert variant.stock == moved[variant.id], variant


def check_codes(session: Session) -> None:
    """No code is used more often than it may be, by anybody or by one."""
    used: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for use in session.exec(select(PromotionUse).where(col(PromotionUse.given_back).is_(False))):
        used[use.promotion_id][use.email_key] += 1
    for row in session.exec(select(Promotion)):
        mine = used[row.id]
        assert row.uses == mine.total(), row
        assert row.most_uses is None or row.uses <= row.most_uses, row
        most = max(mine.values(), default=0)
        assert row.most_per_person is None or most <= row.most_per_person, row


def check_cards(session: Session) -> None:
    """A gift card's balance is the sum of its ledger, and never less than nothing."""
    entries: defaultdict[str, list[GiftCardEntry]] = defaultdict(list)
    for entry in session.exec(select(GiftCardEntry).order_by(col(GiftCardEntry.id))):
        entries[entry.card_id].append(entry)
    for card in session.exec(select(GiftCard)):
        running = 0
        for entry in entries[card.id]:
            running += entry.change_cents
            assert running == entry.balance_cents >= 0, (card, entry)
        assert card.balance_cents == running, card


def check_orders(session: Session) -> None:
    """The sums of orders come out, and gift cards paid what they are said to have paid."""
    spent: Counter[str] = Counter()
    for entry in session.exec(select(GiftCardEntry)):
        spent[entry.reference.partition(":")[0]] -= entry.change_cents
    for order in session.exec(select(Order)):
        sums = order.items_cents - order.discount_cents + order.shipping_cents + order.tax_cents
        assert order.total_cents == sums, order
        assert order.due_cents == order.total_cents - order.gift_cents >= 0, order
        # What is to go back onto cards is said at once, and follows a moment later.
        least = order.gift_cents - order.gift_back_cents
        assert 0 <= least <= spent[order.id] <= order.gift_cents, order


def check_money(session: Session) -> None:
    """An order is paid at most once; what came is what was due; no more goes back than came."""
    back: Counter[str] = Counter()
    for refund in session.exec(select(Refund).where(Refund.state != RefundState.FAILED)):
        back[refund.payment_id] += refund.amount_cents
    paid: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    for row in session.exec(select(Payment)):
        assert 0 <= row.refunded_cents <= back[row.id] <= row.received_cents, row
        if row.state == PaymentState.PAID:
            assert (row.received_cents, row.received_currency) == (row.amount_cents, row.currency)
            paid[row.reference] += row.received_cents
            kept[row.reference] += row.received_cents - back[row.id]
        elif row.state not in ARRIVED:
            assert row.received_cents == 0, row
    told = Counter(
        payload["order_id"]
        for payload in session.exec(
            select(OutboxRow.payload).where(
                col(OutboxRow.name) == "order.paid", col(OutboxRow.payload).is_not(None)
            )
        )
    )
    for order in session.exec(select(Order)):
        if order.paid is not None:
            assert paid[order.id] >= order.due_cents, order
        assert told[order.id] <= 1, order
        assert kept[order.id] <= paid[order.id]


def check_everything(session: Session) -> None:
    """All of it."""
    check_stock(session)
    check_codes(session)
    check_cards(session)
    check_orders(session)
    check_money(session)


def check_at_rest(session: Session) -> None:
    """When nothing is on its way any more: money that is kept is for orders that stand."""
    kept: Counter[str] = Counter()
    for row in session.exec(select(Payment)):
        kept[row.reference] += row.received_cents - row.refunded_cents
    spent: Counter[str] = Counter()
    for entry in session.exec(select(GiftCardEntry)):
        spent[entry.reference.partition(":")[0]] -= entry.change_cents
    for order in session.exec(select(Order)):
        if order.status == OrderStatus.CANCELLED:
            assert (kept[order.id], spent[order.id]) == (0, 0), order
        elif order.paid is None:
            assert kept[order.id] == 0, order
        else:
            # Refunds go to the card that paid the rest first, then to gift cards.
            left = kept[order.id] + spent[order.id]
            assert left == order.total_cents - order.refunded_cents, order
