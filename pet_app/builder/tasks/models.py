"""The models that browsers load: made before anybody asks, or while they wait."""

from pet_app.builder import service as builder
from pet_app.builder.design import Design
from pet_app.builder.pictures import PictureKind
from pet_app.builder.starting import OFFERED, STARTING
from pet_app.builder.worn import worn_key
from pet_app.core import db, offload, storage
from pet_app.core.errors import NotFound

MODEL = "pet_app.builder.geometry.build:build_glb"
WORN = "pet_app.builder.geometry.worn:worn_glb"
TIMEOUT_S = 20


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
            builder.want_picture(session, PictureKind.PHOTO, design.to_dict(), kept=True)


def _made(design: Design, key: str, work: str) -> str:
    """See that the model of that key is there; the key."""
    if not _has_model(key):
        data = offload.call("model", work, design.to_dict(), timeout=TIMEOUT_S)
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
