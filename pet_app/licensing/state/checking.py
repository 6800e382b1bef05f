"""Checking a certificate or a licence number: for anybody, about nobody."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from pet_app.core import db
from pet_app.core.errors import Invalid
from pet_app.core.moments import day
from pet_app.licensing import service as licensing
from pet_app.licensing.service import Outcome, Verified
from pet_app.ui.session import Session

LONGEST = 600
SAY_WHAT = "Type the number that stands on the certificate, such as OH-7K4M9-QXPRT."
WARN = frozenset({Outcome.NOT_YET, Outcome.EXPIRED, Outcome.REPLACED, Outcome.UNKNOWN})


@dataclass(frozen=True)
class Row:
    """One fact about a licence."""

    name: str
    value: str


class Checker(Session):
    """What came of checking. `stage` is empty until something was asked; `tone` is good, warn or
    danger."""

    stage: str = ""
    tone: str = ""
    title: str = ""
    words: str = ""
    issuer: str = ""
    rows: rx.Field[list[Row]] = rx.field(default_factory=list)

    @rx.event
    async def open(self) -> None:
        """Check what the address holds, as a phone that scanned a code brings it."""
        self._forget()
        if text := self.router.url.fragment[:LONGEST]:
            await self._check(text)

    @rx.event
    async def check(self, form: dict[str, Any]) -> None:
        """Check what somebody typed or pasted."""
        text = str(form.get("text") or "").strip()[:LONGEST]
        if not text:
            raise Invalid("", {"text": SAY_WHAT})
        await self._check(text)

    @rx.event
    def another(self) -> Any:
        """Ask about another one."""
        self._forget()
        return rx.redirect("/licensing/verify")

    async def _check(self, text: str) -> None:
        found = await db.read(licensing.verify, text)
        self.title, self.words = found.title, found.words
        self.issuer = found.licence.issuer if found.licence else ""
        self.rows = rows_of(found)
        self.tone = "good" if found.good else "warn" if found.outcome in WARN else "danger"
        self.stage = "done"

    def _forget(self) -> None:
        self.stage = self.tone = self.title = self.words = self.issuer = ""
        self.rows = []


def rows_of(found: Verified) -> list[Row]:
    """What a licence says, as names and values."""
    seen = found.licence
    if seen is None:
        return []
    rows = [
        Row("Licence", seen.number),
        Row("Animal", seen.species.capitalize()),
        Row("Town", f"{seen.town_name}, {seen.region}"),
        Row("From", day(seen.begins)),
        Row("Until", day(seen.ends) if seen.ends else "The animal's life"),
    ]
    if seen.serial and seen.issued:
        rows.append(Row("Certificate", f"No. {seen.serial}, issued {day(seen.issued)}"))
    if found.today:
        rows.append(Row("Checked today", day(found.today)))
    return rows
