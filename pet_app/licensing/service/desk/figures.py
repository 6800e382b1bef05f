"""A town's year in figures."""

from sqlmodel import Session

from pet_app.core.security import Identity
from pet_app.licensing.service.desk.reports import Figures


def figures(session: Session, identity: Identity, town_id: str, year: int | None = None) -> Figures:
    """The figures of a year, this year's for None. Raises `NotFound`, `Invalid`."""
    raise NotImplementedError
