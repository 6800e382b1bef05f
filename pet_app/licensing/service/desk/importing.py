"""Licences from elsewhere, taken in from a CSV file: looked through first, then taken in."""

from typing import BinaryIO

from sqlmodel import Session

from pet_app.core.security import Identity
from pet_app.licensing.service.desk.views import ImportView


def import_columns() -> tuple[tuple[str, str, bool], ...]:
    """The columns a file has: name, what stands in it, whether it has to be there."""
    raise NotImplementedError


def import_dry_run(identity: Identity, town_id: str, file: BinaryIO) -> ImportView:
    """Keep a file and have it looked through; nothing is taken in. Opens its own transactions.

    Raises `NotFound`, `Invalid` for an empty file, `TooLarge`.
    """
    raise NotImplementedError


def import_take_in(session: Session, identity: Identity, import_id: str) -> ImportView:
    """Take in what is good of a file that was looked through. Raises `NotFound`, `Conflict`."""
    raise NotImplementedError


def import_of(session: Session, identity: Identity, import_id: str) -> ImportView:
    """How far an import is. Raises `NotFound`."""
    raise NotImplementedError


def list_imports(session: Session, identity: Identity, town_id: str) -> list[ImportView]:
    """A town's last twenty imports, the newest first. Raises `NotFound`."""
    raise NotImplementedError
