"""What is known of letters: how they stand, and what those say that were kept."""

import email
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import policy
from email.message import EmailMessage

from sqlmodel import Session, col, delete, select

from pet_app.core import db, vault
from pet_app.core.errors import NotFound
from pet_app.core.models import LetterRow, LetterState
from pet_app.core.settings import settings

NOBODYS = "letters"
"""What letters are sealed under that belong to no person yet."""

KEEP = timedelta(days=90)
MOST = 200


@dataclass(frozen=True)
class Posted:
    """A letter as its sender may look at it; what it says is empty unless it was kept here."""

    key: str
    kind: str
    state: LetterState
    tries: int
    reason: str
    created: datetime
    to: str = ""
    subject: str = ""
    text: str = ""
    html: str = ""
    source: str = ""


def outbox_address(*, loopback: bool) -> str:
    """Where somebody on this machine reads the letters that are kept; empty when there is none."""
    readable = loopback and not settings().is_production and settings().mail_server is None
    return "/outbox" if readable else ""


def seal_kept(session: Session, person: str, to: str, source: str) -> str:
    """A letter's recipient and content, as only the shop reads them."""
    said = json.dumps({"to": to, "source": source})
    if person:
        return vault.seal(session, person, said)
    return vault.seal_for_shop(NOBODYS, said)


def latest(session: Session, *, to: str = "", most: int = MOST) -> list[Posted]:
    """The last letters, the newest first; only those to the address `to` when it is given."""
    rows = select(LetterRow).order_by(col(LetterRow.created).desc(), col(LetterRow.id).desc())
    found = (_opened(session, row) for row in session.exec(rows.limit(MOST)).all())
    return list(_first(most, (letter for letter in found if to in ("", letter.to))))


def letter(session: Session, key: str) -> Posted:
    """The letter with this key. Raises `NotFound`."""
    row = session.get(LetterRow, key)
    if row is None:
        raise NotFound("There is no such letter here.")
    return _opened(session, row)


def forget_old(session: Session) -> None:
    """Delete the rows of letters that are older than ninety days."""
    before = db.database_now(session) - KEEP
    session.exec(delete(LetterRow).where(col(LetterRow.created) < before))


def forget_letters(session: Session, person: str, email: str) -> None:
    """Delete every letter to somebody, those to their address from before they had an account
    among them."""
    session.exec(delete(LetterRow).where(col(LetterRow.person) == person))
    if not email:
        return
    nobodys = select(LetterRow).where(LetterRow.person == "", col(LetterRow.sealed) != "")
    for row in session.exec(nobodys).all():
        if _opened(session, row).to.casefold() == email:
            session.delete(row)


def _first(most: int, found: Iterator[Posted]) -> Iterator[Posted]:
    for _, letter in zip(range(most), found, strict=False):
        yield letter


def _opened(session: Session, row: LetterRow) -> Posted:
    facts = (row.id, row.kind, LetterState(row.state), row.tries, row.reason, row.created)
    if not row.sealed:
        return Posted(*facts)
    try:
        said = json.loads(
            vault.unseal(session, row.person, row.sealed)
            if row.person
            else vault.unseal_for_shop(NOBODYS, row.sealed)
        )
    except vault.Unreadable:
        return Posted(*facts)
    message = email.message_from_string(said["source"], _class=EmailMessage, policy=policy.default)
    return Posted(
        *facts,
        to=said["to"],
        subject=str(message["Subject"]),
        text=_part(message, "plain"),
        html=_part(message, "html"),
        source=said["source"],
    )


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert isinstance(part, EmailMessage)
    return part.get_content()
