"""What staff may see of everybody's designs: the list to make, and one design's plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, or_, select

from pet_app.builder.models import DesignState, Picture, SavedDesign
from pet_app.builder.pictures import RENDER_VERSION, PictureState
from pet_app.builder.service.pictures import photos_of
from pet_app.core.errors import Invalid, NotFound
from pet_app.core.ids import is_id
from pet_app.core.money import Money
from pet_app.core.security import Identity, Permission

NO_SUCH = "We cannot find this design. It may have been deleted."
MOST_PLANNED = 1000
WORK_PAGE = 50


@dataclass(frozen=True)
class WorkRecord:
    """A design to make. `number` is what it goes by in the workshop, `picture` where its picture
    is stored, empty while there is none; `trouble` says why it could not be made."""

    id: str
    number: str
    name: str
    data: dict[str, Any]
    price: Money
    picture: str
    trouble: str
    changed: datetime


@dataclass(frozen=True)
class FailedPicture:
    """A picture that was given up: what its owner is told, and what went wrong."""

    content_key: str
    kind: str
    reason: str
    fault: str
    changed: datetime


def number_of(design_id: str) -> str:
    """What a design goes by on labels and lists: `HH-7F3K-9Q2M`."""
    return f"HH-{design_id[-8:-4]}-{design_id[-4:]}".upper()


def list_work(
    session: Session, identity: Identity, search: str = "", page: int = 0
) -> tuple[list[WorkRecord], int]:
    """A page of saved designs of everybody, the last changed first, and how many there are.

    `search` looks in names and numbers. Raises `NotSignedIn` and `Forbidden` but for staff.
    """
    identity.must(Permission.WORKSHOP)
    wanted = [SavedDesign.state == DesignState.SAVED]
    if text := search.strip():
        code = text.lower().removeprefix("hh-").replace("-", "")
        wanted.append(
            or_(
                func.lower(col(SavedDesign.name)).contains(text.lower(), autoescape=True),
                col(SavedDesign.id).endswith(code, autoescape=True),
            )  # pyright: ignore[reportArgumentType]
        )
    rows = session.exec(
        select(SavedDesign)
        .where(*wanted)
        .order_by(col(SavedDesign.changed).desc(), col(SavedDesign.id))
        .offset(page * WORK_PAGE)
        .limit(WORK_PAGE)
    ).all()
    total = session.exec(select(func.count()).select_from(SavedDesign).where(*wanted)).one()
    return _records(session, rows), total


def failed_pictures(session: Session, identity: Identity) -> list[FailedPicture]:
    """The pictures given up last, of every kind. Raises `NotSignedIn` and `Forbidden`."""
    identity.must(Permission.WORKSHOP)
    failed = select(Picture).where(
        col(Picture.state) == PictureState.FAILED, col(Picture.version) == RENDER_VERSION
    )
    rows = session.exec(failed.order_by(col(Picture.changed).desc()).limit(WORK_PAGE)).all()
    return [
        FailedPicture(row.content_key, row.kind, row.reason, row.fault, row.changed) for row in rows
    ]


def get_work(session: Session, identity: Identity, design_ids: Sequence[str]) -> list[WorkRecord]:
    """These designs, each once, in this order.

    Raises `NotFound` when one is missing, `Invalid` for too many, `NotSignedIn` and `Forbidden`.
    """
    identity.must(Permission.WORKSHOP)
    ids = list(dict.fromkeys(design_ids))
    if len(ids) > MOST_PLANNED:
        raise Invalid(f"Choose up to {MOST_PLANNED} designs at a time.")
    if not all(is_id(design_id) for design_id in ids):
        raise NotFound(NO_SUCH)
    found = session.exec(
        select(SavedDesign).where(
            col(SavedDesign.id).in_(ids), SavedDesign.state == DesignState.SAVED
        )
    ).all()
    by_id = {record.id: record for record in _records(session, found)}
    if len(by_id) < len(ids):
        raise NotFound(NO_SUCH)
    return [by_id[design_id] for design_id in ids]


def _records(session: Session, rows: Sequence[SavedDesign]) -> list[WorkRecord]:
    photos = photos_of(session, {row.content_key for row in rows})
    return [
        WorkRecord(
            id=row.id,
            number=number_of(row.id),
            name=row.name,
            data=dict(row.data),
            price=Money(row.price_cents, row.currency),
            picture=photo.storage_key if photo else "",
            trouble=photo.reason if photo and photo.state is PictureState.FAILED else "",
            changed=row.changed,
        )
        for row in rows
        for photo in [photos.get(row.content_key)]
    ]
