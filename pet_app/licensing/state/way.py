"""One application after it was handed in: where it stands, what happens next, what to do."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any, ClassVar

import reflex as rx

from pet_app.core import db
from pet_app.core.errors import NotFound
from pet_app.core.ids import LENGTH, new_id
from pet_app.core.security import Identity, Permission
from pet_app.licensing import service as licensing
from pet_app.licensing.rules.standing import PURPOSE, Status
from pet_app.licensing.service import ApplicationView
from pet_app.licensing.state.apply import shown
from pet_app.licensing.state.apply.shown import Paper, Receipt
from pet_app.licensing.state.told import (
    About,
    Happening,
    Head,
    about_of,
    happened_of,
    head_of,
    refund_words,
)
from pet_app.payment import service as payments
from pet_app.ui import live
from pet_app.ui.session import Session

APPLY = "/licensing/apply"
LEFT = "You came back without paying. Nothing was charged, and nothing is lost."


class Way(Session):
    """One application. `stage` is empty while it opens, then open or missing."""

    needs: ClassVar[Permission | None] = Permission.ACCOUNT

    stage: str = ""
    about: rx.Field[About] = rx.field(default_factory=About)
    head: rx.Field[Head] = rx.field(default_factory=Head)
    happened: rx.Field[list[Happening]] = rx.field(default_factory=list)
    receipt: rx.Field[Receipt] = rx.field(default_factory=Receipt)
    papers: rx.Field[list[Paper]] = rx.field(default_factory=list)
    may_pay: bool = False
    may_answer: bool = False
    may_withdraw: bool = False
    certificate: str = ""
    card: str = ""
    notice: str = ""
    asking: bool = False
    refund: str = ""
    busy: bool = False

    _application_id: str = ""
    _version: int = 0
    _following: str = ""

    @rx.event
    async def open(self) -> Any:
        """Show the application whose id is the last part of the address."""
        self._application_id = self.router.url.path.rstrip("/").rpartition("/")[2][:LENGTH]
        self._following, self.busy, self.asking = "", False, False
        left = dict(self.router.url.query_parameters).get("left", "")
        try:
            view = await self._look()
        except NotFound:
            self.stage = "missing"
            return None
        if view.status is Status.DRAFT:
            return rx.redirect(f"{APPLY}?application={view.id}", replace=True)
        self.notice = LEFT if left and view.status is Status.AWAITING_PAYMENT else ""
        return Way.follow

    @rx.event(background=True)
    async def follow(self) -> None:
        """Show the application as it moves on."""
        async with self:
            self._following = turn = new_id()
            application_id = self._application_id
        async for _ in live.changes(licensing.topic(application_id)):
            async with self:
                if self._following != turn or self._application_id != application_id:
                    return
                with suppress(NotFound):
                    await self._look()

    @rx.event
    async def pay(self) -> AsyncIterator[Any]:
        """Go and pay."""
        self.busy = True
        yield
        try:
            identity = await self._identity()
            payment_id = await db.write(licensing.pay, identity, self._application_id)
            where = f"/licensing/applications/{self._application_id}"
            if payment_id:
                where = await asyncio.to_thread(payments.begin, payment_id)
        finally:
            self.busy = False
        yield rx.redirect(where)

    @rx.event
    async def answer(self) -> AsyncIterator[None]:
        """Send what the clerk asked for."""
        self.busy = True
        yield
        try:
            identity = await self._identity()
            await db.write(licensing.answer, identity, self._application_id, self._version)
        finally:
            self.busy = False
        await self._look()

    @rx.event
    def ask_to_withdraw(self) -> None:
        """Ask before it is taken back."""
        self.asking = self.may_withdraw

    @rx.event
    def close(self) -> None:
        """Leave everything as it is."""
        self.asking = False

    @rx.event
    async def withdraw(self) -> AsyncIterator[None]:
        """Take it back."""
        self.busy = True
        yield
        try:
            await db.write(licensing.withdraw, await self._identity(), self._application_id)
        finally:
            self.busy, self.asking = False, False
        await self._look()

    async def _look(self) -> ApplicationView:
        identity = await self._identity()
        view, under_way, ready = await db.read(_found, identity, self._application_id)
        self._version = view.version
        self.about = about_of(view)
        self.head = head_of(view, under_way=under_way)
        self.happened = happened_of(view)
        self.receipt = shown.receipt_of(view)
        self.papers = shown.papers_shown(view.documents)
        self.may_pay = "pay" in view.may and not under_way
        self.may_answer = "answer" in view.may
        self.may_withdraw = "withdraw" in view.may
        licence = view.licence_id if view.status is Status.APPROVED else ""
        self.card = f"/licensing/card/{licence}" if licence else ""
        self.certificate = (
            f"/api/v1/licensing/licences/{licence}/certificate.pdf" if licence and ready else ""
        )
        self.refund = refund_words(view)
        self.stage = "open"
        return view


def _found(
    session: Any, identity: Identity, application_id: str
) -> tuple[ApplicationView, bool, bool]:
    """An application, whether its money is under way, whether its certificate is drawn."""
    view = licensing.application_of(session, identity, application_id)
    if view.status is Status.AWAITING_PAYMENT:
        return view, payments.is_arriving(session, PURPOSE, view.id), False
    if view.status is not Status.APPROVED or not view.licence_id:
        return view, False, False
    with suppress(NotFound):
        return (
            view,
            False,
            licensing.licence_of(session, identity, view.licence_id).certificate_ready,
        )
    return view, False, False
