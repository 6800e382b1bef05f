"""The beginning of a payment, and the end of waiting for it."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from pet_app.core.money import Money
from pet_app.payment.models import Payment


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


def is_open() -> bool:
    """Whether anything can be paid for here at all."""
    raise NotImplementedError


def open_payment(session: Session, wanted: Wanted) -> Payment:
    """A payment for that, waiting to be begun; the same one again while it waits unchanged.

    One of another amount replaces it. What costs nothing is settled at once. Raises `Unavailable`
    while checkout is closed, `Conflict` when it is paid already, `Invalid` for an amount smaller
    than any card can pay.
    """
    raise NotImplementedError


def begin(payment_id: str) -> str:
    """Where to send the visitor so that they can pay. Opens transactions of its own; blocks.

    Raises `Unavailable` when the provider does not answer (nothing was lost; try again),
    `Conflict` when the time to pay has run out.
    """
    raise NotImplementedError


def give_up(session: Session, payment_id: str) -> None:
    """Stop waiting: the provider's page closes soon. Safe twice; nothing happens to what is paid.

    Money that comes all the same is sent back by itself.
    """
    raise NotImplementedError
