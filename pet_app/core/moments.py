"""Moments as people say them."""

from datetime import date, datetime, timedelta

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LATELY = 14 * DAY
STEPS = ((MINUTE, HOUR, "minute"), (HOUR, DAY, "hour"), (DAY, LATELY, "day"))


def ago(moment: datetime, now: datetime) -> str:
    """How long ago, in one unit: `5 minutes ago`; past a fortnight the day itself."""
    passed = now - moment
    if passed < MINUTE:
        return "just now"
    for unit, end, name in STEPS:
        if passed < end:
            count = passed // unit
            return f"{count} {name}{'' if count == 1 else 's'} ago"
    return f"on {day(moment)}"


def day(moment: date) -> str:
    """A day, or the day a moment was by UTC: `7 March 2026`."""
    return f"{moment.day} {moment:%B %Y}"


def minute(moment: datetime) -> str:
    """A moment by UTC, to the minute: `7 March 2026, 14:05 UTC`."""
    return f"{day(moment)}, {moment:%H:%M} UTC"
