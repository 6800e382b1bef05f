"""What follows a saved design: its model and its picture, each once."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import insert

from pet_app.builder import service as builder
from pet_app.builder import tasks
from pet_app.builder.events import PictureAwaited, PictureWanted
from pet_app.builder.pictures import (
    RENDER_VERSION,
    PictureKind,
    PictureState,
    Stage,
    Urgency,
    topic,
)
from pet_app.builder.service import DesignRecord, PictureRecord
from pet_app.builder.starting import OFFERED
from pet_app.builder.tasks import pictures as making
from pet_app.builder.tasks import products
from pet_app.catalog import service as catalog
from pet_app.catalog.events import ProductAdded
from pet_app.catalog.rules import Kind
from pet_app.core import db, offload, storage
from pet_app.core.ids import new_id
from pet_app.core.security import user_owner, visitor_owner
from pet_app.messaging import queue, signal
from pet_app.messaging.bus import REACTIONS
from pet_app.messaging.clock import SlotCame
from pet_app.messaging.job import ready
from pet_app.messaging.models import JobRow, JobState
from pet_app.messaging.outbox import publish
from pet_app.user.events import UserSignedIn
from tests.builder.factory import make_design
from tests.builder.studio import BEGUN
from tests.catalog.factory import make_product
from tests.faults.idle import wait_until_none
from tests.messaging.factory import PATIENCE_S, drain, hasten, jobs
from tests.pet.factory import GUEST, OLIVE

pytestmark = pytest.mark.usefixtures("sqlite_database")


def save(girth_mm: int = 640) -> DesignRecord:
    with db.writing() as session:
        data = make_design(girth_mm=girth_mm).to_dict()
        return builder.save_design(session, OLIVE, data, "", new_id())


def picture(kept: DesignRecord) -> PictureRecord:
    return picture_of(kept.design.content_key())


def picture_of(key: str) -> PictureRecord:
    with db.reading() as session:
        return builder.picture_of(session, key)


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


def test_a_saved_design_gets_its_pictures_and_the_page_is_told(shop: Path) -> None:
    kept = save()
    seen: list[str] = []
    with signal.watching(
        topic(kept.design.content_key()), lambda: seen.append(picture(kept).stage)
    ):
        drain()
    ready = picture(kept)
    assert ready.state is PictureState.READY
    assert storage.get(ready.storage_key)[8:12] == b"WEBP"
    # A stage that is over in a blink is not told.
    stages = [stage.value for stage in Stage]
    assert seen == sorted(seen, key=stages.index)
    assert seen[-1] == "ready"
    assert files(shop, ".webp") == 2


@pytest.mark.usefixtures("sketched")
def test_what_many_save_at_once_is_pictured_once(shop: Path) -> None:
    kept = save()
    with db.writing() as session:
        for event in (PictureAwaited, PictureWanted, PictureAwaited):
            publish(session, event(kept.design.content_key(), ("photo", "thumb")))
    seen: list[str] = []
    with signal.watching(topic(kept.design.content_key()), lambda: seen.append("told")):
        drain()
    first = picture(kept)
    with db.writing() as session:
        publish(session, PictureAwaited(first.content_key, ("photo",)))
    drain()
    assert (picture(kept), seen, files(shop, ".webp")) == (first, ["told"], 2)
    assert {job.state for job in jobs("builder.make_awaited")} == {"done"}


@pytest.mark.usefixtures("sketched")
@pytest.mark.parametrize("fault", ["refuse", "die"])
def test_a_poisoned_design_is_given_up_with_its_reason_and_can_be_retried(
    monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    monkeypatch.setattr(offload, "PAUSES_S", (0.0,))
    monkeypatch.setattr(offload, "_inline", fault != "die")
    monkeypatch.setattr(making, "ALBUM", f"tests.builder.studio:{fault}")
    kept = save()
    for _ in range(making.PATIENCE):
        drain()
        hasten()
    failed = picture(kept)
    assert (failed.state, failed.reason) == (PictureState.FAILED, builder.NO_PICTURE)
    assert [job.state for job in jobs("builder.make_awaited")] == ["dead"]
    monkeypatch.setattr(offload, "_inline", True)
    monkeypatch.setattr(making, "ALBUM", "tests.builder.sketching:sketch")
    with db.writing() as session:
        builder.retry_picture(session, failed.content_key)
    drain()
    assert picture(kept).state is PictureState.READY


def test_a_worker_that_is_told_to_stop_is_no_failure_of_its_picture(
    monkeypatch: pytest.MonkeyPatch, shop: Path
) -> None:
    monkeypatch.setattr(queue, "GRACE_MS", 0)
    monkeypatch.setattr(making, "ALBUM", "tests.builder.studio:linger")
    with db.writing() as session:
        data = make_design().to_dict()
        asked = builder.want_picture(session, PictureKind.PHOTO, data, urgency=Urgency.PAGE)
    for _ in range(making.PATIENCE):
        queue.start_embedded()
        wait_until_none(PATIENCE_S, lambda: not (shop / BEGUN).exists())
        (shop / BEGUN).unlink()
        queue.stop_embedded()
    stopped, (job,) = picture_of(asked.content_key), jobs("builder.make_awaited")
    monkeypatch.setattr(making, "ALBUM", "tests.builder.sketching:sketch")
    drain()
    assert (stopped.state, job.state, job.failures) == (PictureState.QUEUED, JobState.READY, 0)
    assert picture_of(asked.content_key).state is PictureState.READY


@pytest.mark.parametrize(
    ("fault", "reason"), [("dawdle", making.TOO_LONG), ("gorge", making.TOO_LARGE)]
)
def test_a_picture_that_takes_too_much_is_stopped_and_says_so(
    monkeypatch: pytest.MonkeyPatch, fault: str, reason: str
) -> None:
    monkeypatch.setattr(making, "ALBUM", f"tests.builder.studio:{fault}")
    monkeypatch.setattr(making, "TIMEOUT_S", 1 if fault == "dawdle" else 20)
    monkeypatch.setattr(making, "AT_FIRST_S", 0)
    kept = save()
    hurried = replace(REACTIONS["builder.make_awaited"], max_failures=1)
    monkeypatch.setitem(REACTIONS, "builder.make_awaited", hurried)
    drain()
    assert picture(kept).reason == reason


@pytest.mark.usefixtures("sketched")
def test_a_picture_no_further_try_would_bring_is_given_up_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept = save()
    monkeypatch.setattr(making, "ALBUM", "tests.builder.studio:decline")
    drain()
    failed = picture(kept)
    assert failed.state is PictureState.FAILED
    assert failed.reason == f"{builder.NO_PICTURE} This cannot be pictured."
    assert [job.state for job in jobs("builder.make_awaited")] == ["dead"]


@pytest.mark.usefixtures("sketched")
def test_a_store_that_is_away_costs_no_picture_and_no_try(
    monkeypatch: pytest.MonkeyPatch, shop: Path
) -> None:
    monkeypatch.setattr(making, "STORE_PATIENCE_S", 0.0)
    kept = save()
    blocked = shop / "storage"
    # Where the folder should be lies a file: nothing can be written below it.
    blocked.write_text("")
    for _ in range(making.PATIENCE + 1):
        drain()
        hasten()
    waiting = picture(kept)
    blocked.unlink()
    drain()
    assert (waiting.state, waiting.reason) == (PictureState.QUEUED, builder.STORE_AWAY)
    assert (picture(kept).state, picture(kept).reason) == (PictureState.READY, "")
    assert [job.failures for job in jobs("builder.make_awaited")] == [0]


@pytest.mark.usefixtures("sketched")
def test_a_picture_nobody_wants_any_more_is_not_made(shop: Path) -> None:
    kept = save()
    with db.writing() as session:
        builder.delete_design(session, OLIVE, kept.id)
    drain()
    assert picture(kept).state is PictureState.CANCELLED
    assert files(shop, ".webp") == 0


@pytest.mark.usefixtures("sketched")
def test_a_new_renderer_brings_new_pictures_bit_by_bit_and_products_show_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept = save()
    with db.writing() as session:
        product = make_product(session, design=kept.design.to_dict())
    drain()
    with db.reading() as session:
        before = catalog.get_product(session, product.handle).picture
    for module in ("pictures", "making"):
        monkeypatch.setattr(f"pet_app.builder.service.{module}.RENDER_VERSION", RENDER_VERSION + 1)
    monkeypatch.setattr(making, "ALBUM", "tests.builder.sketching:other_sketch")
    with db.writing() as session:
        renewing = REACTIONS["cron.renew old pictures"]
        slot = SlotCame(db.database_now(session))
        row = ready(
            renewing,
            slot.slot,
            key="a slot",
            event_id="a slot",
            event_name=slot.name,
            payload=slot.to_payload(),
        )
        session.connection().execute(insert(JobRow), [row])
    drain()
    with db.reading() as session:
        after = catalog.get_product(session, product.handle)
    assert picture(kept).storage_key == after.picture != before
    assert storage.exists(before)


def test_a_design_that_todays_rules_refuse_is_not_pictured(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept = save()
    monkeypatch.setattr(
        "pet_app.builder.constraints.width._reason",
        lambda _design, width: "" if width == 10 else "Only narrow webbing is left.",
    )
    drain()
    assert picture(kept).reason == builder.NOT_MADE_ANY_MORE
    assert [job.state for job in jobs("builder.make_awaited")] == ["done"]


@pytest.mark.usefixtures("sketched")
def test_a_product_is_shown_as_the_builder_renders_it() -> None:
    with db.writing() as session:
        product = make_product(session, design=make_design().to_dict())
    drain()
    with db.reading() as session:
        shown = catalog.get_product(session, product.handle)
        known = builder.picture_of(session, make_design().content_key())
    assert (shown.picture, bool(shown.picture_small)) == (known.storage_key, True)


@pytest.mark.usefixtures("sketched")
def test_a_simple_thing_is_shown_in_both_sizes_and_once(shop: Path) -> None:
    bowl = {"format": 1, "thing": "dish", "finish": {"body": "glaze chalk", "rim": "glaze navy"}}
    with db.writing() as session:
        product = make_product(session, "dish", kind=Kind.BOWL, design=bowl, made=False)
        publish(session, ProductAdded(product.handle))
    drain()
    with db.reading() as session:
        shown = catalog.get_product(session, product.handle)
    assert shown.picture != shown.picture_small
    assert storage.exists(shown.picture)
    assert storage.exists(shown.picture_small)
    assert files(shop, ".webp") == len((*products.SHELF, *products.VIEWS, "card"))


@pytest.mark.usefixtures("sketched")
def test_a_guest_who_signs_in_finds_their_designs() -> None:
    with db.writing() as session:
        kept = builder.save_design(session, GUEST, make_design().to_dict(), "", new_id())
        for _ in range(2):
            publish(session, UserSignedIn("olive", visitor_owner(GUEST.visitor)))
    drain()
    with db.reading() as session:
        assert [found.id for found in builder.list_designs(session, OLIVE)] == [kept.id]
    assert user_owner("olive") in OLIVE.owners


@pytest.mark.usefixtures("sketched")
def test_the_first_piece_has_its_model_and_its_picture_before_anybody_asks(shop: Path) -> None:
    for _ in range(2):
        tasks.prepare_models()
        drain()
    assert (files(shop, ".glb"), files(shop, ".webp")) == (len(OFFERED), len(OFFERED))
    assert len(jobs("builder.make_wanted")) == len(OFFERED)


@pytest.fixture
def sketched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures without the time they take, and without a child to make them in."""
    monkeypatch.setattr(making, "ALBUM", "tests.builder.sketching:sketch")
    monkeypatch.setattr(offload, "_inline", True)


@pytest.fixture(autouse=True)
def _studio() -> None:
    """A test that ended a child leaves none behind that was told of another folder."""
    offload.close()
