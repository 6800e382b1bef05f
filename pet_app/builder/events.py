"""What happens to designs."""

from dataclasses import dataclass
from typing import ClassVar

from pet_app.messaging.bus import Event


@dataclass(frozen=True)
class DesignSaved(Event):
    """Somebody kept a design, new or changed; its picture is wanted."""

    name: ClassVar[str] = "design.saved"

    design_id: str
    content_key: str


@dataclass(frozen=True)
class DesignDeleted(Event):
    """Somebody threw a design away."""

    name: ClassVar[str] = "design.deleted"

    design_id: str


@dataclass(frozen=True)
class PreviewWanted(Event):
    """A picture that could not be made, or was thrown away, is asked for again."""

    name: ClassVar[str] = "preview.wanted"

    content_key: str
