"""A shop in which three visitors do anything at any time; no cent and no piece may go astray."""

import shutil
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
)
from sqlmodel import col, select

from pet_app.catalog import service as catalog
from pet_app.checkout import service as checkout
from pet_app.checkout.rules import PromotionKind
from pet_app.core import clock, db
from pet_app.core.errors import Problem
from pet_app.core.ids import new_id
from pet_app.core.money import Money
from pet_app.core.security import Identity, Role
from pet_app.messaging.bus import EVENTS
from pet_app.messaging.models import OutboxRow
from pet_app.messaging.outbox import publish
from pet_app.order import service as orders
from pet_app.order.models import Order
from pet_app.order.service.paying import pay_again
from pet_app.payment import service as payments
from pet_app.payment.rules import DemoOutcome
from tests.checkout import factory
from tests.flows import ledgers
from tests.messaging.factory import drain

STAFF = Identity(user_id="0staff", role=Role.STAFF, name="Sam", strong=True)
VISITORS = tuple(Identity(visitor=f"{number:064x}") for number in (1, 2, 3))
# Two of them are one person, who counts once for a code.
EMAILS = ("ada@example.com", "ada@example.com", "bo@example.com")
CODE, SMALL_CODE = "SPRING10", "FIVER"
SHELF: tuple[tuple[str, int, int | None], ...] = (
    ("bowl", 2000, 3),
    ("brush", 1234, 6),
    ("ball", 799, None),
)

visitors = st.integers(0, len(VISITORS) - 1)
things = st.integers(0, len(SHELF) - 1)
codes = st.sampled_from((CODE, SMALL_CODE, "card"))


def stock_up() -> tuple[list[str], str]:
    """A small shelf, two codes and a gift card; the variants' ids and the card's code."""
    with db.writing() as session:
        made = [
            factory.make_variant(session, name, cents=cents, stock=stock)
            for name, cents, stock in SHELF
        ]
        factory.make_promotion(session, CODE, most_uses=3, most_per_person=2)
        five: dict[str, Any] = {"kind": PromotionKind.AMOUNT, "percent": 0, "amount_cents": 500}
        factory.make_promotion(session, SMALL_CODE, **five, most_uses=2)
        _, code = factory.make_card(session, 6000)
        found = [variant.id for variant in made]
        # Nobody here looks at pictures of what is on the shelf.
        for row in session.exec(select(OutboxRow)):
            session.delete(row)
    return found, code


class Shop(RuleBasedStateMachine):
    """One small shop from its opening on. `pristine` is the stocked database it begins with,
    `ended` how the orders of all lives stood at their end."""

    pristine: ClassVar[Path]
    database: ClassVar[Path]
    variants: ClassVar[list[str]]
    card: ClassVar[str]
    ended: ClassVar[Counter[str]]

    placed = Bundle("placed")
    shown = Bundle("shown")

    @initialize()
    def open(self) -> None:
        """Begin with a full shelf."""
        db.close()
        for left in self.database.parent.glob(f"{self.database.name}*"):
            left.unlink()
        shutil.copyfile(self.pristine, self.database)

    @rule(who=visitors, what=things, quantity=st.integers(1, 4))
    def put_into_cart(self, who: int, what: int, quantity: int) -> None:
        """Somebody wants something."""
        with suppress(Problem), db.writing() as session:
            named = self.variants[what]
            checkout.add_variant(session, VISITORS[who], named, quantity, new_id())

    @rule(who=visitors, quantity=st.integers(0, 5))
    def change_cart(self, who: int, quantity: int) -> None:
        """Somebody wants more of it, or less, or none."""
        with suppress(Problem), db.writing() as session:
            lines = checkout.cart_of(session, VISITORS[who]).lines
            if lines and quantity:
                checkout.change_quantity(session, VISITORS[who], lines[0].id, quantity)
            elif lines:
                checkout.remove(session, VISITORS[who], lines[0].id)

    @rule(who=visitors, which=codes)
    def enter_code(self, who: int, which: str) -> None:
        """Somebody has a code, or the gift card that all of them know."""
        self._enter(who, which)

    def _enter(self, who: int, which: str) -> None:
        with suppress(Problem), db.writing() as session:
            code = self.card if which == "card" else which
            checkout.enter_code(session, VISITORS[who], code)

    @rule(target=shown, who=visitors)
    def look(self, who: int) -> tuple[int, str]:
        """Somebody sees what they are about to agree to."""
        return self._look(who)

    @rule(target=placed, seen=shown, click=st.sampled_from(("same", "new")))
    def order_what_was_seen(self, seen: tuple[int, str], click: str) -> Any:
        """Somebody agrees to what they saw, perhaps long ago, perhaps twice."""
        return self._order(seen[0], seen[1], "click" if click == "same" else new_id())

    @rule(target=placed, who=visitors, what=things, which=codes)
    def order_in_a_hurry(self, who: int, what: int, which: str) -> Any:
        """Somebody puts one piece in, has a code, and orders at once."""
        with suppress(Problem), db.writing() as session:
            checkout.add_variant(session, VISITORS[who], self.variants[what], 1, new_id())
        self._enter(who, which)
        return self._order(*self._look(who), new_id())

    @rule(order=placed, outcome=st.sampled_from(DemoOutcome))
    def pay(self, order: tuple[int, str], outcome: DemoOutcome) -> None:
        """The payment page says something, whatever it said before."""
        who, order_id = order
        with db.reading() as session:
            payment_id = orders.get_order(session, order_id).payment_id
        with suppress(Problem):
            payments.begin(payment_id)
        with suppress(Problem), db.writing() as session:
            payments.settle_demo(session, VISITORS[who], payment_id, outcome)

    @rule(order=placed)
    def pay_anew(self, order: tuple[int, str]) -> None:
        """Somebody whose payment came to nothing tries once more."""
        with suppress(Problem), db.writing() as session:
            pay_again(session, VISITORS[order[0]], order[1])

    @rule(order=placed)
    def cancel(self, order: tuple[int, str]) -> None:
        """Somebody does not want it after all."""
        with suppress(Problem), db.writing() as session:
            orders.cancel(session, VISITORS[order[0]], order[1], "No")

    @rule(order=consumes(placed))
    def expire(self, order: tuple[int, str]) -> None:
        """The time to pay is over."""
        with db.writing() as session:
            orders.expire(session, order[1])

    @rule(order=placed, cents=st.integers(1, 3000), key=st.sampled_from(("a", "b")))
    def send_money_back(self, order: tuple[int, str], cents: int, key: str) -> None:
        """The shop sends some of it back, perhaps twice for one reason."""
        with suppress(Problem), db.writing() as session:
            orders.refund(session, STAFF, order[1], key, amount=Money(cents))

    @rule(what=things, many=st.integers(0, 8))
    def count(self, what: int, many: int) -> None:
        """Somebody counts what lies on the shelf."""
        with suppress(Problem), db.writing() as session:
            catalog.change_stock(session, STAFF, self.variants[what], many)

    @rule()
    def sweep(self) -> None:
        """What was promised for too long goes back to the shelf."""
        with db.writing() as session:
            catalog.sweep(session, clock.now() + timedelta(hours=1))

    @rule()
    def work(self) -> None:
        """All that follows from what happened is done."""
        drain()

    @rule(which=st.integers(0, 40))
    def hear_again(self, which: int) -> None:
        """Something that happened is told once more."""
        with db.writing() as session:
            told = session.exec(
                select(OutboxRow)
                .where(col(OutboxRow.name).startswith("payment."))
                .order_by(col(OutboxRow.id))
            ).all()
            if told:
                row = told[which % len(told)]
                publish(session, EVENTS[row.name].from_payload(row.payload))

    @invariant()
    def nothing_is_astray(self) -> None:
        """Look at every ledger."""
        if self.database.exists():
            with db.reading() as session:
                ledgers.check_everything(session)

    def teardown(self) -> None:
        """Let all of it come to rest, and look once more."""
        if not self.database.exists():
            return
        drain()
        with db.reading() as session:
            ledgers.check_everything(session)
            ledgers.check_at_rest(session)
            self.ended.update(session.exec(select(Order.status)))

    def _look(self, who: int) -> tuple[int, str]:
        with suppress(Problem), db.writing() as session:
            checkout.say_where(session, VISITORS[who], EMAILS[who], factory.AUSTIN)
        with db.reading() as session:
            return who, checkout.review(session, VISITORS[who]).digest

    def _order(self, who: int, digest: str, click: str) -> Any:
        with suppress(Problem), db.writing() as session:
            placed = checkout.place_order(session, VISITORS[who], digest, click)
            return who, placed.order_id
        return multiple()
