"""Licences from elsewhere: wrong columns, duplicates, formulas, many rows, killed half-way."""

import io
import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import col, func, select

from pet_app.core import db, storage
from pet_app.core.errors import Conflict, Invalid, NotFound, TooLarge
from pet_app.core.settings import ROOT
from pet_app.licensing import legacy
from pet_app.licensing import service as licensing
from pet_app.licensing.csv_cells import harmless
from pet_app.licensing.legacy import MOST_ROWS
from pet_app.licensing.models import ImportRun, Licence, Step
from pet_app.licensing.service.desk import importing, taking_in
from tests.at_once import at_once
from tests.licensing.factory import TOWN
from tests.licensing.factory_desk import (
    LEGACY,
    OTHER_TOWN,
    legacy_csv,
    looked_through,
    make_clerk,
)
from tests.licensing.factory_licences import again, settle

ROWS = int(os.environ.get("IMPORT_ROWS", "3000"))
KILLS = int(os.environ.get("IMPORT_KILLS", "1"))
"""How many lines the killed import has and how often it is killed; 100,000 lines is the most."""


def numbers() -> list[str]:
    with db.reading() as session:
        return sorted(session.exec(select(Licence.number)))


def state_of(import_id: str) -> tuple[str, int, int]:
    with db.reading() as session:
        run = session.get_one(ImportRun, import_id)
        return run.state, run.done, run.taken


def many(count: int) -> bytes:
    """A file of so many dogs."""
    line = "{number},Harriet Holder {number},Rex,dog,yes,1,2026-01-01,2026-12-31\r\n"
    rows = "".join(line.format(number=number) for number in range(count))
    return (",".join(LEGACY) + "\r\n" + rows).encode()


def test_a_file_is_looked_through_and_then_taken_in_once(database: str) -> None:
    with db.writing() as session:
        clerk = make_clerk(session)
    data = legacy_csv({}, {"number": "1002", "ends": "", "term": "1"}, {"number": "1003"})
    view = licensing.import_dry_run(clerk, TOWN, io.BytesIO(data))
    assert licensing.import_dry_run(clerk, TOWN, io.BytesIO(data)).id == view.id
    settle()
    with db.reading() as session:
        view = licensing.import_of(session, clerk, view.id)
    assert (view.state, view.rows, view.good, numbers()) == ("ready", 3, 2, [])
    assert [(fault.line, fault.column) for fault in view.faults] == [(3, "ends")]
    with db.writing() as session:
        licensing.import_take_in(session, clerk, view.id)
        licensing.import_take_in(session, clerk, view.id)
    settle()
    again("take_in_import")
    assert state_of(view.id) == ("done", 3, 2)
    assert numbers() == ["SAN-DIEGO-1001", "SAN-DIEGO-1003"]
    with db.reading() as session:
        found = licensing.look_up(session, clerk, "harriet 1003")
        assert [(one.source, one.holder_name, one.ends) for one in found] == [
            ("legacy", "Harriet Holder", date(2026, 12, 31))
        ]
        assert session.exec(select(func.count()).where(Step.what == "imported")).one() == 2
        assert session.get_one(ImportRun, view.id).file_key == ""
    assert looked_through(clerk, data).good == 0


@pytest.mark.parametrize(
    ("data", "columns"),
    [
        (b"", None),
        (b"\n", [""]),
        (",".join(LEGACY).encode(), [""]),
        (b"number,colour\n1,red\n", ["holder_name", "colour"]),
        ((",".join((*LEGACY, "number")) + "\n").encode(), ["number"]),
        (legacy_csv({}).decode().encode("utf-16"), [""]),
        ((",".join(LEGACY) + "\n").encode() + b'1,"unclosed\n', [""]),
        ((",".join(LEGACY) + "\n").encode() + b"x" * 30_000, [""]),
        (b"\x00\x01\x02", ["number"]),
    ],
    ids=[
        *("nothing", "no header", "no lines", "wrong columns", "a column twice", "not UTF-8"),
        *("an open quote", "a line without end", "no text"),
    ],
)
@pytest.mark.usefixtures("sqlite_database")
def test_a_file_that_is_none_is_refused_with_the_reason(
    data: bytes, columns: list[str] | None
) -> None:
    with db.writing() as session:
        clerk = make_clerk(session)
    if columns is None:
        with pytest.raises(Invalid):
            licensing.import_dry_run(clerk, TOWN, io.BytesIO(data))
        return
    view = looked_through(clerk, data)
    assert (view.state, view.good) == ("refused", 0)
    assert set(columns) <= {fault.column for fault in view.faults}
    with pytest.raises(Conflict), db.writing() as session:
        licensing.import_take_in(session, clerk, view.id)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ({"pet_name": "=HYPERLINK(1)"}, "pet_name"),
        ({"holder_name": " @SUM(A1)"}, "holder_name"),
        ({"holder_name": "\t=1+1"}, "holder_name"),
        ({"phone": "+1 614 555 0101|calc"}, "phone"),
        ({"pet_name": "R\x00x"}, "pet_name"),
        ({"pet_name": ""}, "pet_name"),
        ({"pet_name": "x" * 201}, "pet_name"),
        ({"species": "cat"}, "species"),
        ({"altered": "maybe"}, "altered"),
        ({"begins": "01/02/2026"}, "begins"),
        ({"begins": "2026-02-30"}, "begins"),
        ({"ends": "2025-12-31"}, "ends"),
        ({"ends": ""}, "ends"),
        ({"term": "99"}, "term"),
        ({"number": "../1"}, "number"),
        ({"number": "1001"}, "number"),
        ({"tag_code": "AAAAAAAA"}, "tag_code"),
        ({"email": "nobody"}, "email"),
    ],
    ids=lambda value: None if isinstance(value, str) else "-".join(map(repr, *value.items())),
)
def test_a_line_that_is_wrong_says_so_by_its_column(row: dict[str, str], column: str) -> None:
    columns = (*LEGACY, "phone", "email", "tag_code")
    data = legacy_csv({}, {"number": "1002"} | row, columns=columns)
    first, second = legacy.rows([data], licensing.town(TOWN))
    assert (first.faults, second.legacy) == ((), None)
    assert [(fault.line, fault.column) for fault in second.faults] == [(3, column)]


def test_cells_in_quotes_semicolons_and_a_mark_at_the_beginning_are_read() -> None:
    text = legacy_csv({"holder_name": 'Ann "Ace"\r\nHolder'}, {"number": "1002"}).decode()
    where = licensing.town(TOWN)
    first, second = legacy.rows([b"\xef\xbb\xbf", text.encode()], where)
    assert first.legacy
    assert first.legacy.holder["name"] == 'Ann "Ace"\r\nHolder'
    assert (second.line, second.faults) == (4, ())
    plain = legacy_csv({}).decode().replace(",", ";").encode()
    assert [row.faults for row in legacy.rows([plain[:7], plain[7:]], where)] == [()]


@pytest.mark.usefixtures("sqlite_database")
def test_no_file_is_larger_than_we_accept(monkeypatch: pytest.MonkeyPatch) -> None:
    with db.writing() as session:
        clerk = make_clerk(session)
    monkeypatch.setattr(importing, "MOST_IMPORT_BYTES", 1000)
    with pytest.raises(TooLarge):
        licensing.import_dry_run(clerk, TOWN, io.BytesIO(b"x" * 1001))


@pytest.mark.parametrize("line", [b"x,\n", b"\n"], ids=["wrong", "empty"])
def test_no_more_lines_are_read_than_we_accept(line: bytes) -> None:
    header = (",".join(LEGACY) + "\n").encode()
    lines = legacy.rows([header, line * (3 * MOST_ROWS + 5)], licensing.town(TOWN))
    with pytest.raises(legacy.Unusable, match="more than 100,000"):
        for _ in lines:
            pass


@pytest.mark.usefixtures("sqlite_database")
def test_an_import_is_there_for_its_towns_clerks_alone() -> None:
    with db.writing() as session:
        clerk, stranger = make_clerk(session), make_clerk(session, OTHER_TOWN)
    with pytest.raises(NotFound):
        licensing.import_dry_run(stranger, TOWN, io.BytesIO(legacy_csv({})))
    view = looked_through(clerk, legacy_csv({}))
    for verb in (licensing.import_of, licensing.import_take_in):
        with pytest.raises(NotFound), db.writing() as session:
            verb(session, stranger, view.id)


@pytest.mark.usefixtures("database")
def test_two_workers_at_one_import_take_in_each_line_once() -> None:
    with db.writing() as session:
        clerk = make_clerk(session)
    view = looked_through(clerk, many(1200))
    with db.writing() as session:
        licensing.import_take_in(session, clerk, view.id)
    at_once(lambda: taking_in.take_in(view.id), lambda: taking_in.take_in(view.id))
    taking_in.take_in(view.id)
    assert (state_of(view.id), len(numbers())) == (("taking", 1200, 1200), 1200)


def test_an_import_that_is_killed_goes_on_where_it_was(sqlite_database: str, shop: Path) -> None:
    with db.writing() as session:
        clerk = make_clerk(session)
    view = looked_through(clerk, many(ROWS))
    with db.writing() as session:
        licensing.import_take_in(session, clerk, view.id)
    code = f"from pet_app.licensing.service.desk import taking_in; taking_in.take_in({view.id!r})"
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PET_DATA_DIR": str(shop), "PET_ENV": "test"}
    for _ in range(KILLS):
        before = state_of(view.id)[1]
        with subprocess.Popen([sys.executable, "-c", code], env=env) as worker:
            while worker.poll() is None and state_of(view.id)[1] == before:
                time.sleep(0.01)
            worker.send_signal(signal.SIGKILL)
        _, done, taken = state_of(view.id)
        assert before < done < ROWS
        assert taken == done == len(numbers())
    taking_in.take_in(view.id)
    assert state_of(view.id) == ("taking", ROWS, ROWS)
    with db.reading() as session:
        assert session.exec(select(func.count(col(Licence.id)))).one() == ROWS
        assert session.exec(select(func.count()).where(Step.what == "imported")).one() == ROWS


@pytest.mark.usefixtures("sqlite_database")
def test_what_was_sent_and_not_taken_in_is_forgotten() -> None:
    with db.writing() as session:
        clerk = make_clerk(session)
    view = looked_through(clerk, legacy_csv({}, {"number": "="}))
    with db.writing() as session:
        assert taking_in.old_files(session) == []
        run = session.get_one(ImportRun, view.id)
        run.changed -= importing.KEPT_FOR * 2
        session.add(run)
    with db.writing() as session:
        ((import_id, key),) = taking_in.old_files(session)
        storage.delete(key)
        taking_in.forget_file(session, import_id)
        assert taking_in.old_files(session) == []
    with db.reading() as session:
        seen = licensing.import_of(session, clerk, view.id)
        assert (seen.state, seen.faults) == ("refused", ())


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "＝1"], ids=ascii
)
def test_nothing_goes_out_that_a_spreadsheet_would_run(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.usefixtures("sqlite_database")
def test_what_goes_out_can_be_read_and_runs_nothing() -> None:
    with db.writing() as session:
        clerk = make_clerk(session)
    view = looked_through(clerk, legacy_csv({}, {"number": "1002", "holder_name": "Ann, A."}))
    with db.writing() as session:
        licensing.import_take_in(session, clerk, view.id)
    taking_in.take_in(view.id)
    with db.writing() as session:
        licence = session.exec(select(Licence).where(Licence.number == "SAN-DIEGO-1001")).one()
        licence.animal = {**licence.animal, "name": "=cmd()"}
        session.add(licence)
    text = b"".join(licensing.export_csv(clerk, TOWN, "licences")).decode()
    first, second = text.splitlines()[1:]
    assert "'=cmd()" in first
    assert '"Ann, A."' in second
