"""One's licences and applications, and what can be done with each."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

import reflex as rx

from pet_app.core import db
from pet_app.core.ids import LENGTH
from pet_app.core.moments import day
from pet_app.core.security import Identity, Permission
from pet_app.licensing import service as licensing
from pet_app.licensing import tag
from pet_app.licensing.rules.standing import DECIDED, Standing, Status
from pet_app.licensing.service import ApplicationView, LicenceView
from pet_app.licensing.state.apply.answers import page_of
from pet_app.licensing.state.apply.shown import KIND_WORDS
from pet_app.licensing.state.told import town_day
from pet_app.ui.session import Session

ONE = "/licensing/applications/"
SOON = 60
QUESTIONS = frozenset({"lost", "transfer", "move", "end"})
LONGEST = 1000
MOST_DECIDED = 5
WORTH = {
    Standing.VALID: ("Valid", "good"),
    Standing.NOT_YET: ("Begins soon", "brand"),
    Standing.EXPIRED: ("Run out", "danger"),
    Standing.REVOKED: ("Revoked", "danger"),
    Standing.MOVED: ("Moved", "plain"),
    Standing.ENDED: ("Ended", "plain"),
}
ENDS_SOON = ("Ends soon", "warn")
TONES = {
    Status.DRAFT: "warn",
    Status.AWAITING_PAYMENT: "warn",
    Status.NEEDS_MORE: "warn",
    Status.IN_REVIEW: "brand",
    Status.APPROVED: "good",
    Status.REJECTED: "danger",
    Status.WITHDRAWN: "plain",
}


@dataclass(frozen=True)
class LicenceCard:
    """A licence in the dashboard; `asks` says what its owner should see to, empty for nothing."""

    id: str = ""
    name: str = ""
    species: str = ""
    town: str = ""
    number: str = ""
    tag: str = ""
    worth: str = ""
    tone: str = "plain"
    until: str = ""
    left: str = ""
    asks: str = ""
    lost: bool = False
    lost_words: str = ""
    offer: str = ""
    under_way: str = ""
    card: str = ""
    certificate: str = ""
    tag_page: str = ""
    ask_there: str = ""
    closed: bool = False
    may: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Tile:
    """An application in the dashboard."""

    id: str
    title: str
    town: str
    status: str
    tone: str
    when: str
    href: str


class Licences(Session):
    """The licences of a person. `asking` is what a dialog asks of `one`, empty for none."""

    needs: ClassVar[Permission | None] = Permission.ACCOUNT

    listed: bool = False
    cards: rx.Field[list[LicenceCard]] = rx.field(default_factory=list)
    tiles: rx.Field[list[Tile]] = rx.field(default_factory=list)
    towns: rx.Field[list[list[str]]] = rx.field(default_factory=list)
    one: rx.Field[LicenceCard] = rx.field(default_factory=LicenceCard)
    asking: str = ""
    said: str = ""
    busy: bool = False

    @rx.event
    async def open(self) -> None:
        """Show them all."""
        self.asking, self.said, self.busy = "", "", False
        await self._look()

    @rx.event
    async def renew(self, licence_id: str) -> AsyncIterator[Any]:
        """Ask for the next term, filled in."""
        async for event in self._begin(licensing.renew, licence_id):
            yield event

    @rx.event
    async def bring_booster(self, licence_id: str) -> AsyncIterator[Any]:
        """Show a newer vaccination."""
        async for event in self._begin(licensing.bring_booster, licence_id):
            yield event

    @rx.event
    async def replace_tag(self, licence_id: str) -> AsyncIterator[Any]:
        """Ask for another tag."""
        async for event in self._begin(licensing.replace_tag, licence_id):
            yield event

    @rx.event
    def ask(self, licence_id: str, what: str) -> None:
        """Open a dialog about a licence."""
        self.one = next((card for card in self.cards if card.id == licence_id), LicenceCard())
        self.asking = what if self.one.id and what in QUESTIONS else ""
        self.towns = [
            ["", "Choose…"],
            *(
                [town.id, f"{town.name}, {town.region}"]
                for town in licensing.towns()
                if town.name != self.one.town
            ),
        ]

    @rx.event
    def close(self) -> None:
        """Leave everything as it is."""
        self.asking = ""

    @rx.event
    async def say_lost(self, form: dict[str, Any]) -> None:
        """The pet is lost; the page of its tag says so."""
        words = str(form.get("words") or "")[:LONGEST]
        await db.write(
            licensing.set_lost, await self._identity(), self.one.id, lost=True, words=words
        )
        await self._done(f"Whoever scans {self.one.name}'s tag now reads that you are looking.")

    @rx.event
    async def say_back(self, licence_id: str) -> None:
        """The pet is home again."""
        identity = await self._identity()
        await db.write(licensing.set_lost, identity, licence_id[:LENGTH], lost=False)
        await self._done("Good to hear. The tag's page is as it was.")

    @rx.event
    async def offer(self, form: dict[str, Any]) -> None:
        """Offer a licence to whoever has the pet now."""
        email = str(form.get("email") or "")[:LONGEST]
        await db.write(licensing.offer_transfer, await self._identity(), self.one.id, email)
        await self._done("We have written to them. The licence is yours until they agree and pay.")

    @rx.event
    async def take_back(self, licence_id: str) -> None:
        """Offer it no more."""
        identity = await self._identity()
        await db.write(licensing.take_back_offer, identity, licence_id[:LENGTH])
        await self._done("The offer is taken back.")

    @rx.event
    async def move(self, form: dict[str, Any]) -> AsyncIterator[Any]:
        """Ask another town for a licence, filled in."""
        self.busy = True
        yield
        try:
            town_id = str(form.get("town_id") or "")[:LONGEST]
            identity = await self._identity()
            view = await db.write(licensing.move_town, identity, self.one.id, town_id)
        finally:
            self.busy = False
        yield rx.redirect(page_of(view.id, "about"))

    @rx.event
    async def give_up(self, form: dict[str, Any]) -> None:
        """The licence is not needed any more."""
        reason = str(form.get("reason") or "")[:LONGEST]
        await db.write(licensing.end_licence, await self._identity(), self.one.id, reason)
        await self._done("The licence has ended. We remind you of it no more.")

    async def _begin(self, verb: Any, licence_id: str) -> AsyncIterator[Any]:
        self.busy = True
        yield
        try:
            identity = await self._identity()
            view: ApplicationView = await db.write(verb, identity, licence_id[:LENGTH])
        finally:
            self.busy = False
        yield rx.redirect(_href(view))

    async def _done(self, said: str) -> None:
        self.asking, self.said = "", said
        await self._look()

    async def _look(self) -> None:
        licences, applications = await db.read(_found, await self._identity())
        self.cards = [_card(view) for view in licences]
        opened = [view for view in applications if view.status not in DECIDED]
        over = [view for view in applications if view.status in DECIDED][:MOST_DECIDED]
        self.tiles = [_tile(view) for view in (*opened, *over)]
        self.listed = True


def _found(session: Any, identity: Identity) -> tuple[list[LicenceView], list[ApplicationView]]:
    return (
        licensing.licences_of(session, identity),
        licensing.list_applications(session, identity),
    )


def _href(view: ApplicationView) -> str:
    if view.status in (Status.DRAFT, Status.NEEDS_MORE):
        return page_of(view.id)
    return f"{ONE}{view.id}"


def _tile(view: ApplicationView) -> Tile:
    name = view.form.animal.name or "a pet"
    href = page_of(view.id) if view.status is Status.DRAFT else f"{ONE}{view.id}"
    return Tile(
        view.id,
        f"{KIND_WORDS[view.kind]} for {name}",
        view.town.name,
        view.status.label,
        TONES[view.status],
        town_day(view, view.created),
        href,
    )


def _card(view: LicenceView) -> LicenceCard:
    soon = view.standing is Standing.VALID and _soon(view)
    words, tone = ENDS_SOON if soon else WORTH[view.standing]
    under_way = view.applications[-1] if view.applications else None
    return LicenceCard(
        id=view.id,
        name=view.animal_name or view.species.capitalize(),
        species=view.species.value,
        town=view.town_name,
        number=view.number,
        tag=tag.shown(view.tag_code),
        worth=words,
        tone=tone,
        until=_until(view.ends),
        left=_left(view.days_left) if view.standing in (Standing.VALID, Standing.EXPIRED) else "",
        asks=_asks(view),
        lost=view.lost,
        lost_words=view.lost_words,
        offer=view.offer.email if view.offer else "",
        under_way=f"{ONE}{under_way.id}" if under_way else "",
        card=f"/licensing/card/{view.id}",
        certificate=(
            f"/api/v1/licensing/licences/{view.id}/certificate.pdf"
            if view.certificate_ready
            else ""
        ),
        tag_page=f"/tag/{view.tag_code}",
        ask_there=_ask_there(view),
        closed=view.standing in (Standing.REVOKED, Standing.MOVED, Standing.ENDED),
        may=sorted(view.may),
    )


def _soon(view: LicenceView) -> bool:
    return view.days_left is not None and view.days_left <= SOON


def _until(ends: date | None) -> str:
    return f"until {day(ends)}" if ends else "for its whole life"


def _left(days: int | None) -> str:
    if days is None:
        return "No end"
    if days < 0:
        return f"{-days} day{'' if days == -1 else 's'} ago"
    if days == 0:
        return "Last day today"
    return f"{days} day{'' if days == 1 else 's'} left"


def _ask_there(view: LicenceView) -> str:
    wanted = {"replace": "a new tag", "transfer": "handing a licence on"}
    unruled = " or ".join(words for act, words in wanted.items() if act in view.no_rule_for)
    return f"We know no rule of theirs for {unruled}: ask {view.town.issuer}." if unruled else ""


def _asks(view: LicenceView) -> str:
    if "booster" in view.may and view.term_ends is not None and not view.applications:
        return (
            f"It ends with the rabies vaccination, before its term does on "
            f"{day(view.term_ends)}. Show the newer certificate and you get the rest back, "
            f"for nothing."
        )
    if view.standing is Standing.EXPIRED:
        return "It has run out. Renew it soon: most towns ask more for each month."
    return ""
