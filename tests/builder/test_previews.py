"""How a picture is ordered, made, given up and asked for again."""

import pytest
from sqlalchemy import update

from pet_app.builder import service as builder
from pet_app.builder.models import Preview
from pet_app.builder.preview import RENDER_VERSION, PreviewState, Stage
from pet_app.builder.service.previews import STANDING_STILL
from pet_app.core import db
from pet_app.core.errors import NotFound
from tests.builder.keeping import said, save
from tests.pet.factory import OLIVE

pytestmark = pytest.mark.usefixtures("database")


def test_a_picture_goes_through_its_stages_and_then_stays() -> None:
    key = save().design.content_key()
    with db.writing() as session:
        builder.note_stage(session, key, Stage.LIGHTING)
        under_way = builder.preview_of(session, key)
        builder.attach_preview(session, key, "ab/picture.webp")
        builder.attach_preview(session, key, "ab/picture.webp")
        builder.note_stage(session, key, Stage.SHAPING)
        builder.fail_preview(session, key, "too late")
        ready = builder.preview_of(session, key)
    assert (under_way.state, under_way.percent, under_way.url) == (PreviewState.WORKING, 40, "")
    assert (ready.state, ready.percent, ready.reason) == (PreviewState.READY, 100, "")
    assert ready.url == "/media/ab/picture.webp"


def test_a_failed_picture_says_why_and_can_be_asked_for_again() -> None:
    key = save().design.content_key()
    with db.writing() as session:
        builder.fail_preview(session, key, "The studio is dark.")
        failed = builder.preview_of(session, key)
        again = builder.retry_preview(session, key)
        builder.retry_preview(session, key)
    assert (failed.state, failed.reason) == (PreviewState.FAILED, "The studio is dark.")
    assert (again.state, again.reason) == (PreviewState.QUEUED, "")
    assert said("preview.wanted") == 1


def test_a_picture_of_a_slow_attempt_counts_though_another_gave_up() -> None:
    key = save().design.content_key()
    with db.writing() as session:
        builder.fail_preview(session, key, "The studio is dark.")
        builder.note_stage(session, key, Stage.SHADING)
        failed = builder.preview_of(session, key)
        builder.attach_preview(session, key, "ab/picture.webp")
        ready = builder.preview_of(session, key)
    assert (failed.state, failed.stage) == (PreviewState.FAILED, Stage.QUEUED)
    assert (ready.state, ready.reason) == (PreviewState.READY, "")


@pytest.mark.parametrize("stage", [Stage.QUEUED, Stage.LIGHTING])
def test_a_picture_that_stood_still_for_long_can_be_asked_for_again(stage: Stage) -> None:
    design = save().design
    key = design.content_key()
    with db.writing() as session:
        if stage is not Stage.QUEUED:
            builder.note_stage(session, key, stage)
        builder.retry_preview(session, key)
        moving = builder.preview_of(session, key)
    for ask in (lambda s: builder.retry_preview(s, key), lambda s: builder.want_preview(s, design)):
        with db.writing() as session:
            session.connection().execute(
                update(Preview).values(
                    state=PreviewState.WORKING,
                    changed=db.database_now(session) - STANDING_STILL,
                )
            )
        with db.writing() as session:
            assert ask(session).state is PreviewState.QUEUED
    assert moving.stage is stage
    assert said("preview.wanted") == 1


def test_an_older_picture_is_shown_until_a_newer_one_is_ordered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept = save()
    with db.writing() as session:
        builder.attach_preview(session, kept.design.content_key(), "ab/first.webp")
    for version in (RENDER_VERSION + 1, RENDER_VERSION + 2):
        monkeypatch.setattr("pet_app.builder.service.previews.RENDER_VERSION", version)
        with db.reading() as session:
            shown = builder.get_design(session, OLIVE, kept.id).preview
        assert shown is not None
        assert shown.url == "/media/ab/first.webp"
        with db.writing() as session:
            builder.want_preview(session, kept.design)
            ordered = builder.get_design(session, OLIVE, kept.id).preview
        assert ordered is not None
        assert ordered.state is PreviewState.QUEUED


def test_nobody_can_retry_a_picture_that_was_never_ordered() -> None:
    with db.writing() as session, pytest.raises(NotFound):
        builder.retry_preview(session, "0" * 64)
