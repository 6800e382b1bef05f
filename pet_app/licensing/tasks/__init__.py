"""What follows from applications, payments, decisions and the calendar."""

from pet_app.licensing.tasks import certificates, letters, papers, payments, reminders

__all__ = ["certificates", "letters", "papers", "payments", "reminders"]
