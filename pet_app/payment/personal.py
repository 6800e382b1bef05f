"""What is held of people who paid: kept by law, and in the end without saying whose it was."""

from sqlmodel import Session, col, select, update

from pet_app.core.personal import Holding, Person, Shown, register, told
from pet_app.payment.models import Payment

NOBODY = "gone"
"""The owner of what belonged to somebody who left."""


def show(session: Session, person: Person) -> Shown:
    """Every payment, without what only the provider understands."""
    theirs = select(Payment).where(Payment.owner == person.owner).order_by(col(Payment.id))
    rows = [
        told(row, "session_id", "intent_id") | {"email": row.email}
        for row in session.exec(theirs).all()
    ]
    return Shown({"payments": rows})


def anonymise(session: Session, person: Person) -> None:
    """The sums stay, for the books; whose they were does not."""
    theirs = col(Payment.owner) == person.owner
    session.connection().execute(
        update(Payment).where(theirs).values(owner=NOBODY, email="", url="")
    )


def erase(_session: Session, _person: Person) -> tuple[str, ...]:
    """Nothing is left to delete, and no file was named."""
    return ()


register(Holding("payments", (Payment,), show, erase, anonymise=anonymise))
