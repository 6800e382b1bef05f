"""What follows a saved design: its model and its picture, each once."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from pet_app.builder import service as builder
from pet_app.builder import tasks
from pet_app.builder.preview import PreviewState, topic
from pet_app.builder.service import DesignRecord, PreviewRecord
from pet_app.builder.starting import OFFERED
from pet_app.catalog import service as catalog
from pet_app.catalog.events import ProductAdded
from pet_app.catalog.rules import Kind
from pet_app.core import db, offload, storage
from pet_app.core.ids import new_id
from pet_app.core.security import user_owner, visitor_owner
from pet_app.messaging import signal
from pet_app.messaging.outbox import publish
from pet_app.user.events import UserSignedIn
from tests.builder.factory import make_design
from tests.catalog.factory import make_product
from tests.messaging.factory import drain, hasten, jobs
from tests.pet.factory import GUEST, OLIVE

pytestmark = pytest.mark.usefixtures("sqlite_database")


def save(girth_mm: int = 640) -> DesignRecord:
    with db.writing() as session:
        data = make_design(girth_mm=girth_mm).to_dict()
        return builder.save_design(session, OLIVE, data, "", new_id())


def preview(kept: DesignRecord) -> PreviewRecord:
    with db.reading() as session:
        return builder.preview_of(session, kept.design.content_key())


def files(shop: Path, suffix: str) -> int:
    return len(list(shop.rglob(f"*{suffix}")))


def test_a_model_is_made_once_and_found_again(shop: Path) -> None:
    first = tasks.ensure_model(make_design(colour="pine"))
    assert tasks.ensure_model(make_design(colour="poppy")) == first
    assert tasks.ensure_model(make_design(width_mm=30)) != first
    assert files(shop, ".glb") == 2


def test_a_model_whose_file_is_gone_is_made_again(shop: Path) -> None:
    tasks.ensure_model(make_design())
    for file in shop.rglob("*.glb"):
        file.unlink()
    tasks.ensure_model(make_design())
    with db.reading() as session:
        assert storage.exists(builder.model_key(session, make_design().geometry_key()))


def test_a_saved_design_gets_its_picture_and_the_page_is_told_each_stage(shop: Path) -> None:
    kept = save()
    seen: list[str] = []
    with signal.watching(
        topic(kept.design.content_key()), lambda: seen.append(preview(kept).stage)
    ):
        drain()
    ready = preview(kept)
    assert ready.state is PreviewState.READY
    assert storage.get(ready.storage_key)[8:12] == b"WEBP"
    assert seen == ["shaping", "lighting", "shading", "saving", "ready"]
    assert files(shop, ".webp") == 1


def test_a_job_done_twice_leaves_one_picture_and_tells_nobody_again(shop: Path) -> None:
    kept = save()
    drain()
    first = preview(kept)
    with db.writing() as session:
        publish(session, tasks.DesignSaved(kept.id, kept.design.content_key()))
    seen: list[str] = []
    with signal.watching(topic(kept.design.content_key()), lambda: seen.append("told")):
        drain()
    assert (preview(kept), seen, files(shop, ".webp")) == (first, [], 1)
    assert [job.state for job in jobs("builder.render_preview")] == ["done", "done"]


def test_a_picture_that_keeps_failing_is_given_up_with_a_reason_and_can_be_retried(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept = save()
    with monkeypatch.context() as broken:
        broken.setattr(tasks, "PICTURES", "tests.builder.studio:refuse")
        for _ in range(tasks.PATIENCE):
            drain()
            hasten()
    failed = preview(kept)
    assert (failed.state, failed.reason) == (PreviewState.FAILED, builder.NO_PICTURE)
    with db.writing() as session:
        builder.retry_preview(session, failed.content_key)
    drain()
    assert preview(kept).state is PreviewState.READY


def test_a_picture_no_further_try_would_bring_is_given_up_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept = save()
    with monkeypatch.context() as strict:
        strict.setattr(tasks, "PICTURES", "tests.builder.studio:decline")
        drain()
    failed = preview(kept)
    assert (failed.state, failed.reason) == (PreviewState.FAILED, builder.NO_PICTURE)
    assert [job.state for job in jobs("builder.render_preview")] == ["dead"]


def test_a_studio_that_dies_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = save()
    with monkeypatch.context() as deadly:
        deadly.setattr(tasks, "PICTURES", "tests.builder.studio:die")
        drain()
    assert not preview(kept).is_settled
    hasten()
    drain()
    assert preview(kept).state is PreviewState.READY


def test_a_design_that_todays_rules_refuse_is_not_pictured(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept = save()
    monkeypatch.setattr(
        "pet_app.builder.constraints.width._reason",
        lambda _design, width: "" if width == 10 else "Only narrow webbing is left.",
    )
    drain()
    assert preview(kept).reason == builder.NOT_MADE_ANY_MORE
    assert [job.state for job in jobs("builder.render_preview")] == ["done"]


def test_a_product_is_shown_as_the_builder_renders_it() -> None:
    with db.writing() as session:
        product = make_product(session, design=make_design().to_dict())
    drain()
    with db.reading() as session:
        shown = catalog.get_product(session, product.handle)
        known = builder.preview_of(session, make_design().content_key())
    assert (shown.picture, bool(shown.picture_small)) == (known.storage_key, True)


def test_a_simple_thing_is_shown_in_both_sizes_and_once(shop: Path) -> None:
    bowl = {"format": 1, "thing": "dish", "finish": {"body": "glaze chalk", "rim": "glaze navy"}}
    with db.writing() as session:
        product = make_product(session, "dish", kind=Kind.BOWL, design=bowl, made=False)
        publish(session, ProductAdded(product.handle))
    drain()
    with db.reading() as session:
        shown = catalog.get_product(session, product.handle)
    sizes = [
        Image.open(BytesIO(storage.get(key))).size for key in (shown.picture, shown.picture_small)
    ]
    assert sizes == [(800, 800), (400, 400)]
    assert files(shop, ".webp") == 2


def test_a_guest_who_signs_in_finds_their_designs() -> None:
    with db.writing() as session:
        kept = builder.save_design(session, GUEST, make_design().to_dict(), "", new_id())
        for _ in range(2):
            publish(session, UserSignedIn("olive", visitor_owner(GUEST.visitor)))
    drain()
    with db.reading() as session:
        assert [found.id for found in builder.list_designs(session, OLIVE)] == [kept.id]
    assert user_owner("olive") in OLIVE.owners


def test_the_first_piece_has_its_model_and_its_picture_before_anybody_asks(shop: Path) -> None:
    for _ in range(2):
        tasks.prepare_models()
        drain()
    assert (files(shop, ".glb"), files(shop, ".webp")) == (len(OFFERED), len(OFFERED))
    assert len(jobs("builder.render_again")) == len(OFFERED)


@pytest.fixture(autouse=True)
def _studio() -> None:
    """A test that ended a child leaves none behind that was told of another folder."""
    offload.close()
