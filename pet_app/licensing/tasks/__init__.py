"""What follows from applications, payments, decisions and the calendar."""

from pet_app.licensing.tasks import (
    automatic,
    certificates,
    imports,
    letters,
    papers,
    payments,
    reminders,
)

__all__ = ["automatic", "certificates", "imports", "letters", "papers", "payments", "reminders"]
