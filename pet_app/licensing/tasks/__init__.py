"""What follows from applications, payments, decisions and the calendar."""

from pet_app.licensing.tasks import papers, payments

__all__ = ["papers", "payments"]
