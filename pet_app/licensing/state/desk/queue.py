"""The queue: which cases wait, for how long, and for whom."""

from dataclasses import dataclass, replace
from typing import Any, Literal, cast

import reflex as rx

from pet_app.core import db
from pet_app.core.security import Identity
from pet_app.licensing import service as licensing
from pet_app.licensing.rules.standing import Kind
from pet_app.licensing.service import QueueAsked, QueuePage, Shelf
from pet_app.licensing.state.desk.rows import QueueRow, row_of
from pet_app.licensing.state.desk.town import Desk
from pet_app.ui import live

LONGEST_TEXT = 80
SHELVES = {
    "in_review": "To decide",
    "needs_more": "Asked for more",
    "awaiting_payment": "Unpaid",
    "audit": "To look at afterwards",
    "decided": "Decided",
}


@dataclass(frozen=True)
class ShelfTab:
    """One shelf with how much lies on it, where that is known."""

    id: str
    name: str
    count: str


class Queue(Desk):
    """The list of cases; its filters stay while one goes through the cases one by one."""

    shelf: str = "in_review"
    kind: str = ""
    text: str = ""
    mine: bool = False
    sort: str = "oldest"

    listed: bool = False
    rows: rx.Field[list[QueueRow]] = rx.field(default_factory=list)
    tabs: rx.Field[list[ShelfTab]] = rx.field(default_factory=list)
    overdue: int = 0
    more: str = ""
    told: str = ""
    told_href: str = ""
    cleared: int = 0

    _held: str = ""
    _following: int = 0

    @rx.var
    def heading(self) -> str:
        """What the list holds."""
        return SHELVES[self.shelf]

    @rx.var
    def filtered(self) -> bool:
        """Whether only some of what lies there is listed."""
        return bool(self.kind or self.text or self.mine)

    @rx.event
    async def open_queue(self) -> Any:
        """Show what waits."""
        self.listed = False
        await self._enter(anywhere=True)
        await self._let_go()
        await self._list()
        self._following += 1
        return Queue.follow_queue

    @rx.event(background=True)
    async def follow_queue(self) -> None:
        """Show what comes and goes, for as long as the list itself is looked at."""
        async with self:
            turn, town_id = self._following, self.town_id
        if not town_id:
            return
        first = True
        async for _ in live.changes(licensing.desk_topic(town_id)):
            if first:
                first = False
                continue
            async with self:
                if self._following != turn or self.town_id != town_id or self._held:
                    return
                if len(self.rows) <= QueueAsked().limit:
                    await self._list()

    @rx.event
    async def go_to_queue_of(self, town_id: str) -> Any:
        """Look at another town's queue, or at all of them."""
        self._choose_town(town_id)
        await self._list()
        self._following += 1
        return Queue.follow_queue

    @rx.event
    async def choose_shelf(self, shelf: Shelf) -> None:
        """Look at what stands elsewhere."""
        self.shelf, self.told = shelf, ""
        await self._list()

    @rx.event
    async def choose_kind(self, kind: str) -> None:
        """Only one kind of application, or all."""
        self.kind = kind if kind in list(Kind) else ""
        await self._list()

    @rx.event
    async def find_case(self, text: str) -> None:
        """Only those with these words."""
        self.text = text[:LONGEST_TEXT].strip()
        await self._list()

    @rx.event
    async def turn_mine(self) -> None:
        """Only what was handed to oneself, or all."""
        self.mine = not self.mine
        await self._list()

    @rx.event
    async def choose_order(self, sort: Literal["oldest", "newest"]) -> None:
        """The oldest first, or the newest."""
        self.sort = sort
        await self._list()

    @rx.event
    async def clear(self) -> None:
        """Every case of this shelf again."""
        self.kind, self.text, self.mine = "", "", False
        self.cleared += 1
        await self._list()

    @rx.event
    async def list_more(self) -> None:
        """The next page below this one."""
        if not self.more:
            return
        page = await self._page(await self._identity(), after=self.more)
        self.rows = [*self.rows, *self._rows_of(page)]
        self.more = page.next

    def _asked(self) -> QueueAsked:
        return QueueAsked(
            town_id=self.town_id,
            shelf=cast(Shelf, self.shelf),
            kind=self.kind,
            text=self.text,
            mine=self.mine,
            sort=cast(Literal["oldest", "newest"], self.sort),
        )

    async def _page(self, identity: Identity, **changed: Any) -> QueuePage:
        asked = replace(self._asked(), **changed)
        return await db.read(licensing.queue, identity, asked)

    async def _list(self) -> None:
        if not self.desk_towns:
            return
        page = await self._page(await self._identity())
        self._set("rows", self._rows_of(page))
        self._count(page)
        self._set("more", page.next)
        self._set("listed", True)

    def _count(self, page: QueuePage) -> None:
        # What was ever decided is not counted: that would take longer every day.
        counted = [
            (shelf, name, f"{page.counts[shelf]:,}" if shelf in page.counts else "")
            for shelf, name in SHELVES.items()
        ]
        self._set("tabs", [ShelfTab(*tab) for tab in counted])
        self._set("overdue", page.overdue)

    def _rows_of(self, page: QueuePage) -> list[QueueRow]:
        return [row_of(item, with_town=not self.town_id) for item in page.items]

    async def _let_go(self) -> None:
        """Leave the case that is open to others."""
        if self._held:
            held, self._held = self._held, ""
            await db.write(licensing.release_claim, await self._identity(), held)
