"""What a shelf is filtered, counted and sorted by, held in this process column by column.

A hundred thousand products are filtered and counted in milliseconds where a database takes half a
second. It is a copy: every search first reads what changed since the last, by `Product.changed`.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
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


@dataclass
class Columns:
    """The products by their number, as they were at one moment: whoever has it reads undisturbed.

    `numbers` holds a number of every product (`price` in cents, `stars` their mean, 0 without any,
    …), `flags` what is `published` and what is `in_stock`, `facets` which products have each value
    of a facet; `kind` and `species` are facets as well. `number_of` knows newer ones too.
    """

    number_of: dict[str, int] = field(default_factory=dict)
    ids: NDArray[np.object_] = field(default_factory=lambda: np.empty(FIRST_ROOM, object))
    numbers: dict[str, NDArray[np.float64]] = field(
        default_factory=lambda: {name: np.zeros(FIRST_ROOM) for name in NUMBERS}
    )
    flags: dict[str, Mask] = field(
        default_factory=lambda: {name: np.zeros(FIRST_ROOM, bool) for name in FLAGS}
    )
    facets: dict[str, dict[str, Mask]] = field(default_factory=dict)
    orders: dict[Sort, NDArray[np.int64]] = field(default_factory=dict)
    ranks: dict[Sort, NDArray[np.int64]] = field(default_factory=dict)

    @property
    def room(self) -> int:
        """Above every number."""
        return len(self.ids)

    def values(self, facet: str) -> dict[str, Mask]:
        """Which products have each value of a facet."""
        return self.facets.get(facet, {})

    def nobody(self) -> Mask:
        """No product."""
        return np.zeros(self.room, bool)

    def only(self, numbers: NDArray[np.int64]) -> Mask:
        """Those products; what has come in since that moment is found the next time."""
        mask = self.nobody()
        mask[numbers[numbers < self.room]] = True
        return mask

    def order(self, sort: Sort) -> NDArray[np.int64]:
        """The numbers of all places in this order; no two products ever stand in the same."""
        known = self.orders.get(sort)
        if known is None:
            name, falling = ORDERS[sort]
            known = np.argsort(self.numbers[name], kind="stable")
            known = self.orders[sort] = known[::-1] if falling else known
        return known

    def places(self, sort: Sort) -> NDArray[np.int64]:
        """At which place of this order each number stands."""
        known = self.ranks.get(sort)
        if known is None:
            order = self.order(sort)
            known = np.empty(len(order), np.int64)
            known[order] = np.arange(len(order))
            self.ranks[sort] = known
        return known

    def copy(self, room: int) -> "Columns":
        """The same to be changed, with room for numbers below this."""
        more = max(self.room, room - self.room) if room > self.room else 0

        def longer(array: NDArray[Any]) -> NDArray[Any]:
            return np.concatenate([array, np.zeros(more, array.dtype)])

        return Columns(
            number_of=self.number_of,
            ids=longer(self.ids),
            numbers={name: longer(array) for name, array in self.numbers.items()},
            flags={name: longer(array) for name, array in self.flags.items()},
            facets={
                facet: {value: longer(mask) for value, mask in values.items()}
                for facet, values in self.facets.items()
            },
        )


class Mirror:
    """What keeps the columns as new as the database."""

    def __init__(self) -> None:
        self._columns = Columns()
        self._lock = Lock()
        self._changed: dict[str, datetime] = {}
        self._seen: datetime | None = None
        self._values_of: dict[int, list[tuple[str, str]]] = {}

    def look(self, session: Session) -> Columns:
        """The columns, after what changed since the last time has been taken in."""
        # Who held the lock and waited for a connection would wait for those that wait for them.
        session.connection()
        if self._news(session):
            with self._lock:
                if news := self._news(session):
                    self._take_in(session, news)
        return self._columns

    def _news(self, session: Session) -> dict[str, datetime]:
        changed = select(col(Product.id), col(Product.changed))
        if self._seen is not None:
            changed = changed.where(col(Product.changed) > self._seen - SLACK)
        known = self._changed
        rows = session.connection().execute(changed)
        return {product_id: at for product_id, at in rows if known.get(product_id) != at}

    def _take_in(self, session: Session, news: dict[str, datetime]) -> None:
        ids = list(news)
        stretches = [ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE)]
        # The first time everything is new, and asked for at once.
        asked = [None] if self._seen is None else stretches
        rows = [row for stretch in asked for row in _products(session, stretch)]
        made = self._columns.copy(max((row.number + 1 for row in rows), default=0))
        for row in rows:
            self._set(made, row)
        for stretch in asked:
            for product_id, facet, value in _facets(session, stretch):
                if (number := made.number_of.get(product_id)) is not None:
                    self._mark(made, number, facet, value)
        self._columns = made
        self._changed |= news
        self._seen = max(self._changed.values())

    def _set(self, made: Columns, row: Any) -> None:
        number = row.number
        made.ids[number] = row.id
        made.number_of[row.id] = number
        rating = (row.rating_sum + USUAL_RATING * USUAL_VOTES) / (row.ratings + USUAL_VOTES)
        stars = row.rating_sum / row.ratings if row.ratings else 0
        said = (row.price_cents, row.position, row.sold, rating, stars, row.created.timestamp())
        for name, value in zip(NUMBERS, said, strict=True):
            made.numbers[name][number] = value
        made.flags["published"][number] = row.published
        made.flags["in_stock"][number] = bool(row.in_stock)
        for facet, value in self._values_of.pop(number, ()):
            made.facets[facet][value][number] = False
        self._mark(made, number, "kind", row.kind)
        self._mark(made, number, "species", row.species)

    def _mark(self, made: Columns, number: int, facet: str, value: str) -> None:
        values = made.facets.setdefault(facet, {})
        mask = values.get(value)
        if mask is None:
            mask = values[value] = made.nobody()
        mask[number] = True
        self._values_of.setdefault(number, []).append((facet, value))


ORDERS: dict[Sort, tuple[str, bool]] = {
    Sort.FEATURED: ("position", False),
    Sort.BEST_SOLD: ("sold", True),
    Sort.BEST_RATED: ("rating", True),
    Sort.PRICE_UP: ("price", False),
    Sort.PRICE_DOWN: ("price", True),
    Sort.NEWEST: ("created", True),
}

_held: tuple[Engine, Mirror] | None = None
_holding = Lock()


def columns(session: Session) -> Columns:
    """The columns of the database at hand, as new as what `session` can see."""
    mirror = _mirror()
    if session.get_bind() is engines().reader:
        return mirror.look(session)
    # What a transaction has written and not committed is nobody else's business.
    with db.reading() as own:
        return mirror.look(own)


def _mirror() -> Mirror:
    global _held
    with _holding:
        if _held is None or _held[0] is not engines().reader:
            _held = engines().reader, Mirror()
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
