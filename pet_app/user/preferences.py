"""How somebody likes the shop to be: units, light or dark, and what it may tell them where."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pet_app.core.measures import Units


class Theme(StrEnum):
    """Light, dark, or as the device is set."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class News(StrEnum):
    """The kinds of things we tell people."""

    SECURITY = "security"
    ORDERS = "orders"
    REMINDERS = "reminders"
    OFFERS = "offers"


class Channel(StrEnum):
    """Where they are told."""

    EMAIL = "email"
    DASHBOARD = "dashboard"


Told = frozenset[tuple[News, Channel]]

EVERYTHING: Told = frozenset((news, channel) for news in News for channel in Channel)
ALWAYS: Told = frozenset((News.SECURITY, channel) for channel in Channel)
"""Nobody can turn these off, or a thief would first of all."""

UNLESS_ASKED: Told = EVERYTHING - {(News.OFFERS, channel) for channel in Channel}
"""Offers need consent, so they are off until somebody turns them on."""


@dataclass(frozen=True)
class Preferences:
    """What somebody chose. `units` and `theme` are None until they do: then a device's own
    choice stands. `told` is what they are told and where."""

    units: Units | None = None
    theme: Theme | None = None
    told: Told = UNLESS_ASKED

    def tells(self, news: News, channel: Channel) -> bool:
        return (news, channel) in self.told | ALWAYS


def read(kept: Mapping[str, Any]) -> Preferences:
    """The preferences in what an account keeps; what is unknown or odd counts as unsaid."""
    told = {
        pair
        for pair in EVERYTHING
        if _said(kept, *pair, otherwise=pair in UNLESS_ASKED) or pair in ALWAYS
    }
    return Preferences(
        next((units for units in Units if units == kept.get("units")), None),
        next((theme for theme in Theme if theme == kept.get("theme")), None),
        frozenset(told),
    )


def write(preferences: Preferences) -> dict[str, Any]:
    """The same as an account keeps it: only what differs from what goes without saying."""
    told: dict[str, dict[str, bool]] = {}
    for news, channel in sorted(preferences.told ^ UNLESS_ASKED):
        told.setdefault(news, {})[channel] = (news, channel) in preferences.told
    kept = {"units": preferences.units, "theme": preferences.theme, "told": told}
    return {name: value for name, value in kept.items() if value}


def _said(kept: Mapping[str, Any], news: News, channel: Channel, *, otherwise: bool) -> bool:
    told = kept.get("told")
    said = told.get(news) if isinstance(told, dict) else None
    found = said.get(channel) if isinstance(said, dict) else None
    return found if isinstance(found, bool) else otherwise
