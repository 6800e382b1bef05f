"""Rendered pictures: one to a design's content, whoever and however many designed it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, and_, col, or_, select, update

from pet_app.builder.design import Design
from pet_app.builder.events import PreviewWanted
from pet_app.builder.models import Preview
from pet_app.builder.preview import (
    PERCENT,
    RENDER_VERSION,
    SAID,
    PreviewState,
    Stage,
    topic,
)
from pet_app.builder.quote import quote
from pet_app.builder.reading import parse
from pet_app.core import db
from pet_app.core.errors import Invalid, NotFound, Problem
from pet_app.messaging import signal
from pet_app.messaging.outbox import publish

MISSING = "There is no such picture."
NO_PICTURE = "The studio could not finish this picture. The design itself is safe."
NOT_MADE_ANY_MORE = "This design cannot be made any more, so there is nothing to picture."

STANDING_STILL = timedelta(minutes=5)
"""After this long without a change nobody is at work on a picture any more."""

UNSETTLED = (PreviewState.QUEUED, PreviewState.WORKING)
MOVES = {
    PreviewState.WORKING: UNSETTLED,
    PreviewState.FAILED: UNSETTLED,
    # An attempt that was given up may still bring its picture.
    PreviewState.READY: (*UNSETTLED, PreviewState.FAILED),
}
"""The states from which a worker may move a picture into each."""


@dataclass(frozen=True)
class PreviewRecord:
    """How far a picture has come; `reason` says why it failed."""

    content_key: str
    state: PreviewState
    stage: Stage
    storage_key: str
    reason: str

    @property
    def url(self) -> str:
        """Where the browser finds the picture; empty while there is none."""
        return f"/media/{self.storage_key}" if self.storage_key else ""

    @property
    def percent(self) -> int:
        return PERCENT[self.stage]

    @property
    def said(self) -> str:
        """The stage in words."""
        return SAID[self.stage]

    @property
    def is_settled(self) -> bool:
        """Whether waiting is over, well or badly."""
        return self.state not in UNSETTLED


def want_preview(session: Session, design: Design) -> PreviewRecord:
    """Order a picture of this design unless there is one, or one is being made."""
    key, now = design.content_key(), db.database_now(session)
    if (row := _row(session, key)) is None:
        row = Preview(
            content_key=key,
            render_version=RENDER_VERSION,
            data=design.to_dict(),
            created=now,
            changed=now,
        )
        try:
            with session.begin_nested():
                session.add(row)
        except IntegrityError:
            # Somebody else saved the same piece at the same moment.
            row = _found(session, key)
    elif _is_given_up(session, row):
        _restart(session, row)
    return _record(row)


def order_preview(session: Session, design: Design) -> None:
    """Have a picture made of a design nobody saved, unless there is one or will be."""
    if _row(session, design.content_key()) is None:
        want_preview(session, design)
        publish(session, PreviewWanted(content_key=design.content_key()))


def retry_preview(session: Session, content_key: str) -> PreviewRecord:
    """Order a picture again that failed or stands still, and no other. Raises `NotFound`."""
    row = _found(session, content_key, to_change=True)
    if _is_given_up(session, row):
        _restart(session, row)
        publish(session, PreviewWanted(content_key=content_key))
    return _record(row)


def preview_of(session: Session, content_key: str) -> PreviewRecord:
    """How far a picture has come. Raises `NotFound` when nobody asked for one."""
    return _record(_found(session, content_key))


def previews_of(session: Session, content_keys: Collection[str]) -> dict[str, PreviewRecord]:
    """Many pictures at once, by content key; those nobody asked for are left out.

    Where none was ordered since the rendering changed, the newest older one stands in.
    """
    ready_before = and_(
        col(Preview.render_version) < RENDER_VERSION, col(Preview.state) == PreviewState.READY
    )
    wanted = select(Preview).where(
        col(Preview.content_key).in_(set(content_keys)),
        or_(col(Preview.render_version) == RENDER_VERSION, ready_before),
    )
    # Of several, the newest comes last and stays.
    oldest_first = wanted.order_by(col(Preview.render_version))
    return {row.content_key: _record(row) for row in session.exec(oldest_first)}


def ordered_design(session: Session, content_key: str) -> Design | None:
    """What is to be pictured now; None when the picture is settled.

    Raises `NotFound`, and `Invalid` when today's rules refuse the design.
    """
    row = _found(session, content_key)
    if _record(row).is_settled:
        return None
    try:
        design = parse(row.data)
    except Invalid as fault:
        raise Invalid(NOT_MADE_ANY_MORE, fault.fields) from fault
    if not quote(design).can_be_made:
        raise Invalid(NOT_MADE_ANY_MORE)
    return design


def note_stage(session: Session, content_key: str, stage: Stage) -> None:
    """Say what the worker is doing. A settled picture stays settled."""
    _move(session, content_key, PreviewState.WORKING, stage=stage)


def attach_preview(session: Session, content_key: str, storage_key: str) -> None:
    """The picture is there. Safe to do twice."""
    _move(
        session,
        content_key,
        PreviewState.READY,
        stage=Stage.READY,
        storage_key=storage_key,
        reason="",
    )


def fail_preview(session: Session, content_key: str, reason: str) -> None:
    """There will be no picture until somebody asks again; `reason` is shown to the visitor."""
    _move(session, content_key, PreviewState.FAILED, reason=reason)


def give_up_preview(
    session: Session, content_key: str, error: Exception, *, last_try: bool
) -> None:
    """Fail a picture when no further try will be made: after the last, or a lasting refusal."""
    lasting = isinstance(error, Problem) and error.status < HTTPStatus.INTERNAL_SERVER_ERROR
    if last_try or lasting:
        fail_preview(session, content_key, NO_PICTURE)


def _move(session: Session, content_key: str, state: PreviewState, **changes: Any) -> None:
    movable = (
        update(Preview)
        .where(
            col(Preview.content_key) == content_key,
            col(Preview.render_version) == RENDER_VERSION,
            col(Preview.state).in_(MOVES[state]),
        )
        .values(**changes, state=state, changed=db.database_now(session))
    )
    if session.exec(movable).rowcount:
        signal.after_commit(session, topic(content_key))


def _is_given_up(session: Session, row: Preview) -> bool:
    """Whether a picture failed, or its job was lost on the way."""
    if row.state == PreviewState.FAILED:
        return True
    return row.state in UNSETTLED and db.database_now(session) - row.changed >= STANDING_STILL


def _restart(session: Session, row: Preview) -> None:
    row.state, row.stage, row.reason = PreviewState.QUEUED, Stage.QUEUED, ""
    row.changed = db.database_now(session)
    session.add(row)
    session.flush()
    signal.after_commit(session, topic(row.content_key))


def _row(session: Session, content_key: str, to_change: bool = False) -> Preview | None:
    wanted = select(Preview).where(
        Preview.content_key == content_key, Preview.render_version == RENDER_VERSION
    )
    return session.exec(wanted.with_for_update() if to_change else wanted).one_or_none()


def _found(session: Session, content_key: str, to_change: bool = False) -> Preview:
    if (row := _row(session, content_key, to_change)) is None:
        raise NotFound(MISSING)
    return row


def _record(row: Preview) -> PreviewRecord:
    return PreviewRecord(
        row.content_key,
        PreviewState(row.state),
        Stage(row.stage),
        row.storage_key,
        row.reason,
    )
