"""What clerks tell one another about a case."""

from sqlmodel import Session

from pet_app.core.errors import Invalid
from pet_app.core.security import Identity
from pet_app.licensing.service.desk.access import clerk, served_case
from pet_app.licensing.service.history import add_step

LONGEST_WORDS = 2000
NO_NOTE = f"Write something, of at most {LONGEST_WORDS} characters."


def add_note(session: Session, identity: Identity, application_id: str, words: str) -> None:
    """Write something into the history that only clerks see. Raises `NotFound`, `Invalid`."""
    said = words.strip()
    row = served_case(session, identity, application_id)
    if not 0 < len(said) <= LONGEST_WORDS:
        raise Invalid(NO_NOTE, {"words": NO_NOTE})
    add_step(session, "note", clerk(identity), application_id=row.id, words=said, internal=True)
