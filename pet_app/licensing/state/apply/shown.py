"""What the pages of an application show."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pet_app.core.moments import day
from pet_app.core.security import Identity
from pet_app.licensing import service as licensing
from pet_app.licensing.form import Form
from pet_app.licensing.rules import Proof
from pet_app.licensing.rules.standing import Kind, LicenceState
from pet_app.licensing.service import ApplicationView, DocumentView
from pet_app.licensing.state.apply.answers import (
    ABOUT,
    ADDRESS,
    LABELS,
    RABIES,
    REVIEW,
    STEPS,
    TERM,
    step_of,
)
from pet_app.licensing.state.calculator import PROOF_WORDS, Choice
from pet_app.licensing.state.receipt import ReceiptLine, receipt_lines
from pet_app.pet import service as pets

PAGES = "/api/v1/licensing/documents/{id}/pages/{page}"
PAPER_WORDS = {
    "rabies": ("Rabies certificate", "A photo or the PDF. All of it in the picture, please."),
    Proof.SENIOR: ("Proof of your age", "Such as a driver's licence; cover what we need not see."),
    Proof.DISABLED: ("Proof of your disability", "A card or an office's letter."),
    Proof.LOW_INCOME: ("Proof of your income", "Such as a benefit letter of this year."),
    Proof.SERVICE_ANIMAL: ("Proof that it is a service animal", "What your town accepts."),
    Proof.CANNOT_ALTER: ("The vet's word", "That your pet cannot be spayed or neutered."),
    Proof.MICROCHIP: ("Proof of the microchip", "The card or the registration."),
    Proof.ADOPTED: ("Adoption papers", "With the day of the adoption."),
    Proof.LICENSED_ELSEWHERE: ("The other licence", "The paper or the tag."),
}
KIND_WORDS = {
    Kind.NEW: "A licence",
    Kind.RENEWAL: "Renewing the licence",
    Kind.BOOSTER: "A newer vaccination",
    Kind.REPLACEMENT: "A new tag",
    Kind.TRANSFER: "Taking over the licence",
}
ADDRESS_OPEN = "Your address is not complete."
SEX = {"female": "Female", "male": "Male"}
ALTERED = {"yes": "Spayed or neutered", "no": "Not spayed or neutered"}


@dataclass(frozen=True)
class StepShown:
    """A step of the way: `state` is `done`, `here` or `ahead`."""

    key: str
    label: str
    state: str


@dataclass(frozen=True)
class PetTile:
    """A pet to choose: `draft` is the application that is open for it in this town, `licence` the
    number of one that holds there.
    """

    id: str
    name: str
    about: str
    draft: str = ""
    licence: str = ""


@dataclass(frozen=True)
class Paper:
    """A paper that was sent; `pages` are the addresses of its pictures."""

    id: str
    name: str
    pages: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class PaperAsked:
    """A paper that is asked for, and what was sent of it."""

    shows: str
    label: str
    help: str
    papers: list[Paper] = field(default_factory=list)


@dataclass(frozen=True)
class SummaryPart:
    """What was said at one step, as pairs of name and words."""

    title: str
    step: str
    rows: list[list[str]] = field(default_factory=list)


@dataclass(frozen=True)
class Missing:
    """What is wanting yet, and the step that asks for it."""

    sentence: str
    step: str


@dataclass(frozen=True)
class Receipt:
    """The fee, rule by rule; `words` says why there is none yet."""

    total: str = ""
    lines: list[ReceiptLine] = field(default_factory=list)
    until: str = ""
    words: str = ""
    free: bool = False
    label: str = "To pay"


def pets_of(session: Any, identity: Identity, town: licensing.Town) -> list[PetTile]:
    """Their pets of a kind the town licenses, with what is open for each."""
    drafts = {
        view.pet_id: view.id
        for view in licensing.list_applications(session, identity)
        if view.town.id == town.id and view.kind is Kind.NEW and "save" in view.may
    }
    licences = {
        licence.pet_id: licence.number
        for licence in licensing.licences_of(session, identity)
        if licence.town.id == town.id and licence.state is LicenceState.ISSUED
    }
    return [
        PetTile(
            pet.id,
            pet.name,
            pet.breed or pet.species.capitalize(),
            drafts.get(pet.id, ""),
            licences.get(pet.id, ""),
        )
        for pet in pets.list_pets(session, identity)
        if pet.species in town.species
    ]


def missing_of(view: ApplicationView) -> list[Missing]:
    """What is wanting before it can be signed; the lines of an address are one thing."""
    told = {
        ADDRESS_OPEN if name.startswith(ADDRESS) else sentence: step_of(name)
        for name, sentence in view.faults.items()
        if step_of(name) != REVIEW
    }
    return [Missing(sentence, step) for sentence, step in told.items()]


def day_of(text: str) -> str:
    """A day as people write it: `7 March 2026`; as it was typed when it is none."""
    try:
        return day(date.fromisoformat(text))
    except ValueError:
        return text


def steps_of(kind: Kind, here: str) -> list[StepShown]:
    """The way through an application, seen from one of its steps."""
    keys = STEPS[kind]
    at = keys.index(here) if here in keys else 0
    states = ["done" if place < at else "ahead" for place in range(len(keys))]
    states[at] = "here"
    return [StepShown(key, LABELS[key], state) for key, state in zip(keys, states, strict=True)]


def receipt_of(view: ApplicationView) -> Receipt:
    """The fee as far as it can be said."""
    if view.priced is None:
        wanting = [text for name, text in view.faults.items() if name in ("term", "animal.altered")]
        return Receipt(words=" ".join(wanting) or "The fee stands here once we know your pet.")
    priced = view.priced
    ends = day(priced.ends) if priced.ends else "the end of your pet's life"
    held = f"Holds until {ends}. {priced.why_it_ends}" if priced.why_it_ends else ""
    lines = receipt_lines(priced.fee.lines, priced.fee.currency)
    label = "Paid" if view.paid else "To pay"
    return Receipt(str(priced.total), lines, held, free=priced.total.cents == 0, label=label)


def papers_of(view: ApplicationView, *, rabies: bool) -> list[PaperAsked]:
    """The papers that are asked for: the rabies certificate, or all others."""
    return [
        PaperAsked(shows, *words_of_paper(shows), papers_shown(view.documents, shows))
        for shows in dict.fromkeys((*view.papers, *(row.shows for row in view.documents)))
        if (shows == "rabies") is rabies
    ]


def words_of_paper(shows: str) -> tuple[str, str]:
    """What a paper is called, and how it should be."""
    return PAPER_WORDS.get(shows, ("A paper", ""))


def papers_shown(documents: Iterable[DocumentView], shows: str = "") -> list[Paper]:
    """Papers with their pictures; those that show one thing, or all."""
    return [
        Paper(
            row.id,
            row.name,
            [PAGES.format(id=row.id, page=page) for page in range(1, row.pages + 1)],
        )
        for row in documents
        if not shows or row.shows == shows
    ]


def choices_of(town: licensing.Town, today: date) -> tuple[list[Choice], list[Choice]]:
    """The terms of a town, and what can be shown there."""
    schedule = town.schedule_on(today)
    terms = [Choice(term.id, term.words) for term in (schedule.terms if schedule else ())]
    proofs = [Choice(proof, PROOF_WORDS[proof]) for proof in licensing.proofs_that_count(town)]
    return terms, proofs


def summary_of(view: ApplicationView, address: list[str]) -> list[SummaryPart]:
    """Everything that was said, step by step; what was left empty is left out."""
    form = view.form
    told = {
        ABOUT: _about(form, address),
        RABIES: _rabies(form, view.documents),
        TERM: _term(form, view),
    }
    return [
        SummaryPart(LABELS[step], step, [[name, words] for name, words in told[step] if words])
        for step in STEPS[view.kind]
        if step in told
    ]


def _about(form: Form, address: list[str]) -> list[tuple[str, str]]:
    animal, holder = form.animal, form.holder
    what = [animal.breed or animal.species.capitalize(), SEX.get(animal.sex, "")]
    return [
        ("Pet", animal.name),
        ("", ", ".join(part for part in what if part)),
        ("", ALTERED.get(animal.altered, "")),
        ("Born", day_of(animal.born)),
        ("Colours", animal.colours),
        ("Microchip", animal.microchip),
        ("You", holder.name),
        ("Phone", holder.phone),
        ("Address", ", ".join(address)),
    ]


def _rabies(form: Form, documents: Iterable[DocumentView]) -> list[tuple[str, str]]:
    told = form.vaccination
    sent = sum(row.shows == "rabies" for row in documents)
    return [
        ("Given on", day_of(told.given)),
        ("Good until", day_of(told.until)),
        ("Vaccine", " ".join(part for part in (told.product, told.serial) if part)),
        ("Veterinarian", told.vet),
        ("Tag", told.tag),
        ("Certificate", "Sent" if sent else ""),
    ]


def _term(form: Form, view: ApplicationView) -> list[tuple[str, str]]:
    terms, _ = choices_of(view.town, licensing.today_in(view.town))
    known: Mapping[str, str] = {choice.value: choice.words for choice in terms}
    said = [str(PROOF_WORDS[Proof(proof)]) for proof in form.proofs if proof in set(Proof)]
    return [
        ("For", known.get(form.term, form.term)),
        ("You say", "; ".join(said)),
        ("Adopted on", day_of(form.adopted)),
        ("", "Declared dangerous" if form.dangerous else ""),
    ]
