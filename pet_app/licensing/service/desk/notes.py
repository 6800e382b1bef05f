"""What clerks tell one another about a case."""

from sqlmodel import Session

from pet_app.core.security import Identity


def add_note(session: Session, identity: Identity, application_id: str, words: str) -> None:
    """Write something into the history that only clerks see. Raises `NotFound`, `Invalid`."""
    raise NotImplementedError
