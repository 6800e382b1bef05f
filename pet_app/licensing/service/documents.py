"""Papers that are handed in: checked and drawn afresh, kept where nobody guesses them."""

import hashlib
import secrets
from io import BytesIO
from threading import BoundedSemaphore

from sqlmodel import Session, select

from pet_app.core import clock, db, offload, storage
from pet_app.core.errors import Conflict, Invalid, NotFound, TooLarge, Unavailable
from pet_app.core.ids import is_id, new_id
from pet_app.core.security import Identity, Permission
from pet_app.licensing.events import PapersDropped
from pet_app.licensing.models import Application, Document
from pet_app.licensing.papers.limits import LARGEST_BYTES, TOO_LARGE, TOO_LONG
from pet_app.licensing.papers.shape import Drawn
from pet_app.licensing.rules import Proof
from pet_app.licensing.rules.standing import Status
from pet_app.licensing.service.applying import shown, turn_back
from pet_app.licensing.service.desk.access import may_serve
from pet_app.licensing.service.history import not_now, touch
from pet_app.licensing.service.pricing import RABIES
from pet_app.licensing.service.rows import documents_of, own, own_locked
from pet_app.licensing.service.views import ApplicationView
from pet_app.messaging.outbox import publish

SHOWS = frozenset({RABIES, *(proof.value for proof in Proof)})
MOST_PAPERS = 12
LONGEST_NAME = 80
WITHIN_S = 30

MOST_AT_ONCE = 8
"""Papers are read one after another, and whoever waits holds a thread of the site."""

BUSY = "Many papers are arriving just now. Send yours again in a minute."
NO_PAPER = "There is no such paper, or it is somebody else's."
NO_PAGE = "This paper has no such page."
WRONG_SHOWS = "Say what this paper shows."
TOO_MANY = f"There are {MOST_PAPERS} papers with this already. Take one away first."

_room = BoundedSemaphore(MOST_AT_ONCE)


def add_document(
    identity: Identity, application_id: str, shows: str, name: str, data: bytes
) -> ApplicationView:
    """Add a paper: a PDF, JPEG or PNG of at most 8 MB. Blocks; opens transactions of its own.

    It is checked and drawn afresh, so that nothing of the file itself is kept but how it looks. The
    same paper twice is one. Raises `NotFound`, `Invalid` with `document` for what cannot be used,
    `TooLarge`, `Conflict` where no paper can be added any more, `Unavailable`.
    """
    identity.must(Permission.ACCOUNT)
    if shows not in SHOWS:
        raise Invalid(WRONG_SHOWS, {"shows": WRONG_SHOWS})
    if len(data) > LARGEST_BYTES:
        raise TooLarge(TOO_LARGE)
    with db.reading() as session:
        row = own(session, identity, application_id)
        _may_add(session, row)
        digest = hashlib.sha256(data).hexdigest()
        if _known(session, row.id, digest, shows):
            return shown(session, row)
    drawn = _drawn(data)
    document = _stored(row.id, shows, _named(name), digest, drawn)
    kept = False
    try:
        with db.writing() as session:
            row = own_locked(session, identity, application_id)
            _may_add(session, row)
            if not _known(session, row.id, digest, shows):
                if row.status == Status.AWAITING_PAYMENT:
                    turn_back(session, row)
                session.add(document)
                touch(session, row)
                kept = True
            found = shown(session, row)
    except BaseException:
        kept = False
        raise
    finally:
        # Another click was faster, or the application moved on: nobody knows these files.
        if not kept:
            for key in keys_of(document):
                storage.delete(key)
    return found


def drop_document(session: Session, identity: Identity, document_id: str) -> ApplicationView:
    """Take a paper away again. Raises `NotFound`, and `Conflict` once it lies with the town."""
    identity.must(Permission.ACCOUNT)
    found = session.get(Document, document_id) if is_id(document_id) else None
    if found is None or _owner_of(session, found) not in identity.owners:
        raise NotFound(NO_PAPER)
    row = own_locked(session, identity, found.application_id)
    if row.status == Status.AWAITING_PAYMENT:
        turn_back(session, row)
    if row.status not in (Status.DRAFT, Status.NEEDS_MORE):
        raise not_now(row)
    publish(session, PapersDropped(keys_of(found)))
    session.delete(found)
    touch(session, row)
    return shown(session, row)


def document_page(session: Session, identity: Identity, document_id: str, page: int = 0) -> str:
    """The private storage key of a page's picture, counted from 1; of the paper itself for 0.

    For its owner and for the clerks who serve the town. Raises `NotFound` for everybody else.
    """
    identity.must(Permission.ACCOUNT)
    found = session.get(Document, document_id) if is_id(document_id) else None
    row = session.get(Application, found.application_id) if found else None
    if found is None or row is None or not _may_look(session, identity, row):
        raise NotFound(NO_PAPER)
    if page == 0:
        return found.file_key
    if not 1 <= page <= len(found.page_keys):
        raise NotFound(NO_PAGE)
    return found.page_keys[page - 1]


def keys_of(paper: Document) -> tuple[str, ...]:
    """Every file of a paper, each once."""
    return tuple(dict.fromkeys((paper.file_key, *paper.page_keys)))


def _owner_of(session: Session, paper: Document) -> str:
    row = session.get(Application, paper.application_id)
    return row.owner if row else ""


def _may_look(session: Session, identity: Identity, row: Application) -> bool:
    # What is not handed in yet is its owner's alone.
    handed_in = row.submitted is not None
    return row.owner in identity.owners or (handed_in and may_serve(session, identity, row.town_id))


def _may_add(session: Session, row: Application) -> None:
    if row.status not in (Status.DRAFT, Status.AWAITING_PAYMENT, Status.NEEDS_MORE):
        raise not_now(row)
    if len(documents_of(session, row.id)) >= MOST_PAPERS:
        raise Conflict(TOO_MANY)


def _known(session: Session, application_id: str, digest: str, shows: str) -> bool:
    same = select(Document.id).where(
        Document.application_id == application_id,
        Document.digest == digest,
        Document.shows == shows,
    )
    return session.exec(same).first() is not None


def _drawn(data: bytes) -> Drawn:
    """The paper drawn afresh in a child process, which alone reads what somebody sent."""
    if not _room.acquire(blocking=False):
        raise Unavailable(BUSY)
    try:
        return offload.call(
            "paper", "pet_app.licensing.papers.drawing:afresh", data, timeout=WITHIN_S
        )
    except (offload.OffloadTimeout, offload.ChildDied) as error:
        # A file that brings its reader down is no paper; the next call has a child of its own.
        raise Invalid(TOO_LONG, {"document": TOO_LONG}) from error
    except offload.OffloadError as error:
        raise Unavailable("We could not look at this paper. Please try again.") from error
    finally:
        _room.release()


def _stored(application_id: str, shows: str, name: str, digest: str, drawn: Drawn) -> Document:
    """The row of a paper, its files stored; the row is not."""
    document_id, secret = new_id(), secrets.token_bytes(32)
    page_keys = []
    for number, page in enumerate(drawn.pages, 1):
        page_keys.append(storage.private_key(secret, f"{document_id}:{number}", "jpg"))
        storage.put_private(page_keys[-1], BytesIO(page))
    file_key = page_keys[0]
    if drawn.paper:
        file_key = storage.private_key(secret, document_id, "pdf")
        storage.put_private(file_key, BytesIO(drawn.paper))
    return Document(
        id=document_id,
        application_id=application_id,
        shows=shows,
        name=name,
        media_type=drawn.media_type,
        digest=digest,
        file_key=file_key,
        page_keys=page_keys,
        created=clock.now(),
    )


def _named(name: str) -> str:
    """The name of a file as its owner reads it again: the last part, printable, not too long."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(sign for sign in last if sign.isprintable()).strip()[-LONGEST_NAME:]
