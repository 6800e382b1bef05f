"""A town's file, read or explained."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pet_app.licensing.commands import check
from pet_app.licensing.rules import Action, Fee, Refused, Unreadable, fee, read
from pet_app.licensing.towns import towns
from tests.licensing.factory import fee_case

GOTHAM = """
format = 1
id = "us-zz-gotham"
name = "Gotham"
region = "Nowhere"
issuer = "The mayor"
currency = "USD"
time_zone = "America/New_York"
species = ["dog", "cat"]
source = "a made-up town"

[[schedule]]
until = 2026-01-01
term = [{ id = "1", words = "1 year", years = 1 }]
[[schedule.rule]]
id = "old"
stage = "fee"
words = "As it was"
cents = 1000
source = "ordinance 1"

[[schedule]]
since = 2026-01-01
term = [
  { id = "1", words = "1 year", years = 1 },
  { id = "life", words = "For life", needs = ["microchip"] },
]
[[schedule.rule]]
id = "new"
stage = "fee"
words = "As it is"
cents = 1200
when = { terms = ["1"] }
source = "ordinance 2"
[[schedule.rule]]
id = "for-life"
stage = "fee"
words = "For life"
cents = 9000
when = { terms = ["life"] }
source = "ordinance 2"
[[schedule.rule]]
id = "old-hand"
stage = "fee"
words = "For those of 7 years and more"
cents = 300
when = { from_months = 84 }
source = "ordinance 2"
[[schedule.rule]]
id = "winter"
stage = "discount"
words = "In winter"
percent = 50
when = { season = ["12-01", "02-28"] }
source = "ordinance 2"
[[schedule.rule]]
id = "online"
stage = "discount"
words = "Asked for online"
cents = 200
when = { online = true }
source = "ordinance 2"
[[schedule.rule]]
id = "a-little-late"
stage = "late"
words = "Up to 30 days late"
cents = 500
when = { days_late = [1, 30], actions = ["renewal"] }
source = "ordinance 2"
[[schedule.rule]]
id = "very-late"
stage = "late"
words = "More than 30 days late"
percent = 100
when = { days_late = [31, 36500], actions = ["renewal"] }
source = "ordinance 2"
[[schedule.rule]]
id = "just-adopted"
stage = "discount"
words = "Adopted within 30 days"
percent = 100
when = { adopted_within_days = 30 }
source = "ordinance 2"
"""


def gotham() -> dict[str, Any]:
    return tomllib.loads(GOTHAM)


@pytest.mark.parametrize(
    ("case", "cents"),
    [
        ({"handed_in": date(2025, 12, 31)}, 1000),
        ({"handed_in": date(2026, 3, 1)}, 1200),
        ({"handed_in": date(2026, 2, 28)}, 600),
        ({"handed_in": date(2026, 12, 1)}, 600),
        ({"handed_in": date(2026, 11, 30)}, 1200),
        ({"online": True}, 1000),
        ({"born": date(2019, 5, 20)}, 300),
        ({"born": date(2019, 5, 21)}, 1200),
        ({"action": Action.RENEWAL, "due": date(2026, 5, 20)}, 1200),
        ({"action": Action.RENEWAL, "due": date(2026, 5, 19)}, 1700),
        ({"action": Action.RENEWAL, "due": date(2026, 4, 20)}, 1700),
        ({"action": Action.RENEWAL, "due": date(2026, 4, 19)}, 2400),
        ({"adopted": date(2026, 4, 20)}, 0),
        ({"adopted": date(2026, 4, 19)}, 1200),
        # Everything comes off, and nobody is paid for it.
        ({"adopted": date(2026, 5, 1), "online": True}, 0),
    ],
)
def test_a_made_up_town_works_without_a_line_of_code(case: dict[str, Any], cents: int) -> None:
    found = fee(read(gotham()), fee_case(**case))
    assert isinstance(found, Fee)
    assert found.cents == cents


def test_a_term_that_needs_a_proof_is_refused_without_it() -> None:
    found = fee(read(gotham()), fee_case(term="life"))
    assert isinstance(found, Refused)
    assert "microchip" in found.reason


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("format = 1", "format"),
        ('id = "us-zz-gotham"', "id"),
        ('currency = "USD"', "currency"),
        ('time_zone = "America/New_York"', "time_zone"),
        ('species = ["dog", "cat"]', "species"),
        ('source = "a made-up town"', "source"),
        ("cents = 1200", "schedule 2, rule 'new'"),
        ('source = "ordinance 1"', "schedule 1, rule 'old'"),
        ("until = 2026-01-01", "schedule"),
        ('words = "As it is"', "schedule 2, rule 'new'"),
    ],
)
def test_what_is_missing_is_said_with_its_place(broken: str, said: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(tomllib.loads(GOTHAM.replace(broken, "", 1)))
    assert said in {fault.where for fault in caught.value.faults}


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ('currency = "USD"', 'currency = "dollars"'),
        ('time_zone = "America/New_York"', 'time_zone = "Gotham"'),
        ('stage = "late"', 'stage = "tardy"'),
        ("cents = 1200", "cents = -5"),
        ("cents = 1200", "cents = 12.5"),
        ("cents = 1200", "cents = 1200\npercent = 5"),
        ('terms = ["1"]', 'terms = ["2"]'),
        ("days_late = [1, 30]", "days_late = 30"),
        ('season = ["12-01", "02-28"]', 'season = ["12-01", "02-31"]'),
        ('season = ["12-01", "02-28"]', 'season = ["winter"]'),
        ("from_months = 84", "from_monts = 84"),
        ("since = 2026-01-01", 'since = "2026-01-01"'),
        ("since = 2026-01-01", "since = 2025-06-01"),
        ('needs = ["microchip"]', 'needs = ["collar"]'),
        ('id = "very-late"', 'id = "a-little-late"'),
        ('species = ["dog", "cat"]', 'species = ["dog", "cat"]\nplaces = "Gotham"'),
        ('species = ["dog", "cat"]', 'species = ["dog", "cat"]\ncovers = { city = "Gotham" }'),
        ('species = ["dog", "cat"]', 'species = ["dog", "cat"]\ncovers = { cities = ["Gotham"] }'),
        ('species = ["dog", "cat"]', 'species = ["dog", "cat"]\ncovers = "Gotham"'),
        ('when = { terms = ["1"] }', 'when = { terms = "1" }'),
        ('when = { terms = ["1"] }', 'when = { terms = ["1"], altered = "yes" }'),
        ("when = { online = true }", 'when = "online"'),
        ("when = { online = true }", "when = { online = 1 }"),
        ("days_late = [1, 30]", 'days_late = ["1", "30"]'),
        ("days_late = [1, 30]", "days_late = [30, 1]"),
        ('season = ["12-01", "02-28"]', "season = 12"),
    ],
)
def test_what_cannot_be_meant_is_refused(was: str, now: str) -> None:
    assert was in GOTHAM
    with pytest.raises(Unreadable):
        read(tomllib.loads(GOTHAM.replace(was, now, 1)))


@pytest.mark.parametrize("heading", ["schedule", "schedule.rule"])
def test_single_brackets_where_there_are_several_are_explained(heading: str) -> None:
    """The slip of everybody who writes TOML for the first time."""
    one = GOTHAM[: GOTHAM.index("[[schedule]]\nsince")].replace(f"[[{heading}]]", f"[{heading}]")
    with pytest.raises(Unreadable, match=r"double brackets"):
        read(tomllib.loads(one.replace("[[schedule.rule]]", "[schedule.rule]")))


def test_late_without_an_end_holds_for_ever() -> None:
    town = read(tomllib.loads(GOTHAM.replace("days_late = [31, 36500]", "days_late = [31]")))
    found = fee(town, fee_case(action=Action.RENEWAL, due=date(1990, 1, 1)))
    assert isinstance(found, Fee)
    assert found.cents == 2400


def test_what_is_hardly_meant_is_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "gotham.toml"
    covers = 'covers = { state = "OH", counties = ["Franklin"], cities = ["Powell"] }\n'
    file.write_text(GOTHAM.replace("[[schedule]]", covers + "\n[[schedule]]", 1))
    check(file)
    said = capsys.readouterr().out
    assert "No postcode lies in Franklin, OH" in said
    assert "Powell" not in said
    assert "days_late 31 36500" in said


def test_every_fault_is_said_at_once() -> None:
    with pytest.raises(Unreadable) as caught:
        read({"format": 1})
    assert len(caught.value.faults) > 6


def test_every_file_of_ours_is_in_order_and_named_after_its_town() -> None:
    assert len(towns()) >= 10
    assert len({town.id for town in towns()}) == len(towns())


def test_the_command_says_what_licences_cost_or_what_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "gotham.toml"
    file.write_text(GOTHAM)
    check(file)
    assert "dog, altered, 1 year" in capsys.readouterr().out
    file.write_text(GOTHAM.replace("cents = 1200", ""))
    with pytest.raises(SystemExit, match="rule 'new': A rule has `cents` or `percent`"):
        check(file)
    file.write_text("format = ")
    with pytest.raises(SystemExit, match="is not TOML"):
        check(file)
    with pytest.raises(SystemExit, match="cannot be read"):
        check(tmp_path / "nothing.toml")
