"""One case: its form beside its papers, and what a clerk decides of it."""

from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal

import reflex as rx

from pet_app.core import clock, db
from pet_app.core.errors import Conflict, NotFound, Problem
from pet_app.core.ids import LENGTH
from pet_app.core.security import Identity
from pet_app.licensing import service as licensing
from pet_app.licensing.service import DeskCase
from pet_app.licensing.state.desk import shown
from pet_app.licensing.state.desk.queue import SHELVES, Queue
from pet_app.licensing.state.desk.shown import (
    CaseShown,
    Other,
    Paper,
    StepShown,
    ToldGroup,
)
from pet_app.licensing.state.receipt import ReceiptLine, receipt_lines
from pet_app.ui import live

LIST = "/licensing/desk"
CLAIM_AGAIN_S = 120
LONGEST_WORDS = 2_000
Asking = Literal["", "approve", "reject", "ask_more", "note", "audit_failed"]
DONE = {
    "approve": "Approved: {title}.",
    "reject": "Rejected: {title}. The owner is told why.",
    "ask_more": "Asked for more: {title}.",
    "audit_passed": "Looked at: {title} was right.",
    "audit_failed": "Looked at: {title} was wrong.",
}


@dataclass(frozen=True)
class ReasonShown:
    """A reason among those to choose from; `key` is the digit that chooses it."""

    id: str
    label: str
    words: str
    key: str


@dataclass(frozen=True)
class Colleague:
    """Somebody a case can be handed to."""

    id: str
    name: str


class CaseDesk(Queue):
    """A case that is open. `stage` is opening (empty), open or missing.

    `asking` names the window that is open over it; `may` what can be done with the case now.
    """

    stage: str = ""
    case: rx.Field[CaseShown] = rx.field(default_factory=CaseShown)
    groups: rx.Field[list[ToldGroup]] = rx.field(default_factory=list)
    papers: rx.Field[list[Paper]] = rx.field(default_factory=list)
    steps: rx.Field[list[StepShown]] = rx.field(default_factory=list)
    fees: rx.Field[list[ReceiptLine]] = rx.field(default_factory=list)
    others: rx.Field[list[Other]] = rx.field(default_factory=list)
    colleagues: rx.Field[list[Colleague]] = rx.field(default_factory=list)
    may: rx.Field[list[str]] = rx.field(default_factory=list)
    place: str = ""
    before_id: str = ""
    after_id: str = ""

    asking: str = ""
    reasons: rx.Field[list[ReasonShown]] = rx.field(default_factory=list)
    reason: str = ""
    reason_words: str = ""
    busy: bool = False

    _case_id: str = ""
    _version: int = 0
    _turn: int = 0

    @rx.event
    async def open_case(self) -> Any:
        """Show and hold the case whose id is the last part of the address."""
        case_id = self.router.url.path.rstrip("/").rpartition("/")[2][:LENGTH]
        if case_id != self._case_id:
            self.stage = ""
        self.asking, self.busy = "", False
        identity = await self._enter(anywhere=True)
        if self._held and self._held != case_id:
            await self._let_go()
        self._case_id = case_id
        try:
            await self._claim(identity)
        except NotFound:
            self.stage = "missing"
            return None
        await self._look_round(identity)
        self._turn += 1
        return CaseDesk.follow_case

    @rx.event(background=True)
    async def follow_case(self) -> None:
        """Hold the case while it is open, and show what changes meanwhile."""
        async with self:
            turn, case_id = self._turn, self._case_id
        claimed = clock.now()
        async for _ in live.changes(licensing.topic(case_id), longest_s=3_600):
            async with self:
                if self._turn != turn or self._case_id != case_id or self.stage != "open":
                    return
                if not self._at(case_id):
                    await self._let_go()
                    return
                again = (clock.now() - claimed).total_seconds() > CLAIM_AGAIN_S
                if again and self._held:
                    claimed = clock.now()
                    await self._claim(await self._identity())
                elif not self.asking and not self.busy:
                    await self._look_again(await self._identity())

    @rx.event
    async def take(self) -> None:
        """Take a case a colleague has let go of."""
        await self._claim(await self._identity())

    @rx.event
    async def go_on(self, by: Literal[1, -1]) -> Any:
        """Open the next case of the list, or the one before; the queue when there is none."""
        self.told = ""
        return await self._go_to(self.after_id if by == 1 else self.before_id)

    @rx.event
    async def leave_for(self, town_id: str) -> Any:
        """Go to the queue of another town."""
        self._choose_town(town_id)
        return await self._go_to("")

    @rx.event
    def ask(self, what: Asking) -> None:
        """Open the window in which something is decided."""
        allowed = "audit" if what == "audit_failed" else what
        if allowed not in self.may:
            return
        self.asking, self.reason, self.reason_words = what, "", ""
        if what in ("reject", "ask_more"):
            fitting = [found for found in licensing.templates() if what in found.goes_for]
            self.reasons = [
                ReasonShown(found.id, found.label, found.words, str(number) if number < 10 else "")
                for number, found in enumerate(fitting, start=1)
            ]

    @rx.event
    def choose_reason(self, reason: str) -> None:
        """Take a reason's words into the letter."""
        found = next((one for one in self.reasons if one.id == reason), None)
        if found:
            self.reason, self.reason_words = found.id, found.words

    @rx.event
    def close(self) -> None:
        """Decide nothing after all."""
        self.asking = ""

    @rx.event
    async def approve(self) -> AsyncIterator[Any]:
        """Approve what is open, and go on to the next case."""
        async for step in self._decide("approve", licensing.approve, self._case_id, self._version):
            yield step

    @rx.event
    async def say_why(self, form: dict[str, Any]) -> AsyncIterator[Any]:
        """Reject what is open, or ask for more, with the reason chosen; then the next case."""
        what, words = self.asking, str(form.get("words") or "")[:LONGEST_WORDS]
        verb = {"reject": licensing.reject, "ask_more": licensing.ask_more}.get(what)
        if verb is None:
            return
        if not self.reason:
            self._show_problem("Choose a reason.", {"reason": "Choose one of these."})
            return
        told = (self._case_id, self._version, self.reason, words)
        async for step in self._decide(what, verb, *told):
            yield step

    @rx.event
    async def pass_audit(self) -> AsyncIterator[Any]:
        """What was approved automatically was right; then the next case."""
        async for step in self._decide("audit_passed", licensing.audit, self._case_id, True):
            yield step

    @rx.event
    async def fail_audit(self, form: dict[str, Any]) -> AsyncIterator[Any]:
        """What was approved automatically should not have been; then the next case."""
        words = str(form.get("words") or "")[:LONGEST_WORDS]
        told = (self._case_id, False, words)
        async for step in self._decide("audit_failed", licensing.audit, *told):
            yield step

    @rx.event
    async def note(self, form: dict[str, Any]) -> None:
        """Write something that only clerks read."""
        words = str(form.get("words") or "")[:LONGEST_WORDS]
        identity = await self._identity()
        await db.write(licensing.add_note, identity, self._case_id, words)
        self.asking = ""
        await self._look_again(identity)

    @rx.event
    async def hand_to(self, user_id: str) -> None:
        """Hand the case to a colleague, or to nobody."""
        identity = await self._identity()
        await db.write(licensing.assign, identity, self._case_id, user_id)
        await self._look_again(identity)

    async def _decide(self, what: str, verb: Any, *told: Any) -> AsyncIterator[Any]:
        if self.busy:
            return
        self.busy = True
        yield
        identity = await self._identity()
        done = DONE[what].format(title=self.case.title)
        try:
            await db.write(verb, identity, *told)
        except (Conflict, NotFound) as problem:
            # Somebody else was first: what they did is what is to be seen now.
            self.asking = ""
            with suppress(NotFound):
                await self._look_again(identity)
            self._show_problem(problem.detail)
            return
        except Problem as problem:
            self._show_problem(problem.detail, problem.fields)
            return
        finally:
            self.busy = False
        self.told, self.told_href = done, f"{LIST}/{self._case_id}"
        self._held, self.asking = "", ""
        after = await self._after(identity)
        yield await self._go_to(after)

    async def _after(self, identity: Identity) -> str:
        """The case to go on with: the next that nobody has open, else the first that is left."""
        page = await self._page(identity)
        free = [
            item.id
            for item in page.items
            if item.id != self._case_id and (not item.held_by or item.held_by_me)
        ]
        return self.after_id if self.after_id in free else next(iter(free), "")

    async def _go_to(self, case_id: str) -> Any:
        await self._let_go()
        return rx.redirect(f"{LIST}/{case_id}" if case_id else LIST)

    async def _claim(self, identity: Identity) -> None:
        case = await db.write(licensing.claim, identity, self._case_id)
        self._held = self._case_id if case.item.held_by_me else ""
        self._show(case)

    async def _look_again(self, identity: Identity) -> None:
        case = await db.read(licensing.case_of, identity, self._case_id)
        self._show(case)

    async def _look_round(self, identity: Identity) -> None:
        """Where this case lies in the list one came from."""
        page = await self._page(identity)
        ids = [item.id for item in page.items]
        self._count(page)
        total = page.counts.get(self.shelf, len(ids))
        if self._case_id not in ids:
            self.before_id, self.after_id = "", next(iter(ids), "")
            self.place = ""
            return
        at = ids.index(self._case_id)
        self.before_id = ids[at - 1] if at else ""
        self.after_id = ids[at + 1] if at + 1 < len(ids) else ""
        of = f" of {total}" if not self.text else ""
        self.place = f"{SHELVES[self.shelf]}: {at + 1}{of}"

    def _at(self, case_id: str) -> bool:
        """Whether the page still shows this case: one leaves it without saying so."""
        return self.router.url.path.rstrip("/").endswith(case_id)

    def _show(self, case: DeskCase) -> None:
        self._version = case.item.version
        told = shown.case_shown(case)
        self._set("case", told)
        self._set("groups", shown.groups_of(case))
        self._set("papers", shown.papers_of(case.documents))
        self._set("steps", shown.steps_of(case.history, case.town))
        self._set("fees", receipt_lines(case.lines, case.item.fee.currency))
        self._set("others", shown.others_of(case.household))
        self._set("colleagues", [Colleague(*one) for one in case.colleagues])
        self._set("may", sorted(case.may))
        self._set("stage", "open")
