"""Pictures ordered and read: one of a kind to a content, whoever and however many designed it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, exists, or_, select

from pet_app.builder.events import (
    LongPictureAwaited,
    LongPictureForeseen,
    PictureAged,
    PictureAwaited,
    PictureForeseen,
    PictureWanted,
)
from pet_app.builder.models import DesignState, Picture, SavedDesign
from pet_app.builder.pictures import (
    LONG,
    PERCENT,
    RENDER_VERSION,
    SAID,
    PictureKind,
    PictureState,
    Stage,
    Urgency,
    topic,
)
from pet_app.builder.studios import USUAL
from pet_app.builder.subject import content_key, of_key
from pet_app.core import db
from pet_app.core.errors import NotFound
from pet_app.messaging import signal
from pet_app.messaging.outbox import is_under_way, publish

MISSING = "There is no such picture."

UNSETTLED = (PictureState.QUEUED, PictureState.WORKING)
PHOTO = (PictureKind.PHOTO,)


@dataclass(frozen=True)
class PictureRecord:
    """How far a picture has come; `reason` says why it failed.

    While one is made anew, `storage_key` is that of the older picture.
    """

    content_key: str
    kind: PictureKind
    state: PictureState
    stage: Stage
    storage_key: str
    reason: str
    light: str = USUAL

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


@dataclass(frozen=True)
class _Content:
    """What is pictured, its own key and that of the piece in it."""

    key: str
    of_key: str
    data: Mapping[str, Any]
    kept: bool


def want_picture(
    session: Session,
    kind: PictureKind,
    data: Mapping[str, Any],
    *,
    urgency: Urgency = Urgency.SHELF,
    kept: bool = False,
) -> PictureRecord:
    """Order one picture; see `want_pictures`."""
    return want_pictures(session, (kind,), data, urgency=urgency, kept=kept)[0]


def want_pictures(
    session: Session,
    kinds: Sequence[PictureKind],
    data: Mapping[str, Any],
    *,
    urgency: Urgency = Urgency.SHELF,
    kept: bool = False,
) -> tuple[PictureRecord, ...]:
    """Order these pictures, in one job as far as they are neither there nor under way.

    One that waits for less is lifted. One that is `kept` is made although nobody has saved such a
    design.
    """
    content = _Content(content_key(data), of_key(data), data, kept)
    return _order(session, kinds, content, urgency)


def await_picture(
    session: Session, key: str, kind: PictureKind = PictureKind.PHOTO
) -> PictureRecord:
    """Say that an open page waits for a picture, so that it comes before those nobody looks at.

    One made by an older renderer is shown until the new one is there. Raises `NotFound`.
    """
    if row := _row(session, key, kind):
        if row.state == PictureState.QUEUED and row.urgency < Urgency.PAGE:
            _order(session, (kind,), _content(row), Urgency.PAGE)
    elif older := _newest(session, key, kind):
        _order(session, (kind,), _content(older), Urgency.RENEWAL)
    return picture_of(session, key, kind)


def retry_picture(
    session: Session, key: str, kind: PictureKind = PictureKind.PHOTO
) -> PictureRecord:
    """Order a picture again that failed or was lost on the way, and no other.

    Raises `NotFound`.
    """
    if row := _row(session, key, kind):
        _order(session, (kind,), _content(row), Urgency.PAGE)
    return picture_of(session, key, kind)


def picture_of(session: Session, key: str, kind: PictureKind = PictureKind.PHOTO) -> PictureRecord:
    """How far a picture has come. Raises `NotFound` when nobody asked for one."""
    found = pictures_of(session, [key], (kind,))
    if (key, kind) not in found:
        raise NotFound(MISSING)
    return found[key, kind]


def pictures_of(
    session: Session, keys: Collection[str], kinds: Collection[PictureKind] = PHOTO
) -> dict[tuple[str, PictureKind], PictureRecord]:
    """Many pictures at once, by content key and kind; those nobody asked for are left out."""
    ready_before = and_(
        col(Picture.version) < RENDER_VERSION, col(Picture.state) == PictureState.READY
    )
    wanted = select(Picture).where(
        col(Picture.content_key).in_(set(keys)),
        col(Picture.kind).in_(list(kinds)),
        or_(col(Picture.version) == RENDER_VERSION, ready_before),
    )
    found: dict[tuple[str, PictureKind], PictureRecord] = {}
    for row in session.exec(wanted.order_by(col(Picture.version))):
        record = _record(row)
        place = record.content_key, record.kind
        if not record.storage_key and place in found:
            # What was rendered by an older version stands in until this one is there.
            record = replace(record, storage_key=found[place].storage_key)
        found[place] = record
    return found


def photos_of(session: Session, keys: Collection[str]) -> dict[str, PictureRecord]:
    """The photos of many contents, by content key."""
    return {key: found for (key, _), found in pictures_of(session, keys).items()}


def renew_pictures(session: Session, most: int) -> int:
    """Order up to `most` pictures anew that an older renderer made and somebody keeps; how many."""
    newer = aliased(Picture)
    is_made = exists().where(
        col(newer.content_key) == col(Picture.content_key),
        col(newer.kind) == col(Picture.kind),
        col(newer.version) > col(Picture.version),
    )
    is_saved = exists().where(
        col(SavedDesign.content_key) == col(Picture.of_key),
        col(SavedDesign.state) == DesignState.SAVED,
    )
    aged = select(Picture).where(
        col(Picture.state) == PictureState.READY,
        col(Picture.version) < RENDER_VERSION,
        or_(col(Picture.kept), is_saved),
        ~is_made,
    )
    found: dict[str, list[Picture]] = {}
    for row in session.exec(aged.order_by(col(Picture.changed).desc()).limit(most)):
        found.setdefault(row.content_key, []).append(row)
    for rows in found.values():
        kinds = [PictureKind(row.kind) for row in rows]
        _order(session, kinds, _content(rows[0]), Urgency.RENEWAL)
    return sum(map(len, found.values()))


def _order(
    session: Session,
    kinds: Sequence[PictureKind],
    content: _Content,
    urgency: Urgency,
) -> tuple[PictureRecord, ...]:
    rows = [_settled_on(session, kind, content) for kind in kinds]
    waiting = [row for row in rows if _must_be_ordered(session, row, urgency)]
    for is_long in (False, True):
        if some := [row for row in waiting if (row.kind in LONG) is is_long]:
            event = _EVENTS[urgency, is_long]
            event_id = publish(session, event(content.key, tuple(row.kind for row in some)))
            for row in some:
                _restart(session, row, event_id, urgency)
    for row in rows:
        row.kept = row.kept or content.kept
        session.add(row)
    session.flush()
    return tuple(_record(row) for row in rows)


_EVENTS = {
    (Urgency.PAGE, False): PictureAwaited,
    (Urgency.PAGE, True): LongPictureAwaited,
    (Urgency.SHELF, False): PictureWanted,
    (Urgency.SHELF, True): PictureWanted,
    (Urgency.AHEAD, False): PictureForeseen,
    (Urgency.AHEAD, True): LongPictureForeseen,
    (Urgency.RENEWAL, False): PictureAged,
    (Urgency.RENEWAL, True): PictureAged,
}


def _settled_on(session: Session, kind: PictureKind, content: _Content) -> Picture:
    """The row of this picture, written now if nobody asked for it before."""
    if row := _row(session, content.key, kind, to_change=True):
        return row
    now = db.database_now(session)
    row = Picture(
        content_key=content.key,
        of_key=content.of_key,
        kind=kind,
        version=RENDER_VERSION,
        data=dict(content.data),
        created=now,
        changed=now,
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        # Somebody else wanted the same at the same moment.
        row = _row(session, content.key, kind, to_change=True)
        if row is None:
            raise
    return row


def _must_be_ordered(session: Session, row: Picture, urgency: Urgency) -> bool:
    if row.state == PictureState.READY:
        return False
    if row.state == PictureState.QUEUED and row.urgency < urgency:
        return True
    # A failed or cancelled one is asked for again; another may have lost its job on the way.
    return row.state not in UNSETTLED or not is_under_way(session, row.event_id)


def _restart(session: Session, row: Picture, event_id: str, urgency: Urgency) -> None:
    if row.event_id:
        signal.after_commit(session, topic(row.content_key, PictureKind(row.kind)))
    row.state, row.stage = PictureState.QUEUED, Stage.QUEUED
    row.reason = row.fault = row.job_id = ""
    row.event_id, row.urgency = event_id, urgency
    row.changed = db.database_now(session)


def _content(row: Picture) -> _Content:
    return _Content(row.content_key, row.of_key, row.data, row.kept)


def _row(session: Session, key: str, kind: PictureKind, to_change: bool = False) -> Picture | None:
    wanted = select(Picture).where(
        Picture.content_key == key, Picture.kind == kind, Picture.version == RENDER_VERSION
    )
    return session.exec(wanted.with_for_update() if to_change else wanted).one_or_none()


def _newest(session: Session, key: str, kind: PictureKind) -> Picture | None:
    ready = select(Picture).where(
        Picture.content_key == key, Picture.kind == kind, Picture.state == PictureState.READY
    )
    return session.exec(ready.order_by(col(Picture.version).desc())).first()


def _record(row: Picture) -> PictureRecord:
    return PictureRecord(
        row.content_key,
        PictureKind(row.kind),
        PictureState(row.state),
        Stage(row.stage),
        row.storage_key,
        row.reason,
        row.data.get("light", USUAL),
    )
