"""A tag's page: a finder learns where the pet is licensed, and writes to its owner."""

from typing import Any

import reflex as rx

from pet_app.core import db
from pet_app.core.errors import Invalid, NotFound
from pet_app.licensing import service as licensing
from pet_app.licensing.tag import read_code, shown
from pet_app.ui.session import Session
from pet_app.user import service as users
from pet_app.user.service import client_of

LONGEST = 20
MISREAD = "A tag's code has eight letters and digits, such as K7TM 4QXQ. Look at each again."


class FoundTag(Session):
    """One tag. `stage` is opening (empty), open, missing and sent."""

    stage: str = ""
    code: str = ""
    species: str = ""
    town: str = ""
    issuer: str = ""
    licensed: bool = False
    lost: bool = False
    words: str = ""
    can_write: bool = False
    why: str = ""

    @rx.event
    async def open(self) -> None:
        """Show the tag whose code is the last part of the address."""
        typed = self.router.url.path.rstrip("/").rpartition("/")[2][:LONGEST]
        self.stage, self.code = "", shown(read_code(typed))
        client = client_of(self.router.session.client_ip, {})
        await db.write(users.count_guess, client)
        try:
            found = await db.read(licensing.tag_page, typed)
        except NotFound as problem:
            self.why, self.stage = problem.detail, "missing"
            return
        self.species, self.town, self.issuer = found.species, found.town_name, found.issuer
        self.licensed, self.lost, self.words = found.licensed, found.lost, found.words
        self.can_write = found.can_write
        self.stage = "open"

    @rx.event
    def look(self, form: dict[str, Any]) -> Any:
        """Go to the page of another tag."""
        code = read_code(str(form.get("code") or ""))
        if not code:
            raise Invalid("", {"code": MISREAD})
        return rx.redirect(f"/tag/{code}")

    @rx.event
    async def send(self, form: dict[str, Any]) -> None:
        """Have the words sent to the owner."""
        client = client_of(self.router.session.client_ip, {})
        # A code that is no tag's is a guess here as well.
        await db.write(users.count_guess, client)
        told = str(form.get("words") or ""), str(form.get("contact") or "")
        await db.write(licensing.write_to_owner, self.code, *told, client)
        self.stage = "sent"
