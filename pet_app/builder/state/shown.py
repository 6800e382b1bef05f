"""A design as the page shows it: prices, refusals and reasons as text."""

from dataclasses import dataclass, field
from functools import partial

from pet_app.builder.choices import CHOICE_OF, YES, written
from pet_app.builder.design import Design, Look
from pet_app.builder.palette import colour
from pet_app.builder.pictures import PictureState
from pet_app.builder.quote import Quote
from pet_app.builder.rules import Method
from pet_app.builder.service import PictureRecord
from pet_app.builder.spoken import in_units
from pet_app.builder.state.checked import Checked, checked
from pet_app.builder.surfaces import INKS, MATCH, letters_rgb
from pet_app.builder.words import name_of
from pet_app.core.measures import Units


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
    cannot be picked, empty when it can. `has_shape` is whether there is anything to show in 3D;
    `lettering` says how large the text comes out.
    """

    total: str = ""
    rows: list[PriceRow] = field(default_factory=list)
    description: str = ""
    refused: dict[str, Advice] = field(default_factory=dict)
    blocked: dict[str, str] = field(default_factory=dict)
    has_shape: bool = False
    lettering: str = ""
    checked: Checked = field(default_factory=Checked)


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


def judgement(quote: Quote, units: Units = Units.CM) -> Judgement:
    """The words for a quote, in the visitor's units."""
    breakdown = quote.breakdown
    say = partial(in_units, units=units)
    return Judgement(
        total=str(breakdown.total) if breakdown else "",
        rows=[
            PriceRow(line.label, say(line.quantity), str(line.amount))
            for line in (breakdown.lines if breakdown else ())
        ],
        description=say(quote.description),
        refused={
            choice: advice(choice, say(refusal.reason), refusal.nearest)
            for refusal in quote.refusals
            if (choice := CHOICE_OF.get(refusal.field, refusal.field))
        },
        blocked={
            f"{CHOICE_OF[name]}:{_as_chosen(option.value)}": say(option.reason)
            for name, options in quote.options.items()
            for option in options
        },
        has_shape=breakdown is not None,
        lettering=say(_lettering(quote)),
        checked=checked(quote, units),
    )


def advice(choice: str, reason: str, nearest: object) -> Advice:
    """A reason with the nearest that can be, if there is one."""
    if nearest is None:
        return Advice(reason)
    value = written(nearest)
    return Advice(reason, value, name_of(choice, value))


def picture_of(found: PictureRecord | None) -> Picture:
    """The words for a picture; a visitor need not know waiting from being made."""
    if found is None:
        return Picture()
    state = PictureState.WORKING if found.state is PictureState.QUEUED else found.state
    return Picture(state.value, found.said, found.percent, found.url, found.reason)


def _lettering(quote: Quote) -> str:
    found = quote.resolved.letterings if quote.resolved else ()
    if not found:
        return ""
    letters = found[0]
    size = f"{letters.length_mm:.0f} mm long, capitals {letters.height_mm:.1f} mm high."
    return f"{size} {_instead_of_thread(quote.design)}".strip()


def _instead_of_thread(design: Design) -> str:
    """That a text is not in the thread chosen, when it could not be read in it."""
    look = design.look
    if design.options.method is Method.ENGRAVED or look.thread == MATCH:
        return ""
    if letters_rgb(look) == colour(look.thread).rgb:
        return ""
    return f"{colour(look.thread).name} cannot be read on these colours: it is in {_ink(look)}."


def _ink(look: Look) -> str:
    light, dark = INKS
    known = {light: "off-white", dark: "black", colour(look.accent).rgb: colour(look.accent).name}
    return known.get(letters_rgb(look), f"a shade of {colour(look.colour).name.lower()}")


def _as_chosen(value: str) -> str:
    return {"True": YES, "False": ""}.get(value, value)
