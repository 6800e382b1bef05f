"""When a licence ends."""

from datetime import date, timedelta

from pet_app.licensing.rules.case import Action, Case
from pet_app.licensing.rules.town import Term, Town


def end_of_term(
    town: Town, term: Term, begins: date, rabies_until: date | None
) -> tuple[date | None, str]:
    """The last day of a licence that begins on `begins`, and the rule that says so.

    None for one that holds for the animal's life. A year begun on 29 February ends on the 28th.
    """
    whole = _whole_term(term, begins)
    if town.ends_with_rabies and rabies_until is not None:
        if whole is None:
            return None, "A licence for life lasts as long as the vaccination is kept up."
        if rabies_until < whole:
            return rabies_until, "It ends with the rabies vaccination, which is earlier."
    return whole, "It ends with its term." if whole else "It lasts for the animal's life."


def _whole_term(term: Term, begins: date) -> date | None:
    if term.for_life:
        return None
    if term.days:
        return begins + timedelta(days=term.days - 1)
    year = begins.year + term.years
    if (begins.month, begins.day) == (2, 29):
        return date(year, 2, 29) - timedelta(days=1) if _is_leap(year) else date(year, 2, 28)
    return begins.replace(year=year) - timedelta(days=1)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def begins_on(case: Case) -> date:
    """The first day of the licence that a case leads to: the day after the one it renews, or the
    day it was handed in where nothing is renewed or that has run out already."""
    if case.action is Action.RENEWAL and case.due is not None and case.due >= case.handed_in:
        return case.due + timedelta(days=1)
    return case.handed_in
