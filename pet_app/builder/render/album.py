"""Every kind of picture there is of a piece, each as a file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from pet_app.builder import subject
from pet_app.builder.geometry.build import build
from pet_app.builder.pictures import PICTURE_PX, PictureKind
from pet_app.builder.reading import parse
from pet_app.builder.render import picture
from pet_app.builder.render.camera import CAMERAS, Camera
from pet_app.builder.render.encode import turning, webp, webps
from pet_app.builder.render.pose import posed
from pet_app.builder.render.scene import Scene, scene
from pet_app.builder.render.sharecard import ON_CARD_PX, share_card
from pet_app.builder.render.views import close_up, round_about, view
from pet_app.builder.rules import Kind
from pet_app.builder.things import picture as things
from pet_app.builder.things.thing import read
from pet_app.builder.workshop.drawing import Drawing
from pet_app.builder.workshop.views import sheet_of_views
from pet_app.core import offload

PHOTO_PX = {PictureKind.PHOTO: PICTURE_PX, PictureKind.THUMB: 400}
TURNTABLE_PX = 600
FRONT_DEG = {Kind.COLLAR: 0.0, Kind.MARTINGALE: 0.0, Kind.LEASH: 0.0}
"""From where a kind is seen from its front, when it does not look to the right."""

File = tuple[bytes, str]


@dataclass(frozen=True)
class Sitter:
    """What stands before the camera, in its light; `shoot` takes a size and what else
    `picture.photograph` takes by name."""

    usual: Camera
    front_deg: float
    shoot: Callable[..., np.ndarray]
    stand: Callable[[], Scene]


def pictures(kinds: Sequence[str], data: Mapping[str, Any]) -> tuple[File, ...]:
    """Pictures of these kinds of a `subject`, each as a file and its suffix.

    Reports its stages through `offload.progress`. Raises Invalid for what cannot be made.
    """
    wanted = [PictureKind(kind) for kind in kinds]
    photos = _photos(data, [kind for kind in wanted if kind in PHOTO_PX])
    return tuple(photos[kind] if kind in photos else MAKERS[kind](data) for kind in wanted)


def sitter(data: Mapping[str, Any]) -> Sitter:
    """The design or thing of plain values. Raises Invalid when it is neither."""
    piece, lit = subject.piece_of(data), subject.light_of(data)
    in_light = {"background": lit.paper, "studio": lit.studio}
    if subject.is_thing(piece):
        thing = read(piece)
        return Sitter(
            thing.made_by.camera,
            0.0,
            partial(things.photograph, thing, **in_light),
            lambda: scene(things.model(thing), thing.made_by.parts),
        )
    design = parse(piece)
    return Sitter(
        CAMERAS[design.kind],
        FRONT_DEG.get(design.kind, 90.0),
        partial(picture.photograph, design, **in_light),
        lambda: scene(posed(build(design), design.kind)),
    )


def turntable(data: Mapping[str, Any], size: int = TURNTABLE_PX) -> list[np.ndarray]:
    """The frames of one whole turn, uint8 (size, size, 3) each."""
    piece = sitter(data)
    return [piece.shoot(size, camera=camera) for camera in round_about(piece.usual)]


def views_of(data: Mapping[str, Any]) -> Drawing:
    """Line drawings of a piece from all sides, in millimetres on paper."""
    piece = sitter(data)
    return sheet_of_views(piece.stand(), piece.usual, piece.front_deg)


def _photos(data: Mapping[str, Any], kinds: Sequence[PictureKind]) -> dict[PictureKind, File]:
    """The product picture in several sizes, taken once in the largest."""
    if not kinds:
        return {}
    sizes = [PHOTO_PX[kind] for kind in kinds]
    files = webps(sitter(data).shoot(max(sizes)), sizes)
    return {kind: (file, ".webp") for kind, file in zip(kinds, files, strict=True)}


def _viewed(kind: PictureKind, data: Mapping[str, Any]) -> File:
    piece = sitter(data)
    camera = view(kind, piece.usual, piece.front_deg)
    return webp(piece.shoot(PICTURE_PX, camera=camera)), ".webp"


def _close(data: Mapping[str, Any]) -> File:
    piece = sitter(data)
    camera = close_up(piece.stand(), piece.usual)
    return webp(piece.shoot(PICTURE_PX, camera=camera)), ".webp"


def _cut_out(data: Mapping[str, Any]) -> File:
    return webp(sitter(data).shoot(PICTURE_PX, background=None)), ".webp"


def _turning(data: Mapping[str, Any]) -> File:
    frames = turntable(data)
    offload.progress("saving")
    return turning(frames), ".webp"


def _card(data: Mapping[str, Any]) -> File:
    pixels = sitter(data["of"]).shoot(ON_CARD_PX)
    return share_card(pixels, subject.words_on(data)), ".jpg"


def _drawing(data: Mapping[str, Any]) -> File:
    return views_of(data).svg("Line drawing").encode(), ".svg"


MAKERS: dict[PictureKind, Callable[[Mapping[str, Any]], File]] = {
    PictureKind.FRONT: partial(_viewed, PictureKind.FRONT),
    PictureKind.SIDE: partial(_viewed, PictureKind.SIDE),
    PictureKind.TOP: partial(_viewed, PictureKind.TOP),
    PictureKind.DETAIL: _close,
    PictureKind.CUTOUT: _cut_out,
    PictureKind.TURNTABLE: _turning,
    PictureKind.CARD: _card,
    PictureKind.DRAWING: _drawing,
}
