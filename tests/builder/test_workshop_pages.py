"""The workshop's pages, driven by events as a browser sends them: for staff, and nobody else."""

from typing import Any

import pytest

from pet_app.builder import service as builder
from pet_app.builder.numbers import numbers
from pet_app.builder.state.numbers import Numbers, spoken
from pet_app.builder.state.workshop import Work
from pet_app.core import db
from pet_app.core.ids import new_id
from pet_app.core.security import VISITOR_COOKIE, Role, new_token
from tests.builder.factory import make_design
from tests.pet.factory import OLIVE
from tests.ui.factory import Tab, signed_in_cookies

pytestmark = pytest.mark.usefixtures("sqlite_database")


def staff(role: Role = Role.STAFF) -> Tab:
    return Tab(**signed_in_cookies(role, "s1"))


def make_kept(name: str = "Rex", kind: str = "collar") -> str:
    with db.writing() as session:
        data = make_design(kind).to_dict()
        return builder.save_design(session, OLIVE, data, name, new_id()).id


HANDLERS: dict[Any, dict[str, Any]] = {
    Work.open: {},
    Work.find: {"typed": {"search": "Rex"}},
    Work.turn: {"pages": 1},
    Work.choose: {"design_id": "x"},
    Work.choose_page: {},
    Work.choose_none: {},
    Work.make_plan: {},
    Work.download_pdf: {},
    Work.download_csv: {},
    Numbers.open: {},
    Numbers.turn_to: {"file": "fit"},
    Numbers.find: {"typed": "neck"},
    Numbers.sourced: {"only": True},
}


@pytest.mark.parametrize("handler", HANDLERS, ids=lambda handler: handler.fn.__qualname__)
def test_every_handler_is_for_staff(handler: Any) -> None:
    make_kept()
    for cookies in (
        lambda: {VISITOR_COOKIE: new_token()},
        lambda: signed_in_cookies(Role.USER, "olive"),
        lambda: signed_in_cookies(Role.CLERK, "clem"),
    ):
        stopped, _ = Tab(**cookies()).guard(handler, **HANDLERS[handler])
        assert stopped is not None
    for role in (Role.STAFF, Role.ADMIN):
        stopped, _ = staff(role).guard(handler, **HANDLERS[handler])
        assert stopped is None


def test_no_handler_of_the_workshop_is_left_out_above() -> None:
    names = {handler.fn.__qualname__ for handler in HANDLERS}
    for state in (Work, Numbers):
        own = {f"{state.__name__}.{name}" for name in state.event_handlers if name in vars(state)}
        assert own - {f"{state.__name__}.setvar"} <= names


def test_staff_see_everybodys_designs_and_find_one_by_its_name() -> None:
    tab = staff()
    make_kept("Rex")
    make_kept("Biscuit", "harness")
    tab.send(Work.open)
    work = tab.see(Work)
    assert {row.name for row in work.rows} == {"Rex", "Biscuit"}
    assert work.shown == "1 to 2 of 2"
    assert not work.has_more
    tab.send(Work.find, typed={"search": "bisc"})
    (row,) = tab.see(Work).rows
    assert (row.name, row.about) == ("Biscuit", "Harness, 25 mm")
    assert row.pack.startswith("/api/v1/builder/designs/")
    tab.send(Work.find, typed={})
    tab.send(Work.turn, pages=10**9)
    assert len(tab.see(Work).rows) == 2


def test_designs_are_taken_into_the_plan_and_out_again() -> None:
    tab = staff()
    ids = [make_kept(), make_kept("Biscuit")]
    tab.send(Work.open)
    tab.send(Work.choose, design_id=ids[0])
    assert tab.see(Work).chosen == [ids[0]]
    tab.send(Work.choose_page)
    assert set(tab.see(Work).chosen) == set(ids)
    tab.send(Work.choose, design_id=ids[0])
    assert tab.see(Work).chosen == [ids[1]]
    tab.send(Work.choose_none)
    assert tab.see(Work).chosen == []


def test_numbers_are_shown_file_by_file_and_found_by_their_words() -> None:
    tab = staff()
    tab.send(Numbers.open)
    tab.send(Numbers.turn_to, file="hardware")
    tab.send(Numbers.find, typed="side release 25 strength")
    (row,) = tab.see(Numbers).rows
    assert row.value == "900 N"
    assert row.what == "Side release buckle, 25, strength"
    assert "strapstogo" in row.source
    tab.send(Numbers.find, typed="no such number")
    assert tab.see(Numbers).rows == []
    assert tab.see(Numbers).said.startswith("0 numbers")


def test_every_number_can_be_reached_and_says_who_stands_for_it() -> None:
    tab = staff()
    seen = 0
    for file in {number.file for number in numbers()}:
        tab.send(Numbers.turn_to, file=file)
        rows = tab.see(Numbers).rows
        seen += len(rows)
        assert all(row.source or row.is_assumed for row in rows)
    assert seen == len(numbers())


def test_only_what_somebody_else_stands_for_can_be_shown() -> None:
    tab = staff()
    tab.send(Numbers.turn_to, file="")
    tab.send(Numbers.sourced, only=True)
    rows = tab.see(Numbers).rows
    assert rows
    assert all(row.source for row in rows)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("limits.girth_mm[0]", "limits, girth, 1"),
        ("minutes.cents_per_minute", "minutes, cents per minute"),
        ("nylon.strength_n_per_mm", "nylon, strength"),
    ],
)
def test_a_path_is_said_in_words(path: str, words: str) -> None:
    assert spoken(path) == words
