"""Stock: promised to an order while it is paid, then taken, or given back.

Every step is one conditional UPDATE, so of fifty buyers of one thing one gets it. Locks are taken
in one order everywhere: reservations first, then variants by their id, then products.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select, update

from pet_app.catalog.events import StockChanged
from pet_app.catalog.models import Product, Reservation, StockMove, Variant
from pet_app.catalog.rules import Kind, ReservationState, words_of
from pet_app.core import clock, db
from pet_app.core.errors import Conflict
from pet_app.core.ids import new_id
from pet_app.core.money import Money
from pet_app.messaging.outbox import publish

FEW = 5
"""How few left a page tells of; above it a change of stock changes no page."""
MOST_SWEPT = 500
OPENING, SOLD = "opening", "sold"


@dataclass(frozen=True)
class Sellable:
    """A variant that can be bought now. `words` are its options as said (`M · Pine`); `available`
    is how many are left, None for what is made to order; `picture` is a storage key or empty."""

    variant_id: str
    product_id: str
    sku: str
    handle: str
    kind: str
    title: str
    words: str
    price: Money
    weight_g: int
    available: int | None
    picture: str
    design: dict[str, Any]
    shippable: bool


class OutOfStock(Conflict):
    """There is less than somebody wants. `short` says how many are left, by variant id."""

    title = "Not enough left"

    def __init__(self, detail: str, short: Mapping[str, int]) -> None:
        super().__init__(detail)
        self.short = dict(short)


def sellable(session: Session, variant_ids: Collection[str]) -> dict[str, Sellable]:
    """Those of the variants that are sold at the moment, by their id; others are left out."""
    wanted = (
        select(Variant, Product)
        .join(Product, col(Product.id) == Variant.product_id)
        .where(col(Variant.id).in_(set(variant_ids)))
        .where(col(Variant.published), col(Product.published))
    )
    return {
        variant.id: Sellable(
            variant_id=variant.id,
            product_id=product.id,
            sku=variant.sku,
            handle=product.handle,
            kind=product.kind,
            title=product.title,
            words=words_of(variant.options),
            price=variant.price,
            weight_g=variant.weight_g,
            available=available(variant),
            picture=product.picture_small or product.picture,
            design=variant.design,
            shippable=Kind(product.kind).shippable,
        )
        for variant, product in session.exec(wanted)
    }


def available(variant: Variant) -> int | None:
    """How many can still be promised; None for what is made to order."""
    return None if variant.stock is None else max(0, variant.stock - variant.reserved)


def reserve(session: Session, holder: str, wanted: Mapping[str, int], until: datetime) -> None:
    """Promise all of this to `holder` (an order's id) until then, or nothing.

    Asking again promises the same once and prolongs it; other quantities take the place of the
    earlier ones. Raises `OutOfStock`, after which nothing new is promised.
    """
    with session.begin_nested():
        held = {row.variant_id: row for row in _rows(session, holder)}
        short: dict[str, int] = {}
        for variant_id in sorted({*wanted, *held}):
            row, quantity = held.get(variant_id), wanted.get(variant_id, 0)
            if row is not None and row.state == ReservationState.TAKEN:
                continue
            has = row.quantity if row and row.state == ReservationState.HELD else 0
            if not _promise(session, variant_id, quantity - has, short):
                continue
            _note(session, row, holder, variant_id, quantity, until)
        if short:
            raise OutOfStock(_said(session, short), short)


def release(session: Session, holder: str) -> None:
    """Give back what is promised to `holder` and not taken. Safe twice."""
    _release(session, [row for row in _rows(session, holder) if row.state == ReservationState.HELD])


def take(session: Session, holder: str) -> None:
    """What is promised to `holder` leaves the shelf. Safe twice.

    What timed out meanwhile is taken all the same while there is enough of it; raises `OutOfStock`
    when there is not, and then nothing is taken.
    """
    with session.begin_nested():
        short: dict[str, int] = {}
        for row in _rows(session, holder):
            if row.state == ReservationState.TAKEN or not row.quantity:
                continue
            late = row.state == ReservationState.RELEASED
            if late and not _promise(session, row.variant_id, row.quantity, short):
                continue
            changes = {
                "stock": Variant.stock - row.quantity,  # pyright: ignore[reportOptionalOperand]
                "reserved": Variant.reserved - row.quantity,
            }
            _change(session, col(Variant.id) == row.variant_id, changes)
            row.state = ReservationState.TAKEN.value
            session.add(row)
            note_move(session, row.variant_id, -row.quantity, SOLD, holder)
        if short:
            raise OutOfStock(_said(session, short), short)


def put_back(session: Session, holder: str, wanted: Mapping[str, int], reason: str) -> None:
    """Lay what `holder` had taken on the shelf again; once for each holder, variant and reason."""
    for variant_id, quantity in sorted(wanted.items()):
        stocked = (col(Variant.id) == variant_id) & col(Variant.stock).is_not(None)
        known = session.exec(select(Variant.id).where(stocked)).first()
        if (
            not known
            or quantity <= 0
            or not note_move(session, variant_id, quantity, reason, holder)
        ):
            continue
        changes = {"stock": Variant.stock + quantity}  # pyright: ignore[reportOptionalOperand]
        _change(session, stocked, changes)


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


def _promise(session: Session, variant_id: str, more: int, short: dict[str, int]) -> bool:
    """Promise `more` of a variant; whether it is one that has a stock, and enough of it."""
    stocked = (col(Variant.id) == variant_id) & col(Variant.stock).is_not(None)
    left = col(Variant.stock) - col(Variant.reserved)
    enough = stocked if more <= 0 else stocked & col(Variant.published) & (left >= more)
    if _change(session, enough, {"reserved": Variant.reserved + more}):
        return True
    variant = _fresh(session, variant_id)
    if variant is None or not variant.published or variant.stock is not None:
        short[variant_id] = (variant and variant.published and available(variant)) or 0
    return False


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
    for row in sorted(rows, key=lambda row: row.variant_id):
        back = {"reserved": Variant.reserved - row.quantity}
        _change(session, col(Variant.id) == row.variant_id, back)
        row.state = ReservationState.RELEASED.value
        session.add(row)


def _change(session: Session, which: ColumnElement[bool], changes: dict[str, Any]) -> bool:
    """Change one variant where that is possible; whether it was."""
    session.flush()
    # Whoever holds the row in this session would otherwise go on with what it was.
    changed = update(Variant).where(which).values(changes).returning(col(Variant.id))
    options = {"synchronize_session": False}
    found = session.connection().execute(changed, execution_options=options).scalar_one_or_none()
    if found is None:
        return False
    variant = _fresh(session, found)
    if variant is not None:
        publish(session, StockChanged(variant_id=variant.id, available=available(variant)))
    return True


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
