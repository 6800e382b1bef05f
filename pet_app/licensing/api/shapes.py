"""What applications look like over HTTP, and who may ask."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated, Literal

from fastapi import Path
from pydantic import BaseModel, Field

from pet_app.core.http import RequestBody
from pet_app.core.ids import LENGTH
from pet_app.core.security import Identity, Scope, with_scope
from pet_app.licensing.form import Animal, Form, Holder, Vaccination
from pet_app.licensing.rules import FeeLine, Proof
from pet_app.licensing.rules.standing import Kind, Status
from pet_app.licensing.service import ApplicationView, DocumentView, Priced, StepView

Reader = Annotated[Identity, with_scope(Scope.LICENCES_READ)]
Writer = Annotated[Identity, with_scope(Scope.LICENCES_WRITE)]
Id = Annotated[str, Path(max_length=LENGTH, pattern="^[0-9a-z]+$")]
Version = Annotated[int, Field(ge=1, le=1_000_000, description="The version you looked at.")]
Text = Annotated[str, Field(max_length=120)]


class FeeLineOut(BaseModel):
    """What one rule comes to, and where the town says so; `assumption` where it does not."""

    rule: str
    words: str
    cents: int
    source: str
    assumption: bool


class FeeOut(BaseModel):
    """A fee, the sum of its lines, and when the licence would end; null for the animal's life."""

    cents: int
    currency: str
    lines: list[FeeLineOut]
    ends: date | None
    why_it_ends: str


class HolderIn(RequestBody):
    """Who keeps the pet; `address` by the fields of its country, `country` by two letters."""

    name: Text = ""
    phone: Text = ""
    email: Text = ""
    address: dict[str, Annotated[str, Field(max_length=300)]] = Field(
        default_factory=dict, max_length=14
    )


class AnimalIn(RequestBody):
    """The pet. `born` is an ISO date; what is not known is empty."""

    name: Text = ""
    species: Literal["", "dog", "cat"] = ""
    sex: Literal["", "female", "male"] = ""
    altered: Literal["", "yes", "no"] = ""
    born: Text = ""
    breed: Text = ""
    colours: Text = ""
    size: Text = ""
    microchip: Text = ""


class VaccinationIn(RequestBody):
    """The rabies certificate. `given`, `until` are ISO dates, `until` the day it is next due."""

    tag: Text = ""
    product: Text = ""
    manufacturer: Text = ""
    serial: Text = ""
    given: Text = ""
    years: Literal["", "1", "3", "4"] = ""
    until: Text = ""
    vet: Text = ""
    vet_licence: Text = ""


class FormIn(RequestBody):
    """What is told so far; `signed` says that it is true."""

    holder: HolderIn = Field(default_factory=HolderIn)
    animal: AnimalIn = Field(default_factory=AnimalIn)
    vaccination: VaccinationIn = Field(default_factory=VaccinationIn)
    term: Text = ""
    proofs: list[Proof] = Field(default_factory=list, max_length=20)
    adopted: Text = ""
    dangerous: bool = False
    signed: bool = False
    moved_from: Text = ""

    def form(self) -> Form:
        """The same as the service knows it."""
        told = self.model_dump(mode="json")
        return Form(
            **told
            | {
                "holder": Holder(**told["holder"]),
                "animal": Animal(**told["animal"]),
                "vaccination": Vaccination(**told["vaccination"]),
                "proofs": tuple(told["proofs"]),
            }
        )


class BeginIn(RequestBody):
    """What is asked of which town. Every kind but `new` is about a licence of yours."""

    town: Annotated[str, Field(max_length=80)]
    pet_id: Annotated[str, Field(max_length=LENGTH)] = ""
    kind: Kind = Kind.NEW
    licence_id: Annotated[str, Field(max_length=LENGTH)] = ""


class SaveIn(RequestBody):
    """A form, over the version that was looked at."""

    form: FormIn
    version: Version


class VersionIn(RequestBody):
    """Which version was looked at; another one is not touched."""

    version: Version


class ApplicationOut(BaseModel):
    """An application; `faults` by field keep it from being handed in, `may` is what you can do."""

    id: str
    town: str
    pet_id: str
    licence_id: str
    kind: Kind
    status: Status
    form: FormIn
    faults: dict[str, str]
    papers: list[str]
    documents: list[DocumentView]
    fee: FeeOut | None
    steps: list[StepView]
    handed_in: date | None
    paid: datetime | None
    decided: datetime | None
    payment_id: str
    reason: str
    words: str
    version: int
    may: list[str]


class ToPay(BaseModel):
    """The payment that is waited for, empty for what costs nothing."""

    payment_id: str


def out(found: ApplicationView) -> ApplicationOut:
    """An application as its owner sees it."""
    return ApplicationOut(
        id=found.id,
        town=found.town.id,
        pet_id=found.pet_id,
        licence_id=found.licence_id,
        kind=found.kind,
        status=found.status,
        form=form_out(found.form),
        faults=dict(found.faults),
        papers=list(found.papers),
        documents=list(found.documents),
        fee=fee_out(found.priced) if found.priced else None,
        steps=list(found.steps),
        handed_in=found.handed_in,
        paid=found.paid,
        decided=found.decided,
        payment_id=found.payment_id,
        reason=found.reason,
        words=found.words,
        version=found.version,
        may=sorted(found.may),
    )


def fee_out(priced: Priced) -> FeeOut:
    """A fee with its lines."""
    return FeeOut(
        cents=priced.fee.cents,
        currency=priced.fee.currency,
        lines=lines_out(priced.fee.lines),
        ends=priced.ends,
        why_it_ends=priced.why_it_ends,
    )


def lines_out(lines: Iterable[FeeLine]) -> list[FeeLineOut]:
    """The lines of a fee."""
    return [
        FeeLineOut(
            rule=line.rule_id,
            words=line.words,
            cents=line.cents,
            source=line.source,
            assumption=line.assumption,
        )
        for line in lines
    ]


def form_out(form: Form) -> FormIn:
    # What was typed on a page may be no answer at all; it goes out as it stands.
    return FormIn.model_construct(
        holder=HolderIn.model_construct(**vars(form.holder)),
        animal=AnimalIn.model_construct(**vars(form.animal)),
        vaccination=VaccinationIn.model_construct(**vars(form.vaccination)),
        **{
            name: value
            for name, value in vars(form).items()
            if name not in ("holder", "animal", "vaccination", "proofs")
        },
        proofs=[Proof(proof) for proof in form.proofs],
    )
