"""Licences from elsewhere, taken in from a file."""

import csv
import io
from dataclasses import dataclass
from typing import Any

import reflex as rx

from pet_app.core import db
from pet_app.core.moments import day
from pet_app.licensing import service as licensing
from pet_app.licensing.service import ImportView
from pet_app.licensing.state.desk.town import Desk
from pet_app.ui import live

MOVING = frozenset({"looking", "taking"})
STATES = {
    "looking": ("Being looked through", "brand"),
    "refused": ("Cannot be taken in", "danger"),
    "ready": ("Ready to be taken in", "warn"),
    "taking": ("Being taken in", "brand"),
    "done": ("Taken in", "good"),
}


@dataclass(frozen=True)
class ImportRow:
    """One file."""

    id: str = ""
    state: str = ""
    words: str = ""
    tone: str = "plain"
    when: str = ""
    counted: str = ""
    percent: int = 0
    moving: bool = False
    good: int = 0


@dataclass(frozen=True)
class FaultRow:
    """One thing that is wrong in a file."""

    place: str
    words: str


@dataclass(frozen=True)
class ColumnRow:
    """A column of such a file."""

    name: str
    holds: str
    needed: bool


class ImportDesk(Desk):
    """The files of a town; `current` is the one that is looked at."""

    imports_shown: bool = False
    runs: rx.Field[list[ImportRow]] = rx.field(default_factory=list)
    current: rx.Field[ImportRow] = rx.field(default_factory=ImportRow)
    faults: rx.Field[list[FaultRow]] = rx.field(default_factory=list)
    columns: rx.Field[list[ColumnRow]] = rx.field(default_factory=list)
    busy: bool = False

    _watching: str = ""

    @rx.var
    def upload_to(self) -> str:
        """Where a file of this town goes."""
        return f"/api/v1/licensing/desk/towns/{self.town_id}/imports"

    @rx.event
    async def open_imports(self) -> Any:
        """Show the last files and what a file has to hold."""
        self.imports_shown = False
        await self._enter()
        return await self._show_town()

    @rx.event
    async def go_to_imports_of(self, town_id: str) -> Any:
        """Those of another town."""
        self._choose_town(town_id)
        return await self._show_town()

    @rx.event
    async def arrived(self) -> Any:
        """A file has come: show how it fares."""
        return await self._show_town()

    @rx.event
    async def look_at(self, import_id: str) -> Any:
        """Show another of the files."""
        view = await db.read(licensing.import_of, await self._identity(), import_id)
        return self._show_run(view)

    @rx.event
    async def take_in(self) -> Any:
        """Take in what is good of the file that was looked through."""
        identity = await self._identity()
        view = await db.write(licensing.import_take_in, identity, self.current.id)
        return self._show_run(view)

    @rx.event
    def download_empty(self) -> Any:
        """A file with the columns and nothing below them."""
        sheet = io.StringIO()
        csv.writer(sheet).writerow([name for name, _, _ in licensing.import_columns()])
        return rx.download(data=sheet.getvalue(), filename="licences.csv")

    @rx.event(background=True)
    async def watch(self) -> None:
        """Show how far it is until it is done."""
        async with self:
            import_id = self._watching
        async for _ in live.changes(licensing.import_topic(import_id), longest_s=900):
            async with self:
                if self._watching != import_id:
                    return
                view = await db.read(licensing.import_of, await self._identity(), import_id)
                self._show(view)
                if view.state not in MOVING:
                    self._watching = ""
                    return

    async def _show_town(self) -> Any:
        if not self.town_id:
            return None
        self.columns = _columns(licensing.town(self.town_id))
        found = await db.read(licensing.list_imports, await self._identity(), self.town_id)
        self.runs = [_row(view) for view in found]
        self.imports_shown = True
        if found:
            return self._show_run(found[0])
        self.current, self.faults, self._watching = ImportRow(), [], ""
        return None

    def _show_run(self, view: ImportView) -> Any:
        self._show(view)
        self._watching = view.id if view.state in MOVING else ""
        return ImportDesk.watch if self._watching else None

    def _show(self, view: ImportView) -> None:
        row = _row(view)
        self._set("current", row)
        self._set("runs", [row if known.id == row.id else known for known in self.runs])
        faults = [
            FaultRow(f"Line {one.line:,}" + (f", {one.column}" if one.column else ""), one.words)
            for one in view.faults
        ]
        self._set("faults", faults)


def _columns(where: licensing.Town) -> list[ColumnRow]:
    """What a file holds; of the terms each town has its own."""
    schedule = where.schedule_on(licensing.today_in(where))
    terms = ", ".join(f"{term.id} ({term.words})" for term in (schedule.terms if schedule else ()))
    own = {"term": f"for how long: {terms}"} if terms else {}
    return [
        ColumnRow(name, own.get(name, holds), needed)
        for name, holds, needed in licensing.import_columns()
    ]


def _row(view: ImportView) -> ImportRow:
    words, tone = STATES.get(view.state, (view.state, "plain"))
    if view.state == "ready" and not view.good:
        words, tone = "Nothing to take in yet", "danger"
    counted = f"{view.rows:,} lines, {view.good:,} of them good"
    if view.state in ("taking", "done"):
        counted = f"{view.taken:,} taken in, {view.rows:,} lines in the file"
    share = view.done / view.rows if view.rows else 0
    return ImportRow(
        view.id,
        view.state,
        words,
        tone,
        day(view.created),
        counted,
        round(100 * share),
        view.state in MOVING,
        view.good,
    )
