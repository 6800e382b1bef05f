"""Money going back: what we ask for, and what the provider says of it."""

from sqlmodel import Session

from pet_app.core.money import Money
from pet_app.payment.models import Refund


def refund(
    session: Session, payment_id: str, amount: Money, key: str, reason: str, asked_by: str
) -> Refund:
    """Send that much back; with the same `key` only once.

    Raises `Conflict` for more than was paid and has not gone back, or for what is not paid.
    """
    raise NotImplementedError


def send_back(
    session: Session, payment_id: str, key: str, reason: str, asked_by: str
) -> Refund | None:
    """Send back whatever is still here of it; None when nothing is. Safe any number of times."""
    raise NotImplementedError
