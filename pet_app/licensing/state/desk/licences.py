"""Licences looked up at the desk, and taken away or given back."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from pet_app.core import db
from pet_app.core.moments import day
from pet_app.licensing import service as licensing
from pet_app.licensing import tag
from pet_app.licensing.service import FoundLicence
from pet_app.licensing.state.desk.town import Desk

LONGEST_TEXT = 80
LONGEST_REASON = 500
STANDINGS = {
    "valid": ("Valid", "good"),
    "not_yet": ("Not yet begun", "brand"),
    "expired": ("Run out", "warn"),
    "revoked": ("Revoked", "danger"),
    "moved": ("Moved away", "plain"),
    "ended": ("Ended", "plain"),
}


@dataclass(frozen=True)
class LicenceRow:
    """One licence in the list."""

    id: str = ""
    number: str = ""
    tag: str = ""
    standing: str = ""
    tone: str = "plain"
    holder: str = ""
    pet: str = ""
    about: str = ""
    ends: str = ""
    town: str = ""
    lost: bool = False
    certificate: str = ""
    may_revoke: bool = False
    may_restore: bool = False


class Licences(Desk):
    """The licences of a town. `asking` is `revoke` or `restore` while that is asked of `chosen`."""

    sought: str = ""
    found: rx.Field[list[LicenceRow]] = rx.field(default_factory=list)
    searched: bool = False
    asking: str = ""
    chosen: rx.Field[LicenceRow] = rx.field(default_factory=LicenceRow)
    said: str = ""
    busy: bool = False

    @rx.event
    async def open_licences(self) -> None:
        """Show the latest, or what the address asks for."""
        self.searched, self.asking, self.said = False, "", ""
        self.sought = dict(self.router.url.query_parameters).get("text", "")[:LONGEST_TEXT]
        await self._enter(anywhere=True)
        await self._look_up()

    @rx.event
    async def go_to_licences_of(self, town_id: str) -> None:
        """Those of another town."""
        self._choose_town(town_id)
        await self._look_up()

    @rx.event
    async def look_for(self, text: str) -> None:
        """Those whose number, tag or name begins like this."""
        self.sought = text[:LONGEST_TEXT].strip()
        await self._look_up()

    @rx.event
    def ask_to(self, what: str, licence_id: str) -> None:
        """Ask why a licence is taken away, or given back."""
        row = next((row for row in self.found if row.id == licence_id), LicenceRow())
        allowed = {"revoke": row.may_revoke, "restore": row.may_restore}.get(what, False)
        self.chosen, self.asking = row, what if allowed else ""

    @rx.event
    def leave_it(self) -> None:
        """Change nothing after all."""
        self.asking = ""

    @rx.event
    async def change(self, form: dict[str, Any]) -> None:
        """Take the licence away, or give it back, for the reason written."""
        verb = {"revoke": licensing.revoke, "restore": licensing.restore}.get(self.asking)
        if verb is None:
            return
        reason = str(form.get("reason") or "")[:LONGEST_REASON]
        await db.write(verb, await self._identity(), self.chosen.id, reason)
        done = "is revoked" if self.asking == "revoke" else "holds again"
        self.said = f"Licence {self.chosen.number} {done}."
        self.asking = ""
        await self._look_up()

    async def _look_up(self) -> None:
        if not self.desk_towns:
            return
        identity = await self._identity()
        found = await db.read(licensing.look_up, identity, self.sought, self.town_id)
        self.found = [_row(one, with_town=not self.town_id) for one in found]
        self.searched = True


def _row(found: FoundLicence, *, with_town: bool) -> LicenceRow:
    standing, tone = STANDINGS.get(found.standing, (found.standing, "plain"))
    about = f"{found.species}{', neutered' if found.altered else ''}"
    path = f"/api/v1/licensing/licences/{found.id}/certificate.pdf"
    return LicenceRow(
        id=found.id,
        number=found.number,
        tag=tag.shown(found.tag_code),
        standing=standing,
        tone=tone,
        holder=found.holder_name,
        pet=found.pet_name,
        about=about,
        ends=f"until {day(found.ends)}" if found.ends else "for life",
        town=found.town_name if with_town else "",
        lost=found.lost,
        certificate=path if found.has_certificate else "",
        may_revoke=found.standing in ("valid", "not_yet", "expired"),
        may_restore=found.standing == "revoked",
    )
