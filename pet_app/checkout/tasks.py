"""What follows for carts, codes and gift cards from sign-ins and from orders."""

from datetime import timedelta

from pet_app.checkout import letters
from pet_app.checkout import service as checkout
from pet_app.checkout.cards import code_of
from pet_app.checkout.events import GiftCardIssued
from pet_app.core import db
from pet_app.core.mail.post import post
from pet_app.core.security import user_owner
from pet_app.messaging.bus import on
from pet_app.messaging.clock import SlotCame, every
from pet_app.messaging.job import Job
from pet_app.order import service as orders
from pet_app.order.events import GiftMoneyBack, OrderCancelled, OrderPaid, OrderStatusChanged
from pet_app.order.service import OrderStatus
from pet_app.user.events import UserSignedIn

OWNER = user_owner("")


@on(UserSignedIn)
def adopt_guest_cart(event: UserSignedIn, job: Job) -> None:
    """A guest who signs in finds their cart poured into the one of their account."""
    with job.apply() as session:
        checkout.adopt_cart(session, event.visitor_owner, user_owner(event.user_id))


@on(OrderPaid)
def empty_cart(event: OrderPaid, job: Job) -> None:
    """What was bought leaves the cart."""
    with job.apply() as session:
        checkout.forget_bought(session, event.order_id)


@on(OrderPaid)
def issue_gift_cards(event: OrderPaid, job: Job) -> None:
    """Gift cards that were bought are made."""
    with job.apply() as session:
        checkout.issue_bought(session, event.order_id)


@on(GiftCardIssued, queue="letters", priority=5)
def send_gift_card(event: GiftCardIssued, job: Job) -> None:
    """A gift card goes to whoever bought it; its code is worked out for this letter alone."""
    with db.reading() as session:
        order = orders.get_order(session, event.order_id)
        amount = checkout.bought_card(session, event.card_id)
    if amount is not None and order.email:
        letter = letters.gift_card(code_of(event.card_id), amount, order.number)
        person = order.owner.removeprefix(OWNER) if order.owner.startswith(OWNER) else ""
        post(letter, person=person, to=order.email, key=job.key)


@on(OrderCancelled)
def give_back_what_paid(event: OrderCancelled, job: Job) -> None:
    """Codes can be used again, and gift cards have their money back."""
    with job.apply() as session:
        checkout.give_back(session, event.order_id)


@on(OrderStatusChanged)
def withdraw_what_is_paid_back(event: OrderStatusChanged, job: Job) -> None:
    """Money that went back in full is not left on the gift cards it had bought."""
    if event.now == OrderStatus.REFUNDED:
        with job.apply() as session:
            checkout.withdraw_bought(session, event.order_id)


@on(GiftMoneyBack)
def put_money_back(event: GiftMoneyBack, job: Job) -> None:
    """A part of a paid order goes back onto the gift cards that paid for it."""
    with job.apply() as session:
        checkout.put_money_back(session, event.order_id, event.cents, event.key)


@every(timedelta(days=1), "forget old carts")
def forget_old_carts(_slot: SlotCame, job: Job) -> None:
    """Carts of guests wait for ninety days."""
    with job.apply() as session:
        checkout.forget_old_carts(session)
