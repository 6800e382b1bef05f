"""When a licence ends: by its term, by the calendar, by the vaccination."""

from datetime import date

import pytest

from pet_app.licensing.rules import end_of_term
from pet_app.licensing.towns import town

CHICAGO, FRANKLIN, TORONTO = "us-il-chicago", "us-oh-franklin-county", "ca-on-toronto"


@pytest.mark.parametrize(
    ("town_id", "term", "begins", "rabies_until", "ends"),
    [
        (CHICAGO, "1", date(2026, 5, 20), None, date(2027, 5, 19)),
        (CHICAGO, "1", date(2026, 5, 20), date(2027, 5, 20), date(2027, 5, 19)),
        (CHICAGO, "1", date(2026, 5, 20), date(2027, 5, 18), date(2027, 5, 18)),
        (CHICAGO, "3", date(2026, 5, 20), date(2027, 1, 1), date(2027, 1, 1)),
        (CHICAGO, "1", date(2028, 2, 29), None, date(2029, 2, 28)),
        (CHICAGO, "1", date(2027, 3, 1), None, date(2028, 2, 29)),
        (FRANKLIN, "3", date(2026, 1, 1), date(2026, 6, 1), date(2028, 12, 31)),
        (FRANKLIN, "life", date(2026, 1, 1), date(2026, 6, 1), None),
        (TORONTO, "year", date(2026, 1, 1), None, date(2026, 12, 31)),
        (TORONTO, "year", date(2028, 1, 1), None, date(2028, 12, 30)),
    ],
)
def test_a_licence_ends_with_what_comes_first(
    town_id: str, term: str, begins: date, rabies_until: date | None, ends: date | None
) -> None:
    where = town(town_id)
    found = where.schedules[0].term(term)
    assert found is not None
    assert end_of_term(where, found, begins, rabies_until)[0] == ends
