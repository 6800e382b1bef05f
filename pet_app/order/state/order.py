"""One order, on its page of the dashboard and on the page guests follow it by."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import reflex as rx

from pet_app.core import db
from pet_app.core.errors import NotFound
from pet_app.core.ids import LENGTH, new_id
from pet_app.core.security import Identity
from pet_app.order import service as orders
from pet_app.order.service import Access, Chance, Whole
from pet_app.order.state import shown
from pet_app.order.state.cards import (
    Facts,
    LineCard,
    OrderTile,
    ParcelCard,
    RequestCard,
    StepCard,
    Stop,
    Sum,
)
from pet_app.order.state.shelf import tiles_of
from pet_app.payment import service as payments
from pet_app.ui import live
from pet_app.ui.session import Session
from pet_app.user.service import client_of

LONGEST = 400
LINK_SENT = "If number and e-mail are right, the letter is on its way."


class OrderDesk(Session):
    """One order. `stage` is one of opening (empty), open, missing and find.

    `own` says that its customer looks, who may change it; `pass_key` opens its files to a guest.
    """

    stage: str = ""
    own: bool = False
    may_cancel: bool = False
    may_pay: bool = False
    pass_key: str = ""
    facts: rx.Field[Facts] = rx.field(default_factory=Facts)
    lines: rx.Field[list[LineCard]] = rx.field(default_factory=list)
    stops: rx.Field[list[Stop]] = rx.field(default_factory=list)
    steps: rx.Field[list[StepCard]] = rx.field(default_factory=list)
    parcels: rx.Field[list[ParcelCard]] = rx.field(default_factory=list)
    requests: rx.Field[list[RequestCard]] = rx.field(default_factory=list)
    sums: rx.Field[list[Sum]] = rx.field(default_factory=list)
    after: rx.Field[list[Sum]] = rx.field(default_factory=list)
    address: rx.Field[list[str]] = rx.field(default_factory=list)
    tiles: rx.Field[list[OrderTile]] = rx.field(default_factory=list)

    number: str = ""
    said: str = ""
    asking: str = ""
    line: rx.Field[LineCard] = rx.field(default_factory=LineCard)
    busy: bool = False

    _order_id: str = ""
    _key: str = ""
    _following: str = ""

    @rx.event
    async def open(self) -> Any:
        """Show the order whose id is the last part of the address."""
        self._begin(self.router.url.path.rstrip("/").rpartition("/")[2][:LENGTH], "")
        return await self._first_look()

    @rx.event
    async def open_track(self) -> Any:
        """Show the order of a letter's link, or of this browser, or ask which one."""
        query = dict(self.router.url.query_parameters)
        key = self.router.url.fragment[:LONGEST]
        self._begin(orders.opened_by(key) or query.get("order", "")[:LENGTH], key)
        self.number = query.get("number", "")[:40]
        if self._order_id:
            return await self._first_look()
        if key:
            self._show_problem(
                "This link has run out. Find your order by its number, and we send you a new one."
            )
        self.stage = "find"
        identity = await self._identity()
        if identity.owners and not identity.signed_in:
            self.tiles = await db.read(tiles_of, identity)
        return None

    @rx.event(background=True)
    async def follow(self) -> None:
        """Show the order as it moves on."""
        async with self:
            self._following = turn = new_id()
            order_id = self._order_id
        async for _ in live.changes(orders.topic(order_id)):
            async with self:
                if self._following != turn or self._order_id != order_id:
                    return
                with suppress(NotFound):
                    await self._look()

    @rx.event
    async def find(self, form: dict[str, Any]) -> Any:
        """Show where the order of this number and e-mail stands."""
        number, email = self._told(form)
        client = client_of(self.router.session.client_ip, {})
        await db.write(orders.count_look, number, client)
        key = await db.read(orders.track, number, email)
        self._begin(orders.opened_by(key), key)
        return await self._first_look()

    @rx.event
    async def send_link(self, form: dict[str, Any]) -> None:
        """Have the letter sent again that opens the order in full."""
        number, email = self._told(form)
        client = client_of(self.router.session.client_ip, {})
        await db.write(orders.count_look, number, client)
        await db.write(orders.ask_link, number, email)
        self.said = LINK_SENT

    @rx.event
    def another(self) -> None:
        """Look for another order."""
        self._begin("", "")
        self.stage = "find"

    @rx.event
    async def pay(self) -> AsyncIterator[Any]:
        """Go and pay an order that waits for its money."""
        self.busy = True
        yield
        try:
            identity = await self._identity()
            payment_id = await db.write(orders.pay_again, identity, self._order_id, self._key)
            url = await asyncio.to_thread(payments.begin, payment_id)
        finally:
            self.busy = False
        yield rx.redirect(url)

    @rx.event
    def ask_to_cancel(self) -> None:
        """Ask before calling an order off."""
        self.asking = "cancel"

    @rx.event
    def ask_about(self, line_id: str, what: str) -> None:
        """Open the dialog by which a line is sent back or made again."""
        self.line = next((line for line in self.lines if line.id == line_id), LineCard())
        self.asking = what if self.line.id and what in ("return", "remake") else ""

    @rx.event
    async def close(self) -> None:
        """Close what was asked."""
        self.asking, self.line = "", LineCard()
        await self._look()

    @rx.event
    async def cancel(self, form: dict[str, Any]) -> AsyncIterator[None]:
        """Call the order off."""
        self.busy = True
        yield
        try:
            reason = str(form.get("reason") or "")
            identity = await self._identity()
            await db.write(orders.cancel, identity, self._order_id, reason, self._key)
        finally:
            self.busy, self.asking = False, ""
            await self._look()

    def _begin(self, order_id: str, key: str) -> None:
        self._order_id, self._key, self._following = order_id, key, ""
        self.stage = self.asking = self.said = self.pass_key = ""
        self.facts, self.line = Facts(), LineCard()
        self.busy = False

    async def _first_look(self) -> Any:
        try:
            await self._look()
        except NotFound:
            self.stage = "missing"
            return None
        return OrderDesk.follow

    async def _look(self) -> None:
        if not self._order_id:
            return
        identity = await self._identity()
        access, whole, chances, may_cancel = await db.read(
            _found, identity, self._order_id, self._key
        )
        self._show(access, whole, chances, may_cancel)

    def _show(
        self, access: Access, whole: Whole, chances: dict[str, Chance], may_cancel: bool
    ) -> None:
        order, own = whole.order, access.own or access.staff
        # An address with the key of a letter would lie in histories for half a year.
        self.pass_key = orders.short_key(order, self._key) if own and self._key else ""
        self.own, self.may_cancel = own, own and may_cancel
        self.may_pay = own and order.status == "pending_payment"
        self.facts = shown.facts_of(order, self.pass_key, own=own)
        self.lines = shown.lines_of(whole, chances, own=own)
        self.stops = shown.stops_of(whole)
        self.steps = shown.steps_of(whole.steps)
        self.parcels = shown.parcels_of(whole.shipments, whole.lines)
        self.requests = shown.requests_of(whole.requests, whole.lines, self.pass_key) if own else []
        self.sums = shown.sums_of(order) if own else []
        self.after = shown.after_of(order) if own else []
        self.address = shown.address_of(order) if own else []
        self.stage = "open"

    def _told(self, form: dict[str, Any]) -> tuple[str, str]:
        return str(form.get("number") or "")[:LONGEST], str(form.get("email") or "")[:LONGEST]


def _found(
    session: Any, identity: Identity, order_id: str, key: str
) -> tuple[Access, Whole, dict[str, Chance], bool]:
    access = orders.open_order(session, identity, order_id, key)
    whole = orders.whole_of(session, access.order)
    chances = orders.chances(session, access.order)
    return access, whole, chances, orders.may_cancel(session, access.order, staff=False)
