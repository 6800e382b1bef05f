"""The beginning of a payment, and the end of waiting for it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from pet_app.core import clock, db
from pet_app.core.errors import Conflict, Invalid, Unavailable
from pet_app.core.money import Money
from pet_app.core.settings import settings
from pet_app.messaging.outbox import publish
from pet_app.payment import gateway
from pet_app.payment.events import PaymentWanted, SessionLeft
from pet_app.payment.facts import SessionFacts
from pet_app.payment.models import Payment
from pet_app.payment.rules import SMALLEST, PaymentState, Provider, demo_page
from pet_app.payment.service.moving import move
from pet_app.payment.service.reading import arrives, locked
from pet_app.payment.verdict import Verdict

CLOSED = "Checkout is closed at the moment. Your cart stays as it is."
OVER = "The time to pay for this has run out. Nothing was taken; please begin once more."
PAID_ALREADY = "This is paid already, or about to be."
TOO_LITTLE = "The least a card can pay is {smallest}. Please add something to your cart."

SHORTEST = timedelta(minutes=31)
LONGEST = timedelta(hours=23, minutes=55)
"""Stripe's page stays open for half an hour to a day from when it is made."""

AMPLE = timedelta(minutes=45)
"""What a shorter time is lengthened to: who tries again within minutes gets the same page."""

WAITS = (PaymentState.WANTED, PaymentState.OPEN)
ARRIVES = (PaymentState.PROCESSING, PaymentState.PAID)


@dataclass(frozen=True)
class Wanted:
    """What is to be paid. `lines` are (name, cents, quantity) and sum up to the amount.

    `back_to` is the path on our site a visitor comes back to; `left=1` is added to its query for
    one who turned back before paying. `expires` is when we stop waiting.
    """

    owner: str
    purpose: str
    reference: str
    amount: Money
    lines: tuple[tuple[str, int, int], ...]
    back_to: str
    expires: datetime
    description: str = ""
    email: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        if sum(cents * quantity for _, cents, quantity in self.lines) != self.amount.cents:
            raise ValueError("the lines do not sum up to the amount")
        if any(not name or cents < 0 or quantity < 1 for name, cents, quantity in self.lines):
            raise ValueError("a line has a name, a price and a quantity")
        if not self.back_to.startswith("/") or self.back_to.startswith(("//", "/\\")):
            raise ValueError("a visitor comes back to a path of ours")


def is_open() -> bool:
    """Whether anything can be paid for here at all."""
    return gateway.is_set_up() or not settings().is_production


def open_payment(session: Session, wanted: Wanted) -> Payment:
    """A payment for that, waiting to be begun; the same one again while it waits unchanged.

    One of another amount replaces it. What costs nothing is settled at once. Raises `Unavailable`
    while checkout is closed, `Conflict` when it is paid already, `Invalid` for an amount smaller
    than any card can pay.
    """
    provider = _provider(wanted.amount)
    earlier = session.exec(
        select(Payment)
        .where(Payment.purpose == wanted.purpose, Payment.reference == wanted.reference)
        .order_by(col(Payment.attempt).desc())
        .with_for_update()
    ).all()
    for row in earlier:
        if arrives(session, row):
            raise Conflict(PAID_ALREADY)
        if row.state in WAITS:
            if _is_same(row, wanted, provider):
                return row
            give_up(session, row.id)
    now = clock.now()
    row = Payment(
        owner=wanted.owner,
        purpose=wanted.purpose,
        reference=wanted.reference,
        attempt=1 + (earlier[0].attempt if earlier else 0),
        provider=provider.value,
        amount_cents=wanted.amount.cents,
        currency=wanted.amount.currency,
        email=wanted.email,
        description=wanted.description,
        lines=[list(line) for line in wanted.lines],
        back_to=wanted.back_to,
        expires=wanted.expires,
        created=now,
        changed=now,
    )
    session.add(row)
    session.flush()
    publish(session, PaymentWanted(row.id, row.purpose, row.reference))
    if provider is Provider.NOBODY:
        move(session, row, Verdict(PaymentState.PAID, wanted.amount))
    return row


def begin(payment_id: str) -> str:
    """Where to send the visitor so that they can pay. Opens transactions of its own; blocks.

    A path of ours or a whole address of the provider's; what is paid already leads back to where
    the visitor would come afterwards. Raises `Unavailable` when the provider does not answer
    (nothing was lost; try again), `Conflict` when the time to pay has run out.
    """
    with db.writing() as session:
        prepared = _prepare(session, payment_id)
    if isinstance(prepared, str):
        return prepared
    made = gateway.open_session(prepared)
    with db.writing() as session:
        address = _opened(session, payment_id, made)
    if not address:
        raise Conflict(OVER)
    return address


def give_up(session: Session, payment_id: str) -> None:
    """Stop waiting: the provider's page closes soon. Safe twice; nothing happens to what is paid.

    Money that comes all the same is sent back by itself.
    """
    row = session.exec(
        select(Payment).where(Payment.id == payment_id).with_for_update()
    ).one_or_none()
    if row is not None and row.state in (*WAITS, PaymentState.PROCESSING):
        move(session, row, Verdict(PaymentState.EXPIRED), told=False)
        if row.session_id:
            publish(session, SessionLeft(row.id, row.session_id))


def _prepare(session: Session, payment_id: str) -> gateway.NewSession | str:
    """What to ask the provider for, or where to go without asking."""
    row = locked(session, payment_id)
    if row.state in (*ARRIVES, PaymentState.MISMATCHED):
        return row.back_to
    if row.state not in WAITS:
        raise Conflict(OVER)
    if row.provider == Provider.DEMO:
        if settings().is_production:
            raise Unavailable(CLOSED)
        move(session, row, Verdict(PaymentState.OPEN))
        return demo_page(row.id)
    now = clock.now()
    if row.state == PaymentState.OPEN:
        if row.expires <= now:
            raise Conflict(OVER)
        return row.url
    if not now + SHORTEST <= row.expires <= now + LONGEST:
        row.expires = now + AMPLE if row.expires < now + SHORTEST else now + LONGEST
        session.add(row)
    back = settings().site_url + row.back_to
    return gateway.NewSession(
        payment_id=row.id,
        # A lengthened time is another page, and the one before it nobody has ever seen.
        key=f"payment:{row.id}:{row.attempt}:{int(row.expires.timestamp())}",
        amount=Money(row.amount_cents, row.currency),
        lines=tuple((str(name), int(cents), int(many)) for name, cents, many in row.lines),
        description=row.description,
        back=back,
        left=f"{back}{'&' if '?' in back else '?'}left=1",
        expires=row.expires,
        email=row.email,
    )


def _opened(session: Session, payment_id: str, made: SessionFacts) -> str:
    """Keep the page that was made; its address, empty when nobody waits for it any more."""
    row = locked(session, payment_id)
    if row.state == PaymentState.WANTED:
        row.session_id, row.url = made.id, made.url
        move(session, row, Verdict(PaymentState.OPEN))
        return row.url
    if row.session_id not in (None, made.id):
        publish(session, SessionLeft(row.id, made.id))
    elif row.state not in (*WAITS, *ARRIVES):
        row.session_id = made.id
        session.add(row)
        publish(session, SessionLeft(row.id, made.id))
    if row.state in ARRIVES:
        return row.back_to
    return row.url if row.state == PaymentState.OPEN else ""


def _provider(amount: Money) -> Provider:
    if amount.cents == 0:
        return Provider.NOBODY
    if not is_open():
        raise Unavailable(CLOSED)
    smallest = SMALLEST.get(amount.currency, 1)
    if amount.cents < smallest:
        raise Invalid(TOO_LITTLE.format(smallest=Money(smallest, amount.currency)))
    return Provider.STRIPE if gateway.is_set_up() else Provider.DEMO


def _is_same(row: Payment, wanted: Wanted, provider: Provider) -> bool:
    asked = Money(row.amount_cents, row.currency)
    lines = [list(line) for line in wanted.lines]
    return (
        row.provider == provider
        and row.expires > clock.now()
        and (asked, row.lines, row.back_to) == (wanted.amount, lines, wanted.back_to)
    )
