"""What is about to be agreed to: who it is for, where it goes, how, and what all of it costs."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from pet_app.checkout import shipping
from pet_app.checkout.events import CheckoutBegun, ShippingChosen
from pet_app.checkout.models import Cart
from pet_app.checkout.problems import Found
from pet_app.checkout.rules import Trouble
from pet_app.checkout.service.held import held_by
from pet_app.checkout.service.lines import priced_lines
from pet_app.checkout.service.reckoning import Place, Reckoned, cart_view, reckon
from pet_app.checkout.service.rows import carts_of, changed, lines_of, own_cart
from pet_app.checkout.service.views import Estimate, Review
from pet_app.core.errors import Invalid
from pet_app.core.mail.mailbox import Mailbox, NoAddress
from pet_app.core.money import Money
from pet_app.core.security import Identity
from pet_app.messaging.outbox import publish
from pet_app.user import service as users

EMPTY = "Your cart is empty. Put something in first."
NO_EMAIL = "Say where we can send the confirmation."
BAD_EMAIL = "This does not look like an e-mail address."
NO_ADDRESS = "Say where it shall go."
NO_PLACE = "Choose a country from the list."
NO_METHOD = "Choose one of the ways to send it that are shown."
LONGEST_EMAIL = 254

PARTS = {
    "lines": "What is in your cart has changed, perhaps in another tab.",
    "prices": "A price has changed since this page was shown.",
    "codes": "What your codes take off, or your gift card pays, has changed.",
    "sending": "What sending costs has changed.",
    "taxes": "The taxes have changed.",
    "where": "The address or the e-mail was changed, perhaps in another tab.",
    "due": "The total has changed.",
}
"""What a digest is made of, and what to say when one part of it is other than it was shown."""


def places() -> dict[str, str]:
    """The countries we send to: names by two-letter code."""
    return {code: users.countries()[code] for code in shipping.countries()}


def estimate(session: Session, identity: Identity, country: str, postcode: str) -> Estimate:
    """What sending and tax would come to. Changes nothing. Raises `Invalid` with the fields."""
    if country not in places():
        raise Invalid(NO_PLACE, {"country": NO_PLACE})
    area = users.area_of(country, postcode)
    if not area:
        sentence = "This does not look like a postal code there."
        raise Invalid(sentence, {"postal_code": sentence})
    carts = carts_of(session, identity.owners)
    found = _reckoned(session, carts, Place(country, area))
    return Estimate(
        methods=found.methods,
        taxes=found.taxes,
        shipping=Money(found.shipping),
        tax=Money(found.tax.cents),
        total=Money(found.total),
        problems=found.problems,
    )


def begin_checkout(session: Session, identity: Identity) -> Review:
    """Somebody went from the cart to the checkout: the first review, and word of it."""
    seen = review(session, identity)
    if not seen.cart.is_empty:
        goods = seen.cart.total
        publish(session, CheckoutBegun(identity.owner, goods.cents, goods.currency))
    return seen


def say_where(
    session: Session, identity: Identity, email: str, address: Mapping[str, str] | None
) -> Review:
    """Who it is for and where it goes: `address` holds `country` and the lines by the names of
    `user.service.lines_of`; None where nothing is sent by post. Raises `Invalid` with the fields.
    """
    faults: dict[str, str] = {}
    email = email.strip()
    if not is_email(email):
        faults["email"] = BAD_EMAIL if email else NO_EMAIL
    kept: dict[str, str] | None = None
    if address is not None:
        try:
            kept = _checked(address)
        except Invalid as fault:
            faults |= fault.fields
    if faults:
        raise Invalid("Some of this needs another look.", faults)
    cart = own_cart(session, identity)
    if (email, kept or cart.address) != (cart.email, cart.address):
        cart.email = email
        cart.address = cart.address if kept is None else kept
        changed(session, cart)
    return _review(session, [cart])


def choose_method(session: Session, identity: Identity, method: str) -> Review:
    """How it is to be sent: the `key` of one of `Review.methods`. Raises `Invalid`."""
    cart = own_cart(session, identity)
    if method not in {found.key for found in _review(session, [cart]).methods}:
        raise Invalid(NO_METHOD, {"method": NO_METHOD})
    if method != cart.method:
        cart.method = method
        changed(session, cart)
        publish(session, ShippingChosen(identity.owner, method))
    return _review(session, [cart])


def review(session: Session, identity: Identity) -> Review:
    """All that is about to be agreed to, worked out now. Changes nothing."""
    return _review(session, carts_of(session, identity.owners))


def review_of(session: Session, cart: Cart) -> tuple[Review, Reckoned]:
    """The review of one cart, and the sums it was made from."""
    carts = [cart]
    place = _place(cart)
    found = _reckoned(session, carts, place)
    return _shown(session, cart, found), found


def differences(shown: str, now: str) -> list[Found]:
    """What of an order is other than it was shown, by two digests; a sentence for each part."""
    before, after = shown.split("."), now.split(".")
    if len(before) != len(after):
        before = [""] * len(after)
    codes = {"prices": Trouble.PRICE_CHANGED}
    found = [
        Found(codes.get(part, Trouble.CART_CHANGED), sentence, part)
        for (part, sentence), was, is_now in zip(PARTS.items(), before, after, strict=True)
        if was != is_now
    ]
    # The total follows from the rest; it is named only when nothing else is.
    return [one for one in found if one.field != "due"] or found


def is_email(text: str) -> bool:
    """Whether this can be one person's address."""
    if len(text) > LONGEST_EMAIL:
        return False
    try:
        return "." in Mailbox.parse(text).domain
    except NoAddress:
        return False


def _review(session: Session, carts: list[Cart]) -> Review:
    cart = carts[0] if carts else None
    return _shown(session, cart, _reckoned(session, carts, _place(cart)))


def _place(cart: Cart | None) -> Place:
    address = cart.address if cart else {}
    return Place(address.get("country", ""), address.get("country_area", ""))


def _reckoned(session: Session, carts: list[Cart], place: Place) -> Reckoned:
    cart = carts[0] if carts else None
    held = held_by(session, cart)
    rows = [row for row in lines_of(session, carts) if not row.saved]
    return reckon(session, cart, priced_lines(session, rows, held.stock), place, held)


def _shown(session: Session, cart: Cart | None, found: Reckoned) -> Review:
    email, address = (cart.email, cart.address) if cart else ("", {})
    view = cart_view(cart, found, ())
    lines = {name: text for name, text in address.items() if name != "country"}
    return Review(
        cart=view,
        email=email,
        address=dict(address),
        written=users.written(address["country"], lines) if address else (),
        must_ship=found.must_ship,
        methods=found.methods,
        taxes=found.taxes,
        items=Money(found.items),
        discount=Money(found.discount),
        shipping=Money(found.shipping),
        tax=Money(found.tax.cents),
        total=Money(found.total),
        gift=Money(found.gift),
        due=Money(found.total - found.gift),
        digest=_digest(email, address, found),
        problems=(*_missing(found, email, address), *view.problems, *found.problems),
    )


def _missing(found: Reckoned, email: str, address: Mapping[str, str]) -> list[Found]:
    """What nobody has said yet."""
    missing: list[Found] = []
    if not found.lines:
        missing.append(Found(Trouble.EMPTY, EMPTY))
    if not email:
        missing.append(Found(Trouble.EMAIL_MISSING, NO_EMAIL, "email"))
    if found.must_ship and not address:
        missing.append(Found(Trouble.ADDRESS_MISSING, NO_ADDRESS, "address"))
    return missing


def _digest(email: str, address: Mapping[str, str], found: Reckoned) -> str:
    """A short hash for each of `PARTS`, so that one can tell what changed without keeping it."""
    chosen = found.chosen
    parts: dict[str, Any] = {
        "lines": [[line.variant_id or line.content_key, line.quantity] for line in found.lines],
        "prices": [[line.id, line.unit.cents, line.unit.currency] for line in found.lines],
        "codes": [found.line_off, found.entered.discounts.by_key, found.paid],
        "sending": [chosen.key, chosen.price.cents] if chosen else [],
        "taxes": [[tax.name, tax.percent, tax.amount.cents] for tax in found.taxes],
        "where": [email, dict(address)],
        "due": [found.total, found.gift],
    }
    texts = (json.dumps(parts[name], sort_keys=True) for name in PARTS)
    return ".".join(hashlib.sha256(text.encode()).hexdigest()[:12] for text in texts)


def _checked(address: Mapping[str, str]) -> dict[str, str]:
    country = address.get("country", "").strip().upper()
    if country not in places():
        raise Invalid(NO_PLACE, {"country": NO_PLACE})
    lines = {name: text for name, text in address.items() if name != "country"}
    return {"country": country, **users.checked_address(country, lines).lines}
