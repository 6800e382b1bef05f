"""The stages of a rendered picture, as the visitor sees them go by."""

from enum import StrEnum

RENDER_VERSION = 2
"""Raised whenever the same design gives another picture, so that no stale one is shown."""

PICTURE_PX = 800
"""The width and height of a preview."""


class PreviewState(StrEnum):
    """Where a picture stands: waiting for a worker, being made, there, or given up."""

    QUEUED = "queued"
    WORKING = "working"
    READY = "ready"
    FAILED = "failed"


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


def topic(content_key: str) -> str:
    """The signal that says this design's picture has moved on."""
    return f"preview:{content_key}"
