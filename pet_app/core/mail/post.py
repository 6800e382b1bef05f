"""`post`: a letter sent once, or kept for the developer, and a row that says how it stands."""

import re
from functools import partial

from sqlmodel import Session, col, update

from pet_app.core import db
from pet_app.core.errors import Unavailable
from pet_app.core.mail import gateway, taken
from pet_app.core.mail.kept import seal_kept
from pet_app.core.mail.letter import Letter
from pet_app.core.mail.mailbox import NOT_ONE, Mailbox, NoAddress
from pet_app.core.mail.message import Envelope, compose
from pet_app.core.models import LetterRow, LetterState
from pet_app.core.settings import settings
from pet_app.core.telemetry import log

SETTLED = frozenset({LetterState.SENT, LetterState.KEPT, LetterState.FAILED})
LONGEST_REASON = 500
ADDRESSES = re.compile(r"[^\s<>\"'(),;:]+@[^\s<>\"'(),;:]+")
TRIES_TO_NOTE = 3


class MailDown(Unavailable):
    """The letter waits: its server could not take it now. The job that sends it tries again."""


def post(letter: Letter, *, person: str, to: str, key: str) -> None:
    """Send `letter` to the address `to`, or keep it where there is no mail server. Blocks, for
    up to a minute when the server is slow; no transaction may be open.

    `person` is whose letter it is (a user's id), empty for nobody's yet. `key` is the job's: with
    a key that was settled before, nothing happens. The row says FAILED when the recipient is
    refused for good. Raises `MailDown` when it has to be tried again.
    """
    row = _begin(letter, person, key)
    if row.state in SETTLED:
        return
    try:
        sender = settings().mail_from
        mailbox = Mailbox.parse(to)
        envelope = compose(letter, sender=sender, to=mailbox, key=key, date=row.created)
    except NoAddress:
        _note(key, LetterState.FAILED, NOT_ONE)
        return
    server = settings().mail_server
    if server is None:
        _keep(row, envelope)
        return
    try:
        if not taken.noted(key):
            gateway.deliver(server, envelope, partial(taken.note, key))
    except gateway.Refused as refused:
        _note(key, LetterState.FAILED, str(refused))
        log.warning("letter refused", letter=key, kind=letter.kind, reason=nameless(str(refused)))
    except gateway.Down as down:
        _note(key, LetterState.WAITING, str(down))
        raise MailDown(nameless(str(down)).splitlines()[0]) from None
    else:
        _note_sent(key)
        taken.forget(key)


def nameless(reason: str) -> str:
    """Words of a server without the addresses it likes to repeat."""
    return ADDRESSES.sub("[address]", reason)[:LONGEST_REASON]


def _begin(letter: Letter, person: str, key: str) -> LetterRow:
    """The row of this letter, made at the first try; counts the tries."""
    with db.writing() as session:
        first = db.insert(LetterRow).values(
            id=key,
            person=person,
            kind=letter.kind,
            state=LetterState.WAITING,
            tries=0,
            reason="",
            sealed="",
            # To the second, as a Date header has it.
            created=db.database_now(session).replace(microsecond=0),
        )
        session.connection().execute(first.on_conflict_do_nothing())
        row = session.get_one(LetterRow, key)
        if row.state not in SETTLED:
            row.tries += 1
        return row


def _keep(row: LetterRow, envelope: Envelope) -> None:
    with db.writing() as session:
        sealed = seal_kept(session, row.person, str(envelope.to), envelope.content.decode())
        session.exec(update(LetterRow).where(col(LetterRow.id) == row.id).values(sealed=sealed))
        _change(session, row.id, LetterState.KEPT, "")


def _note_sent(key: str) -> None:
    """Insist a little: as long as the row does not say so, the next try sends it once more."""
    for left in reversed(range(TRIES_TO_NOTE)):
        try:
            _note(key, LetterState.SENT, "")
            return
        except Unavailable:
            if not left:
                raise


def _note(key: str, state: LetterState, reason: str) -> None:
    with db.writing() as session:
        _change(session, key, state, nameless(reason))


def _change(session: Session, key: str, state: LetterState, reason: str) -> None:
    ended = db.database_now(session) if state in SETTLED else None
    # What another attempt at the same letter has settled stays so.
    open_still = (col(LetterRow.id) == key, col(LetterRow.state) == LetterState.WAITING)
    values = {"state": state, "reason": reason, "ended": ended}
    session.exec(update(LetterRow).where(*open_still).values(values))
