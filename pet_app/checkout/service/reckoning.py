"""Everything an order would cost, worked out from the rows of a cart: for pages and for placing."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from pet_app.checkout import shipping, taxes
from pet_app.checkout.models import Cart
from pet_app.checkout.problems import Found
from pet_app.checkout.rules import Trouble
from pet_app.checkout.rules.pricing import Item, Taxed, spent
from pet_app.checkout.rules.pricing import taxes as taxed
from pet_app.checkout.service.codes import Entered, entered
from pet_app.checkout.service.held import Held
from pet_app.checkout.service.views import CartLineView, CartView, CodeView, MethodView, TaxView
from pet_app.core import clock
from pet_app.core.money import Money
from pet_app.user import service as users

CURRENCY = "USD"
BY_MAIL = "email"
NOWHERE = "We do not send to {place} yet. We would have to know its taxes and a carrier first."
NO_TAX = (
    "We do not know the taxes of {place}, so we cannot sell there. Choose another address, "
    "or write to us."
)
TOO_HEAVY = "This is too heavy for one parcel to {place}. Order it in two parts."
METHOD_GONE = "Choose how we shall send it."


@dataclass(frozen=True)
class Place:
    """Where it goes, as far as prices depend on it."""

    country: str = ""
    area: str = ""

    @property
    def is_known(self) -> bool:
        return bool(self.country)

    @property
    def said(self) -> str:
        """The place in a sentence: `Puerto Rico, United States`."""
        name = users.countries().get(self.country, self.country)
        return f"{self.area}, {name}" if self.area else name


@dataclass(frozen=True)
class Reckoned:
    """All sums of a cart, in cents. `line_off` and `tax.lines` are by line, in the order of
    `lines`; `paid` is what each gift card pays, by its key."""

    lines: tuple[CartLineView, ...]
    entered: Entered
    methods: tuple[MethodView, ...]
    taxes: tuple[TaxView, ...]
    tax: Taxed
    items: int
    discount: int
    shipping: int
    total: int
    paid: dict[str, int]
    must_ship: bool
    problems: tuple[Found, ...]

    @property
    def line_off(self) -> tuple[int, ...]:
        return self.entered.discounts.lines

    @property
    def gift(self) -> int:
        return sum(self.paid.values())

    @property
    def codes(self) -> tuple[CodeView, ...]:
        return self.entered.views(self.paid, CURRENCY)

    @property
    def chosen(self) -> MethodView | None:
        return next((method for method in self.methods if method.chosen), None)


def reckon(
    session: Session,
    cart: Cart | None,
    lines: Sequence[CartLineView],
    place: Place,
    held: Held,
) -> Reckoned:
    """The sums of these lines for a place; without one they hold no shipping and no tax.

    `problems` are those of the place and of sending; those of lines and codes are with them.
    """
    items = [Item(line.total.cents, line.kind) for line in lines]
    codes = entered(session, cart, items, cart.email if cart else "", held)
    must_ship = any(line.shippable for line in lines)
    problems: list[Found] = []
    methods: tuple[MethodView, ...] = ()
    if must_ship and place.is_known:
        methods, troubles = _methods(cart, lines, codes, place)
        problems += troubles
    sending = next((method.price.cents for method in methods if method.chosen), 0)
    known = _taxes(place, items, must_ship) if place.is_known else ()
    if known is None:
        problems.append(
            Found(Trouble.PLACE_UNKNOWN, NO_TAX.format(place=place.said), "country_area")
        )
        known = ()
    tax = taxed(items, codes.discounts.lines, sending, [found.rate for found in known])
    total = sum(item.cents for item in items) - codes.discounts.cents + sending + tax.cents
    money = sum(item.cents for item in items if item.is_money)
    return Reckoned(
        lines=tuple(lines),
        entered=codes,
        methods=methods,
        taxes=tuple(
            TaxView(found.name, found.percent, Money(cents), found.source, found.since.isoformat())
            for found, cents in zip(known, tax.by_rate, strict=True)
        ),
        tax=tax,
        items=sum(item.cents for item in items),
        discount=codes.discounts.cents,
        shipping=sending,
        total=total,
        paid=spent(total, codes.balances, money),
        must_ship=must_ship,
        problems=tuple(problems),
    )


def cart_view(
    cart: Cart | None,
    reckoned: Reckoned,
    saved: Sequence[CartLineView],
    extra: Sequence[Found] = (),
) -> CartView:
    """A cart as a page shows it; its gift cards pay for goods here, the rest comes later."""
    codes = reckoned.codes
    goods = reckoned.items - reckoned.discount
    return CartView(
        version=cart.version if cart else 0,
        lines=reckoned.lines,
        saved=tuple(saved),
        codes=codes,
        items=Money(reckoned.items),
        discount=Money(reckoned.discount),
        total=Money(goods),
        count=sum(line.quantity for line in reckoned.lines),
        to_free_shipping=_to_free_shipping(reckoned, goods),
        problems=(
            *(problem for line in reckoned.lines for problem in line.problems),
            *(code.problem for code in codes if code.problem),
            *extra,
        ),
    )


def _methods(
    cart: Cart | None, lines: Sequence[CartLineView], codes: Entered, place: Place
) -> tuple[tuple[MethodView, ...], list[Found]]:
    zone = shipping.zone_of(place.country, place.area)
    if zone is None:
        sentence = NOWHERE.format(place=place.said)
        return (), [Found(Trouble.PLACE_UNKNOWN, sentence, "country")]
    weight = sum(line.weight_g * line.quantity for line in lines if line.shippable)
    found = shipping.methods(zone, weight)
    if not found:
        return (), [Found(Trouble.TOO_HEAVY, TOO_HEAVY.format(place=zone.name), "method")]
    goods = sum(line.total.cents for line in lines if line.shippable) - codes.discounts.cents
    asked = cart.method if cart else ""
    chosen = asked if any(method.key == asked for method in found) else found[0].key
    views = tuple(
        MethodView(
            method.key,
            method.label,
            method.days_said,
            Money(_price(method, goods, codes.discounts.free_shipping)),
            Money(method.cents),
            method.key == chosen,
        )
        for method in found
    )
    if asked in ("", chosen):
        return views, []
    return views, [Found(Trouble.METHOD_MISSING, METHOD_GONE, "method")]


def _price(method: shipping.Method, goods: int, by_code: bool) -> int:
    enough = method.free_from_cents is not None and goods >= method.free_from_cents
    return 0 if enough or (by_code and method.free_by_code) else method.cents


def _taxes(place: Place, items: Sequence[Item], must_ship: bool) -> tuple[taxes.Tax, ...] | None:
    """The taxes of a place; none at all where nothing taxed is sold, None where nobody knows."""
    if not must_ship and all(item.is_money for item in items):
        return ()
    return taxes.taxes_of(place.country, place.area, clock.now().date())


def _to_free_shipping(reckoned: Reckoned, goods: int) -> Money | None:
    """What is missing until standard shipping within the country is free; None for nothing to
    send."""
    if not reckoned.must_ship or reckoned.entered.discounts.free_shipping:
        return None
    zone = shipping.zone_of(shipping.countries()[0], "")
    found = shipping.methods(zone, 0) if zone else ()
    limit = next((m.free_from_cents for m in found if m.free_from_cents is not None), None)
    return Money(max(0, limit - goods)) if limit is not None else None
