"""Licences from elsewhere, taken in from a CSV file: looked through first, then taken in."""

import hashlib
import secrets
from datetime import timedelta
from typing import BinaryIO

from sqlmodel import Session, col, select

from pet_app.core import clock, db, storage
from pet_app.core.errors import Conflict, Invalid, NotFound, TooLarge
from pet_app.core.security import Identity
from pet_app.licensing import legacy
from pet_app.licensing.events import ImportSent, ImportWanted
from pet_app.licensing.models import ImportRun
from pet_app.licensing.service.desk.access import may_serve, must_serve
from pet_app.licensing.service.desk.reports import ImportFault, ImportView
from pet_app.messaging import signal
from pet_app.messaging.outbox import publish

LOOKING, REFUSED, READY, TAKING, DONE = "looking", "refused", "ready", "taking", "done"
MOST_IMPORT_BYTES = 32 * 1024 * 1024
MOST_SHOWN = 20
KEPT_FOR = timedelta(days=30)
NO_IMPORT = "There is no such import, or it is another town's."
TOO_LARGE = "The file is larger than 32 MB. Send it in parts."
EMPTY = "The file is empty."
NOT_READY = "This file cannot be taken in: it is {state}."
NOTHING_GOOD = "There is nothing in this file that can be taken in."


def import_columns() -> tuple[tuple[str, str, bool], ...]:
    """The columns a file has: name, what stands in it, whether it has to be there."""
    return tuple((name, words, needed) for name, (words, needed) in legacy.COLUMNS.items())


def import_dry_run(identity: Identity, town_id: str, file: BinaryIO) -> ImportView:
    """Keep a file and have it looked through; nothing is taken in. Opens its own transactions.

    A file that is under way already is not sent twice. Raises `NotFound`, `Invalid` for an empty
    file, `TooLarge`.
    """
    with db.reading() as session:
        must_serve(session, identity, town_id)
    digest, size = _measured(file)
    if not size:
        raise Invalid(EMPTY, {"file": EMPTY})
    key = storage.private_key(secrets.token_bytes(32), f"import:{town_id}:{digest}", "csv")
    storage.put_private(key, file)
    with db.writing() as session:
        must_serve(session, identity, town_id)
        under_way = select(ImportRun).where(
            ImportRun.town_id == town_id,
            ImportRun.digest == digest,
            col(ImportRun.state).in_((LOOKING, READY, TAKING)),
        )
        known = session.exec(under_way.limit(1)).first()
        if known is None:
            now = clock.now()
            known = ImportRun(
                town_id=town_id,
                digest=digest,
                file_key=key,
                by=identity.user_id or "",
                created=now,
                changed=now,
            )
            session.add(known)
            session.flush()
            publish(session, ImportSent(known.id))
        view = shown(known)
        kept = known.file_key
    if kept != key:
        storage.delete(key)
    return view


def import_take_in(session: Session, identity: Identity, import_id: str) -> ImportView:
    """Take in what is good of a file that was looked through. Raises `NotFound`, `Conflict`."""
    run = _served(session, identity, import_id, hold=True)
    if run.state in (TAKING, DONE):
        return shown(run)
    if run.state != READY:
        raise Conflict(NOT_READY.format(state=run.state))
    if not run.good:
        raise Conflict(NOTHING_GOOD)
    put(session, run, TAKING)
    publish(session, ImportWanted(run.id))
    return shown(run)


def import_of(session: Session, identity: Identity, import_id: str) -> ImportView:
    """How far an import is. Raises `NotFound`."""
    return shown(_served(session, identity, import_id))


def list_imports(session: Session, identity: Identity, town_id: str) -> list[ImportView]:
    """A town's last twenty imports, the newest first. Raises `NotFound`."""
    where = must_serve(session, identity, town_id)
    found = select(ImportRun).where(ImportRun.town_id == where.id)
    return [
        shown(run)
        for run in session.exec(found.order_by(col(ImportRun.id).desc()).limit(MOST_SHOWN))
    ]


def put(session: Session, run: ImportRun, state: str) -> None:
    """Note how far an import has come, and have open pages look."""
    run.state, run.changed = state, clock.now()
    session.add(run)
    session.flush()
    signal.after_commit(session, import_topic(run.id))


def import_topic(import_id: str) -> str:
    """What pages that show an import listen to."""
    return f"licence-import:{import_id}"


def shown(run: ImportRun) -> ImportView:
    """An import as clerks see it."""
    return ImportView(
        id=run.id,
        town_id=run.town_id,
        state=run.state,
        rows=run.rows,
        good=run.good,
        done=run.done,
        taken=run.taken,
        faults=tuple(ImportFault(*fault) for fault in run.faults),
        created=run.created,
    )


def _served(
    session: Session, identity: Identity, import_id: str, *, hold: bool = False
) -> ImportRun:
    found = select(ImportRun).where(col(ImportRun.id) == import_id)
    if hold:
        found = found.with_for_update().execution_options(populate_existing=True)
    run = session.exec(found).one_or_none()
    if run is None or not may_serve(session, identity, run.town_id):
        # A guest is told to sign in rather than that there is nothing.
        must_serve(session, identity, run.town_id if run else "")
        raise NotFound(NO_IMPORT)
    return run


def _measured(file: BinaryIO) -> tuple[str, int]:
    """The SHA-256 and the size of a file; raises `TooLarge` before reading on."""
    digest, size = hashlib.sha256(), 0
    file.seek(0)
    while piece := file.read(1 << 16):
        size += len(piece)
        if size > MOST_IMPORT_BYTES:
            raise TooLarge(TOO_LARGE)
        digest.update(piece)
    return digest.hexdigest(), size
