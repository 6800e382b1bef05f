"""What kinds of pictures there are, and the stages of one as the visitor sees them go by."""

from enum import IntEnum, StrEnum

RENDER_VERSION = 8
"""Raised whenever the same design gives another picture, so that no stale one is shown."""

PICTURE_PX = 800
"""The width and height of a photo."""


class PictureKind(StrEnum):
    """What is made of one design or thing; each is a file of its own."""

    PHOTO = "photo"
    THUMB = "thumb"
    FRONT = "front"
    SIDE = "side"
    TOP = "top"
    DETAIL = "detail"
    TURNTABLE = "turntable"
    CARD = "card"
    CUTOUT = "cutout"
    DRAWING = "drawing"


LONG = frozenset({PictureKind.TURNTABLE})
"""Kinds that take seconds: they never stand before a photo somebody waits for."""


class Urgency(IntEnum):
    """Who waits for a picture: nobody, since an older one is shown, or since nobody has looked yet;
    a shelf; an open page."""

    RENEWAL = 0
    AHEAD = 1
    SHELF = 2
    PAGE = 3


class PictureState(StrEnum):
    """Where a picture stands: waiting, being made, there, given up, or no longer wanted."""

    QUEUED = "queued"
    WORKING = "working"
    READY = "ready"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Stage(StrEnum):
    """What the worker is doing, in the order it happens."""

    QUEUED = "queued"
    SHAPING = "shaping"
    LIGHTING = "lighting"
    SHADING = "shading"
    SAVING = "saving"
    READY = "ready"


SAID = {
    Stage.QUEUED: "Waiting for the studio",
    Stage.SHAPING: "Shaping straps and buckles",
    Stage.LIGHTING: "Setting the light",
    Stage.SHADING: "Colouring webbing and metal",
    Stage.SAVING: "Developing the picture",
    Stage.READY: "Your picture is ready",
}

PERCENT = {stage: round(100 * place / (len(Stage) - 1)) for place, stage in enumerate(Stage)}


def topic(content_key: str, kind: PictureKind = PictureKind.PHOTO) -> str:
    """The signal that says this picture has moved on."""
    return f"picture:{kind}:{content_key}"
