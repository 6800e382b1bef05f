"""What becomes of an application when money comes, comes late, fails, or has to go back."""

from sqlmodel import Session

from pet_app.core import clock
from pet_app.core.money import Money
from pet_app.licensing.models import Application
from pet_app.licensing.rules.standing import Status
from pet_app.licensing.service.handing_in import arrive
from pet_app.licensing.service.history import PAYMENT, TOWN, add_step, first_time, touch
from pet_app.licensing.service.rows import locked
from pet_app.licensing.towns import town
from pet_app.payment import service as payments

BACK = "{amount} came in for this, which {why}. All of it goes back."
KEPT = "What was paid stays with the town. {words}"
RETURNED = "What was paid goes back in full. {words}"


def settle(
    session: Session, application_id: str, payment_id: str, amount: Money, *, late: bool = False
) -> None:
    """The money for an application is here. Safe twice.

    What comes for one that is withdrawn, decided, paid already or costs something else goes back
    in full; what came `late` is on its way back by itself.
    """
    row = locked(session, application_id)
    if row.paid is not None and row.payment_id == payment_id:
        return
    waits = row.status == Status.AWAITING_PAYMENT and row.payment_id == payment_id
    if late or not waits or amount != row.fee:
        _refuse(session, row, payment_id, amount)
        return
    row.paid = clock.now()
    session.add(row)
    add_step(session, "paid", PAYMENT, application_id=row.id, words="Payment received")
    arrive(session, row)


def give_back(session: Session, application_id: str) -> None:
    """Send back what was paid for a rejected or withdrawn application, where the town's rule says
    so, and write down what became of it. Safe twice."""
    row = locked(session, application_id)
    ended = row.status in (Status.REJECTED, Status.WITHDRAWN)
    if not ended or row.paid is None or not first_time(session, row, "refund decided"):
        return
    rule = town(row.town_id).refund
    goes_back = rule.withdrawn if row.status == Status.WITHDRAWN else rule.rejected
    words = (RETURNED if goes_back else KEPT).format(words=rule.words).strip()
    add_step(session, "refund", TOWN, application_id=row.id, words=words)
    if goes_back and row.payment_id:
        why = f"The application was {Status(row.status).value}."
        payments.send_back(session, row.payment_id, f"licence:{row.id}:ended", why, TOWN)
    touch(session, row)


def note_failure(session: Session, application_id: str, payment_id: str, reason: str) -> None:
    """A payment came to nothing; the application waits for another. Safe twice."""
    row = locked(session, application_id)
    waits = row.status == Status.AWAITING_PAYMENT
    if waits and first_time(session, row, f"failed {payment_id}"):
        words = reason or "The payment did not go through"
        _note(session, row, "payment_failed", words)


def note_delay(session: Session, application_id: str) -> None:
    """The owner did their part and the bank takes some days. Safe twice."""
    row = locked(session, application_id)
    if row.status == Status.AWAITING_PAYMENT and first_time(session, row, "delayed"):
        _note(session, row, "payment_delayed", "Your bank is sending the money")


def note_mismatch(session: Session, application_id: str, payment_id: str, received: Money) -> None:
    """Something else came than was asked for; payments send it back. Safe twice."""
    row = locked(session, application_id)
    if first_time(session, row, f"mismatched {payment_id}"):
        words = BACK.format(amount=received, why=f"costs {row.fee}")
        _note(session, row, "payment_refused", words)


def note_refund(session: Session, application_id: str, refund_id: str, amount: Money) -> None:
    """Money has left us. Safe twice."""
    row = locked(session, application_id)
    if first_time(session, row, f"refund {refund_id}"):
        _note(session, row, "refunded", f"{amount} is on its way back to you")


def note_trouble(session: Session, application_id: str, key: str, words: str) -> None:
    """Something about the money wants a clerk to look; only they read it. Safe twice by `key`."""
    row = locked(session, application_id)
    if first_time(session, row, key):
        _note(session, row, "trouble", words, internal=True)


def _refuse(session: Session, row: Application, payment_id: str, amount: Money) -> None:
    if not first_time(session, row, f"refused {payment_id}"):
        return
    if row.paid is not None:
        why = "was paid already"
    elif row.status == Status.AWAITING_PAYMENT and amount != row.fee:
        why = f"costs {row.fee}"
    elif row.status in (Status.AWAITING_PAYMENT, Status.DRAFT):
        why = "waited for another payment"
    else:
        why = f"was {Status(row.status).label.lower()} already"
    _note(session, row, "payment_refused", BACK.format(amount=amount, why=why))
    key = f"licence:{row.id}:refused:{payment_id}"
    payments.send_back(session, payment_id, key, f"The application {why}.", TOWN)


def _note(
    session: Session, row: Application, what: str, words: str, *, internal: bool = False
) -> None:
    add_step(session, what, PAYMENT, application_id=row.id, words=words, internal=internal)
    touch(session, row)
