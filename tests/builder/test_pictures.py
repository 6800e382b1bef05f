"""How pictures are ordered, made, given up, let go and asked for again."""

import pytest
from sqlalchemy import update
from sqlmodel import select

from pet_app.builder import service as builder
from pet_app.builder.models import Picture
from pet_app.builder.pictures import RENDER_VERSION, PictureKind, PictureState, Stage, Urgency
from pet_app.builder.service import Assignment, PictureRecord
from pet_app.core import db, offload
from pet_app.core.errors import NotFound
from pet_app.messaging.bus import load_reactions
from pet_app.messaging.models import JobRow, JobState
from tests.builder.factory import make_design
from tests.builder.keeping import said, save
from tests.messaging.factory import drain, hints
from tests.pet.factory import OLIVE

load_reactions()

pytestmark = pytest.mark.usefixtures("database")

PHOTO, THUMB, CARD = PictureKind.PHOTO, PictureKind.THUMB, PictureKind.CARD


def take(key: str, job_id: str = "job") -> Assignment:
    """Take up a photo as a job does."""
    with db.writing() as session:
        work = builder.take_pictures(session, key, [PHOTO], job_id)
    assert work is not None
    return work


def shown(key: str) -> PictureRecord:
    with db.reading() as session:
        return builder.picture_of(session, key)


def fail(key: str, reason: str = "The studio is dark.") -> None:
    with db.writing() as session:
        builder.fail_pictures(session, key, [PHOTO], reason, "Traceback")


def test_a_picture_goes_through_its_stages_and_then_stays() -> None:
    key = save().design.content_key()
    work = take(key)
    with db.writing() as session:
        assert builder.note_stage(session, work, "job", Stage.LIGHTING)
        under_way = builder.picture_of(session, key)
        builder.attach_pictures(session, work, ["ab/picture.webp"])
        builder.attach_pictures(session, work, ["ab/other.webp"])
        assert not builder.note_stage(session, work, "job", Stage.SHAPING)
    fail(key, "too late")
    ready = shown(key)
    assert (under_way.state, under_way.percent, under_way.url) == (PictureState.WORKING, 40, "")
    assert (ready.state, ready.percent, ready.reason) == (PictureState.READY, 100, "")
    assert ready.url == "/media/ab/picture.webp"


def test_a_failed_picture_says_why_and_can_be_asked_for_again() -> None:
    key = save().design.content_key()
    fail(key)
    failed = shown(key)
    with db.writing() as session:
        again = builder.retry_picture(session, key)
        builder.retry_picture(session, key)
    assert (failed.state, failed.reason) == (PictureState.FAILED, "The studio is dark.")
    assert (again.state, again.reason) == (PictureState.QUEUED, "")
    assert said("picture.awaited") == 2


def test_a_picture_of_a_slow_attempt_counts_though_another_gave_up() -> None:
    key = save().design.content_key()
    work = take(key)
    fail(key)
    with db.writing() as session:
        builder.note_stage(session, work, "job", Stage.SHADING)
        failed = builder.picture_of(session, key)
        builder.attach_pictures(session, work, ["ab/picture.webp"])
        ready = builder.picture_of(session, key)
    assert (failed.state, failed.stage) == (PictureState.FAILED, Stage.QUEUED)
    assert (ready.state, ready.reason) == (PictureState.READY, "")


def test_a_picture_whose_job_was_lost_can_be_asked_for_again_and_no_other() -> None:
    design = make_design()
    key = save(design=design).design.content_key()
    hints()
    with db.writing() as session:
        builder.retry_picture(session, key)
        builder.want_picture(session, PHOTO, design.to_dict(), urgency=Urgency.PAGE)
    assert said("picture.awaited") == 1
    with db.writing() as session:
        session.connection().execute(update(JobRow).values(state=JobState.DEAD))
        assert builder.retry_picture(session, key).state is PictureState.QUEUED
    assert said("picture.awaited") == 2


def test_a_picture_is_made_by_one_job_at_a_time() -> None:
    key = save().design.content_key()
    (_, first, _), *_ = hints()
    with db.writing() as session:
        assert builder.take_pictures(session, key, [PHOTO, THUMB], first)
        assert builder.take_pictures(session, key, [PHOTO, THUMB], first)
        assert builder.take_pictures(session, key, [PHOTO, THUMB], "another") is None
        session.connection().execute(update(JobRow).values(state=JobState.DEAD))
        assert builder.take_pictures(session, key, [PHOTO, THUMB], "another")


def test_a_page_lifts_the_picture_it_waits_for_once() -> None:
    data = make_design().to_dict()
    with db.writing() as session:
        key = builder.want_picture(session, PHOTO, data).content_key
    assert said("picture.awaited") == 0
    for _ in range(2):
        with db.writing() as session:
            builder.await_picture(session, key)
            builder.want_picture(session, PHOTO, data)
    assert (said("picture.wanted"), said("picture.awaited")) == (1, 1)


def test_a_long_picture_waits_in_a_line_of_its_own() -> None:
    with db.writing() as session:
        kinds = (PHOTO, PictureKind.TURNTABLE)
        builder.want_pictures(session, kinds, make_design().to_dict(), urgency=Urgency.PAGE)
    assert (said("picture.awaited"), said("picture.long_awaited")) == (1, 1)
    assert sorted(queue for queue, _, _ in hints()) == ["batch", "previews"]


def test_a_changed_design_lets_go_of_the_picture_nobody_else_wants() -> None:
    first = make_design(girth_mm=600)
    kept = save(design=first)
    save(design=make_design(girth_mm=610), design_id=kept.id)
    assert shown(first.content_key()).state is PictureState.CANCELLED
    save(design=first, design_id=kept.id)
    assert shown(first.content_key()).state is PictureState.QUEUED
    with db.writing() as session:
        builder.delete_design(session, OLIVE, kept.id)
    assert shown(first.content_key()).state is PictureState.CANCELLED


def test_a_picture_that_others_want_outlives_the_change_of_a_design() -> None:
    first, second = make_design(girth_mm=600), make_design(girth_mm=610)
    one, _other = save(design=first), save(design=first)
    two = save(design=second)
    with db.writing() as session:
        builder.want_picture(session, PHOTO, second.to_dict(), kept=True)
    for kept in (one, two):
        save(design=make_design(girth_mm=620), design_id=kept.id)
    assert {shown(design.content_key()).state for design in (first, second)} == {
        PictureState.QUEUED
    }


def test_an_older_picture_is_shown_until_the_new_one_is_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept = save()
    key = kept.design.content_key()
    with db.writing() as session:
        builder.attach_pictures(session, Assignment(key, key, (PHOTO,), {}), ["ab/first.webp"])
    for module in ("pictures", "making"):
        monkeypatch.setattr(f"pet_app.builder.service.{module}.RENDER_VERSION", RENDER_VERSION + 1)
    before = shown(key)
    with db.writing() as session:
        assert builder.renew_pictures(session, 10) == 1
        assert builder.renew_pictures(session, 10) == 0
    ordered = shown(key)
    fail(key)
    failed = shown(key)
    with db.writing() as session:
        builder.attach_pictures(session, Assignment(key, key, (PHOTO,), {}), ["ab/second.webp"])
    assert [one.storage_key for one in (before, ordered, failed, shown(key))] == [
        *["ab/first.webp"] * 3,
        "ab/second.webp",
    ]
    assert (before.state, ordered.state) == (PictureState.READY, PictureState.QUEUED)
    assert said("picture.aged") == 1


def test_two_kinds_of_one_piece_and_two_cards_are_pictures_of_their_own() -> None:
    data = make_design().to_dict()
    with db.writing() as session:
        for title in ("Olive", "Biscuit"):
            card = {"of": data, "title": title, "line": "", "foot": ""}
            builder.want_picture(session, CARD, card)
        builder.want_picture(session, PHOTO, data)
        found = session.exec(select(Picture)).all()
    assert {row.of_key for row in found} == {make_design().content_key()}
    assert len({(row.content_key, row.kind) for row in found}) == 3


def test_nobody_can_retry_or_await_a_picture_that_was_never_ordered() -> None:
    for ask in (builder.retry_picture, builder.await_picture):
        with db.writing() as session, pytest.raises(NotFound):
            ask(session, "0" * 64)


@pytest.mark.parametrize(
    ("urgency", "kind", "on_one_core"),
    [
        (Urgency.PAGE, PHOTO, False),
        (Urgency.PAGE, PictureKind.TURNTABLE, False),
        (Urgency.SHELF, PHOTO, True),
        (Urgency.AHEAD, PHOTO, True),
        (Urgency.AHEAD, PictureKind.TURNTABLE, True),
        (Urgency.RENEWAL, PHOTO, True),
    ],
)
def test_what_an_open_page_waits_for_is_made_on_all_cores_and_the_rest_on_one(
    monkeypatch: pytest.MonkeyPatch, urgency: Urgency, kind: PictureKind, on_one_core: bool
) -> None:
    told: list[bool] = []

    def call(*_: object, on_one_core: bool, **__: object) -> list[tuple[bytes, str]]:
        told.append(on_one_core)
        return [(b"drawn", ".webp")]

    monkeypatch.setattr(offload, "call", call)
    with db.writing() as session:
        builder.want_picture(session, kind, make_design().to_dict(), urgency=urgency)
    drain()
    assert told == [on_one_core]
