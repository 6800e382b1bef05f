"""The cart's own page: every change is kept at once, and everything priced anew."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from pet_app.catalog import service as catalog
from pet_app.checkout import service as checkout
from pet_app.checkout.service import CartView, Removed
from pet_app.checkout.state.shown import (
    Code,
    Line,
    Method,
    Sum,
    Trouble,
    code_shown,
    free_or,
    item_sums,
    line_shown,
    method_shown,
    tax_sums,
    troubles,
)
from pet_app.checkout.state.tries import count_try
from pet_app.core import db
from pet_app.payment import service as payments
from pet_app.ui.cart import Basket
from pet_app.ui.postal import USUAL_COUNTRY, country_of
from pet_app.ui.session import Session

LONGEST_CODE = 100
LONGEST_POSTCODE = 40
MOST_WORTH_SEEING = 4
MEDIA = "/media/"


@dataclass(frozen=True)
class Idea:
    """A product an empty cart shows."""

    title: str
    price: str
    picture: str
    alt: str
    href: str


class CartDesk(Session):
    """The page of the cart. `removed` is the title of what can still be brought back."""

    opened: bool = False
    is_open: bool = True
    lines: rx.Field[list[Line]] = rx.field(default_factory=list)
    saved: rx.Field[list[Line]] = rx.field(default_factory=list)
    codes: rx.Field[list[Code]] = rx.field(default_factory=list)
    sums: rx.Field[list[Sum]] = rx.field(default_factory=list)
    total: str = ""
    count: int = 0
    to_free: str = ""
    is_sent_free: bool = False
    troubles: rx.Field[list[Trouble]] = rx.field(default_factory=list)
    ideas: rx.Field[list[Idea]] = rx.field(default_factory=list)
    removed: str = ""
    code_typed: str = ""
    drawn: int = 0

    country: str = USUAL_COUNTRY
    postcode: str = ""
    methods: rx.Field[list[Method]] = rx.field(default_factory=list)
    estimated: rx.Field[list[Sum]] = rx.field(default_factory=list)
    no_estimate: str = ""

    _removed: Removed | None = None

    @rx.event
    async def open(self) -> None:
        """Show what lies in the cart, priced now."""
        identity = await self._identity()
        self.removed, self._removed = "", None
        self._forget_estimate()
        self.country = country_of(self.router.headers.accept_language, checkout.places())
        self.is_open = payments.is_open()
        cart = await db.read(checkout.cart_of, identity)
        await self._show(cart)
        if any(line.was for line in cart.lines):
            # It says what a thing cost before; that has then been seen.
            await db.write(checkout.accept_prices, identity)
        if not cart.lines:
            self.ideas = await db.read(_ideas)
        self.opened = True

    @rx.event
    async def change_quantity(self, line_id: str, typed: str) -> Any:
        """So many of a line; what is no number changes nothing."""
        number = typed.strip()
        if not number.isascii() or not number.isdigit() or not 0 < int(number[:4]) < 1000:
            # The field goes back to what holds.
            self.drawn += 1
            return None
        return await self._change(checkout.change_quantity, line_id, int(number[:4]))

    @rx.event
    async def step(self, line_id: str, by: int) -> Any:
        """One more or one fewer of a line; the last one goes by its own button."""
        line = next((line for line in self.lines if line.id == line_id), None)
        if line is None or abs(by) != 1 or line.quantity + by < 1:
            return None
        return await self._change(checkout.change_quantity, line_id, line.quantity + by)

    @rx.event
    async def save_for_later(self, line_id: str) -> Any:
        """Keep a line beside the cart."""
        return await self._change(checkout.save_for_later, line_id)

    @rx.event
    async def move_to_cart(self, line_id: str) -> Any:
        """Put a line that was kept back into the cart."""
        return await self._change(checkout.move_to_cart, line_id)

    @rx.event
    async def remove(self, line_id: str) -> Any:
        """Take a line out, and remember it for as long as the page stays."""
        identity = await self._identity()
        line = next((line for line in [*self.lines, *self.saved] if line.id == line_id), None)
        taken = await db.read(checkout.taken_out, identity, line_id)
        answer = await self._change(checkout.remove, line_id)
        self._removed, self.removed = taken, line.title if line else "It"
        return answer

    @rx.event
    async def undo(self) -> Any:
        """Bring back what was taken out last."""
        taken, self._removed = self._removed, None
        return await self._change(checkout.restore, taken) if taken else None

    @rx.event
    async def enter_code(self, typed: dict[str, str]) -> Any:
        """Use a code; one that is none stays in the field, to be mended."""
        self.code_typed = typed.get("code", "")[:LONGEST_CODE]
        await count_try(self, await self._identity())
        answer = await self._change(checkout.enter_code, self.code_typed)
        self.code_typed = ""
        return answer

    @rx.event
    async def drop_code(self, key: str) -> Any:
        """Do without a code again."""
        return await self._change(checkout.drop_code, key)

    @rx.event
    async def estimate(self, typed: dict[str, str]) -> None:
        """Say what sending and tax come to somewhere."""
        self.country = typed.get("estimate_country", "")[:2]
        self.postcode = typed.get("estimate_postcode", "")[:LONGEST_POSTCODE].strip()
        identity = await self._identity()
        found = await db.read(checkout.estimate, identity, self.country, self.postcode)
        self.no_estimate = " ".join(one.sentence for one in found.problems)
        self.methods = [method_shown(method) for method in found.methods]
        self.estimated = [
            Sum("Shipping", free_or(found.shipping)),
            *tax_sums(found.taxes),
            Sum("Total", str(found.total)),
        ]

    async def _change(self, verb: Any, *args: Any) -> Any:
        """Change the cart by a verb, show what came of it, and have the header count again."""
        self.removed, self._removed = "", None
        await self._show(await db.write(verb, await self._identity(), *args))
        if not self.lines and not self.ideas:
            self.ideas = await db.read(_ideas)
        self._forget_estimate()
        return Basket.look

    async def _show(self, cart: CartView) -> None:
        self.lines = [line_shown(line) for line in cart.lines]
        self.saved = [line_shown(line) for line in cart.saved]
        self.codes = [code_shown(code) for code in cart.codes]
        self.sums, self.total, self.count = item_sums(cart), str(cart.total), cart.count
        missing = cart.to_free_shipping
        self.to_free = str(missing) if missing and missing.cents else ""
        self.is_sent_free = missing is not None and not missing.cents
        # What is about one line stands at that line.
        ids = {line.id for line in cart.lines}
        others = (one for one in cart.problems if one.field not in ids)
        self.troubles = troubles(others, self.lines, self.codes)
        self.drawn += 1

    def _forget_estimate(self) -> None:
        self.methods, self.estimated, self.no_estimate = [], [], ""


def _ideas(session: Any) -> list[Idea]:
    products = catalog.list_products(session).products[:MOST_WORTH_SEEING]
    return [
        Idea(
            product.title,
            str(product.price),
            MEDIA + (product.picture_small or product.picture) if product.picture else "",
            product.alt,
            f"/product/{product.handle}",
        )
        for product in products
    ]
