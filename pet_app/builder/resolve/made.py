"""The shapes of a resolved design: what price, cut list, fit, text and mesh all read."""

from dataclasses import dataclass, field

from pet_app.builder.courses import Courses
from pet_app.builder.design import Design
from pet_app.builder.rules import Method, Role


@dataclass(frozen=True)
class Loop:
    """A closed loop round the body, innermost layer and buckles included.

    `inner_mm` = `measurement_mm` + `ease_mm` is how it is delivered; its adjusters reach from
    `shortest_mm` to `longest_mm`. `rule` says why it has that ease, and `source` who says so, empty
    where it is assumed.
    """

    name: str
    measurement: str
    measurement_mm: int
    ease_mm: int
    inner_mm: int
    shortest_mm: int
    longest_mm: int
    rule: str
    source: str = ""


@dataclass(frozen=True)
class Allowance:
    """Length added to a strap for making it up."""

    name: str
    length_mm: int
    why: str


@dataclass(frozen=True)
class Mark:
    """Something to be marked on a strap, `at_mm` from its first cut end: a fold, a seam, a hole."""

    at_mm: int
    what: str


@dataclass(frozen=True)
class Strap:
    """One cut length of webbing, lining or tape, as worn measured along its middle fibre.

    `loop` names the closed loop it belongs to, empty for others; `sku` the roll it is cut from.
    `cut_mm` is `neutral_mm` and the allowances, rounded up to a whole millimetre. In the model it
    is the node `<name>_strap`; its folds and tails are nodes of their own whose part names the
    strap as its `sku`.
    """

    name: str
    title: str
    role: Role
    loop: str
    sku: str
    material: str
    width_mm: int
    thickness_mm: float
    neutral_mm: float
    allowances: tuple[Allowance, ...]
    cut_mm: int
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Panel:
    """A flat piece cut by a 1:1 pattern: a bandana's cloth, a tag's plate.

    `outline_mm` is the cut line, counter-clockwise, millimetres; `fold_mm` the hem turned in all
    round (0 for none); `holes_mm` further outlines cut out of it. In the model: node `<name>`.
    """

    name: str
    title: str
    sku: str
    material: str
    thickness_mm: float
    outline_mm: tuple[tuple[float, float], ...]
    fold_mm: float
    area_mm2: float
    holes_mm: tuple[tuple[tuple[float, float], ...], ...] = ()


@dataclass(frozen=True)
class Fitting:
    """One piece of hardware in its place. In the model: node `name`.

    `piece` is its row in `data/hardware.toml`, `size_mm` the webbing it is for, or its own size.
    `bears` says whether the pull of a leash goes through it, `shared_by` between how many like it.
    """

    name: str
    piece: str
    sku: str
    title: str
    size_mm: int
    strength_n: float
    bears: bool = True
    shared_by: int = 1


@dataclass(frozen=True)
class Seam:
    """Layers sewn together. In the model: node `<name>_stitches`.

    `stitch` is `box and cross`, `box`, `bartack`, `line` or `hem`; `line_mm` the length sewn,
    `layers` how many lie there.
    """

    name: str
    stitch: str
    line_mm: float
    layers: int = 2


@dataclass(frozen=True)
class Lettering:
    """A text as it will stand on the piece. In the model: node `<name>_letters`.

    `on` names the strap, panel or fitting it stands on, `at_mm` its middle along that strap.
    `lines` are as read; `height_mm` is that of a capital, `length_mm` of the longest line, and
    `feet_mm` says how far above the middle of its place each line stands.
    """

    name: str
    method: Method
    lines: tuple[str, ...]
    on: str
    at_mm: float
    height_mm: float
    length_mm: float
    feet_mm: tuple[float, ...] = (0.0,)


@dataclass(frozen=True)
class BomLine:
    """A line of the bill of materials: `quantity` in `unit` (`piece`, `mm` or `mm2`), and what
    the workshop pays for all of it."""

    sku: str
    name: str
    quantity: int
    unit: str
    cost_cents: int


@dataclass(frozen=True)
class Making:
    """What the module of a kind works out of a design, before it is counted and priced."""

    laid: Courses
    loops: tuple[Loop, ...] = ()
    straps: tuple[Strap, ...] = ()
    panels: tuple[Panel, ...] = ()
    fittings: tuple[Fitting, ...] = ()
    seams: tuple[Seam, ...] = ()
    letterings: tuple[Lettering, ...] = ()


@dataclass(frozen=True)
class Resolved:
    """A design worked out. `laid` is where its straps run, for whoever draws it."""

    design: Design
    loops: tuple[Loop, ...]
    straps: tuple[Strap, ...]
    panels: tuple[Panel, ...]
    fittings: tuple[Fitting, ...]
    seams: tuple[Seam, ...]
    letterings: tuple[Lettering, ...]
    bom: tuple[BomLine, ...]
    laid: Courses = field(compare=False, repr=False)

    def strap(self, name: str) -> Strap:
        return next(strap for strap in self.straps if strap.name == name)

    def loop(self, name: str) -> Loop:
        return next(loop for loop in self.loops if loop.name == name)
