"""Applications as their owners see them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from pet_app.core.money import Money
from pet_app.licensing import facts
from pet_app.licensing.form import Form
from pet_app.licensing.models import Application, Document
from pet_app.licensing.rules import Case, Fee, FeeLine, Stage, Town, begins_on, end_of_term
from pet_app.licensing.rules.standing import Kind, Status
from pet_app.licensing.service.costs import Priced
from pet_app.licensing.service.history import steps_of
from pet_app.licensing.service.rows import documents_of
from pet_app.licensing.towns import town


@dataclass(frozen=True)
class DocumentView:
    """A paper of an application; `shows` is `rabies` or a proof, `pages` how many it has."""

    id: str
    shows: str
    name: str = field(repr=False)
    media_type: str
    pages: int
    created: datetime


@dataclass(frozen=True)
class StepView:
    """Something that happened; `by` is `owner`, `town`, `payment` or `clerk`, whoever it was."""

    what: str
    words: str = field(repr=False)
    by: str
    created: datetime


@dataclass(frozen=True)
class ApplicationView:
    """An application as its owner sees it.

    `faults` says by field (`vaccination.given`, `documents.rabies`) what keeps it from being
    handed in; it is empty once that was done. `priced` is what it costs as the form stands, frozen
    once it was handed in; None while that cannot be said. `papers` are the documents that are
    asked for, by what they show. `reason` and `words` are the clerk's. `may` says what the owner
    can do now: `save`, `hand_in`, `pay`, `answer`, `withdraw`.
    """

    id: str
    town: Town
    pet_id: str
    licence_id: str
    kind: Kind
    source: str
    status: Status
    form: Form = field(repr=False)
    faults: Mapping[str, str]
    priced: Priced | None
    papers: tuple[str, ...]
    documents: tuple[DocumentView, ...]
    steps: tuple[StepView, ...] = field(repr=False)
    handed_in: date | None
    submitted: datetime | None
    paid: datetime | None
    decided: datetime | None
    payment_id: str
    reason: str
    words: str
    version: int
    created: datetime
    changed: datetime
    may: frozenset[str]

    @property
    def fee(self) -> Money | None:
        """What it costs, where that can be said."""
        return self.priced.total if self.priced else None


MAY: dict[Status, frozenset[str]] = {
    Status.DRAFT: frozenset({"save", "hand_in", "withdraw"}),
    Status.AWAITING_PAYMENT: frozenset({"save", "pay", "withdraw"}),
    Status.IN_REVIEW: frozenset({"withdraw"}),
    Status.NEEDS_MORE: frozenset({"save", "answer", "withdraw"}),
}
"""What an owner can do with an application, by where it stands."""


def view(
    session: Session,
    application: Application,
    faults: Mapping[str, str],
    priced: Priced | None,
    papers: tuple[str, ...],
) -> ApplicationView:
    """An application with what was found of it."""
    status = Status(application.status)
    return ApplicationView(
        id=application.id,
        town=town(application.town_id),
        pet_id=application.pet_id,
        licence_id=application.licence_id,
        kind=Kind(application.kind),
        source=application.source,
        status=status,
        form=form_of(application),
        faults=faults,
        priced=priced,
        papers=papers,
        documents=tuple(document_view(row) for row in documents_of(session, application.id)),
        steps=tuple(
            StepView(step.what, step.words, step.by.split(":")[0], step.created)
            for step in steps_of(session, application.id)
        ),
        handed_in=application.handed_in,
        submitted=application.submitted,
        paid=application.paid,
        decided=application.decided,
        payment_id=application.payment_id,
        reason=application.reason,
        words=application.words,
        version=application.version,
        created=application.created,
        changed=application.changed,
        may=MAY.get(status, frozenset()),
    )


def document_view(row: Document) -> DocumentView:
    """A paper as whoever may see it does."""
    return DocumentView(
        row.id, row.shows, row.name, row.media_type, len(row.page_keys), row.created
    )


def form_of(application: Application) -> Form:
    """What the owner told, as `form.Form`."""
    return facts.form_from(application.form)


def fee_case_of(application: Application) -> Case | None:
    """The engine's case as it was handed in; None for what has no fee, and before."""
    return facts.thawed(application.case) if application.case else None


def receipt_of(application: Application) -> Priced | None:
    """The fee as it was handed in, line by line; None before."""
    if not application.receipt:
        return None
    where = town(application.town_id)
    fee = Fee(tuple(_line(told) for told in application.receipt), application.currency)
    ends, why = None, ""
    case = fee_case_of(application)
    if case is not None and application.handed_in is not None:
        term = where.term_on(application.handed_in, application.term)
        if term is not None:
            ends, why = end_of_term(where, term, begins_on(case), case.rabies_until)
    return Priced(where, fee, Money(fee.cents, fee.currency), ends, why)


def line_told(line: FeeLine) -> dict[str, Any]:
    """A line of a fee as `Application.receipt` holds it."""
    return {
        "rule_id": line.rule_id,
        "stage": line.stage.value,
        "words": line.words,
        "cents": line.cents,
        "source": line.source,
        "as_of": line.as_of.isoformat() if line.as_of else None,
        "assumption": line.assumption,
    }


def _line(told: Mapping[str, Any]) -> FeeLine:
    as_of = told.get("as_of")
    return FeeLine(
        rule_id=told["rule_id"],
        stage=Stage(told["stage"]),
        words=told["words"],
        cents=int(told["cents"]),
        source=told["source"],
        as_of=date.fromisoformat(as_of) if as_of else None,
        assumption=bool(told["assumption"]),
    )
