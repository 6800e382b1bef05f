"""What workers write about pictures: taken up, under way, there, given up, not wanted any more."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

from sqlmodel import Session, col, exists, select, update

from pet_app.builder import subject
from pet_app.builder.models import DesignState, Picture, SavedDesign, ShownProduct
from pet_app.builder.pictures import (
    RENDER_VERSION,
    PictureKind,
    PictureState,
    Stage,
    topic,
)
from pet_app.builder.quote import judged
from pet_app.builder.reading import parse
from pet_app.builder.service.pictures import UNSETTLED
from pet_app.core import db
from pet_app.core.errors import Invalid, Problem
from pet_app.messaging import signal
from pet_app.messaging.outbox import is_job_under_way

NO_PICTURE = "The studio could not finish this picture. The design itself is safe."
NOT_MADE_ANY_MORE = "This design cannot be made any more, so there is nothing to picture."
CHANGED_MEANWHILE = "The design was changed before this picture was begun."
STORE_AWAY = "The picture store cannot be reached. Nothing is lost: we go on trying."

LONGEST_FAULT = 2000


@dataclass(frozen=True)
class Assignment:
    """What one job has to picture: these kinds of this data. `of_key` is the piece's own key."""

    content_key: str
    of_key: str
    kinds: tuple[PictureKind, ...]
    data: dict[str, Any]


def take_pictures(
    session: Session, key: str, kinds: Collection[str], job_id: str
) -> Assignment | None:
    """Take up what is still to be made of these pictures; None when that is nothing.

    What another living job is making is left to it.
    """
    wanted = select(Picture).where(
        col(Picture.content_key) == key,
        col(Picture.kind).in_(list(kinds)),
        col(Picture.version) == RENDER_VERSION,
        col(Picture.state).in_(UNSETTLED),
    )
    rows = session.exec(wanted.order_by(col(Picture.kind)).with_for_update()).all()
    mine = [row for row in rows if _may_take(session, row, job_id)]
    if not mine:
        return None
    now = db.database_now(session)
    for row in mine:
        row.state, row.job_id, row.changed = PictureState.WORKING, job_id, now
        session.add(row)
    session.flush()
    taken = tuple(PictureKind(row.kind) for row in mine)
    return Assignment(key, mine[0].of_key, taken, mine[0].data)


def must_be_made(work: Assignment) -> None:
    """Raises `Invalid` for gear that today's rules refuse; of things there are only our own."""
    piece = subject.piece_of(work.data)
    if subject.is_thing(piece):
        return
    try:
        design = parse(piece)
    except Invalid as fault:
        raise Invalid(NOT_MADE_ANY_MORE, fault.fields) from fault
    if judged(design):
        raise Invalid(NOT_MADE_ANY_MORE)


def note_stage(session: Session, work: Assignment, job_id: str, stage: Stage) -> bool:
    """Say what the worker is doing; False when nobody wants the pictures from it any more."""
    return _move(session, work, (PictureState.WORKING,), job_id, stage=stage)


def attach_pictures(session: Session, work: Assignment, stored: Sequence[str]) -> list[str]:
    """The pictures are there, stored under these keys. Safe to do twice.

    Returns the handles of the products that show this content, or the piece on this card.
    """
    for kind, storage_key in zip(work.kinds, stored, strict=True):
        _move(
            session,
            replace(work, kinds=(kind,)),
            # An attempt that was given up may still bring its picture.
            (*UNSETTLED, PictureState.FAILED, PictureState.CANCELLED),
            state=PictureState.READY,
            stage=Stage.READY,
            storage_key=storage_key,
            reason="",
            fault="",
        )
    shown = select(ShownProduct.handle).where(ShownProduct.content_key == work.of_key)
    return list(session.exec(shown))


def put_back_pictures(session: Session, work: Assignment, job_id: str, reason: str = "") -> None:
    """This attempt came to nothing, but the job will try again; `reason` may be shown meanwhile."""
    _move(
        session,
        work,
        (PictureState.WORKING,),
        job_id,
        state=PictureState.QUEUED,
        stage=Stage.QUEUED,
        reason=reason,
    )


def fail_pictures(
    session: Session, key: str, kinds: Collection[str], reason: str, fault: str = ""
) -> None:
    """There will be no picture until somebody asks again.

    `reason` is shown to the visitor, `fault` to staff.
    """
    work = Assignment(key, "", tuple(PictureKind(kind) for kind in kinds), {})
    changes = {"state": PictureState.FAILED, "reason": reason, "fault": fault[-LONGEST_FAULT:]}
    _move(session, work, UNSETTLED, **changes)


def is_lasting(error: Exception) -> bool:
    """Whether trying again is no use."""
    return isinstance(error, Problem) and error.status < HTTPStatus.INTERNAL_SERVER_ERROR


def let_go(session: Session, design_key: str) -> None:
    """Cancel pictures of a design that nobody keeps any more, as far as they are not made."""
    saved = exists().where(
        col(SavedDesign.content_key) == design_key, col(SavedDesign.state) == DesignState.SAVED
    )
    loose = select(Picture).where(
        col(Picture.of_key) == design_key,
        col(Picture.kept).is_(False),
        col(Picture.state).in_(UNSETTLED),
        ~saved,
    )
    for row in session.exec(loose.with_for_update()):
        row.state, row.reason = PictureState.CANCELLED, CHANGED_MEANWHILE
        row.changed = db.database_now(session)
        session.add(row)
        signal.after_commit(session, topic(row.content_key, PictureKind(row.kind)))
    session.flush()


def show_product(session: Session, handle: str, key: str) -> None:
    """Remember that a product shows the pictures of this content."""
    row = session.get(ShownProduct, handle) or ShownProduct(handle=handle, content_key=key)
    row.content_key = key
    session.add(row)
    session.flush()


def _may_take(session: Session, row: Picture, job_id: str) -> bool:
    if row.state == PictureState.QUEUED or row.job_id == job_id:
        return True
    return not is_job_under_way(session, row.job_id)


def _move(
    session: Session,
    work: Assignment,
    states: Collection[PictureState],
    job_id: str = "",
    **changes: Any,
) -> bool:
    movable = update(Picture).where(
        col(Picture.content_key) == work.content_key,
        col(Picture.kind).in_(list(work.kinds)),
        col(Picture.version) == RENDER_VERSION,
        col(Picture.state).in_(list(states)),
    )
    if job_id:
        movable = movable.where(col(Picture.job_id) == job_id)
    changes["changed"] = db.database_now(session)
    if not session.exec(movable.values(**changes)).rowcount:
        return False
    for kind in work.kinds:
        signal.after_commit(session, topic(work.content_key, kind))
    return True
