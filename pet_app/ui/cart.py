"""The cart as every page meets it: how much lies in it, and putting something in.

Pages far below the checkout have the buttons; the checkout, which keeps the carts, opens its till
here. Without it, as in a process that serves no checkout, there is no cart to be seen.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

import reflex as rx
from sqlmodel import Session as Database

from pet_app.core import clock, db
from pet_app.core.errors import Invalid
from pet_app.core.ids import new_id
from pet_app.core.security import Identity
from pet_app.ui.session import Session

MOST_AT_ONCE = 99
LONGEST_ID = 80
LONGEST_KEY = 500
CART = "/cart"
ONE_PRESS = timedelta(milliseconds=700)
"""Two presses of one button within this time are a double click, which means one."""

WHICH = "Choose what to put into the cart first."


@dataclass(frozen=True)
class Put:
    """What has just gone into the cart; `picture` is a path, or empty, `quantity` how many."""

    title: str
    words: str
    price: str
    picture: str
    quantity: int


class Till(Protocol):
    """What the checkout does with carts; each is a verb, with a transaction of its own."""

    def pieces(self, session: Database, identity: Identity) -> int:
        """How many pieces lie in the cart."""
        ...

    def put_variant(
        self, session: Database, identity: Identity, variant_id: str, quantity: int, click: str
    ) -> Put:
        """Put in what lies on the shelf."""
        ...

    def put_design(
        self, session: Database, identity: Identity, design_id: str, quantity: int, click: str
    ) -> Put:
        """Put in a design somebody saved."""
        ...

    def put_again(
        self, session: Database, identity: Identity, order_id: str, click: str, key: str
    ) -> tuple[str, ...]:
        """Put in what an order held; a sentence for each thing that cannot be had any more."""
        ...


_tills: list[Till] = []


def open_till(till: Till) -> None:
    """Have this checkout keep the carts of the shop."""
    _tills[:] = [till]


def is_open() -> bool:
    """Whether there is a cart at all."""
    return bool(_tills)


class Basket(Session):
    """The cart in the header of every page. `putting` is the id of what is on its way into it,
    `missing` says what of a former order could not be put in again."""

    pieces: int = 0
    putting: str = ""
    put: Put | None = None
    missing: rx.Field[list[str]] = rx.field(default_factory=list)

    _last: str = ""
    _last_at: datetime | None = None

    @rx.event
    async def look(self) -> None:
        """Count what lies in the cart, on a page that has just been opened."""
        self.put, self.putting = None, ""
        await self._count()

    @rx.event
    async def put_variant(self, variant_id: str) -> AsyncIterator[Any]:
        """Put something from the shelf into the cart."""
        async for step in self.put_several(variant_id, 1):
            yield step

    @rx.event
    async def put_several(self, variant_id: str, quantity: int) -> AsyncIterator[Any]:
        """Put so many of something into the cart."""
        if _tills:
            async for step in self._put(_tills[0].put_variant, variant_id, quantity):
                yield step

    @rx.event
    async def put_design(self, design_id: str) -> AsyncIterator[Any]:
        """Put a design that was saved into the cart."""
        if _tills:
            async for step in self._put(_tills[0].put_design, design_id, 1):
                yield step

    @rx.event
    async def put_again(self, order_id: str, key: str) -> AsyncIterator[Any]:
        """Put what an order held into the cart once more, and go there.

        `key` is what a guest holds who came by the link of a letter, empty for the order's owner.
        """
        if not _tills or max(len(order_id), len(key)) > LONGEST_KEY:
            raise Invalid(WHICH)
        if self._is_double_click(order_id):
            return
        self.putting = order_id
        yield
        try:
            identity = await self._identity()
            verb = _tills[0].put_again
            self.missing = list(await db.write(verb, identity, order_id, new_id(), key))
            self._last, self._last_at = order_id, clock.now()
        finally:
            self.putting = ""
        yield rx.redirect(CART)

    @rx.event
    def dismiss(self) -> None:
        """Close the word about what was put in, and about what could not be."""
        self.put, self.missing = None, []

    async def _put(self, verb: Any, thing: str, quantity: int) -> AsyncIterator[None]:
        if not thing or len(thing) > LONGEST_ID or not 0 < quantity <= MOST_AT_ONCE:
            raise Invalid(WHICH)
        if self._is_double_click(thing):
            return
        self.putting, self.put = thing, None
        yield
        try:
            identity = await self._identity()
            self.put = await db.write(verb, identity, thing, quantity, new_id())
            self._last, self._last_at = thing, clock.now()
        finally:
            self.putting = ""
        await self._count()

    def _is_double_click(self, thing: str) -> bool:
        last = self._last_at
        return thing == self._last and last is not None and clock.now() - last < ONE_PRESS

    async def _count(self) -> None:
        if not _tills:
            return
        identity = await self._identity()
        pieces = await db.read(_tills[0].pieces, identity) if identity.owners else 0
        if pieces != self.pieces:
            self.pieces = pieces
