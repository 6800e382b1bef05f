"""Rendered pictures: one to a design's content, whoever and however many designed it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select, update

from pet_app.builder.design import Design, parse
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
from pet_app.core import clock
from pet_app.core.errors import NotFound
from pet_app.messaging import signal
from pet_app.messaging.outbox import publish

MISSING = "There is no such picture."


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
        return self.state in (PreviewState.READY, PreviewState.FAILED)


def want_preview(session: Session, design: Design) -> PreviewRecord:
    """Order a picture of this design unless there is one, or one is being made."""
    key, now = design.content_key(), clock.now()
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
    elif row.state == PreviewState.FAILED:
        _restart(session, row)
    return _record(row)


def order_preview(session: Session, design: Design) -> None:
    """Have a picture made of a design nobody saved, unless there is one or will be."""
    if _row(session, design.content_key()) is None:
        want_preview(session, design)
        publish(session, PreviewWanted(content_key=design.content_key()))


def retry_preview(session: Session, content_key: str) -> PreviewRecord:
    """Order a failed picture again. Raises `NotFound`; does nothing to one that did not fail."""
    row = _found(session, content_key, to_change=True)
    if row.state == PreviewState.FAILED:
        _restart(session, row)
        publish(session, PreviewWanted(content_key=content_key))
    return _record(row)


def preview_of(session: Session, content_key: str) -> PreviewRecord:
    """How far a picture has come. Raises `NotFound` when nobody asked for one."""
    return _record(_found(session, content_key))


def previews_of(session: Session, content_keys: Collection[str]) -> dict[str, PreviewRecord]:
    """Many pictures at once, by content key; those nobody asked for are left out."""
    wanted = select(Preview).where(
        col(Preview.content_key).in_(set(content_keys)),
        Preview.render_version == RENDER_VERSION,
    )
    return {row.content_key: _record(row) for row in session.exec(wanted)}


def ordered_design(session: Session, content_key: str) -> Design:
    """What is to be pictured. Raises `NotFound`, and `Invalid` if it is not readable any more."""
    return parse(_found(session, content_key).data)


def note_stage(session: Session, content_key: str, stage: Stage) -> None:
    """Say what the worker is doing. A settled picture stays settled."""
    _move(session, content_key, state=PreviewState.WORKING, stage=stage)


def attach_preview(session: Session, content_key: str, storage_key: str) -> None:
    """The picture is there. Safe to do twice."""
    _move(
        session,
        content_key,
        state=PreviewState.READY,
        stage=Stage.READY,
        storage_key=storage_key,
        reason="",
    )


def fail_preview(session: Session, content_key: str, reason: str) -> None:
    """There will be no picture until somebody asks again; `reason` is shown to the visitor."""
    _move(session, content_key, state=PreviewState.FAILED, reason=reason)


def _move(session: Session, content_key: str, **changes: Any) -> None:
    unsettled = (
        update(Preview)
        .where(
            col(Preview.content_key) == content_key,
            col(Preview.render_version) == RENDER_VERSION,
            col(Preview.state).in_([PreviewState.QUEUED, PreviewState.WORKING]),
        )
        .values(**changes, changed=clock.now())
    )
    if session.exec(unsettled).rowcount:
        signal.after_commit(session, topic(content_key))


def _restart(session: Session, row: Preview) -> None:
    row.state, row.stage, row.reason = PreviewState.QUEUED, Stage.QUEUED, ""
    row.changed = clock.now()
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
