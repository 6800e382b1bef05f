"""What is held about the designs of a person, with their pictures and models."""

from collections.abc import Collection, Iterator
from contextlib import suppress

from sqlmodel import Session, col, select

from pet_app.builder.models import DesignState, GearModel, Picture, SavedDesign
from pet_app.builder.pictures import PictureKind, PictureState
from pet_app.builder.reading import parse
from pet_app.builder.service.loose import drop_loose
from pet_app.builder.service.shares import forget_shares, shares_of
from pet_app.builder.worn import worn_key
from pet_app.core.errors import Invalid
from pet_app.core.personal import Holding, Person, Shown, register, told


def show(session: Session, person: Person) -> Shown:
    """Every design, also what is on the bench and what was thrown away and not yet forgotten."""
    rows = _rows(session, person)
    files: dict[str, str] = {}
    for row in rows:
        if row.state != DesignState.SAVED:
            continue
        if picture := _picture(session, row.content_key):
            files[f"pictures/{row.id}.webp"] = picture
        if model := session.get(GearModel, row.geometry_key):
            files[f"models/{row.id}.glb"] = model.storage_key
    held = {
        "designs": [told(row, "owner", "request_key") for row in rows],
        "shared_designs": [told(row) for row in shares_of(session, [row.id for row in rows])],
    }
    return Shown(held, files)


def erase(session: Session, person: Person) -> Collection[str]:
    """Every design; pictures and models that somebody else's design needs stay."""
    rows = _rows(session, person)
    pictures = {row.content_key for row in rows if row.content_key}
    models = {key for row in rows for key in _models(row)}
    cards = forget_shares(session, shares_of(session, [row.id for row in rows]))
    for row in rows:
        session.delete(row)
    session.flush()
    return [*cards, *drop_loose(session, pictures, models)]


def _rows(session: Session, person: Person) -> list[SavedDesign]:
    mine = select(SavedDesign).where(SavedDesign.owner == person.owner)
    return list(session.exec(mine.order_by(col(SavedDesign.id))))


def _picture(session: Session, content_key: str) -> str:
    made = select(Picture.storage_key).where(
        Picture.content_key == content_key,
        Picture.kind == PictureKind.PHOTO,
        Picture.state == PictureState.READY,
    )
    return session.exec(made.order_by(col(Picture.version).desc())).first() or ""


def _models(row: SavedDesign) -> Iterator[str]:
    if not row.geometry_key:
        return
    yield row.geometry_key
    # One that cannot be read any more has no model on an animal either.
    with suppress(Invalid):
        yield worn_key(parse(row.data))


register(
    Holding(
        "designs",
        (SavedDesign,),
        show,
        erase,
        files=(col(Picture.storage_key), col(GearModel.storage_key)),
    )
)
