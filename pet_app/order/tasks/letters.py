"""The letters that follow what happened to an order."""

from collections.abc import Callable

from pet_app.core import db
from pet_app.core.mail.letter import Letter
from pet_app.core.mail.mailbox import named
from pet_app.core.mail.post import post
from pet_app.core.money import Money
from pet_app.core.security import user_owner
from pet_app.core.settings import settings
from pet_app.messaging.bus import on
from pet_app.messaging.job import Job
from pet_app.order import letters
from pet_app.order import service as orders
from pet_app.order.events import (
    OrderCancelled,
    OrderDelivered,
    OrderLinkAsked,
    OrderPaid,
    OrderShipped,
    OrderTroubled,
    ReturnAsked,
    ReturnDecided,
)
from pet_app.order.models import Order, OrderLine, ReturnRequest
from pet_app.order.rules import POSTLESS, PURPOSE, OrderStatus, ReturnState
from pet_app.order.service import Whole
from pet_app.payment.events import PaymentDelayed, PaymentFailed, PaymentRefunded
from pet_app.user import service as users
from pet_app.user.service import Channel, News

PREFERENCES = "/dashboard/settings/notifications"
OWNER = user_owner("")

Write = Callable[[Whole, str], Letter | None]


@on(OrderPaid, queue="letters", priority=5)
def confirm(event: OrderPaid, job: Job) -> None:
    """What was bought, what it cost, where it goes."""
    _tell(event.order_id, job, lambda told, link: letters.confirmed(told.order, told.lines, link))


@on(PaymentDelayed, queue="letters")
def tell_of_delay(event: PaymentDelayed, job: Job) -> None:
    """A word that their bank takes some days."""
    if event.purpose == PURPOSE:
        _tell(event.reference, job, lambda told, link: letters.delayed(told.order, link))


@on(PaymentFailed, queue="letters")
def tell_of_failure(event: PaymentFailed, job: Job) -> None:
    """A word that no money came, while the order can be paid still."""

    def write(told: Whole, link: str) -> Letter | None:
        waits = told.order.status == OrderStatus.PENDING_PAYMENT
        return letters.failed(told.order, link, event.reason) if waits else None

    if event.purpose == PURPOSE:
        _tell(event.reference, job, write)


@on(OrderShipped, queue="letters")
def tell_of_parcel(event: OrderShipped, job: Job) -> None:
    """Where their parcel can be followed."""

    def write(told: Whole, link: str) -> Letter | None:
        parcel = next(found for found in told.shipments if found.id == event.shipment_id)
        later = [found for found in told.shipments if found.id > parcel.id]
        rest = bool(later) or _is_owed(told)
        return letters.shipped(
            told.order, told.lines, parcel, link, rest=rest, no_more=_no_more(told.order)
        )

    _tell(event.order_id, job, write, news=True)


@on(OrderDelivered, queue="letters")
def tell_of_arrival(event: OrderDelivered, job: Job) -> None:
    """How it is worn in, and what can be done when it does not please."""

    def write(told: Whole, link: str) -> Letter:
        return letters.delivered(told.order, told.lines, link, _no_more(told.order))

    _tell(event.order_id, job, write, news=True)


@on(OrderCancelled, queue="letters")
def tell_of_end(event: OrderCancelled, job: Job) -> None:
    """A word that nothing comes of it; none for an order that another took the place of."""

    def write(told: Whole, link: str) -> Letter | None:
        late = told.order.reason == orders.TIME_RAN_OUT
        ours = any(step.what == "cancelled" and step.by == orders.SHOP for step in told.steps)
        if ours and not late and not event.paid:
            return None
        return letters.cancelled(told.order, link, in_time=not late)

    _tell(event.order_id, job, write)


@on(PaymentRefunded, queue="letters")
def tell_of_refund(event: PaymentRefunded, job: Job) -> None:
    """A word that money has left us."""

    def write(told: Whole, link: str) -> Letter:
        amount = Money(event.amount_cents, told.order.currency)
        return letters.refunded(told.order, amount, link)

    if event.purpose == PURPOSE:
        _tell(event.reference, job, write)


@on(ReturnAsked, queue="letters")
def acknowledge_request(event: ReturnAsked, job: Job) -> None:
    """A word that we read it."""
    _tell(event.order_id, job, _about(event.request_id, letters.return_asked))


@on(ReturnAsked, queue="letters")
def call_staff_to_request(event: ReturnAsked, job: Job) -> None:
    """A word to the shop that somebody waits for an answer."""
    _call_staff(event.order_id, job, "A customer wants to send something back, or a better fit.")


@on(ReturnDecided, queue="letters")
def tell_of_answer(event: ReturnDecided, job: Job) -> None:
    """The answer to a request."""

    def write(told: Whole, link: str) -> Letter | None:
        request = _request(told, event.request_id)
        if request.state != event.state or request.state == ReturnState.ASKED:
            return None
        return letters.return_decided(told.order, request, _line(told, request), link)

    _tell(event.order_id, job, write)


@on(OrderLinkAsked, queue="letters", priority=5)
def send_link(event: OrderLinkAsked, job: Job) -> None:
    """The link that opens an order."""

    def write(told: Whole, _link: str) -> Letter:
        return letters.opening_link(told.order, orders.link_to(told.order))

    _tell(event.order_id, job, write)


@on(OrderTroubled, queue="letters")
def call_staff(event: OrderTroubled, job: Job) -> None:
    """A word to the shop that an order wants somebody."""
    with db.reading() as session:
        words = orders.step_words(session, event.step_id)
    _call_staff(event.order_id, job, words)


def _tell(order_id: str, job: Job, write: Write, *, news: bool = False) -> None:
    """A letter to whoever ordered; news only to those who want it."""
    with db.reading() as session:
        told = orders.whole_of(session, orders.get_order(session, order_id))
        person = _person(told.order)
        wanted = not (news and person) or users.wants(session, person, News.ORDERS, Channel.EMAIL)
    # One who had their data deleted has no address here any more.
    if wanted and told.order.email and (letter := write(told, _link(told.order))):
        post(letter, person=person, to=told.order.email, key=job.key)


def _call_staff(order_id: str, job: Job, words: str) -> None:
    with db.reading() as session:
        order = orders.get_order(session, order_id)
    _, shop = named(settings().mail_from)
    post(letters.staff_called(order, words), person="", to=str(shop), key=job.key)


def _about(
    request_id: str, write: Callable[[Order, ReturnRequest, OrderLine, str], Letter]
) -> Write:
    def written(told: Whole, link: str) -> Letter:
        request = _request(told, request_id)
        return write(told.order, request, _line(told, request), link)

    return written


def _request(told: Whole, request_id: str) -> ReturnRequest:
    return next(found for found in told.requests if found.id == request_id)


def _line(told: Whole, request: ReturnRequest) -> OrderLine:
    return next(line for line in told.lines if line.id == request.line_id)


def _is_owed(told: Whole) -> bool:
    return any(
        line.quantity - line.refunded > told.sent.get(line.id, 0)
        for line in told.lines
        if line.kind not in POSTLESS
    )


def _person(order: Order) -> str:
    return order.owner.removeprefix(OWNER) if order.owner.startswith(OWNER) else ""


def _link(order: Order) -> str:
    """Where they see it: their dashboard, or the page that a key opens."""
    return f"/dashboard/orders/{order.id}" if _person(order) else orders.link_to(order)


def _no_more(order: Order) -> str:
    return PREFERENCES if _person(order) else ""
