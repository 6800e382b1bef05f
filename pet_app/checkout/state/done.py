"""The page one comes back to after paying, which follows the payment until it is settled."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import reflex as rx

from pet_app.checkout.state.shown import Sum, taken_off
from pet_app.core import db
from pet_app.core.errors import NotFound, Unavailable
from pet_app.core.ids import new_id
from pet_app.core.money import Money
from pet_app.core.security import Identity
from pet_app.order import service as orders
from pet_app.order.service import OrderStatus, Whole
from pet_app.payment import service as payments
from pet_app.payment.service import PaymentState, PaymentView, Provider
from pet_app.ui import live
from pet_app.ui.cart import Basket
from pet_app.ui.session import Session
from pet_app.user import service as users

LONGEST_ID = 80
MEDIA = "/media/"
LOOKS_AFTER = 3
"""So often the cart is counted once the order is paid, until what was bought has left it."""
WAITED_FOR = frozenset({PaymentState.WANTED, PaymentState.OPEN, PaymentState.PAID})
"""What is paid waits for a moment too, for its order to hear of it."""


@dataclass(frozen=True)
class Bought:
    """One line of what was bought."""

    title: str
    words: str
    picture: str
    quantity: int
    total: str


class Settling(Session):
    """An order that is being paid. `stage` is one of waiting, delayed, failed, paid, over
    and missing."""

    stage: str = ""
    order_id: str = ""
    number: str = ""
    letter_to: str = ""
    reason: str = ""
    made: bool = False
    method: str = ""
    lines: rx.Field[list[Bought]] = rx.field(default_factory=list)
    sums: rx.Field[list[Sum]] = rx.field(default_factory=list)
    total: str = ""
    address: rx.Field[list[str]] = rx.field(default_factory=list)
    is_demo_payment: bool = False

    _following: str = ""

    @rx.event
    async def open(self) -> Any:
        """Ask the provider how it went, show it, and follow what is still to come."""
        query = dict(self.router.url.query_parameters)
        self.stage, self.order_id = "", query.get("order", "")[:LONGEST_ID]
        identity = await self._identity()
        try:
            await self._catch_up(identity)
            await self._look(identity)
        except NotFound:
            self.stage = "missing"
            return None
        if self.stage == "waiting" and query.get("left"):
            return rx.redirect(f"/checkout?left=1&order={self.order_id}", replace=True)
        return Settling.follow

    @rx.event(background=True)
    async def follow(self) -> AsyncIterator[Any]:
        """Show the payment as it is settled, until nothing more is to come; what was paid leaves
        the cart a moment after."""
        looks = 0
        async with self:
            identity, turn, order_id = await self._identity(), new_id(), self.order_id
            self._following = turn
        if not order_id:
            return
        async for _ in live.changes(orders.topic(order_id)):
            async with self:
                if self._following != turn or self.order_id != order_id:
                    return
                with suppress(NotFound):
                    await self._look(identity)
                stage = self.stage
            if stage == "paid":
                yield Basket.look
            looks += stage not in ("waiting", "delayed")
            if looks == LOOKS_AFTER:
                return

    async def _catch_up(self, identity: Identity) -> None:
        """Do not wait for the provider's own word; it may take a while to come."""
        order = await db.read(orders.order_of, identity, self.order_id)
        if order.payment_id and order.status == OrderStatus.PENDING_PAYMENT:
            with suppress(Unavailable):
                await asyncio.to_thread(payments.catch_up, order.payment_id)

    async def _look(self, identity: Identity) -> None:
        whole, payment = await db.read(_found, identity, self.order_id)
        self._show(whole, payment)

    def _show(self, whole: Whole, payment: PaymentView | None) -> None:
        order = whole.order
        self.number, self.letter_to, self.method = order.number, order.email, order.method_label
        self.reason = order.reason or (payment.problem if payment else "")
        self.is_demo_payment = payment is not None and payment.provider == Provider.DEMO
        self.stage = _stage(OrderStatus(order.status), payment)
        self.lines = [
            Bought(
                line.title,
                line.words,
                MEDIA + line.picture if line.picture else "",
                line.quantity,
                str(Money(line.line_cents, order.currency)),
            )
            for line in whole.lines
        ]
        self.made = any(line.design for line in whole.lines)
        amounts = (
            ("Items", order.items_cents, False),
            ("Discount", order.discount_cents, True),
            ("Shipping", order.shipping_cents, False),
            ("Tax", order.tax_cents, False),
            ("Gift card", order.gift_cents, True),
        )
        self.sums = [
            Sum(label, taken_off(Money(cents, order.currency)))
            if is_off
            else Sum(label, str(Money(cents, order.currency)))
            for label, cents, is_off in amounts
            if cents
        ]
        self.total = str(order.due)
        place = {name: text for name, text in order.address.items() if name != "country"}
        country = order.address.get("country", "")
        self.address = list(users.written(country, place)) if country else []


def _found(session: Any, identity: Identity, order_id: str) -> tuple[Whole, PaymentView | None]:
    order = orders.order_of(session, identity, order_id)
    payment = payments.seen(session, identity, order.payment_id) if order.payment_id else None
    return orders.whole_of(session, order), payment


def _stage(status: OrderStatus, payment: PaymentView | None) -> str:
    if status == OrderStatus.PENDING_PAYMENT:
        if payment is None or payment.state in WAITED_FOR:
            return "waiting"
        return "delayed" if payment.state == PaymentState.PROCESSING else "failed"
    return "over" if status == OrderStatus.CANCELLED else "paid"
