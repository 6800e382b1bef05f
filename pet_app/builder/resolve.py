"""What a design comes to: every strap with its lengths, the hardware, and the bill of materials."""

from dataclasses import dataclass
from math import ceil, cos, pi

from pet_app.builder import courses, library
from pet_app.builder.design import MEASUREMENT_NAMES, Design
from pet_app.builder.palette import colour
from pet_app.builder.rules import Kind, Pattern

STRAP_TITLES = {
    "collar": "Collar strap",
    "neck": "Neck strap",
    "girth": "Girth strap",
    "girth_top": "Girth strap, over the back",
    "girth_belly": "Girth strap, under the belly",
    "chest": "Chest strap",
    "back": "Back strap",
    "front_tab": "Front ring tab",
    "back_tab": "Back ring tab",
}

ALLOWANCES = {
    "collar": ("ring_fold", "tail"),
    "neck": ("seam", "tail", "tail"),
    "girth": ("fold", "tail"),
    "girth_top": ("fold", "fold"),
    "girth_belly": ("tail", "tail"),
    "chest": ("hem", "hem"),
    "back": ("hem", "hem"),
    "front_tab": ("hem", "hem"),
    "back_tab": ("hem", "hem"),
}
"""What is added to each strap beyond its worn length."""

STITCH_MM = 3.0
THREAD_PER_STITCH_MM = 9.0
"""Needle and bobbin thread that one stitch uses."""


@dataclass(frozen=True)
class Loop:
    """A closed loop round the body. `inner_mm` = `measurement_mm` + `ease_mm`, buckles included."""

    name: str
    measurement: str
    measurement_mm: int
    ease_mm: int
    inner_mm: int
    neutral_mm: float
    rule: str


@dataclass(frozen=True)
class Allowance:
    """Length added to a strap for making it up."""

    name: str
    length_mm: int
    why: str


@dataclass(frozen=True)
class Strap:
    """One cut length of webbing, as worn measured on its inner face and along its middle.

    `loop` names the closed loop it belongs to, empty for others. `cut_mm` is `neutral_mm` and the
    allowances, rounded up to a whole millimetre.
    """

    name: str
    title: str
    loop: str
    width_mm: int
    thickness_mm: float
    inner_mm: float
    neutral_mm: float
    allowances: tuple[Allowance, ...]
    cut_mm: int


@dataclass(frozen=True)
class Fitting:
    """One piece of hardware in its place. `name` is the stem of its parts' names in the model."""

    name: str
    piece: str
    sku: str


@dataclass(frozen=True)
class BomLine:
    """A line of the bill of materials: `quantity` in `unit` (`piece` or `mm`)."""

    sku: str
    name: str
    quantity: int
    unit: str


@dataclass(frozen=True)
class Resolved:
    """A design worked out: price, cut list, fit, text and mesh all read this."""

    design: Design
    loops: tuple[Loop, ...]
    straps: tuple[Strap, ...]
    fittings: tuple[Fitting, ...]
    seams: tuple[str, ...]
    bom: tuple[BomLine, ...]

    def strap(self, name: str) -> Strap:
        return next(strap for strap in self.straps if strap.name == name)

    def loop(self, name: str) -> Loop:
        return next(loop for loop in self.loops if loop.name == name)


def resolve(design: Design) -> Resolved:
    """Work out a design that `constraints.check` lets pass."""
    laid = courses.courses(design)
    thickness = library.webbing(design.look.material).thickness_mm
    straps = tuple(_strap(design, course) for course in laid.straps)
    fittings = _fittings(design, laid)
    seams = _seams(design.kind, laid)
    return Resolved(
        design=design,
        loops=tuple(_loop(design, name, thickness) for name in laid.rings),
        straps=straps,
        fittings=fittings,
        seams=seams,
        bom=_bom(design, straps, fittings, len(seams)),
    )


def describe(resolved: Resolved) -> str:
    """The piece in words, for those who do not see the model."""
    design = resolved.design
    look = design.look
    material = library.webbing(look.material).name.lower()
    first = colour(look.colour).name.lower()
    kind = {Kind.HARNESS: "A Y-front harness", Kind.COLLAR: "A flat collar"}[design.kind]
    pattern = (
        f"plain {first}"
        if look.pattern is Pattern.PLAIN
        else f"{first} with a {look.pattern.value} pattern in {colour(look.accent).name.lower()}"
    )
    loops = " ".join(
        f"The {loop.name} loop measures {loop.inner_mm} mm inside: {loop.measurement_mm} mm of "
        f"{loop.measurement} and {loop.ease_mm} mm of ease."
        for loop in resolved.loops
    )
    hardware = ", ".join(
        f"{line.quantity} x {line.name}" for line in resolved.bom if line.unit == "piece"
    )
    return (
        f"{kind} of {design.width_mm} mm {material}, {pattern}, with {look.finish.value} metal. "
        f"{loops} Hardware: {hardware}."
    )


def _loop(design: Design, name: str, thickness_mm: float) -> Loop:
    measurement = "girth_mm" if name == "girth" else "neck_mm"
    measured: int = getattr(design.measurements, measurement)
    ease = library.ease(name)
    inner = measured + ease.of(measured)
    flare = library.section(name).flare_deg * pi / 180
    return Loop(
        name=name,
        measurement=MEASUREMENT_NAMES[measurement],
        measurement_mm=measured,
        ease_mm=inner - measured,
        inner_mm=inner,
        neutral_mm=inner + pi * thickness_mm * cos(flare),
        rule=ease.rule,
    )


def _strap(design: Design, course: courses.Course) -> Strap:
    thickness = library.webbing(design.look.material).thickness_mm
    neutral = course.neutral_mm(thickness)
    allowances = tuple(_allowance(name, design.width_mm) for name in ALLOWANCES[course.name])
    return Strap(
        name=course.name,
        title=STRAP_TITLES[course.name],
        loop=course.loop,
        width_mm=design.width_mm,
        thickness_mm=thickness,
        inner_mm=course.inner_mm(),
        neutral_mm=neutral,
        allowances=allowances,
        cut_mm=ceil(neutral + sum(allowance.length_mm for allowance in allowances)),
    )


def _allowance(name: str, width_mm: int) -> Allowance:
    length, why = library.allowance_mm(name, width_mm)
    return Allowance(name, length, why)


def _fittings(design: Design, laid: courses.Courses) -> tuple[Fitting, ...]:
    def fitting(name: str, piece: str) -> Fitting:
        return Fitting(name, piece, library.hardware(piece, design.width_mm).sku)

    buckles = tuple(
        fitting(f"{buckle.loop}_buckle_{buckle.side}", "side_release_buckle")
        for buckle in laid.buckles
    )
    rings = tuple(fitting(place.name, "d_ring") for place in laid.d_rings)
    if design.kind is Kind.COLLAR:
        return (*buckles, fitting("collar_slider", "slider"), *rings)
    return (
        *buckles,
        *(fitting(f"girth_slider_{buckle.side}", "slider") for buckle in laid.buckles),
        fitting("neck_slider_left", "slider"),
        fitting("neck_slider_right", "slider"),
        *rings,
    )


def _seams(kind: Kind, laid: courses.Courses) -> tuple[str, ...]:
    """Every place where layers are sewn together: a box and cross, or a box beside a ring."""
    if kind is Kind.COLLAR:
        return ("collar_fold_start", "collar_fold_end")
    tabs = tuple(f"{place.tab}_{end}" for place in laid.d_rings for end in ("start", "end"))
    folds = tuple(f"girth_fold_{buckle.side}" for buckle in laid.buckles)
    return ("chest_start", "chest_end", "back_start", "back_end", *folds, *tabs)


def _bom(
    design: Design, straps: tuple[Strap, ...], fittings: tuple[Fitting, ...], seams: int
) -> tuple[BomLine, ...]:
    width = design.width_mm
    web = library.webbing(design.look.material)
    cut = sum(strap.cut_mm for strap in straps)
    lines = [BomLine(f"{web.sku}-{width}", f"{web.name} {width} mm", cut, "mm")]
    for piece in ("side_release_buckle", "slider", "d_ring"):
        count = sum(fitting.piece == piece for fitting in fittings)
        part = library.hardware(piece, width)
        name = f"{part.name} {width} mm"
        if piece == "d_ring":
            name = f"{name}, {design.look.finish.value}"
        lines.append(BomLine(part.sku, name, count, "piece"))
    box_mm = seams * (4 + 2 * 2**0.5) * 0.8 * width
    thread = ceil(box_mm / STITCH_MM * THREAD_PER_STITCH_MM)
    spool = library.table("materials")["thread"]
    lines.append(BomLine(spool["sku"], spool["name"], thread, "mm"))
    return tuple(lines)
