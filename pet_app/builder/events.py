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
class PictureAwaited(Event):
    """An open page waits for pictures of a content."""

    name: ClassVar[str] = "picture.awaited"

    content_key: str
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class LongPictureAwaited(Event):
    """An open page waits for pictures that take seconds."""

    name: ClassVar[str] = "picture.long_awaited"

    content_key: str
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class PictureWanted(Event):
    """Pictures of a content are wanted, though no page waits for them."""

    name: ClassVar[str] = "picture.wanted"

    content_key: str
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class PictureForeseen(Event):
    """Somebody may want to see these pictures of a content one day."""

    name: ClassVar[str] = "picture.foreseen"

    content_key: str
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class LongPictureForeseen(Event):
    """Somebody may want to see these pictures one day, which take seconds."""

    name: ClassVar[str] = "picture.long_foreseen"

    content_key: str
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class PictureAged(Event):
    """Pictures are shown that today's renderer would make otherwise."""

    name: ClassVar[str] = "picture.aged"

    content_key: str
    kinds: tuple[str, ...]
