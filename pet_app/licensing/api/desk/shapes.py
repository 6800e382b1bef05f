"""What the clerks' desk looks like over HTTP."""

from datetime import date, datetime
from typing import Annotated, Literal

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field

from pet_app.core.http import RequestBody
from pet_app.core.ids import LENGTH
from pet_app.core.money import Money
from pet_app.core.security import Identity, Scope, with_scope
from pet_app.licensing.api.shapes import FeeLineOut, FormIn, Version, form_out, lines_out
from pet_app.licensing.rules.standing import Kind
from pet_app.licensing.service import Companion, DeskCase, DeskDocument, DeskStep, QueueItem, Sold

Reader = Annotated[Identity, with_scope(Scope.DESK_READ)]
Clerk = Annotated[Identity, with_scope(Scope.DESK_WRITE)]
TownId = Annotated[str, Path(max_length=80, pattern="^[a-z0-9-]+$")]
Words = Annotated[str, Field(max_length=2000)]
Reason = Annotated[str, Field(max_length=40, description="The id of one of the reasons.")]


class Shown(BaseModel):
    """Something that is shown as the service knows it."""

    model_config = ConfigDict(from_attributes=True)


class CaseOut(BaseModel):
    """Everything a clerk needs to decide; `may` says what they can do now."""

    item: QueueItem
    form: FormIn
    documents: list[DeskDocument]
    doubts: list[str]
    history: list[DeskStep]
    lines: list[FeeLineOut]
    term_words: str
    would_end: date | None
    why_it_ends: str
    household: list[Companion]
    held_until: datetime | None
    reason: str
    words: str
    licence_id: str
    licence_number: str
    payment_id: str
    may: list[str]


class DecisionIn(RequestBody):
    """Which version was looked at; another one is not decided."""

    version: Version


class ReasonIn(DecisionIn):
    """Why; without `words` those of the reason go to the owner."""

    reason: Reason
    words: Words = ""


class NoteIn(RequestBody):
    """What only clerks read."""

    words: Words


class AssignIn(RequestBody):
    """Who is to see to it; empty for nobody."""

    user_id: Annotated[str, Field(max_length=LENGTH)] = ""


class AuditIn(RequestBody):
    """Whether what approved itself should have been."""

    passed: bool
    words: Words = ""


class PolicyIn(RequestBody):
    """What approves itself, and how many of a hundred of it a clerk looks at afterwards."""

    automatic: list[Kind] = Field(max_length=5)
    audit_percent: Annotated[int, Field(ge=0, le=100)]


class PolicyOut(Shown):
    """What a town's desk approves by itself."""

    always: list[str]
    possible: list[str]
    automatic: list[str]
    audit_percent: int
    changed_by: str
    changed: datetime | None


class CounterIn(RequestBody):
    """A licence sold at the counter; send the same `request_key` when you send the sale again."""

    form: FormIn
    paid_by: Literal["cash", "cheque"]
    request_key: Annotated[str, Field(min_length=8, max_length=64)]
    tag_code: Annotated[str, Field(max_length=40)] = ""


class PriceIn(RequestBody):
    """A form as far as it is told."""

    form: FormIn


class SoldOut(BaseModel):
    """What was sold."""

    application_id: str
    licence_id: str
    number: str
    tag_code: str
    fee: Money
    lines: list[FeeLineOut]
    ends: date | None
    paid_by: str


def case_out(found: DeskCase) -> CaseOut:
    """A case as its clerk sees it."""
    return CaseOut(
        item=found.item,
        form=form_out(found.form),
        documents=list(found.documents),
        doubts=list(found.doubts),
        history=list(found.history),
        lines=lines_out(found.lines),
        term_words=found.term_words,
        would_end=found.would_end,
        why_it_ends=found.why_it_ends,
        household=list(found.household),
        held_until=found.held_until,
        reason=found.reason,
        words=found.words,
        licence_id=found.licence_id,
        licence_number=found.licence_number,
        payment_id=found.payment_id,
        may=sorted(found.may),
    )


def sold_out(sold: Sold) -> SoldOut:
    """A counter sale."""
    return SoldOut(
        application_id=sold.application_id,
        licence_id=sold.licence_id,
        number=sold.number,
        tag_code=sold.tag_code,
        fee=sold.fee,
        lines=lines_out(sold.lines),
        ends=sold.ends,
        paid_by=sold.paid_by,
    )
