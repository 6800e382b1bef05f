"""The GLB files of geometries: made once, kept for ever."""

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from pet_app.builder.models import GearModel
from pet_app.core import clock
from pet_app.core.errors import NotFound


def model_key(session: Session, geometry_key: str) -> str:
    """Where the GLB of a geometry is stored. Raises `NotFound` while nobody has made it."""
    row = session.get(GearModel, geometry_key)
    if row is None:
        raise NotFound("There is no such model.")
    return row.storage_key


def attach_model(session: Session, geometry_key: str, storage_key: str, size: int) -> None:
    """Note where the GLB of a geometry is stored, and its size in bytes. Safe to do twice."""
    if known := session.get(GearModel, geometry_key):
        # Its file was lost and made again, perhaps by a newer builder in other bytes.
        known.storage_key, known.size = storage_key, size
        session.add(known)
        session.flush()
        return
    row = GearModel(
        geometry_key=geometry_key,
        storage_key=storage_key,
        size=size,
        created=clock.now(),
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        # Two pages asked for it at once; both hold the same bytes.
        return
