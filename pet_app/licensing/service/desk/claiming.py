"""A case as its clerk has it open: looked at, held, handed to a colleague."""

from sqlmodel import Session

from pet_app.core.security import Identity
from pet_app.licensing.service.desk.views import DeskCase


def case_of(session: Session, identity: Identity, application_id: str) -> DeskCase:
    """A case without holding it. Raises `NotFound`."""
    raise NotImplementedError


def claim(session: Session, identity: Identity, application_id: str) -> DeskCase:
    """Open a case and hold it for five minutes, so that nobody else decides it meanwhile.

    Asked again while it is open, it holds on. When somebody else holds it, the case comes back
    with nothing one may do but note. Raises `NotFound`.
    """
    raise NotImplementedError


def release_claim(session: Session, identity: Identity, application_id: str) -> None:
    """Let go of a case one has open; no harm when one has not. Raises `NotFound`."""
    raise NotImplementedError


def assign(session: Session, identity: Identity, application_id: str, user_id: str) -> None:
    """Hand a case to a clerk of its town, or to nobody. Raises `NotFound`, `Invalid`."""
    raise NotImplementedError
