"""The checkout: one page, worked out anew after every answer, paid under what it showed."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from typing import Any, ClassVar

import reflex as rx

from pet_app.checkout import service as checkout
from pet_app.checkout.service import Estimate, Found, Problems, Review
from pet_app.checkout.state.address import LONGEST_TYPED, Addressed
from pet_app.checkout.state.shown import (
    FIRST_OF_ALL,
    Code,
    Line,
    Method,
    Sum,
    Trouble,
    code_shown,
    field_troubles,
    free_or,
    item_sums,
    line_shown,
    method_shown,
    taken_off,
    tax_sums,
    troubles,
)
from pet_app.checkout.state.tries import count_try
from pet_app.core import db
from pet_app.core.errors import Invalid, NotFound
from pet_app.core.ids import new_id
from pet_app.order import service as orders
from pet_app.payment import service as payments
from pet_app.ui.session import Session
from pet_app.user import service as users

LONGEST_CODE = 100
LONGEST_KEY = 80
CHANGED = "The total is now {now}; it was {was}. Look over the sums, then pay."
NOW_KNOWN = "With shipping and tax it comes to {now}. Look over the sums, then pay."
NEW_PRICE = "“{title}” costs {now} now; it was {was}."
WAITS = "Your order waits for you here, as you left it."
LEFT = f"Nothing was charged. {WAITS}"


class Checkout(Addressed, Session):
    """The page of the checkout. What is agreed to is what stands under `_digest`.

    `due` is what is paid at the end, empty until shipping and tax are known; `so_far` stands in
    for it until then.
    """

    quiet: ClassVar[frozenset[str]] = frozenset({"keep_email", "keep", "pick"})

    opened: bool = False
    is_open: bool = True
    is_empty: bool = False
    must_ship: bool = True
    lines: rx.Field[list[Line]] = rx.field(default_factory=list)
    codes: rx.Field[list[Code]] = rx.field(default_factory=list)
    methods: rx.Field[list[Method]] = rx.field(default_factory=list)
    method: str = ""
    sums: rx.Field[list[Sum]] = rx.field(default_factory=list)
    total: str = ""
    due: str = ""
    is_free: bool = False
    found: rx.Field[list[Trouble]] = rx.field(default_factory=list)
    told: int = 0
    notice: str = ""
    placing: bool = False
    code_typed: str = ""

    _digest: str = ""
    _agreed: str = ""
    _click: str = ""
    _goods: str = ""

    @rx.event
    async def open(self) -> None:
        """Show what is in the cart and what is known of where it goes."""
        identity = await self._identity()
        self.is_open, self.placing, self.found = payments.is_open(), False, []
        query = dict(self.router.url.query_parameters)
        self.notice = await self._why_back(query.get("order", "")) if query.get("left") else ""
        review = await db.write(checkout.begin_checkout, identity)
        await self._prefill(identity, review.email, review.address)
        if found := await self._new_prices(review):
            self._tell(found)
        await self._work_out()
        self.opened = True

    @rx.event
    async def keep_email(self, typed: str) -> None:
        """Remember the e-mail address."""
        if typed.strip()[:LONGEST_TYPED] != self.email:
            self.email = typed.strip()[:LONGEST_TYPED]
            self._settle("email")
            await self._work_out()

    @rx.event
    async def keep(self, name: str, typed: str) -> None:
        """Remember a line of the address, and what follows from it."""
        if self._remember(name, typed):
            self._settle(name)
            await self._work_out()

    @rx.event
    async def pick(self, name: str, value: str) -> None:
        """Choose from a list, which may bring another list below it."""
        if self._remember(name, value):
            self._settle(name)
            await self._draw()
            await self._work_out()

    @rx.event
    async def choose_country(self, country: str) -> None:
        """Ask for what an address has there."""
        if country in users.countries():
            self.country = country
            await self._draw()
            await self._work_out()

    @rx.event
    async def choose_method(self, key: str) -> None:
        """How it is to be sent."""
        if any(method.key == key for method in self.methods):
            self.method = key
            await self._work_out()

    @rx.event
    async def enter_code(self, typed: dict[str, str]) -> None:
        """Use a code; one that is none stays in the field, to be mended."""
        self.code_typed = typed.get("code", "")[:LONGEST_CODE]
        identity = await self._identity()
        await count_try(self, identity)
        await db.write(checkout.enter_code, identity, self.code_typed)
        self.code_typed = ""
        await self._work_out()

    @rx.event
    async def drop_code(self, key: str) -> None:
        """Do without a code again."""
        await db.write(checkout.drop_code, await self._identity(), key[:LONGEST_KEY])
        await self._work_out()

    @rx.event
    async def pay(self, typed: dict[str, Any]) -> AsyncIterator[Any]:
        """Place the order that was shown and go to pay for it; whatever is amiss is listed."""
        self._take(typed)
        self.placing, self.found = True, []
        yield
        try:
            url = await self._place(str(typed.get("agreed", "")))
        except Invalid as problem:
            labels = {field.name: field.label for field in self.fields}
            said = field_troubles(problem.fields, labels)
            self._tell(said or [Trouble(problem.detail, f"#{FIRST_OF_ALL}")])
            # The list says it already; beside the fields it is said as well.
            self._show_problem("", problem.fields)
            return
        except Problems as problem:
            await self._work_out()
            self._click = new_id()
            self._tell_found(problem.found)
            return
        finally:
            self.placing = False
        if url:
            yield rx.redirect(url)

    async def _why_back(self, order_id: str) -> str:
        """What to say to somebody who comes back without having paid."""
        try:
            order = await db.read(orders.order_of, await self._identity(), order_id[:LONGEST_KEY])
            payment = await db.read(payments.payment_of, orders.PURPOSE, order.id)
        except NotFound:
            return LEFT
        return f"{payment.problem} {WAITS}" if payment and payment.problem else LEFT

    async def _place(self, shown: str) -> str:
        """The address to pay at; empty when something has to be looked at first, as when `shown`,
        the amount on the button as it was pressed, is not what there is to pay."""
        review = await self._agree()
        if not review.can_be_placed:
            self._tell_found(review.problems)
            return ""
        if self._agreed != shown:
            sentence = CHANGED if shown else NOW_KNOWN
            total = Trouble(sentence.format(now=self._agreed, was=shown), "#sums")
            self._tell([total, *await self._new_prices(review)])
            return ""
        identity = await self._identity()
        client = users.client_of(self.router.session.client_ip, {})
        placed = await db.write(checkout.place_order, identity, review.digest, self._click, client)
        return await asyncio.to_thread(payments.begin, placed.payment_id)

    async def _agree(self) -> Review:
        """Tell the shop all that was said, and show what comes of it. Raises `Invalid` with a
        sentence for each field that is not yet as it has to be."""
        identity = await self._identity()
        place = self._said() if self.must_ship else None
        review = await db.write(checkout.say_where, identity, self.email, place)
        if self.method and self.method != _chosen(review) and self._offers(review):
            review = await db.write(checkout.choose_method, identity, self.method)
        self._show(review)
        return review

    async def _work_out(self) -> None:
        """The same while somebody is still typing: what is missing is not yet amiss."""
        try:
            await self._agree()
        except Invalid:
            identity = await self._identity()
            self._show(await db.read(checkout.review, identity))
            place = (self.country, self._typed.get("postal_code", ""))
            try:
                self._show_estimate(await db.read(checkout.estimate, identity, *place))
            except Invalid:
                self._show_estimate(None)

    def _offers(self, review: Review) -> bool:
        return any(method.key == self.method for method in review.methods)

    async def _new_prices(self, review: Review) -> list[Trouble]:
        """What costs something else than when it was last shown; it is shown by this."""
        changed = [line for line in review.cart.lines if line.was]
        if changed:
            await db.write(checkout.accept_prices, await self._identity())
        return [
            Trouble(NEW_PRICE.format(title=line.title, now=line.unit, was=line.was), "#sums")
            for line in changed
        ]

    def _show(self, review: Review) -> None:
        if review.digest != self._digest:
            # Another order than the last press placed, if it placed one.
            self._click = new_id()
        self.is_empty, self.must_ship = review.cart.is_empty, review.must_ship
        self.lines = [line_shown(line) for line in review.cart.lines]
        self.codes = [code_shown(code) for code in review.cart.codes]
        self.methods = [method_shown(method) for method in review.methods]
        self.method = _chosen(review) or self.method
        gift = [Sum("Gift card", taken_off(review.gift))] if review.gift.cents else []
        shipping = [Sum("Shipping", free_or(review.shipping))] if review.must_ship else []
        self.sums = [*item_sums(review.cart), *shipping, *tax_sums(review.taxes), *gift]
        self.total, self.due = str(review.total), str(review.due)
        self._goods = str(review.cart.total)
        self.is_free = review.due.cents == 0
        self._digest, self._agreed = review.digest, str(review.due)

    def _show_estimate(self, found: Estimate | None) -> None:
        """Until the address is whole, say what is known, and agree to nothing."""
        self._digest = self._agreed = self.due = ""
        self.is_free = False
        self.sums = [row for row in self.sums if row.label.startswith(("Items", "Discount"))]
        if found is None:
            self.methods, self.total = [], self._goods
            return
        self.methods = [method_shown(method) for method in found.methods]
        chosen = next((method.key for method in found.methods if method.chosen), "")
        known = any(method.key == self.method for method in found.methods)
        self.method = self.method if known else chosen
        shipping = [Sum("Shipping", free_or(found.shipping))] if found.methods else []
        self.sums = [*self.sums, *shipping, *tax_sums(found.taxes)]
        self.total = str(found.total)

    def _settle(self, name: str) -> None:
        """What was said of a field does not hold for what stands in it now."""
        if name in self.problem_fields:
            rest = {key: text for key, text in self.problem_fields.items() if key != name}
            self._show_problem("", rest)
            self.found = [one for one in self.found if one.href != f"#field-{name}"]

    def _tell_found(self, found: Iterable[Found]) -> None:
        self._tell(troubles(found, self.lines, self.codes))

    def _tell(self, found: list[Trouble]) -> None:
        self.found = found
        # The list takes the focus each time it is told, also when it says the same.
        self.told += 1


def _chosen(review: Review) -> str:
    return next((method.key for method in review.methods if method.chosen), "")
