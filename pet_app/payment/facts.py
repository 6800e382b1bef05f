"""What a provider says of money, in shapes of ours. Amounts are cents, currencies upper case."""

from dataclasses import dataclass
from datetime import datetime

from pet_app.core.errors import Conflict
from pet_app.core.money import Money
from pet_app.payment.rules import RefundState


class Declined(Conflict):
    """The provider understood and said no; asking again as it is will not help."""

    title = "The payment service said no"


@dataclass(frozen=True)
class IntentFacts:
    """The money behind a session. `state` is the provider's word; `received` is what it took in.

    `returned_cents` has gone back or is about to; `problem` is why the last try failed, as a
    sentence for the visitor.
    """

    id: str
    state: str
    received: Money
    payment_id: str = ""
    returned_cents: int = 0
    disputed: bool = False
    problem: str = ""


@dataclass(frozen=True)
class SessionFacts:
    """One visit to the provider's page. `state` is open, complete or expired; `paid` is paid,
    unpaid or no_payment_required. `payment_id` is ours, empty when somebody else made it."""

    id: str
    payment_id: str
    url: str
    state: str
    paid: str
    total: Money
    created: datetime
    intent: IntentFacts | None = None


@dataclass(frozen=True)
class RefundFacts:
    """Money on its way back. `refund_id` is ours, empty when it was not asked for here."""

    id: str
    intent_id: str
    refund_id: str
    amount: Money
    state: RefundState
    reason: str = ""
    problem: str = ""


@dataclass(frozen=True)
class DisputeFacts:
    """Money a bank asks back; `state` and `reason` are the provider's words."""

    id: str
    intent_id: str
    amount: Money
    reason: str
    state: str
    answer_by: datetime | None = None


@dataclass(frozen=True)
class Standing:
    """Everything the provider says of one payment, read at one time.

    `session` is None when it knows of none; lists that were not asked for are None.
    """

    session: SessionFacts | None
    refunds: tuple[RefundFacts, ...] | None = None
    disputes: tuple[DisputeFacts, ...] | None = None


@dataclass(frozen=True)
class Notice:
    """One thing the provider tells of: what it is about, never about whom.

    `about` holds the ids that were named: `object`, `id`, and any of `payment`, `session`,
    `intent`, `charge`, `live`.
    """

    id: str
    topic: str
    created: datetime
    about: dict[str, str | bool]
