"""What a shelf is filtered, counted and sorted by, held in this process column by column.

A hundred thousand products are filtered and counted in milliseconds where a database takes half a
second. It is a copy: every search first reads what changed since the last, by `Product.changed`.
"""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from threading import RLock
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Engine, case, func, select
from sqlmodel import Session, col

from pet_app.catalog.models import Facet, Product, ProductWords, Variant
from pet_app.catalog.rules import Sort
from pet_app.core import db
from pet_app.core.engine import engines

Mask = NDArray[np.bool_]
FIRST_ROOM = 1024
SLACK = timedelta(minutes=2)
"""How much later than it says a change may be seen: its transaction may last, clocks differ."""
AT_ONCE = 500
USUAL_RATING, USUAL_VOTES = 3.5, 4
"""As which rating, of how many, a product without any is ordered."""
NUMBERS = ("price", "position", "sold", "rating", "stars", "created")
FLAGS = ("published", "in_stock")


class Columns:
    """The products by their number. Whoever reads or refreshes it holds `lock`."""

    def __init__(self) -> None:
        self.lock = RLock()
        self.version = 0
        """Counts the refreshes that found something changed."""
        self.number_of: dict[str, int] = {}
        self._ids: NDArray[np.object_] = np.empty(FIRST_ROOM, object)
        self._numbers = {name: np.zeros(FIRST_ROOM) for name in NUMBERS}
        self._flags = {name: np.zeros(FIRST_ROOM, bool) for name in FLAGS}
        self._facets: dict[str, dict[str, Mask]] = {}
        self._values_of: dict[int, list[Mask]] = {}
        self._changed: dict[str, datetime] = {}
        self._seen: datetime | None = None
        self._orders: dict[Sort, NDArray[np.int64]] = {}
        self._places: dict[Sort, NDArray[np.int64]] = {}

    @property
    def room(self) -> int:
        """Above every number."""
        return len(self._ids)

    def flag(self, name: str) -> Mask:
        """Which products are `published`, or `in_stock`."""
        return self._flags[name]

    def column(self, name: str) -> NDArray[np.float64]:
        """A number of every product: `price` in cents, `stars` their mean (0 without any), …"""
        return self._numbers[name]

    def values(self, facet: str) -> dict[str, Mask]:
        """Which products have each value of a facet; `kind` and `species` are facets as well."""
        return self._facets.get(facet, {})

    def nobody(self) -> Mask:
        """No product."""
        return np.zeros(len(self._ids), bool)

    def only(self, numbers: NDArray[np.int64]) -> Mask:
        """Those products; what has come in since the last refresh is found after the next."""
        mask = self.nobody()
        mask[numbers[numbers < len(mask)]] = True
        return mask

    def ids(self, numbers: NDArray[np.int64]) -> list[str]:
        """The ids of products, by their numbers."""
        return list(self._ids[numbers])

    def order(self, sort: Sort) -> NDArray[np.int64]:
        """The numbers of all places in this order; no two products ever stand in the same."""
        known = self._orders.get(sort)
        if known is None:
            known = self._orders[sort] = self._ordered(sort)
        return known

    def places(self, sort: Sort) -> NDArray[np.int64]:
        """At which place of this order each number stands."""
        known = self._places.get(sort)
        if known is None:
            order = self.order(sort)
            known = self._places[sort] = np.empty(len(order), np.int64)
            known[order] = np.arange(len(order))
        return known

    def refresh(self, session: Session) -> None:
        """Read what changed since the last time."""
        since = self._seen and self._seen - SLACK
        changed = select(col(Product.id), col(Product.changed))
        if since is not None:
            changed = changed.where(col(Product.changed) > since)
        found = {
            product_id: at
            for product_id, at in session.connection().execute(changed)
            if self._changed.get(product_id) != at
        }
        if not found:
            return
        ids = list(found)
        if since is None:
            self._take_in(session, None)
        else:
            for start in range(0, len(ids), AT_ONCE):
                self._take_in(session, ids[start : start + AT_ONCE])
        self._changed |= found
        self._seen = max(self._changed.values())
        self._orders.clear()
        self._places.clear()
        self.version += 1

    def _take_in(self, session: Session, ids: Collection[str] | None) -> None:
        for row in _products(session, ids):
            self._set(row)
        for product_id, facet, value in _facets(session, ids):
            if (number := self.number_of.get(product_id)) is not None:
                self._mark(number, facet, value)

    def _set(self, row: Any) -> None:
        number = row.number
        self._make_room(number)
        self._ids[number] = row.id
        self.number_of[row.id] = number
        rating = (row.rating_sum + USUAL_RATING * USUAL_VOTES) / (row.ratings + USUAL_VOTES)
        stars = row.rating_sum / row.ratings if row.ratings else 0
        said = (row.price_cents, row.position, row.sold, rating, stars, row.created.timestamp())
        for name, value in zip(NUMBERS, said, strict=True):
            self._numbers[name][number] = value
        self._flags["published"][number] = row.published
        self._flags["in_stock"][number] = bool(row.in_stock)
        for mask in self._values_of.pop(number, ()):
            mask[number] = False
        self._mark(number, "kind", row.kind)
        self._mark(number, "species", row.species)

    def _mark(self, number: int, facet: str, value: str) -> None:
        values = self._facets.setdefault(facet, {})
        mask = values.get(value)
        if mask is None:
            mask = values[value] = self.nobody()
        mask[number] = True
        self._values_of.setdefault(number, []).append(mask)

    def _make_room(self, number: int) -> None:
        room = len(self._ids)
        if number < room:
            return
        more = max(room, number + 1 - room)

        def longer(array: NDArray[Any]) -> NDArray[Any]:
            return np.concatenate([array, np.zeros(more, array.dtype)])

        self._ids = longer(self._ids)
        self._numbers = {name: longer(array) for name, array in self._numbers.items()}
        self._flags = {name: longer(array) for name, array in self._flags.items()}
        masks = [mask for values in self._facets.values() for mask in values.values()]
        grown = {id(mask): longer(mask) for mask in masks}
        for values in self._facets.values():
            values.update({value: grown[id(mask)] for value, mask in values.items()})
        self._values_of = {
            number: [grown[id(mask)] for mask in masks] for number, masks in self._values_of.items()
        }

    def _ordered(self, sort: Sort) -> NDArray[np.int64]:
        name, falling = ORDERS[sort]
        order = np.argsort(self._numbers[name], kind="stable")
        return order[::-1] if falling else order


ORDERS: dict[Sort, tuple[str, bool]] = {
    Sort.FEATURED: ("position", False),
    Sort.BEST_SOLD: ("sold", True),
    Sort.BEST_RATED: ("rating", True),
    Sort.PRICE_UP: ("price", False),
    Sort.PRICE_DOWN: ("price", True),
    Sort.NEWEST: ("created", True),
}

_held: tuple[Engine, Columns] | None = None
_holding = RLock()


def columns(session: Session) -> Columns:
    """The columns of the database at hand, as new as what `session` can see."""
    found = _columns()
    if session.get_bind() is engines().reader:
        _refresh(found, session)
    else:
        # What a transaction has written and not committed is nobody else's business.
        with db.reading() as own:
            _refresh(found, own)
    return found


def _refresh(found: Columns, session: Session) -> None:
    # Who held the columns and waited for a connection would wait for those that wait for them.
    session.connection()
    with found.lock:
        found.refresh(session)


def _columns() -> Columns:
    global _held
    with _holding:
        if _held is None or _held[0] is not engines().reader:
            _held = engines().reader, Columns()
        return _held[1]


def _products(session: Session, ids: Collection[str] | None) -> Iterator[Any]:
    free = (col(Variant.stock).is_(None)) | (col(Variant.stock) > col(Variant.reserved))
    stocked = (
        select(col(Variant.product_id), func.max(case((free, 1), else_=0)).label("in_stock"))
        .where(col(Variant.published))
        .group_by(col(Variant.product_id))
    )
    if ids is not None:
        stocked = stocked.where(col(Variant.product_id).in_(ids))
    there = stocked.subquery()
    wanted = (
        select(
            col(Product.id),
            col(ProductWords.number),
            col(Product.kind),
            col(Product.species),
            col(Product.price_cents),
            col(Product.position),
            col(Product.sold),
            col(Product.ratings),
            col(Product.rating_sum),
            col(Product.published),
            col(Product.created),
            there.c.in_stock,
        )
        .join(ProductWords, col(ProductWords.product_id) == Product.id)
        .outerjoin(there, there.c.product_id == Product.id)
        .order_by(col(ProductWords.number).desc())
    )
    if ids is not None:
        wanted = wanted.where(col(Product.id).in_(ids))
    yield from session.connection().execute(wanted)


def _facets(session: Session, ids: Collection[str] | None) -> Iterator[Any]:
    wanted = select(col(Facet.product_id), col(Facet.facet), col(Facet.value))
    if ids is not None:
        wanted = wanted.where(col(Facet.product_id).in_(ids))
    yield from session.connection().execute(wanted)
