"""What follows from applications, payments, decisions and the calendar."""

from pet_app.licensing.tasks import certificates, papers, payments

__all__ = ["certificates", "papers", "payments"]
