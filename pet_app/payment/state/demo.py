"""Paying in a demonstration: what shall happen is chosen, and no money moves."""

from typing import Any

import reflex as rx

from pet_app.core import db
from pet_app.core.errors import NotFound
from pet_app.core.money import Money
from pet_app.payment import service as payments
from pet_app.payment.rules import DemoOutcome, PaymentState, Provider
from pet_app.payment.service import PaymentView
from pet_app.ui.session import Session

LONGEST_ID = 80
OVER = frozenset({PaymentState.FAILED, PaymentState.EXPIRED, PaymentState.MISMATCHED})


class DemoPayment(Session):
    """One payment of the demonstration. `stage` is one of open, over and missing."""

    stage: str = ""
    payment_id: str = ""
    amount: str = ""
    about: str = ""
    lines: rx.Field[list[list[str]]] = rx.field(default_factory=list)
    declined: str = ""
    back: str = ""
    settling: str = ""

    @rx.event
    async def open(self) -> Any:
        """Show what is to be paid; a payment that is settled leads back to the shop."""
        path = self.router.url.path.rstrip("/")
        self.payment_id, self.settling, self.declined = path.rpartition("/")[2][:LONGEST_ID], "", ""
        self.stage = ""
        try:
            found = await db.read(payments.seen, await self._identity(), self.payment_id)
        except NotFound:
            self.stage = "missing"
            return None
        if found.provider != Provider.DEMO:
            self.stage = "missing"
            return None
        return self._show(found)

    @rx.event
    async def choose(self, outcome: DemoOutcome) -> Any:
        """Have that happen."""
        if outcome == DemoOutcome.LEFT:
            # As at a real provider's: whoever turns back may come again.
            yield rx.redirect(f"{self.back}{'&' if '?' in self.back else '?'}left=1")
            return
        self.settling = outcome.value
        yield
        try:
            identity = await self._identity()
            await db.write(payments.settle_demo, identity, self.payment_id, outcome)
            found = await db.read(payments.seen, identity, self.payment_id)
        finally:
            self.settling = ""
        yield self._show(found)

    def _show(self, found: PaymentView) -> Any:
        self.amount, self.about, self.declined = str(found.amount), found.description, found.problem
        currency = found.amount.currency
        self.lines = [
            [name, str(Money(cents * quantity, currency))] for name, cents, quantity in found.lines
        ]
        self.back = found.back_to
        if found.state in (PaymentState.PAID, PaymentState.PROCESSING):
            return rx.redirect(found.back_to)
        self.stage = "over" if found.state in OVER else "open"
        return None
