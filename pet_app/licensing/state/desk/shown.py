"""A case as the desk shows it: its fields beside the papers, its fee, what happened."""

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pet_app.core.moments import day
from pet_app.licensing.service import Companion, DeskCase, DeskDocument, DeskStep, Town
from pet_app.licensing.state.desk.rows import AGES, SOURCES, STATUS_TONES, STATUS_WORDS, waited

STEP_WORDS = {
    "draft": "Changed by the owner again",
    "awaiting_payment": "Handed in",
    "in_review": "Lies with the town",
    "needs_more": "Asked for more",
    "approved": "Approved",
    "rejected": "Rejected",
    "withdrawn": "Withdrawn",
    "note": "Note",
    "assigned": "Handed to somebody",
    "audited": "Looked at afterwards",
}


@dataclass(frozen=True)
class Told:
    """A field of the form. `compare` marks what the certificate has to say just the same."""

    label: str
    value: str
    compare: bool = False


@dataclass(frozen=True)
class ToldGroup:
    """Fields that belong together."""

    title: str
    fields: list[Told]


@dataclass(frozen=True)
class Paper:
    """A paper with the addresses of its pages."""

    id: str
    title: str
    pages: list[str]
    file: str


@dataclass(frozen=True)
class StepShown:
    """One entry of the history."""

    id: str
    what: str
    words: str
    who: str
    at: str
    internal: bool


@dataclass(frozen=True)
class Other:
    """Another licence of the household."""

    number: str
    about: str
    href: str


@dataclass(frozen=True)
class CaseShown:
    """What stands at the head of a case, and beside it."""

    id: str = ""
    title: str = ""
    kind: str = ""
    town: str = ""
    status: str = ""
    status_tone: str = "plain"
    waiting: str = ""
    age: str = ""
    fee: str = ""
    term: str = ""
    ends: str = ""
    why_it_ends: str = ""
    held: str = ""
    assigned_to: str = ""
    source: str = ""
    audit: str = ""
    reason: str = ""
    words: str = ""
    licence: str = ""
    licence_href: str = ""
    doubts: list[str] = field(default_factory=list)


def case_shown(case: DeskCase) -> CaseShown:
    """The head of a case."""
    item = case.item
    held = ""
    if item.held_by and not item.held_by_me:
        until = f" until {_clock(case.held_until, case.town)}" if case.held_until else ""
        held = f"{item.held_name or 'A colleague'} has this case open{until}."
    return CaseShown(
        id=item.id,
        title=item.pet_name or "A pet without a name",
        kind=item.kind_words,
        town=item.town_name,
        status=STATUS_WORDS.get(item.status, item.status),
        status_tone=STATUS_TONES.get(item.status, "plain"),
        waiting=waited(item) if item.waiting_days is not None else "",
        age=AGES[item.age] if item.waiting_days is not None else "",
        fee=str(item.fee) if item.fee.cents else "No fee",
        term=case.term_words,
        ends=day(case.would_end) if case.would_end else "For the animal's life",
        why_it_ends=case.why_it_ends,
        held=held,
        assigned_to=item.assigned_to,
        source=SOURCES.get(item.source, item.source),
        audit=item.audit,
        reason=case.reason,
        words=case.words,
        licence=case.licence_number,
        licence_href=f"/licensing/desk/licences?text={case.licence_number}"
        if case.licence_number
        else "",
        doubts=list(case.doubts),
    )


def groups_of(case: DeskCase) -> list[ToldGroup]:
    """The form, in the order of a rabies certificate."""
    form = case.form
    animal, jab, holder = form.animal, form.vaccination, form.holder
    address = holder.address
    lines = [text for name, text in address.items() if name not in ("name", "country") and text]
    groups = [
        ToldGroup(
            "The animal",
            [
                Told("Name", animal.name, compare=True),
                Told("Species", animal.species.capitalize()),
                Told("Breed", animal.breed),
                Told("Sex", animal.sex.capitalize()),
                Told("Neutered", animal.altered.capitalize()),
                Told("Colours", animal.colours),
                Told("Born", iso_day(animal.born)),
                Told("Size", animal.size),
                Told("Microchip", spaced(animal.microchip), compare=True),
            ],
        ),
        ToldGroup(
            "Rabies vaccination",
            [
                Told("Given", iso_day(jab.given), compare=True),
                Told("Holds until", iso_day(jab.until), compare=True),
                Told("Years", jab.years),
                Told("Product", jab.product, compare=True),
                Told("Manufacturer", jab.manufacturer),
                Told("Serial", jab.serial),
                Told("Rabies tag", jab.tag),
                Told("Vet", jab.vet),
                Told("Vet's licence", jab.vet_licence),
            ],
        ),
        ToldGroup(
            "The holder",
            [
                Told("Name", holder.name, compare=True),
                Told("Address", ", ".join(lines)),
                Told("Phone", holder.phone),
                Told("E-mail", holder.email),
            ],
        ),
        ToldGroup(
            "Told besides",
            [
                Told("Shown", ", ".join(proof.replace("_", " ") for proof in form.proofs)),
                Told("Adopted", iso_day(form.adopted)),
                Told("Declared dangerous", "Yes" if form.dangerous else ""),
                Told("Signed as true", "Yes" if form.signed else "No"),
            ],
        ),
    ]
    return [
        ToldGroup(group.title, kept)
        for group in groups
        if (kept := [told for told in group.fields if told.value or told.compare])
    ]


def papers_of(documents: tuple[DeskDocument, ...]) -> list[Paper]:
    """Each paper with the addresses of its pages."""
    return [
        Paper(
            id=found.id,
            title=found.shows_words,
            pages=[
                f"/api/v1/licensing/documents/{found.id}/pages/{number}"
                for number in range(1, found.pages + 1)
            ],
            file=f"/api/v1/licensing/documents/{found.id}/file",
        )
        for found in documents
        if found.pages
    ]


def steps_of(history: tuple[DeskStep, ...], town: Town) -> list[StepShown]:
    """What happened, the latest first."""
    return [
        StepShown(
            id=step.id,
            what=STEP_WORDS.get(step.what, step.what.replace("_", " ").capitalize()),
            words=step.words,
            who=step.who,
            at=f"{_local(step.at, town):%-d %b %Y, %H:%M}",
            internal=step.internal,
        )
        for step in reversed(history)
    ]


def others_of(household: tuple[Companion, ...]) -> list[Other]:
    """The other licences of a household."""
    return [
        Other(
            number=found.number,
            about=f"{found.pet_name}, {found.species}"
            f"{', neutered' if found.altered else ''}: {found.standing.replace('_', ' ')}"
            + (f", until {day(found.ends)}" if found.ends else ""),
            href=f"/licensing/desk/licences?text={found.number}",
        )
        for found in household
    ]


def iso_day(text: str) -> str:
    """A day that was typed, as people write it; what is no day stays as it was typed."""
    try:
        return day(date.fromisoformat(text)) if text else ""
    except ValueError:
        return text


def spaced(chip: str) -> str:
    """The digits of a microchip in threes, as they stand on a paper and are compared by eye."""
    if not chip.isdigit():
        return chip
    return " ".join(chip[at : at + 3] for at in range(0, len(chip), 3))


def _local(moment: datetime, town: Town) -> datetime:
    return moment.astimezone(ZoneInfo(town.time_zone))


def _clock(moment: datetime, town: Town) -> str:
    return f"{_local(moment, town):%H:%M}"
