"""A design as the page shows it: prices, refusals and reasons as text."""

from dataclasses import dataclass, field

from pet_app.builder import library
from pet_app.builder.choices import FIELD_OF, LOOK, Choice, Choices
from pet_app.builder.palette import colours
from pet_app.builder.preview import PreviewState
from pet_app.builder.quote import Quote
from pet_app.builder.rules import Material
from pet_app.builder.service import PreviewRecord

CHOICE_OF: dict[str, Choice] = {name: choice for choice, name in FIELD_OF.items()}


@dataclass(frozen=True)
class PriceRow:
    """One line of the price."""

    label: str
    quantity: str
    amount: str


@dataclass(frozen=True)
class Advice:
    """Why a choice cannot be, and the value and name of the nearest that can, if any."""

    reason: str = ""
    nearest: str = ""
    nearest_name: str = ""


@dataclass(frozen=True)
class Judgement:
    """What the page says of the choices.

    `refused` holds an advice for each choice that cannot stay; `blocked` says for `width:40` why it
    cannot be picked, empty when it can.
    """

    total: str = ""
    rows: list[PriceRow] = field(default_factory=list)
    description: str = ""
    refused: dict[str, Advice] = field(default_factory=dict)
    blocked: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PetChip:
    """A pet to fit the piece to."""

    id: str
    name: str


@dataclass(frozen=True)
class Picture:
    """How far the rendered picture has come; `state` is empty while none is ordered."""

    state: str = ""
    said: str = ""
    percent: int = 0
    url: str = ""
    reason: str = ""


def judgement(quote: Quote) -> Judgement:
    """The words for a quote."""
    breakdown = quote.breakdown
    return Judgement(
        total=str(breakdown.total) if breakdown else "",
        rows=[
            PriceRow(line.label, line.quantity, str(line.amount))
            for line in (breakdown.lines if breakdown else ())
        ],
        description=quote.description,
        refused={
            CHOICE_OF[refusal.field]: advice(
                CHOICE_OF[refusal.field], refusal.reason, refusal.nearest
            )
            for refusal in quote.refusals
        },
        blocked={
            f"{CHOICE_OF[name]}:{option.value}": option.reason
            for name, options in quote.options.items()
            for option in options
        },
    )


def advice(choice: Choice, reason: str, nearest: str | int | None) -> Advice:
    """A reason with the nearest that can be, if there is one."""
    value = "" if nearest is None else str(nearest)
    return Advice(reason, value, name_of(choice, value) if value else "")


def name_of(choice: Choice, value: str) -> str:
    """A value in words: `25 mm`, `Bridle leather`, `Pine`."""
    if choice == "width":
        return f"{value} mm"
    if choice == "material":
        return library.webbing(Material(value)).name.removesuffix(" webbing")
    if choice in ("colour", "accent"):
        return colours()[value].name
    return value.capitalize()


def picture_of(found: PreviewRecord | None) -> Picture:
    """The words for a picture; a visitor need not know waiting from being made."""
    if found is None:
        return Picture()
    state = PreviewState.WORKING if found.state is PreviewState.QUEUED else found.state
    return Picture(state.value, found.said, found.percent, found.url, found.reason)


def look_of(choices: Choices) -> dict[str, str]:
    """What the 3D view is dressed in."""
    return {name: getattr(choices, name) for name in LOOK}
