"""Stock: promised to an order while it is paid, then taken, or given back.

Every step is one conditional UPDATE, so of fifty buyers of one thing one gets it. Locks are taken
in one order everywhere: reservations first, then variants by their id, then products.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, true
from sqlmodel import Session, col, select, update

from pet_app.catalog.events import StockChanged
from pet_app.catalog.models import Product, Reservation, StockMove, Variant
from pet_app.catalog.rules import FEW, ReservationState
from pet_app.catalog.service.changes import show_changed
from pet_app.catalog.service.variants import available
from pet_app.core import clock, db
from pet_app.core.errors import Conflict
from pet_app.core.ids import new_id
from pet_app.messaging.outbox import publish

MOST_SWEPT = 500
OPENING, COUNTED, SOLD = "opening", "counted", "sold"


class OutOfStock(Conflict):
    """There is less than somebody wants. `short` says how many are left, by variant id."""

    title = "Not enough left"

    def __init__(self, detail: str, short: Mapping[str, int]) -> None:
        super().__init__(detail)
        self.short = dict(short)


def reserve(session: Session, holder: str, wanted: Mapping[str, int], until: datetime) -> None:
    """Promise all of this to `holder` (an order's id) until then, or nothing.

    Asking again promises the same once and prolongs it; other quantities take the place of the
    earlier ones. Raises `OutOfStock`, after which nothing new is promised.
    """
    low: set[str] = set()
    with session.begin_nested():
        held = {row.variant_id: row for row in _rows(session, holder)}
        short: dict[str, int] = {}
        for variant_id in sorted({*wanted, *held}):
            row, quantity = held.get(variant_id), wanted.get(variant_id, 0)
            if row is not None and row.state == ReservationState.TAKEN:
                continue
            has = row.quantity if row and row.state == ReservationState.HELD else 0
            left = _promise(session, variant_id, quantity - has, low)
            if left is not None:
                short[variant_id] = left + has
                continue
            if _is_stocked(session, variant_id):
                _note(session, row, holder, variant_id, quantity, until)
        if short:
            raise OutOfStock(_said(session, short), short)
        show_changed(session, low)


def release(session: Session, holder: str) -> None:
    """Give back what is promised to `holder` and not taken. Safe twice."""
    _release(session, [row for row in _rows(session, holder) if row.state == ReservationState.HELD])


def hold_longer(session: Session, holder: str, until: datetime) -> None:
    """Keep what is promised to `holder` until then, because their payment takes days."""
    for row in _rows(session, holder):
        row.until = max(row.until, until)
        session.add(row)
    session.flush()


def take(session: Session, holder: str) -> dict[str, int]:
    """What is promised to `holder` leaves the shelf. Safe twice.

    What timed out meanwhile is taken all the same while there is enough of it. Gives how many are
    missing, by variant id: an order that was paid stays paid, so those are to be found.
    """
    low: set[str] = set()
    missing: dict[str, int] = {}
    for row in _rows(session, holder):
        if row.state == ReservationState.TAKEN or not row.quantity:
            continue
        if row.state == ReservationState.RELEASED:
            left = _promise(session, row.variant_id, row.quantity, low)
            if left is not None:
                missing[row.variant_id] = row.quantity - left
                continue
        gone = {
            "stock": col(Variant.stock) - row.quantity,
            "reserved": col(Variant.reserved) - row.quantity,
        }
        _change(session, row.variant_id, gone)
        row.state = ReservationState.TAKEN.value
        session.add(row)
        note_move(session, row.variant_id, -row.quantity, SOLD, holder)
    show_changed(session, low)
    return missing


def put_back(session: Session, holder: str, wanted: Mapping[str, int], reason: str) -> None:
    """Lay what `holder` had taken on the shelf again; once for each holder, variant and reason."""
    low: set[str] = set()
    for variant_id, quantity in sorted(wanted.items()):
        if quantity <= 0 or not _is_stocked(session, variant_id):
            continue
        if note_move(session, variant_id, quantity, reason, holder):
            more = {"stock": col(Variant.stock) + quantity}
            _note_low(low, _change(session, variant_id, more, by=quantity), quantity)
    show_changed(session, low)


def count_stock(session: Session, variant: Variant, stock: int) -> Variant:
    """Write down how many there are of a variant, whose row is locked."""
    by = stock - (variant.stock or 0)
    low: set[str] = set()
    if by:
        note_move(session, variant.id, by, COUNTED, new_id())
        _note_low(low, _change(session, variant.id, {"stock": stock}, by=by), by)
        show_changed(session, low)
    return variant


def sweep(session: Session, now: datetime) -> int:
    """Give back what was promised for longer than it took to pay; how many promises that were."""
    overdue = (
        select(Reservation)
        .where(Reservation.state == ReservationState.HELD.value, col(Reservation.until) < now)
        .order_by(col(Reservation.variant_id), col(Reservation.id))
        .limit(MOST_SWEPT)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    rows = list(session.exec(overdue))
    _release(session, rows)
    return len(rows)


def note_move(session: Session, variant_id: str, change: int, reason: str, reference: str) -> bool:
    """Write down why a stock changed; whether that was not written down already."""
    row = {
        "id": new_id(),
        "variant_id": variant_id,
        "change": change,
        "reason": reason,
        "reference": reference,
        "created": clock.now(),
    }
    statement = db.insert(StockMove).values(row).on_conflict_do_nothing()
    written = session.connection().execute(statement.returning(col(StockMove.id)))
    return written.first() is not None


def _rows(session: Session, holder: str) -> list[Reservation]:
    mine = select(Reservation).where(Reservation.holder == holder)
    locked = mine.order_by(col(Reservation.variant_id)).with_for_update()
    return list(session.exec(locked.execution_options(populate_existing=True)))


def _promise(session: Session, variant_id: str, more: int, low: set[str]) -> int | None:
    """Promise `more` of a variant: None when that is done, or made to order, else how many can be.

    Promising less always can.
    """
    left = col(Variant.stock) - col(Variant.reserved)
    enough = col(Variant.published) & (left >= more) if more > 0 else true()
    changes = {"reserved": col(Variant.reserved) + more}
    stocked = col(Variant.stock).is_not(None)
    changed = _change(session, variant_id, changes, stocked & enough, by=-more)
    if changed is not None:
        _note_low(low, changed, -more)
        return None
    variant = _fresh(session, variant_id)
    if variant is None or not variant.published:
        return 0
    return available(variant)


def _is_stocked(session: Session, variant_id: str) -> bool:
    variant = session.get(Variant, variant_id)
    return variant is not None and variant.stock is not None


def _note_low(low: set[str], variant: Variant | None, by: int) -> None:
    """Collect the product when there are, or were, so few that its page tells of it."""
    left = available(variant) if variant else None
    if variant is not None and left is not None and by and min(left, left - by) <= FEW:
        low.add(variant.product_id)


def _note(
    session: Session,
    row: Reservation | None,
    holder: str,
    variant_id: str,
    quantity: int,
    until: datetime,
) -> None:
    row = row or Reservation(
        holder=holder, variant_id=variant_id, quantity=0, state="", until=until
    )
    row.quantity, row.until = quantity, until
    state = ReservationState.HELD if quantity else ReservationState.RELEASED
    row.state = state.value
    session.add(row)


def _release(session: Session, rows: Iterable[Reservation]) -> None:
    low: set[str] = set()
    for row in sorted(rows, key=lambda row: row.variant_id):
        back = {"reserved": col(Variant.reserved) - row.quantity}
        changed = _change(session, row.variant_id, back, by=row.quantity)
        _note_low(low, changed, row.quantity)
        row.state = ReservationState.RELEASED.value
        session.add(row)
    show_changed(session, low)


def _change(
    session: Session,
    variant_id: str,
    changes: dict[str, Any],
    only_if: ColumnElement[bool] | None = None,
    *,
    by: int = 0,
) -> Variant | None:
    """Change one variant, by which `by` more can be promised; None where that cannot be."""
    session.flush()
    which = col(Variant.id) == variant_id
    wanted = which if only_if is None else which & only_if
    changed = update(Variant).where(wanted).values(changes).returning(col(Variant.id))
    options = {"synchronize_session": False}
    if session.connection().execute(changed, execution_options=options).first() is None:
        return None
    # Whoever holds the row in this session would otherwise go on with what it was.
    variant = _fresh(session, variant_id)
    if variant is not None and by:
        publish(session, StockChanged(variant_id=variant.id, available=available(variant)))
    return variant


def _fresh(session: Session, variant_id: str) -> Variant | None:
    return session.get(Variant, variant_id, populate_existing=True)


def _said(session: Session, short: Mapping[str, int]) -> str:
    named = (
        select(Variant.id, Product.title)
        .join(Product, col(Product.id) == Variant.product_id)
        .where(col(Variant.id).in_(short))
    )
    titles = dict(session.exec(named).all())
    variant_id, left = sorted(short.items())[0]
    title = titles.get(variant_id, "One of these")
    return f"Only {left} of “{title}” left." if left else f"“{title}” is sold out."
