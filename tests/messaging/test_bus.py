"""Events keep their shape, and reactions find them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar

import pytest

from pet_app.messaging.bus import EVENTS, Event, load_reactions, on, reactions_to
from tests.messaging.factory import BellMuted, BellRung


def test_an_event_survives_being_written_down() -> None:
    @dataclass(frozen=True)
    class TrainLeft(Event):
        name: ClassVar[str] = "train.left"
        at: datetime
        coaches: tuple[int, ...]
        driver: str | None = None

    left = TrainLeft(datetime(2026, 11, 20, 9, 30, tzinfo=UTC), (1, 2))
    assert TrainLeft.from_payload(left.to_payload()) == left
    assert TrainLeft.from_payload(left.to_payload() | {"gone": "since"}) == left
    del EVENTS["train.left"]


def test_two_events_cannot_share_a_name() -> None:
    with pytest.raises(ValueError, match=r"two events are called bell\.rung"):
        type("Impostor", (Event,), {"name": "bell.rung"})


def test_two_reactions_cannot_share_a_name() -> None:
    def hear(event: BellRung, job: object) -> None: ...

    hear.__module__ = "elsewhere.factory"
    with pytest.raises(ValueError, match=r"two reactions are called factory\.hear"):
        on(BellRung)(hear)


def test_a_pattern_hears_every_event_it_matches() -> None:
    assert {found.name for found in reactions_to(BellRung.name)} == {
        "factory.hear",
        "factory.picture",
    }
    assert [found.name for found in reactions_to(BellMuted.name)] == ["factory.picture"]


def test_every_sections_reactions_can_be_loaded() -> None:
    load_reactions()
    assert "user.registered" in EVENTS
