"""Reminders: each stage of each end once, by the day of the town, and quiet where they hurt."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from pet_app.core import clock, db
from pet_app.licensing import service as licensing
from pet_app.licensing.models import Licence
from pet_app.licensing.rules.standing import LicenceState, Reminding
from pet_app.licensing.rules.when import reached, span
from pet_app.licensing.service import reminding
from pet_app.licensing.service.reminding import After
from pet_app.pet import service as pets
from pet_app.user import service as users
from pet_app.user.service import Channel, News
from tests.at_once import at_once
from tests.licensing import factory as applied
from tests.licensing.factory_licences import (
    TOWN,
    again,
    announced,
    grant,
    make_licence,
    remind,
    reminders,
    settle,
)
from tests.user.factory import letters

TORONTO = "ca-on-toronto"
YEAR = timedelta(days=365)
S = Reminding
DAYS = [date(2026, 5, 20), date(2028, 2, 29), date(2027, 12, 31)]


@pytest.mark.parametrize(
    ("left", "stage"),
    [
        (61, None),
        (60, S.SIXTY),
        (31, S.SIXTY),
        (30, S.THIRTY),
        (8, S.THIRTY),
        (7, S.SEVEN),
        (1, S.SEVEN),
        (0, S.DUE),
        (-1, S.OVERDUE),
        (-30, S.OVERDUE),
        (-31, None),
    ],
)
@pytest.mark.parametrize(
    "today", [date(2026, 5, 20), date(2028, 2, 29), date(2027, 12, 31)], ids=str
)
def test_a_licence_comes_to_each_stage_on_a_day(
    today: date, left: int, stage: Reminding | None
) -> None:
    ends = today + timedelta(days=left)
    assert reached(ends - YEAR, ends, today) is stage
    if stage is not None:
        first, last = span(stage, today)
        assert first <= ends <= last


def test_no_day_belongs_to_two_stages_or_to_none_before_the_last() -> None:
    today = date(2028, 2, 27)
    for left in range(-40, 70):
        ends = today + timedelta(days=left)
        holding = [stage for stage in S if span(stage, today)[0] <= ends <= span(stage, today)[1]]
        found = reached(ends - YEAR, ends, today)
        assert holding == ([found] if found else [])


def test_nobody_is_reminded_of_days_that_were_past_when_the_licence_began() -> None:
    ends = date(2026, 6, 30)
    assert reached(ends - timedelta(days=50), ends, ends - timedelta(days=49)) is None
    assert reached(ends - timedelta(days=50), ends, ends - timedelta(days=30)) is S.THIRTY
    assert reached(ends - timedelta(days=5), ends, ends - timedelta(days=3)) is None
    assert reached(ends - timedelta(days=5), ends, ends) is S.DUE
    assert reached(date(2026, 1, 1), None, ends) is None


@pytest.fixture
def calendar(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Sets the moment at which everything happens."""
    return lambda at: monkeypatch.setattr(clock, "now", lambda: at)


def test_a_year_of_days_brings_each_reminder_once(sqlite_database: str, calendar: Any) -> None:
    noon = datetime(2028, 2, 29, 20, tzinfo=UTC)
    calendar(noon - timedelta(days=70))
    with db.writing() as session:
        owner = applied.make_owner(session)
        licence = make_licence(session, owner, days_left=70)
    assert licence.ends == date(2028, 2, 29)
    for days in (-61, -60, -45, -30, -29, -7, -6, 0, 1, 2, 20, 31):
        calendar(noon + timedelta(days=days))
        remind()
        remind()
    assert [stage for _, stage, _ in reminders()] == ["60", "30", "7", "due", "overdue"]
    assert announced() == 5


def test_a_day_nobody_kept_the_clock_is_made_up_for(sqlite_database: str, calendar: Any) -> None:
    noon = datetime(2026, 6, 1, 20, tzinfo=UTC)
    calendar(noon)
    with db.writing() as session:
        make_licence(session, applied.make_owner(session), days_left=60)
    calendar(noon + timedelta(days=58))
    remind()
    assert [stage for _, stage, _ in reminders()] == ["7"], "what is past is not said any more"


def test_the_midnight_of_the_town_decides(sqlite_database: str, calendar: Any) -> None:
    # Half past midnight in Toronto is half past nine of the evening before in San Diego.
    calendar(datetime(2026, 3, 1, 5, 30, tzinfo=UTC))
    last = date(2026, 3, 8)
    with db.writing() as session:
        owner = applied.make_owner(session)
        for town_id in (TORONTO, TOWN):
            make_licence(session, owner, town_id=town_id, ends=last, begins=last - YEAR)
    remind(TORONTO)
    remind(TOWN)
    assert [stage for _, stage, _ in reminders()] == ["7", "30"]
    calendar(datetime(2026, 3, 1, 8, 30, tzinfo=UTC))
    remind(TOWN)
    assert [stage for _, stage, _ in reminders()] == ["7", "30", "7"]


def test_processes_that_remind_at_once_remind_once(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reminding, "BATCH", 5)
    with db.writing() as session:
        owner = applied.make_owner(session)
        for days in range(12):
            make_licence(session, owner, days_left=8 + days % 20)
    assert at_once(remind, remind, remind) == [None] * 3
    found = reminders()
    assert len(found) == len(set(found)) == announced() == 12


def test_what_a_killed_run_had_not_kept_is_done_by_the_next(
    sqlite_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reminding, "BATCH", 4)
    with db.writing() as session:
        owner = applied.make_owner(session)
        for _ in range(10):
            make_licence(session, owner, days_left=20)
    where, after = licensing.town(TOWN), None
    with db.writing() as session:
        after = licensing.remind_some(session, where, S.THIRTY, after)
    with pytest.raises(KeyboardInterrupt):
        _stopped_before_it_was_kept(after)
    assert (len(reminders()), announced()) == (4, 4)
    remind()
    remind()
    assert len({licence_id for licence_id, *_ in reminders()}) == announced() == 10


def _stopped_before_it_was_kept(after: After | None) -> None:
    with db.writing() as session:
        licensing.remind_some(session, licensing.town(TOWN), S.THIRTY, after)
        raise KeyboardInterrupt


def test_it_is_quiet_where_nobody_wants_to_hear(database: str) -> None:
    with db.writing() as session:
        owner = applied.make_owner(session)
        archived, removed = (applied.make_pet(session, owner, name) for name in ("Old", "Gone"))
        make_licence(session, owner, pet_id=archived)
        make_licence(session, owner, pet_id=removed)
        make_licence(session, owner, state=LicenceState.REVOKED.value)
        make_licence(session, "")
        make_licence(session, "gone")
        make_licence(session, owner, days_left=None)
        pets.archive_pet(session, owner, archived)
        pets.remove_pet(session, owner, removed)
    remind()
    assert reminders() == []
    with db.writing() as session:
        pets.bring_back(session, owner, archived)
    remind()
    assert len(reminders()) == 1, "brought back, its owner is told at the stage it has come to"


def test_it_is_quiet_while_the_renewal_lies_with_the_town(sqlite_database: str) -> None:
    with db.writing() as session:
        owner = applied.make_owner(session)
        licence = make_licence(
            session, owner, days_left=20, pet_id=applied.make_pet(session, owner)
        )
        asked = licensing.renew(session, owner, licence.id)
        form = applied.filled(asked.form, licensing.today_in(asked.town))
        licensing.save_form(session, owner, asked.id, form, asked.version)
        applied.put_paper(session, asked.id)
    with db.writing() as session:
        version = licensing.application_of(session, owner, asked.id).version
        licensing.hand_in(session, owner, asked.id, version)
        applied.pay_fee(session, asked.id)
    remind()
    assert reminders() == []
    with db.writing() as session:
        renewed = grant(session, asked.id)
    assert renewed.id == licence.id
    assert renewed.ends is not None
    assert licence.ends is not None
    assert renewed.ends > licence.ends
    remind()
    assert reminders() == []


def test_a_reminder_is_one_letter_although_its_job_runs_twice(sqlite_database: str) -> None:
    with db.writing() as session:
        licence = make_licence(session, applied.make_owner(session), days_left=7)
    remind()
    settle()
    again("remind")
    [letter] = letters()
    assert "ends in 7 days" in letter.subject
    assert licence.number in letter.text


def test_what_was_renewed_meanwhile_or_is_not_wanted_is_no_letter(sqlite_database: str) -> None:
    with db.writing() as session:
        owner = applied.make_owner(session)
        renewed, closed = (make_licence(session, owner, days_left=7) for _ in range(2))
    remind()
    with db.writing() as session:
        row = session.exec(select(Licence).where(Licence.id == renewed.id)).one()
        assert row.ends is not None
        row.ends += YEAR
        session.add(row)
        licensing.end_licence(session, owner, closed.id)
    settle()
    assert [letter.subject for letter in letters()] == ["The licence of Biscuit has ended"]
    with db.writing() as session:
        make_licence(session, owner, days_left=0)
        users.tell(session, owner, News.REMINDERS, Channel.EMAIL, wanted=False)
    remind()
    settle()
    assert len(letters()) == 1
    assert len(reminders()) == 3
