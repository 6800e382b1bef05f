"""Which town a clerk works for just now."""

from dataclasses import dataclass
from typing import Any, ClassVar

import reflex as rx

from pet_app.core import db
from pet_app.core.security import Identity, Permission
from pet_app.licensing import service as licensing
from pet_app.ui.session import Session

EVERYWHERE = "All my towns"


@dataclass(frozen=True)
class TownChoice:
    """A town one decides for."""

    id: str
    name: str


class Desk(Session):
    """The desk as a whole. `town_id` is the town looked at; in the queue it may be empty.

    `entered` says that it is known whom one decides for; `desk_towns` is empty for a clerk whom
    no town has appointed.
    """

    needs: ClassVar[Permission | None] = Permission.LICENCES

    entered: bool = False
    desk_towns: rx.Field[list[TownChoice]] = rx.field(default_factory=list)
    town_id: str = ""
    helping: bool = False

    @rx.var
    def town_name(self) -> str:
        """What the town is called."""
        return next((town.name for town in self.desk_towns if town.id == self.town_id), EVERYWHERE)

    @rx.event
    def help(self) -> None:
        """Show the keys."""
        self.helping = True

    @rx.event
    def close_help(self) -> None:
        """Put the keys away."""
        self.helping = False

    async def _enter(self, *, anywhere: bool = False) -> Identity:
        """Look whom one decides for; but for the queue, one town is always chosen."""
        identity = await self._identity()
        found = await db.read(licensing.towns_of, identity)
        self.desk_towns = [TownChoice(town.id, f"{town.name}, {town.region}") for town in found]
        known = {town.id for town in found}
        if self.town_id not in known:
            self.town_id = ""
        first = next(iter(found), None)
        if not self.town_id and first and not (anywhere and len(found) > 1):
            self.town_id = first.id
        self.entered, self.helping = True, False
        return identity

    def _choose_town(self, town_id: str) -> None:
        """Look at another town; one that is not one's own is as good as none."""
        known = {town.id for town in self.desk_towns}
        self.town_id = town_id if town_id in known else ""

    def _set(self, name: str, value: Any) -> None:
        """Assigning what is there already would send it to the browser once more."""
        if getattr(self, name) != value:
            setattr(self, name, value)
