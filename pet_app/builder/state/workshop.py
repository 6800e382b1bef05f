"""The workshop's list: which designs are to be made, and a cutting plan over those chosen."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import reflex as rx

from pet_app.builder import service as builder
from pet_app.builder.service import WorkRecord
from pet_app.builder.workshop.orders import plan_of
from pet_app.builder.workshop.planned import Figures, Order, Planned
from pet_app.core import db
from pet_app.core.security import Permission
from pet_app.ui.session import Session

LONGEST_SEARCH = 60
LOOK_EVERY_S = 0.3


@dataclass(frozen=True)
class WorkRow:
    """One design in the list."""

    id: str
    number: str
    name: str
    about: str
    price: str
    changed: str
    picture: str
    trouble: str
    pack: str


@dataclass(frozen=True)
class PlanShown:
    """A plan's figures in words."""

    title: str
    waste: str
    turned: str
    saved: str
    fitted: str
    share: str
    bought: str
    kept: str
    gap: str


@dataclass(frozen=True)
class LeftShown:
    """A design that is not in the plan, and why."""

    number: str
    name: str
    reason: str


NO_PLAN = PlanShown("", "", "", "", "", "", "", "", "")


class Work(Session):
    """Everybody's saved designs as the workshop sees them."""

    needs: ClassVar[Permission | None] = Permission.WORKSHOP

    rows: rx.Field[list[WorkRow]] = rx.field(default_factory=list)
    listed: bool = False
    total: int = 0
    page: int = 0
    search: str = ""
    chosen: rx.Field[list[str]] = rx.field(default_factory=list)
    planning: bool = False
    percent: int = 0
    stage: str = ""
    plan: rx.Field[PlanShown] = rx.field(NO_PLAN)
    left: rx.Field[list[LeftShown]] = rx.field(default_factory=list)

    _pdf: bytes = b""
    _csv: str = ""

    @rx.var
    def has_more(self) -> bool:
        """Whether another page follows."""
        return (self.page + 1) * builder.WORK_PAGE < self.total

    @rx.var
    def shown(self) -> str:
        """Which of how many are on the page."""
        if not self.total:
            return "No designs"
        first = self.page * builder.WORK_PAGE + 1
        return f"{first} to {first + len(self.rows) - 1} of {self.total}"

    @rx.event
    async def open(self) -> None:
        """Show the list from its beginning."""
        self.page = 0
        await self._list()

    @rx.event
    async def find(self, typed: dict[str, str]) -> None:
        """Look for a name or a number."""
        self.search, self.page = typed.get("search", "")[:LONGEST_SEARCH], 0
        await self._list()

    @rx.event
    async def turn(self, pages: int) -> None:
        """Go on or back by pages."""
        self.page = max(0, min(self.page + pages, max(0, self.total - 1) // builder.WORK_PAGE))
        await self._list()

    @rx.event
    def choose(self, design_id: str) -> None:
        """Take a design into the plan, or out of it."""
        if design_id in self.chosen:
            self.chosen = [known for known in self.chosen if known != design_id]
        elif len(self.chosen) < builder.MOST_PLANNED:
            self.chosen = [*self.chosen, design_id]

    @rx.event
    def choose_page(self) -> None:
        """Take all that is shown into the plan."""
        known = dict.fromkeys([*self.chosen, *(row.id for row in self.rows)])
        self.chosen = list(known)[: builder.MOST_PLANNED]

    @rx.event
    def choose_none(self) -> None:
        """Begin a new list."""
        self.chosen = []

    @rx.event(background=True)
    async def make_plan(self) -> None:
        """Work out the plan for what is chosen, and say how far it is."""
        async with self:
            if self.planning:
                return
            identity, chosen = await self._identity(), list(self.chosen)
            self.planning, self.percent, self.stage = True, 0, "Beginning"
            self.plan, self.left = NO_PLAN, []
        try:
            works = await db.read(builder.get_work, identity, chosen)
            planned = await self._planned(works)
            async with self:
                self._keep(planned)
        finally:
            async with self:
                self.planning = False

    @rx.event
    def download_pdf(self) -> Any:
        """The plan to print."""
        return rx.download(data=self._pdf, filename="cutting-plan.pdf")

    @rx.event
    def download_csv(self) -> Any:
        """The plan for a spreadsheet."""
        return rx.download(data=self._csv, filename="cutting-plan.csv")

    async def _planned(self, works: Sequence[WorkRecord]) -> Planned:
        said: list[str] = []
        orders = [Order(work.number, work.name, work.data) for work in works]
        task = asyncio.create_task(asyncio.to_thread(plan_of, orders, on_progress=said.append))
        while not task.done():
            await asyncio.wait([task], timeout=LOOK_EVERY_S)
            if said:
                percent, _, stage = said[-1].partition(" ")
                async with self:
                    self.percent, self.stage = int(percent), stage
        return task.result()

    def _keep(self, planned: Planned) -> None:
        self.plan = shown(planned.figures)
        self.left = [LeftShown(left.number, left.name, left.reason) for left in planned.left]
        self._pdf, self._csv = planned.pdf, planned.csv

    async def _list(self) -> None:
        identity = await self._identity()
        found, self.total = await db.read(builder.list_work, identity, self.search, self.page)
        self.rows = [_row(work) for work in found]
        self.listed = True


def shown(figures: Figures) -> PlanShown:
    """A plan's figures in words."""
    return PlanShown(
        title=f"{figures.orders} orders, {figures.cuts} cuts, {figures.rolls} rolls",
        waste=f"{figures.waste_mm / 1000:.2f} m",
        turned=f"{figures.one_by_one_mm / 1000:.2f} m",
        saved=f"{(figures.one_by_one_mm - figures.waste_mm) / 1000:.2f} m",
        fitted=f"{figures.first_fit_mm / 1000:.2f} m",
        share=f"{figures.share:.0%}",
        bought=f"{figures.bought_mm / 1000:.0f} m",
        kept=f"{figures.kept_mm / 1000:.1f} m",
        gap=f"{figures.gap:.0%}",
    )


def _row(work: WorkRecord) -> WorkRow:
    kind = str(work.data.get("kind", "")).capitalize()
    width = work.data.get("width_mm")
    return WorkRow(
        id=work.id,
        number=work.number,
        name=work.name,
        about=f"{kind}, {width} mm" if width else kind,
        price=str(work.price),
        changed=f"{work.changed:%d %b %Y}",
        picture=f"/media/{work.picture}" if work.picture else "",
        trouble=work.trouble,
        pack=f"/api/v1/builder/designs/{work.id}/pack",
    )
