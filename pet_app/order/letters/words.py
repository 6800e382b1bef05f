"""Words that letters about orders have in common."""

from datetime import datetime

ANSWER = "Questions? Answer this letter, and somebody of the shop reads it."


def day(at: datetime) -> str:
    """A day as people read it, such as `3 May 2026`."""
    return f"{at.day} {at:%B %Y}"


def moment(at: datetime) -> str:
    """A point in time as people read it, such as `3 May 2026, 14:05 UTC`."""
    return f"{day(at)}, {at:%H:%M} UTC"
