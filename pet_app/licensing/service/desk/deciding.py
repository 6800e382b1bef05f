"""What a clerk decides: approve, reject, ask for more, and audit what approved itself."""

from sqlmodel import Session

from pet_app.core.security import Identity
from pet_app.licensing.service.desk.views import Template


def templates() -> tuple[Template, ...]:
    """The reasons there are."""
    raise NotImplementedError


def approve(session: Session, identity: Identity, application_id: str, version: int) -> None:
    """Approve a case, and issue what was asked for in the same transaction.

    Raises `NotFound`, `Conflict` when it changed, is decided or held by somebody else, and
    `Forbidden` for one's own pet.
    """
    raise NotImplementedError


def reject(
    session: Session,
    identity: Identity,
    application_id: str,
    version: int,
    reason: str,
    words: str = "",
) -> None:
    """Reject a case for the reason of a template, whose words go out when `words` is empty.

    Raises as `approve`, and `Invalid`.
    """
    raise NotImplementedError


def ask_more(
    session: Session,
    identity: Identity,
    application_id: str,
    version: int,
    reason: str,
    words: str = "",
) -> None:
    """Ask the owner for something else; the day it was handed in stays. Raises as `reject`."""
    raise NotImplementedError


def audit(
    session: Session, identity: Identity, application_id: str, passed: bool, words: str = ""
) -> None:
    """Say whether what was approved automatically should have been.

    Raises `NotFound`, `Conflict` when nobody wants it looked at, `Invalid` for a failure that says
    nothing.
    """
    raise NotImplementedError
