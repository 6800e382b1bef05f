"""What happens because of a design: its model, its picture, its new owner."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from pet_app.builder import service as builder
from pet_app.builder.design import Design
from pet_app.builder.events import DesignSaved, PreviewWanted
from pet_app.builder.preview import PICTURE_PX, Stage
from pet_app.builder.reading import parse
from pet_app.builder.starting import OFFERED, STARTING
from pet_app.builder.worn import worn_key
from pet_app.catalog import service as catalog
from pet_app.catalog.events import ProductAdded
from pet_app.core import db, offload, storage
from pet_app.core.errors import Invalid, NotFound, Unavailable
from pet_app.core.security import user_owner
from pet_app.messaging.bus import on
from pet_app.messaging.clock import SlotCame, every
from pet_app.messaging.job import Job
from pet_app.messaging.outbox import publish
from pet_app.user.events import FilesLetGo, UserSignedIn

MODEL = "pet_app.builder.geometry.build:build_glb"
WORN = "pet_app.builder.geometry.worn:worn_glb"
PICTURES = "pet_app.builder.render.picture:pictures"
THING = "pet_app.builder.things.picture:pictures"
MODEL_TIMEOUT_S = 20
PICTURE_TIMEOUT_S = 120
SMALL_PX = 400
"""The picture of a product on the shelf, for small screens."""

PATIENCE = 3
"""How often a picture may fail before we say so."""


def ensure_model(design: Design) -> str:
    """Where the browser finds the GLB of a design; makes it when nobody has yet. Blocks."""
    return f"/api/v1/builder/models/{_made(design, design.geometry_key(), MODEL)}.glb"


def ensure_worn(design: Design) -> str:
    """Where the browser finds the GLB of a design on its animal; makes it if need be. Blocks."""
    return f"/api/v1/builder/animals/{_made(design, worn_key(design), WORN)}.glb"


def prepare_models() -> None:
    """Make the models a first visitor meets, and order their pictures, before anybody asks."""
    for design in (STARTING[kind] for kind in OFFERED):
        ensure_model(design)
        with db.writing() as session:
            builder.order_preview(session, design)


@on(DesignSaved, queue="previews", priority=10, max_failures=PATIENCE)
def render_preview(event: DesignSaved, job: Job) -> None:
    """A design that was saved gets its picture."""
    _picture(event.content_key, job)


@on(PreviewWanted, queue="previews", priority=10, max_failures=PATIENCE)
def render_again(event: PreviewWanted, job: Job) -> None:
    """A picture that failed is tried once more."""
    _picture(event.content_key, job)


@on(ProductAdded, queue="previews", max_failures=PATIENCE)
def picture_product(event: ProductAdded, job: Job) -> None:
    """A product of ours is shown as the builder would render it, a simple thing in its light."""
    with db.reading() as session:
        product = catalog.get_product(session, event.handle)
    if "thing" in product.design:
        stored, small = _kept(_drawn(THING, product.design, PICTURE_PX, SMALL_PX))
        with job.apply() as session:
            catalog.attach_picture(session, event.handle, stored, small)
        return
    design = parse(product.design)
    with db.writing() as session:
        known = builder.want_preview(session, design)
    if known.storage_key:
        stored, (small,) = known.storage_key, _kept(_drawn(PICTURES, design.to_dict(), SMALL_PX))
    else:
        stored, small = _rendered(design, known.content_key, job, PICTURE_PX, SMALL_PX)
    with job.apply() as session:
        builder.attach_preview(session, known.content_key, stored)
        catalog.attach_picture(session, event.handle, stored, small)


@on(UserSignedIn)
def adopt_guest_designs(event: UserSignedIn, job: Job) -> None:
    """A guest who signs in keeps what they designed."""
    with job.apply() as session:
        builder.adopt_designs(session, event.visitor_owner, user_owner(event.user_id))


@every(timedelta(days=1), "forget loose pictures and models")
def forget_loose(_slot: SlotCame, job: Job) -> None:
    """What nobody keeps a design for may still show the words somebody tried."""
    with job.apply() as session:
        if files := builder.drop_loose(session):
            publish(session, FilesLetGo(keys=files))


def _made(design: Design, key: str, work: str) -> str:
    """See that the model of that key is there; the key."""
    if not _has_model(key):
        data = offload.call("model", work, design.to_dict(), timeout=MODEL_TIMEOUT_S)
        stored = storage.put(data, ".glb")
        with db.writing() as session:
            builder.attach_model(session, key, stored, len(data))
    return key


def _has_model(geometry_key: str) -> bool:
    try:
        with db.reading() as session:
            stored = builder.model_key(session, geometry_key)
    except NotFound:
        return False
    return storage.exists(stored)


def _picture(content_key: str, job: Job) -> None:
    try:
        with db.reading() as session:
            design = builder.ordered_design(session, content_key)
    except Invalid as refusal:
        with job.apply() as session:
            builder.fail_preview(session, content_key, refusal.detail)
        return
    if design is None:
        return
    (stored,) = _rendered(design, content_key, job, PICTURE_PX)
    with job.apply() as session:
        builder.attach_preview(session, content_key, stored)


def _rendered(design: Design, content_key: str, job: Job, *sizes: int) -> tuple[str, ...]:
    """Render a design and store the picture in each size; where they are stored.

    Tells open pages of each stage.
    """

    def note(stage: str) -> None:
        # A stage is a courtesy: a busy database must not cost the picture.
        with suppress(Unavailable), db.writing() as session:
            builder.note_stage(session, content_key, Stage(stage))

    try:
        return _kept(_drawn(PICTURES, design.to_dict(), *sizes, note=note))
    except Exception as error:
        last_try = job.failures + 1 >= job.max_failures
        with db.writing() as session:
            builder.give_up_preview(session, content_key, error, last_try=last_try)
        raise


def _drawn(
    work: str,
    design: dict[str, Any],
    *sizes: int,
    note: Callable[[str], None] | None = None,
) -> tuple[bytes, ...]:
    return offload.call("picture", work, design, sizes, on_progress=note, timeout=PICTURE_TIMEOUT_S)


def _kept(files: Iterable[bytes]) -> tuple[str, ...]:
    return tuple(storage.put(file, ".webp") for file in files)
