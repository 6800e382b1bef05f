"""Moments as people say them."""

from datetime import UTC, datetime, timedelta

import pytest

from pet_app.core.moments import ago, day

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("passed", "said"),
    [
        (timedelta(minutes=-10), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=59, seconds=59), "59 minutes ago"),
        (timedelta(hours=23), "23 hours ago"),
        (timedelta(days=1), "1 day ago"),
        (timedelta(days=13), "13 days ago"),
        (timedelta(days=20), "on 28 February 2026"),
    ],
)
def test_how_long_ago_is_said_in_one_unit(passed: timedelta, said: str) -> None:
    assert ago(NOW - passed, NOW) == said


def test_a_day_is_said_without_a_leading_nought() -> None:
    assert day(datetime(2026, 3, 7, tzinfo=UTC)) == "7 March 2026"
