"""Pictures made by workers: what an open page waits for first, what is merely old last."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from time import monotonic, sleep

from pet_app.builder import service as builder
from pet_app.builder.events import (
    LongPictureAwaited,
    LongPictureForeseen,
    PictureAged,
    PictureAwaited,
    PictureForeseen,
    PictureWanted,
)
from pet_app.builder.pictures import LONG, Stage
from pet_app.builder.service import Assignment
from pet_app.builder.tasks import products
from pet_app.core import db, offload, storage
from pet_app.core.errors import Invalid, NotFound, Problem, Unavailable
from pet_app.messaging.bus import on
from pet_app.messaging.clock import SlotCame, every
from pet_app.messaging.job import Job, NotNow
from pet_app.messaging.outbox import waiting_in

ALBUM = "pet_app.builder.render.album:pictures"
"""The work of a child: (kinds, data) to a file and its suffix for every kind."""

TIMEOUT_S = 60
AT_FIRST_S = 600
PATIENCE = 3
"""How often a picture may fail before we say so."""

STAGE_EVERY_S = 0.1
STORE_RETRY_S = 1.0
STORE_PATIENCE_S = 20.0
STORE_PAUSE = timedelta(seconds=30)

RENEWED_AT_ONCE = 50
RENEWED_EVERY = timedelta(minutes=5)

TOO_LONG = "This picture takes longer than a picture may, so we stopped. The design itself is safe."
TOO_LARGE = "This picture needs more memory than a picture may take. The design itself is safe."


@on(PictureAwaited, queue="previews", priority=10, max_failures=PATIENCE)
def make_awaited(event: PictureAwaited, job: Job) -> None:
    """Somebody looks at an open page."""
    _make(event.content_key, event.kinds, job, "picture", awaited=True)


@on(LongPictureAwaited, queue="batch", priority=10, max_failures=PATIENCE)
def make_long_awaited(event: LongPictureAwaited, job: Job) -> None:
    """Somebody looks, but what they wait for must not hold up everybody's photos."""
    _make(event.content_key, event.kinds, job, "batch", awaited=True)


@on(PictureWanted, queue="batch", max_failures=PATIENCE)
def make_wanted(event: PictureWanted, job: Job) -> None:
    """Nobody looks yet."""
    _make(event.content_key, event.kinds, job, "batch", awaited=False)


@on(PictureForeseen, queue="batch", priority=-5, max_failures=PATIENCE)
def make_ahead(event: PictureForeseen, job: Job) -> None:
    """Nobody has looked yet; whoever looks first finds it."""
    _make(event.content_key, event.kinds, job, "batch", awaited=False)


@on(LongPictureForeseen, queue="batch", priority=-7, max_failures=PATIENCE)
def make_long_ahead(event: LongPictureForeseen, job: Job) -> None:
    """Nobody has looked yet, and the short ones come first."""
    _make(event.content_key, event.kinds, job, "batch", awaited=False)


@on(PictureAged, queue="batch", priority=-10, max_failures=PATIENCE)
def renew(event: PictureAged, job: Job) -> None:
    """An older picture is shown meanwhile."""
    _make(event.content_key, event.kinds, job, "batch", awaited=False)


@every(RENEWED_EVERY, "renew old pictures")
def renew_some(_slot: SlotCame, job: Job) -> None:
    """Order a few old pictures anew, as long as nothing else waits."""
    with job.apply() as session:
        if waiting_in(session, "batch") < RENEWED_AT_ONCE:
            builder.renew_pictures(session, RENEWED_AT_ONCE)


def _make(key: str, kinds: Sequence[str], job: Job, lane: offload.Lane, *, awaited: bool) -> None:
    """Make what is still to be made of these pictures, and say so when it is given up."""
    with db.writing() as session:
        work = builder.take_pictures(session, key, kinds, job.id)
    if work is None:
        return
    try:
        builder.must_be_made(work)
    except Invalid as refusal:
        with job.apply() as session:
            builder.fail_pictures(session, key, work.kinds, refusal.detail)
        return
    note = _noting(work, job)
    try:
        files = offload.call(
            lane,
            ALBUM,
            work.kinds,
            work.data,
            on_progress=note,
            timeout=TIMEOUT_S,
            at_first=AT_FIRST_S,
            on_one_core=not awaited,
        )
    except _NotWanted:
        return
    except offload.Closed:
        with db.writing() as session:
            builder.put_back_pictures(session, work, job.id)
        raise
    except Exception as error:
        _give_up_or_wait(work, job, error)
        raise
    stored = _stored(work, job, files)
    with job.apply() as session:
        for handle in builder.attach_pictures(session, work, stored):
            with suppress(NotFound):
                products.show(session, handle)


class _NotWanted(Exception):
    """Nobody keeps this design any more, so a long picture of it is not finished."""


def _noting(work: Assignment, job: Job) -> Callable[[str], None]:
    """What tells open pages of each stage, though not of those that are over in a blink."""
    noted = monotonic()

    def note(stage: str) -> None:
        nonlocal noted
        if monotonic() - noted < STAGE_EVERY_S:
            return
        # A stage is a courtesy: a busy database must not cost the picture.
        with suppress(Unavailable), db.writing() as session:
            wanted = builder.note_stage(session, work, job.id, Stage(stage))
            if not wanted and LONG.intersection(work.kinds):
                raise _NotWanted
        noted = monotonic()

    return note


def _stored(work: Assignment, job: Job, files: Sequence[tuple[bytes, str]]) -> list[str]:
    """Store what was made; keeps it in hand for a while when the store is full or gone."""
    deadline = monotonic() + STORE_PATIENCE_S
    while True:
        try:
            return [storage.put(data, suffix) for data, suffix in files]
        except Unavailable:
            if monotonic() > deadline:
                with db.writing() as session:
                    builder.put_back_pictures(session, work, job.id, builder.STORE_AWAY)
                raise NotNow(STORE_PAUSE) from None
            sleep(STORE_RETRY_S)


def _give_up_or_wait(work: Assignment, job: Job, error: Exception) -> None:
    lasting = builder.is_lasting(error)
    with db.writing() as session:
        if lasting or job.failures + 1 >= job.max_failures:
            reason = _reason(error)
            builder.fail_pictures(session, work.content_key, work.kinds, reason, str(error))
        else:
            builder.put_back_pictures(session, work, job.id)


def _reason(error: Exception) -> str:
    """Why there is no picture, for whoever waited."""
    if isinstance(error, Problem):
        return f"{builder.NO_PICTURE} {error.detail}"
    if isinstance(error, offload.OffloadTimeout):
        return TOO_LONG
    return TOO_LARGE if isinstance(error, offload.OutOfMemory) else builder.NO_PICTURE
