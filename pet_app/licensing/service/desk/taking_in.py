"""An import at work: its file looked through, then its lines taken in, each once."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, col, select

from pet_app.core import clock, db, storage
from pet_app.core.ids import new_id
from pet_app.licensing import legacy, tag
from pet_app.licensing.legacy import Fault, Legacy, Row, Unusable
from pet_app.licensing.models import ImportRun, Licence, Step
from pet_app.licensing.rules.search_words import search_words
from pet_app.licensing.rules.standing import LicenceState
from pet_app.licensing.service.desk.importing import (
    DONE,
    KEPT_FOR,
    LOOKING,
    READY,
    REFUSED,
    TAKING,
    put,
)
from pet_app.licensing.service.history import CLERK
from pet_app.licensing.towns import town

BATCH = 500
MOST_FAULTS = 100
LEGACY = "legacy"
NOBODY = ""
IS_IN = "A licence with this number is in already."
WORN = "Another licence has this tag."


class Looked:
    """What was found in a file."""

    def __init__(self) -> None:
        self.state, self.rows, self.good = READY, 0, 0
        self.faults: list[Fault] = []

    def note(self, faults: Sequence[Fault]) -> None:
        """Keep the first of what is wrong."""
        self.faults += faults[: MOST_FAULTS - len(self.faults)]


def look_through(import_id: str) -> Looked | None:
    """Read a file that was sent; None when that was done. Opens transactions to read only."""
    run = _run(import_id, LOOKING)
    if run is None:
        return None
    looked = Looked()
    try:
        lines = legacy.rows(storage.read_private(run.file_key), town(run.town_id))
        for batch in _batches(lines):
            _look_at(batch, looked)
    except Unusable as unusable:
        looked.state, looked.good = REFUSED, 0
        looked.faults = [*unusable.faults, *looked.faults][:MOST_FAULTS]
    return looked


def keep_looked(session: Session, import_id: str, looked: Looked) -> str:
    """Keep what was found; the key of a file that nobody needs any more. Safe twice."""
    run = _held(session, import_id)
    if run is None or run.state != LOOKING:
        return ""
    run.rows, run.good = looked.rows, looked.good
    run.faults = [[fault.line, fault.column, fault.words] for fault in looked.faults]
    key = run.file_key if looked.state == REFUSED else ""
    run.file_key = run.file_key if not key else ""
    put(session, run, looked.state)
    return key


def take_in(import_id: str) -> None:
    """Take in the good lines of a file, some hundreds in one transaction.

    Killed at any moment and begun again, it goes on where it was: how many lines are worked
    through is written down with them. Two of it at once do each line once, since each holds the
    import while it writes and goes by what is written there.
    """
    run = _run(import_id, TAKING)
    if run is None:
        return
    lines = legacy.rows(storage.read_private(run.file_key), town(run.town_id))
    first = 0
    for batch in _batches(lines):
        if first + len(batch) > run.done:
            with db.writing() as session:
                held = _held(session, import_id)
                if held is None or held.state != TAKING:
                    return
                # What another process has done meanwhile is left out.
                left = batch[max(held.done - first, 0) :]
                if left:
                    held.taken += _take(session, held, left)
                    held.done = first + len(batch)
                    put(session, held, TAKING)
        first += len(batch)


def finish(session: Session, import_id: str) -> str:
    """Note that everything is in; the key of the file, which nobody needs any more. Safe twice."""
    run = _held(session, import_id)
    if run is None or run.state != TAKING:
        return ""
    key, run.file_key = run.file_key, ""
    put(session, run, DONE)
    return key


def old_files(session: Session) -> list[tuple[str, str]]:
    """Imports whose file was kept long enough, with its key."""
    found = select(ImportRun.id, ImportRun.file_key).where(
        col(ImportRun.changed) < clock.now() - KEPT_FOR, ImportRun.file_key != ""
    )
    return list(session.exec(found).all())


def forget_file(session: Session, import_id: str) -> None:
    """A file that nobody took in is gone, and what was wrong with it too."""
    run = _held(session, import_id)
    if run is not None:
        run.file_key, run.faults = "", []
        put(session, run, run.state if run.state == DONE else REFUSED)


def _look_at(batch: Sequence[Row], looked: Looked) -> None:
    with db.reading() as session:
        numbers, tags = _known(session, [row.legacy for row in batch if row.legacy])
    for row in batch:
        looked.rows += 1
        if row.legacy is None:
            looked.note(row.faults)
        elif row.legacy.number in numbers:
            looked.note([Fault(row.line, "number", IS_IN)])
        elif row.legacy.tag_code in tags:
            looked.note([Fault(row.line, "tag_code", WORN)])
        else:
            looked.good += 1


def _take(session: Session, run: ImportRun, batch: Sequence[Row]) -> int:
    """Write the licences of these lines that are not there; how many."""
    told = [row.legacy for row in batch if row.legacy]
    numbers, tags = _known(session, told)
    good = [one for one in told if one.number not in numbers and one.tag_code not in tags]
    if not good:
        return 0
    codes = _fresh_tags(session, sum(not one.tag_code for one in good))
    now = clock.now()
    rows = [_row(run, one, one.tag_code or next(codes), now) for one in good]
    made = db.insert(Licence).on_conflict_do_nothing(index_elements=["number"])
    written = set(session.execute(made.returning(col(Licence.id)), rows).scalars())
    steps = [
        {
            "id": new_id(),
            "application_id": "",
            "licence_id": row["id"],
            "what": "imported",
            "words": "",
            "by": f"{CLERK}{run.by}",
            "internal": True,
            "facts": {"import": run.id},
            "created": now,
        }
        for row in rows
        if row["id"] in written
    ]
    if steps:
        session.connection().execute(insert(Step), steps)
    return len(steps)


def _row(run: ImportRun, one: Legacy, code: str, now: Any) -> dict[str, Any]:
    ends = [day for day in (one.ends, one.rabies_until) if day is not None]
    by_rabies = town(run.town_id).ends_with_rabies and one.ends is not None
    return {
        "id": new_id(),
        "owner": NOBODY,
        "pet_id": "",
        "town_id": run.town_id,
        "number": one.number,
        "tag_code": code,
        "state": LicenceState.ISSUED.value,
        "source": LEGACY,
        "holder": one.holder,
        "animal": one.animal,
        "search": search_words(
            one.holder["name"], one.animal["name"], one.number, one.animal["microchip"]
        ),
        "species": one.species,
        "altered": one.altered,
        "term": one.term,
        "begins": one.begins,
        "term_ends": one.ends,
        "rabies_until": one.rabies_until,
        "ends": min(ends) if by_rabies else one.ends,
        "certificate": 0,
        "lost": False,
        "lost_words": "",
        "reason": "",
        "created": now,
        "changed": now,
    }


def _known(session: Session, told: Sequence[Legacy]) -> tuple[set[str], set[str]]:
    """Which of these numbers and tag codes licences have already."""
    numbers = select(Licence.number).where(col(Licence.number).in_([one.number for one in told]))
    codes = [one.tag_code for one in told if one.tag_code]
    tags = select(Licence.tag_code).where(col(Licence.tag_code).in_(codes))
    return set(session.exec(numbers)), set(session.exec(tags)) if codes else set()


def _fresh_tags(session: Session, count: int) -> Iterator[str]:
    """So many codes that no licence has, nor each other."""
    found: set[str] = set()
    while len(found) < count:
        made = {tag.new_code() for _ in range(count - len(found))}
        worn = session.exec(select(Licence.tag_code).where(col(Licence.tag_code).in_(made)))
        found |= made - set(worn)
    return iter(found)


def _batches(lines: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(lines, BATCH)):
        yield batch


def _run(import_id: str, state: str) -> ImportRun | None:
    with db.reading() as session:
        run = session.get(ImportRun, import_id)
    return run if run is not None and run.state == state else None


def _held(session: Session, import_id: str) -> ImportRun | None:
    found = select(ImportRun).where(col(ImportRun.id) == import_id).with_for_update()
    return session.exec(found.execution_options(populate_existing=True)).one_or_none()
