"""The fee calculator: what is said of a pet and its owner, and what a licence then costs."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar, TypeVar

import reflex as rx

from pet_app.core.errors import Invalid
from pet_app.core.moments import day
from pet_app.licensing import service as licensing
from pet_app.licensing.rules import Case, Proof, Species
from pet_app.licensing.state.receipt import ReceiptLine, receipt_lines
from pet_app.ui.session import Session

K = TypeVar("K", bound=StrEnum)

PROOF_WORDS = {
    Proof.SENIOR: "I am 65 or older",
    Proof.DISABLED: "I have a disability",
    Proof.LOW_INCOME: "My income is low",
    Proof.SERVICE_ANIMAL: "It is a service animal",
    Proof.CANNOT_ALTER: "A vet says it cannot be neutered",
    Proof.MICROCHIP: "It has a microchip or tattoo",
    Proof.ADOPTED: "I have just adopted it",
    Proof.LICENSED_ELSEWHERE: "It is licensed elsewhere in the state",
}
FIRST = "us-ny-new-york-city"


@dataclass(frozen=True)
class Choice:
    """One thing to choose: its value and its words."""

    value: str
    words: str


@dataclass(frozen=True)
class TownCard:
    """A town as the finder shows it."""

    id: str
    name: str
    region: str


class Calculator(Session):
    """What a licence costs: nothing that is said here is kept."""

    quiet: ClassVar[frozenset[str]] = frozenset({"find"})

    found: rx.Field[list[TownCard]] = rx.field(default_factory=list)
    none_found: str = ""
    town_id: str = FIRST
    town_name: str = ""
    issuer: str = ""
    note: str = ""
    source: str = ""
    animals: rx.Field[list[Choice]] = rx.field(default_factory=list)
    terms: rx.Field[list[Choice]] = rx.field(default_factory=list)
    proofs: rx.Field[list[Choice]] = rx.field(default_factory=list)

    species: str = Species.DOG
    altered: str = "yes"
    term: str = ""
    born: str = ""
    shown: rx.Field[list[str]] = rx.field(default_factory=list)

    total: str = ""
    receipt: rx.Field[list[ReceiptLine]] = rx.field(default_factory=list)
    until: str = ""
    refusal: str = ""

    @rx.var
    def heading(self) -> str:
        """What the receipt is called."""
        return f"The fee in {self.town_name}"

    @rx.event
    async def open(self) -> None:
        """Show the town of the address, or the first, and what its licence costs."""
        wanted = dict(self.router.url.query_parameters).get("town", "")
        known = {town.id for town in licensing.towns()}
        self._find("")
        self._go_to(wanted if wanted in known else self.town_id)

    @rx.event
    async def find(self, text: str) -> None:
        """Look for a town by what it may be called."""
        self._find(text[:100])

    @rx.event
    async def go_to(self, town_id: str) -> None:
        """Work with the rules of another town."""
        self._go_to(town_id)

    @rx.event
    async def choose_species(self, species: str) -> None:
        """A dog or a cat."""
        self.species = species
        self._work_out()

    @rx.event
    async def choose_altered(self, altered: str) -> None:
        """Neutered or not."""
        self.altered = altered
        self._work_out()

    @rx.event
    async def choose_term(self, term: str) -> None:
        """For how long."""
        self.term = term
        self._work_out()

    @rx.event
    async def say_born(self, born: str) -> None:
        """When it was born, as far as that is known."""
        self.born = born
        self._work_out()

    @rx.event
    async def turn_over(self, proof: str) -> None:
        """Something that can be shown, or not after all."""
        others = [found for found in self.shown if found != proof]
        self.shown = others if proof in self.shown else [*others, proof]
        self._work_out()

    def _find(self, text: str) -> None:
        found = licensing.find_place(text)
        self.found = [TownCard(town.id, town.name, town.region) for town in found.towns]
        self.none_found = "" if found.towns else found.advice

    def _go_to(self, town_id: str) -> None:
        town = licensing.town(town_id)
        terms = town.terms_on(licensing.today_in(town))
        self.town_id, self.town_name = town.id, town.name
        self.issuer, self.note, self.source = town.issuer, town.note, town.source
        self.animals = [Choice(kind, kind.capitalize()) for kind in town.species]
        self.terms = [Choice(term.id, term.words) for term in terms]
        counting = licensing.proofs_that_count(town)
        self.proofs = [Choice(proof, PROOF_WORDS[proof]) for proof in counting]
        self.shown = [proof for proof in self.shown if proof in counting]
        if self.species not in town.species:
            self.species = town.species[0]
        if self.term not in {choice.value for choice in self.terms}:
            self.term = self.terms[0].value if self.terms else ""
        self._work_out()

    def _work_out(self) -> None:
        town = licensing.town(self.town_id)
        self.total, self.receipt, self.until, self.refusal = "", [], "", ""
        try:
            priced = licensing.what_it_costs(town, self._case(town))
        except Invalid as error:
            self.refusal = " ".join(error.fields.values())
            return
        self.total = str(priced.total)
        self.receipt = receipt_lines(priced.fee.lines, priced.fee.currency)
        ends = day(priced.ends) if priced.ends else "no fixed day"
        self.until = f"Bought today it would hold until {ends}. {priced.why_it_ends}"

    def _case(self, town: licensing.Town) -> Case:
        try:
            born = date.fromisoformat(self.born) if self.born else None
        except ValueError as error:
            raise Invalid("", {"born": "This is no day of the calendar."}) from error
        return Case(
            species=_one_of(Species, self.species),
            altered=self.altered == "yes",
            handed_in=licensing.today_in(town),
            term=self.term,
            born=born,
            proofs=frozenset(_one_of(Proof, proof) for proof in self.shown),
            online=True,
        )


def _one_of(kind: type[K], value: str) -> K:
    try:
        return kind(value)
    except ValueError as error:
        raise Invalid("", {"": "That is not one of the choices."}) from error
