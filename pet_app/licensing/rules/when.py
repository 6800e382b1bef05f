"""When an owner is reminded of the end of a licence."""

from datetime import date, timedelta

from pet_app.licensing.rules.standing import Reminding

DAYS_BEFORE = {Reminding.SIXTY: 60, Reminding.THIRTY: 30, Reminding.SEVEN: 7, Reminding.DUE: 0}
LONGEST_OVERDUE = 30
"""Days after its end that somebody is told of it at all: who let it lapse long ago knows."""


def reached(begins: date, ends: date | None, today: date) -> Reminding | None:
    """The stage that a licence has come to on a day of its town, the nearest to its end.

    None while there is time, long after, and before a stage that was past when it began: nobody
    is reminded of sixty days by a licence that was made out for fifty.
    """
    if ends is None:
        return None
    left = (ends - today).days
    if left < 0:
        return Reminding.OVERDUE if -left <= LONGEST_OVERDUE else None
    now = [stage for stage, days in DAYS_BEFORE.items() if left <= days]
    if not now or begins > ends - timedelta(days=DAYS_BEFORE[now[-1]]):
        return None
    return now[-1]


def span(stage: Reminding, today: date) -> tuple[date, date]:
    """The ends, first and last, of the licences that have come to a stage on a day."""
    if stage is Reminding.OVERDUE:
        return today - timedelta(days=LONGEST_OVERDUE), today - timedelta(days=1)
    stages = list(DAYS_BEFORE)
    later = stages[stages.index(stage) + 1 :]
    nearest = DAYS_BEFORE[later[0]] + 1 if later else 0
    return today + timedelta(days=nearest), today + timedelta(days=DAYS_BEFORE[stage])
