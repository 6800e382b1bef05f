"""What the inbox announces."""

from dataclasses import dataclass
from typing import ClassVar

from pet_app.messaging.bus import Event


@dataclass(frozen=True)
class WebhookReceived(Event):
    """A delivery with a good signature was stored; `source` and `topic` say what it is about."""

    name: ClassVar[str] = "webhook.received"

    inbox_id: str
    source: str
    topic: str
