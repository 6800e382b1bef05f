"""Pictures and models nobody keeps a design for any more."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlmodel import Session, col, or_, select

from pet_app.builder.models import DesignState, GearModel, Picture, SavedDesign, ShownProduct
from pet_app.builder.starting import STARTING
from pet_app.builder.worn import worn_key
from pet_app.core import db

KEPT_FOR = timedelta(days=30)
"""How long a model of the bench stays that nobody saved; it is made again when it is missed."""


def drop_loose(
    session: Session, content_keys: Collection[str] = (), geometry_keys: Collection[str] = ()
) -> list[str]:
    """Delete these pictures and models unless somebody has such a design, and all others that
    nobody has had for thirty days; the files they named.

    What is on the bench when somebody comes in stays.
    """
    before = db.database_now(session) - KEPT_FOR
    pictures = _loose_pictures(session, content_keys, before)
    models = _loose_models(session, geometry_keys, before)
    files = [row.storage_key for row in (*pictures, *models) if row.storage_key]
    for row in (*pictures, *models):
        session.delete(row)
    session.flush()
    return files


def _loose_pictures(
    session: Session, keys: Collection[str], before: datetime
) -> Collection[Picture]:
    kept = select(SavedDesign.content_key).where(SavedDesign.state == DesignState.SAVED)
    ours = [design.content_key() for design in STARTING.values()]
    loose = select(Picture).where(
        col(Picture.of_key).not_in(kept),
        col(Picture.of_key).not_in(ours),
        col(Picture.of_key).not_in(select(ShownProduct.content_key)),
        or_(col(Picture.of_key).in_(list(keys)), col(Picture.changed) < before),
    )
    return session.exec(loose).all()


def _loose_models(
    session: Session, keys: Collection[str], before: datetime
) -> Collection[GearModel]:
    kept = select(SavedDesign.geometry_key).where(SavedDesign.state == DesignState.SAVED)
    ours = [
        key for design in STARTING.values() for key in (design.geometry_key(), worn_key(design))
    ]
    loose = select(GearModel).where(
        col(GearModel.geometry_key).not_in(kept),
        col(GearModel.geometry_key).not_in(ours),
        or_(col(GearModel.geometry_key).in_(list(keys)), col(GearModel.created) < before),
    )
    return session.exec(loose).all()
