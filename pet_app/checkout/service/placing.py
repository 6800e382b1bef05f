"""Placing an order: what was shown is checked once more, held, and its payment opened."""

import hashlib
from datetime import timedelta

from sqlmodel import Session, col, select

from pet_app.catalog import service as catalog
from pet_app.catalog.service import OutOfStock
from pet_app.checkout.events import PaymentBegun
from pet_app.checkout.models import Cart
from pet_app.checkout.problems import Found, Problems
from pet_app.checkout.rules import Trouble
from pet_app.checkout.service import gift_cards, promotions
from pet_app.checkout.service.codes import CARD
from pet_app.checkout.service.held import last_order
from pet_app.checkout.service.lines import wanted_of
from pet_app.checkout.service.reckoning import BY_MAIL, Reckoned
from pet_app.checkout.service.reviewing import differences, review_of
from pet_app.checkout.service.rows import check_request, lines_of, own_cart
from pet_app.checkout.service.views import Placed, Review
from pet_app.core import clock
from pet_app.core.ids import new_id
from pet_app.core.security import Identity
from pet_app.messaging import signal
from pet_app.messaging.outbox import publish
from pet_app.order import service as orders
from pet_app.order.service import PURPOSE, Discount, NewLine, NewOrder, Order, OrderStatus, TaxLine
from pet_app.payment import service as payments
from pet_app.payment.service import Wanted
from pet_app.user import service as users
from pet_app.user.service import Client

HELD_FOR = timedelta(minutes=35)
TO_SPARE = timedelta(minutes=2)
"""Stock is held so long; the page of the provider closes a little earlier."""
CAME_TO_NOTHING = ("failed", "expired")

GAVE_WAY = "Ordered anew with changes"
CALLED_OFF = "This order was called off meanwhile. Look through it once more, and place it again."
UNDER_WAY = "Your order {number} is being paid for at this moment. Look there first."


def place_order(
    session: Session,
    identity: Identity,
    digest: str,
    request_key: str,
    client: Client | None = None,
) -> Placed:
    """Place the order that was shown under `digest`, hold its stock and open its payment.

    The same click twice, or the same order again while it waits to be paid, gives the same one;
    an earlier one that waits gives way. Raises `Problems` when anything is other than it was
    shown, `Unavailable` while nothing can be paid, and `TooManyRequests` where more is ordered
    from one place (`client`, if told) than anybody buys.
    """
    check_request(request_key)
    cart = own_cart(session, identity)
    key = hashlib.sha256(f"{cart.id} {request_key}".encode()).hexdigest()
    earlier = last_order(session, cart)
    if earlier is not None and earlier.checkout_key == key:
        if earlier.status == OrderStatus.CANCELLED:
            raise Problems([Found(Trouble.ORDER_OVER, CALLED_OFF)])
        return _placed(session, earlier)
    shown, found = review_of(session, cart)
    if problems := [*differences(digest, shown.digest), *shown.problems]:
        raise Problems(problems)
    if earlier is not None and earlier.status == OrderStatus.PENDING_PAYMENT:
        if cart.order_digest == digest and earlier.pay_by > clock.now():
            return _placed(session, earlier)
        _give_way(session, earlier)
    if client is not None:
        users.count_order(session, client)
    order = orders.place(session, _new_order(cart, key, shown, found))
    _hold(session, cart, order, found)
    cart.order_id, cart.order_digest = order.id, digest
    session.add(cart)
    session.flush()
    publish(session, PaymentBegun(identity.owner, order.id, order.due_cents, order.currency))
    return _placed(session, order)


def give_back(session: Session, order_id: str) -> None:
    """An order came to nothing: codes can be used again, gift cards have their money back, and
    those it bought are worth nothing. Safe twice."""
    promotions.give_uses_back(session, order_id)
    gift_cards.put_money_back(session, order_id)
    gift_cards.withdraw_bought(session, order_id)


def forget_bought(session: Session, order_id: str) -> None:
    """What was bought leaves the cart it came from; what was put in since stays. Safe twice."""
    found = select(Cart).where(col(Cart.order_id) == order_id, col(Cart.order_digest) != "")
    cart = session.exec(found.with_for_update()).first()
    if cart is None:
        return
    bought: dict[str, int] = {}
    for line in orders.order_lines(session, order_id):
        thing = line.variant_id or line.content_key
        bought[thing] = bought.get(thing, 0) + line.quantity
    for row in lines_of(session, [cart]):
        if row.saved or row.thing not in bought:
            continue
        row.quantity -= bought[row.thing]
        if row.quantity > 0:
            session.add(row)
        else:
            session.delete(row)
    cart.codes, cart.method, cart.order_digest = [], "", ""
    cart.version += 1
    cart.changed = clock.now()
    session.add(cart)
    session.flush()
    # The page of thanks counts the cart in its header anew.
    signal.after_commit(session, orders.topic(order_id))


def _placed(session: Session, order: Order) -> Placed:
    """An order with the payment it waits for: another attempt when the last came to nothing."""
    payment = payments.payment_of(session, PURPOSE, order.id)
    waits = order.status == OrderStatus.PENDING_PAYMENT
    if payment is None or (waits and payment.state in CAME_TO_NOTHING):
        payment = payments.open_payment(session, _wanted(session, order))
        orders.attach_payment(session, order.id, payment.id)
    return Placed(order.id, order.number, payment.id, order.due)


def _give_way(session: Session, earlier: Order) -> None:
    if not orders.expire(session, earlier.id, GAVE_WAY):
        sentence = UNDER_WAY.format(number=earlier.number)
        raise Problems([Found(Trouble.ORDER_OVER, sentence)])
    # The word of it comes later; what it held is needed now.
    give_back(session, earlier.id)


def _hold(session: Session, cart: Cart, order: Order, found: Reckoned) -> None:
    """Stock, uses of codes and money of gift cards, all or nothing. Raises `Problems`."""
    wanted = wanted_of(row for row in lines_of(session, [cart]) if not row.saved)
    try:
        catalog.reserve(session, order.id, wanted, order.pay_by)
    except OutOfStock as short:
        raise Problems(_short(found, short)) from None
    troubles: list[Found | None] = []
    for code in sorted(found.entered.discounts.by_key):
        row = found.entered.promotions[code]
        troubles.append(promotions.use_promotion(session, row, order.id, cart.email))
    for key, cents in sorted(found.paid.items()):
        if cents:
            card_id = key.removeprefix(CARD)
            troubles.append(gift_cards.spend(session, card_id, cents, order.id))
    if problems := [trouble for trouble in troubles if trouble]:
        raise Problems(problems)


def _short(found: Reckoned, short: OutOfStock) -> list[Found]:
    lines = [line for line in found.lines if line.variant_id in short.short]
    return [Found(Trouble.OUT_OF_STOCK, short.detail, line.id) for line in lines] or [
        Found(Trouble.OUT_OF_STOCK, short.detail)
    ]


def _new_order(cart: Cart, key: str, shown: Review, found: Reckoned) -> NewOrder:
    chosen = found.chosen
    discounts = found.entered.discounts.by_key
    rows = found.entered.promotions
    return NewOrder(
        id=new_id(),
        checkout_key=key,
        owner=cart.owner,
        email=cart.email,
        address=dict(cart.address) if found.must_ship else {},
        method=chosen.key if chosen else BY_MAIL,
        method_label=f"{chosen.label}, {chosen.days}" if chosen else "By e-mail",
        lines=_lines(found),
        shipping=shown.shipping,
        total=shown.total,
        pay_by=clock.now() + HELD_FOR,
        discounts=tuple(
            Discount(code, rows[code].words, cents) for code, cents in discounts.items()
        ),
        tax_lines=tuple(
            TaxLine(tax.name, tax.percent, tax.amount.cents, tax.source, tax.since)
            for tax in found.taxes
        ),
        gift=shown.gift,
    )


def _lines(found: Reckoned) -> tuple[NewLine, ...]:
    return tuple(
        NewLine(
            sku=line.sku,
            title=line.title,
            words=line.words,
            unit=line.unit,
            quantity=line.quantity,
            kind=line.kind,
            variant_id=line.variant_id,
            handle=line.handle,
            design=line.design,
            design_id=line.design_id,
            content_key=line.content_key,
            breakdown=tuple((name, count, cost.cents) for name, count, cost in line.breakdown),
            picture=line.picture.removeprefix("/media/"),
            discount_cents=off,
            tax_cents=tax,
            weight_g=line.weight_g,
        )
        for line, off, tax in zip(found.lines, found.line_off, found.tax.lines, strict=True)
    )


def _wanted(session: Session, order: Order) -> Wanted:
    """The payment of an order. Its lines are what the customer pays for each, before tax; what a
    gift card pays cannot be a line of its own, so then there is one line for all."""
    lines = [
        (f"{line.title} × {line.quantity}", line.line_cents - line.discount_cents, 1)
        for line in orders.order_lines(session, order.id)
    ]
    lines += [("Shipping", order.shipping_cents, 1)] if order.shipping_cents else []
    lines += [(name, cents, 1) for name, _, cents, *_ in order.tax_lines if cents]
    if order.gift_cents:
        lines = [(f"Order {order.number}, after your gift card", order.due_cents, 1)]
    return Wanted(
        owner=order.owner,
        purpose=PURPOSE,
        reference=order.id,
        amount=order.due,
        lines=tuple(lines),
        back_to=f"/checkout/done?order={order.id}",
        expires=order.pay_by - TO_SPARE,
        description=f"Order {order.number}",
        email=order.email,
    )
