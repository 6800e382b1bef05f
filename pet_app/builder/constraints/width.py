"""The widths that lie flat, have room, hold the animal and can be had."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache
from math import ceil

from pet_app.builder import library
from pet_app.builder.constraints import pairs
from pet_app.builder.constraints.field import value_of, with_choice
from pet_app.builder.constraints.refusal import Refusal
from pet_app.builder.courses import harness
from pet_app.builder.courses.lay import BUCKLE_PIECES
from pet_app.builder.design import Design, Look, Measurements
from pet_app.builder.load import may_hold_kg
from pet_app.builder.rules import Buckle, Finish, Kind, Material, Pattern

LOOPS = {
    Kind.HARNESS: (("neck", "neck_mm"), ("girth", "girth_mm")),
    Kind.COLLAR: (("collar", "neck_mm"),),
    Kind.MARTINGALE: (("martingale", "neck_mm"),),
}
"""The ease and the measurement of each loop that a strap has to lie flat on."""

CANNOT = "We cannot make a {kind} for such an animal."

BARE = Design(
    Kind.HARNESS,
    Measurements(0, 0, 0, 0),
    0,
    Look(Material.NYLON, Pattern.PLAIN, "charcoal", "charcoal", Finish.POLISHED),
)


def allowed_widths(design: Design) -> tuple[int, ...]:
    """The widths this animal can have in this kind and material, narrowest first; may be empty."""
    return tuple(width for width in library.widths(design.kind) if not _reason(design, width))


def width(design: Design) -> Refusal | None:
    """Why this width cannot be had; the nearest that can."""
    if not library.widths(design.kind):
        return None
    reason = _reason(design, design.width_mm)
    if not reason:
        return None
    allowed = allowed_widths(design)
    nearest = min(allowed, key=lambda other: (abs(other - design.width_mm), other), default=None)
    return Refusal("width_mm", reason, nearest)


def no_width(design: Design) -> Refusal | None:
    """When no width will do at all: the buckle or material with which one does."""
    if not library.widths(design.kind) or allowed_widths(design):
        return None
    name = library.webbing(design.look.material).name.lower()
    reason = _best_reason(design)
    for field, other in ways_out(design):
        if allowed_widths(other) and not pairs.refused(other, field):
            return Refusal(field, f"{reason} No width of {name} would do.", value_of(other, field))
    return Refusal("width_mm", f"{reason} {CANNOT.format(kind=design.kind.value)}", None)


def _best_reason(design: Design) -> str:
    """What stands in the way of the width that comes nearest to serving."""
    reasons = [_reason(design, width) for width in library.widths(design.kind)]
    return next((reason for reason in reversed(reasons) if "weakest" in reason), reasons[0])


def ways_out(design: Design) -> Iterator[tuple[str, Design]]:
    """The field to change first, and the design one would come to."""
    buckles = [design.options.buckle]
    if "buckle" in library.options(design.kind):
        buckles += [other for other in (Buckle.METAL, Buckle.SIDE_RELEASE) if other not in buckles]
    strongest = sorted(Material, key=lambda other: -library.webbing(other).strength_n_per_mm)
    for buckle in buckles:
        yield "options.buckle", with_choice(design, "options.buckle", buckle)
    for buckle in buckles:
        for material in strongest:
            other = with_choice(design, "options.buckle", buckle)
            yield "look.material", with_choice(other, "look.material", material)


def _reason(design: Design, width: int) -> str:
    """Why a width cannot be had, empty when it can."""
    widths = library.widths(design.kind)
    if width not in widths:
        stocked = ", ".join(str(other) for other in widths)
        return f"A {design.kind.value} is made {stocked} mm wide."
    pieces = _pieces(design)
    for piece in pieces:
        if not library.stocked(piece, width):
            name = library.table("hardware")[piece]["name"].lower()
            return f"There is no {name} for {width} mm straps."
    flat = _widest_flat_mm(design)
    if width > flat:
        return (
            f"A {width} mm strap cannot lie flat on so small an animal: {int(flat)} mm is the most."
        )
    if width > _widest_on_back_mm(design):
        return (
            f"With {width} mm straps a back of {design.measurements.back_mm} mm has no room for "
            f"neck strap, girth strap and what lies between them."
        )
    weight_kg = design.measurements.weight_g / 1000
    buckles = 2 if design.kind is Kind.HARNESS and not harness.has_one_buckle(design) else 1
    holds_kg = _holds_kg(design.look.material, pieces, buckles, width)
    if holds_kg < weight_kg and not opens_freely(design):
        return (
            f"At {width} mm the weakest part may hold {holds_kg:.0f} kg, one third of its breaking "
            f"strength, and this animal weighs {ceil(weight_kg)} kg."
        )
    return ""


def opens_freely(design: Design) -> bool:
    """Whether it lets go under a pull, as a cat's collar has to: no leash is clipped to it."""
    return design.kind is Kind.COLLAR and design.options.buckle is Buckle.BREAKAWAY


def _pieces(design: Design) -> tuple[str, ...]:
    """The hardware that the pull goes through."""
    names = library.table("making")["pull"][design.kind.value]
    buckle = BUCKLE_PIECES[design.options.buckle]
    # A pin is set in another hole: nothing slides.
    absent = {"slider"} if design.options.buckle is Buckle.PIN else set()
    return tuple(buckle if name == "buckle" else name for name in names if name not in absent)


@cache
def _holds_kg(material: Material, pieces: tuple[str, ...], buckles: int, width: int) -> float:
    """What the strap, one of each piece, and the buckles together may hold.

    `load` knows how else the pull is shared and how it is sewn: it has the last word.
    """
    strap_n = library.webbing(material).strength_n_per_mm * width
    pieces_n = (
        library.hardware(piece, width).strength_n * (buckles if "buckle" in piece else 1)
        for piece in pieces
    )
    return may_hold_kg(min(strap_n, *pieces_n))


def _widest_flat_mm(design: Design) -> float:
    """The widest strap that lies flat on the shortest loop."""
    if design.kind not in LOOPS:
        return float("inf")
    lengths = []
    for name, field in LOOPS[design.kind]:
        measured: int = getattr(design.measurements, field)
        lengths.append(measured + library.ease(name).of(measured))
    return library.table("making")["flat"][design.kind.value] * min(lengths)


def _widest_on_back_mm(design: Design) -> float:
    """The widest strap that leaves room between neck and girth strap."""
    if design.kind is not Kind.HARNESS:
        return float("inf")
    return _on_back(replace(BARE, measurements=design.measurements, build=design.build))


@lru_cache(maxsize=256)
def _on_back(bare: Design) -> float:
    """Of an animal, whatever it wears: the body is asked once and not for every width on offer."""
    return harness.widest_on_back_mm(bare)
