"""The finder: which town's rules hold where somebody lives, and what the least costs there."""

import asyncio
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

import reflex as rx

from pet_app.core.errors import Invalid
from pet_app.licensing import service as licensing
from pet_app.licensing.rules import Case
from pet_app.licensing.tag import read_code
from pet_app.ui.session import Session

SHORTEST, LONGEST = 2, 100
MOST = 6
KEPT = 256
ODD_CODE = "No tag of ours has this code; it has eight signs, such as K7TM 4QXQ. Read it once more."


@dataclass(frozen=True)
class Place:
    """A town as the finder shows it; `fee` is what the usual case costs there, in words."""

    id: str
    name: str
    region: str
    animals: str
    fee: str
    issuer: str


class Finder(Session):
    """Looks for a town by postcode, address or name. Nothing that is typed here is kept."""

    quiet: ClassVar[frozenset[str]] = frozenset({"find"})

    places: rx.Field[list[Place]] = rx.field(default_factory=list)
    understood: str = ""
    advice: str = ""

    @rx.event
    async def open(self) -> None:
        """Begin with nothing asked."""
        await self._find("")

    @rx.event
    async def find(self, text: str) -> None:
        """Look for a place."""
        await self._find(text[:LONGEST].strip())

    @rx.event
    def open_tag(self, form: dict[str, Any]) -> Any:
        """Go to the page of a tag somebody has found."""
        code = read_code(str(form.get("code") or ""))
        if not code:
            raise Invalid("", {"code": ODD_CODE})
        return rx.redirect(f"/tag/{code}")

    async def _find(self, text: str) -> None:
        found = licensing.Found(())
        if len(text) >= SHORTEST:
            # The first question reads the table of postcodes.
            found = await asyncio.to_thread(licensing.find_place, text)
        self.places = [place_of(town) for town in found.towns[:MOST]]
        self.understood, self.advice = found.where, found.advice


@lru_cache(maxsize=KEPT)
def _least(town_id: str, _day: str) -> str:
    town = licensing.town(town_id)
    today = licensing.today_in(town)
    for term in town.terms_on(today):
        case = Case(town.species[0], altered=True, handed_in=today, term=term.id, online=True)
        try:
            return f"{licensing.what_it_costs(town, case).total} for {_small(term.words)}"
        except Invalid:
            continue
    return ""


def place_of(town: licensing.Town) -> Place:
    """A town with what a neutered pet costs there for the shortest term."""
    return Place(
        town.id,
        town.name,
        town.region,
        " and ".join(f"{kind}s" for kind in town.species),
        _least(town.id, licensing.today_in(town).isoformat()),
        town.issuer,
    )


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]
