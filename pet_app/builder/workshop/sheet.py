"""What a workshop pack says, worked out once: rows for pages, CSV and drawings to read."""

from collections import Counter
from dataclasses import dataclass
from string import ascii_uppercase

from pet_app.builder import library
from pet_app.builder.describe import describe
from pet_app.builder.fit import FitReport, fit
from pet_app.builder.growth import GrowthPlan, growth
from pet_app.builder.load import LoadReport, load
from pet_app.builder.price import Breakdown, price
from pet_app.builder.resolve import Fitting, Panel, Resolved, Strap
from pet_app.builder.rules import Kind, Material, Role
from pet_app.builder.workshop.cutting import roll_of, stock
from pet_app.builder.workshop.steps import Step, has, plain, steps, words

ORDER = {Role.WEBBING: 0, Role.LINING: 1, Role.REFLECTIVE: 2}


@dataclass(frozen=True)
class CutRow:
    """One strap to cut: its letter on the drawings, its roll, and how exactly."""

    letter: str
    strap: Strap
    roll: str
    tolerance_mm: int

    @property
    def explained(self) -> str:
        """How the cut length comes about."""
        added = [f"{part.length_mm} {plain(part.name)}" for part in self.strap.allowances]
        worn = f"{self.strap.neutral_mm:.1f} worn"
        return " + ".join([worn, *added]) if added else f"{worn}, cut flush"


@dataclass(frozen=True)
class HardwareRow:
    """Pieces of hardware that are alike, and where each goes."""

    fitting: Fitting
    title: str
    count: int
    places: tuple[str, ...]


@dataclass(frozen=True)
class StitchRow:
    """One seam, or several alike: `how` it is sewn, in which thread, through how many layers."""

    stitch: str
    how: str
    note: str
    names: tuple[str, ...]
    layers: int
    line_mm: float
    stitch_mm: float


@dataclass(frozen=True)
class Sheet:
    """A design as the workshop sees it. `number` names it wherever it goes."""

    number: str
    name: str
    resolved: Resolved
    cuts: tuple[CutRow, ...]
    hardware: tuple[HardwareRow, ...]
    stitches: tuple[StitchRow, ...]
    thread: str
    steps: tuple[Step, ...]
    care: tuple[str, ...]
    size: tuple[str, ...]
    checks: tuple[str, ...]
    described: str
    price: Breakdown
    load: LoadReport
    fit: FitReport
    growth: GrowthPlan | None
    scrap: tuple[str, ...]

    @property
    def kind(self) -> Kind:
        return self.resolved.design.kind

    @property
    def panels(self) -> tuple[Panel, ...]:
        return self.resolved.panels


def sheet(resolved: Resolved, number: str, name: str = "") -> Sheet:
    """The pack of a resolved design; `name` is what its owner calls it."""
    cuts = _cuts(resolved)
    letters = {row.strap.name: row.letter for row in cuts}
    return Sheet(
        number=number,
        name=name,
        resolved=resolved,
        cuts=cuts,
        hardware=_hardware(resolved),
        stitches=_stitches(resolved),
        thread=next((line.name for line in resolved.bom if line.sku.startswith("THREAD")), ""),
        steps=steps(resolved, letters),
        care=_care(resolved),
        size=_size(resolved),
        checks=tuple(
            check["text"]
            for check in library.table("workshop")["checks"]
            if has(resolved, check.get("needs", ""))
        ),
        described=describe(resolved),
        price=price(resolved),
        load=load(resolved),
        fit=fit(resolved),
        growth=growth(resolved),
        scrap=_scrap(resolved),
    )


def tolerance_mm(cut_mm: float) -> int:
    """How many millimetres a strap may be off, either way."""
    rows = library.table("workshop")["tolerance"]
    return next((row["mm"] for row in rows if cut_mm <= row["up_to_mm"]), rows[-1]["mm"])


def _cuts(resolved: Resolved) -> tuple[CutRow, ...]:
    straps = sorted(resolved.straps, key=lambda strap: ORDER[strap.role])
    return tuple(
        CutRow(_letter(index), strap, roll_of(resolved, strap), tolerance_mm(strap.cut_mm))
        for index, strap in enumerate(straps)
    )


def _letter(index: int) -> str:
    """A to Z, then AA and on."""
    first, last = divmod(index, len(ascii_uppercase))
    return (ascii_uppercase[first - 1] if first else "") + ascii_uppercase[last]


def _hardware(resolved: Resolved) -> tuple[HardwareRow, ...]:
    titles = {line.sku: line.name for line in resolved.bom}
    counted = Counter(fitting.sku for fitting in resolved.fittings)
    rows = []
    for sku, count in counted.items():
        alike = [fitting for fitting in resolved.fittings if fitting.sku == sku]
        places = tuple(words(fitting.name) for fitting in alike)
        rows.append(HardwareRow(alike[0], titles.get(sku, alike[0].title), count, places))
    return tuple(rows)


def _stitches(resolved: Resolved) -> tuple[StitchRow, ...]:
    data = library.table("workshop")["stitch"]
    found: dict[tuple[str, float, int], list[str]] = {}
    for seam in resolved.seams:
        key = seam.stitch, round(seam.line_mm, 1), seam.layers
        found.setdefault(key, []).append(words(seam.name))
    return tuple(
        StitchRow(
            stitch=stitch,
            how=data[stitch]["how"],
            note=data[stitch]["note"],
            names=tuple(names),
            layers=layers,
            line_mm=line_mm,
            stitch_mm=data[stitch]["length_mm"],
        )
        for (stitch, line_mm, layers), names in found.items()
    )


def _care(resolved: Resolved) -> tuple[str, ...]:
    data = library.table("workshop")["labels"]
    kind, material = resolved.design.kind, resolved.design.look.material
    if kind is Kind.TAG:
        return tuple(data["care_metal"])
    is_leather = material is Material.LEATHER and kind is not Kind.BANDANA
    return tuple(data["care_leather" if is_leather else "care"])


def _size(resolved: Resolved) -> tuple[str, ...]:
    if resolved.loops:
        return tuple(
            f"{words(loop.name)} {loop.shortest_mm} to {loop.longest_mm} mm"
            if loop.longest_mm > loop.shortest_mm
            else f"{words(loop.name)} {loop.inner_mm} mm"
            for loop in resolved.loops
        )
    if resolved.design.kind is Kind.LEASH:
        return (f"Length {resolved.design.options.leash_mm} mm",)
    return tuple(
        f"{panel.title} {extent(panel)[0]:.0f} × {extent(panel)[1]:.0f} mm"
        for panel in resolved.panels
    )


def extent(panel: Panel) -> tuple[float, float]:
    """How wide and how high a panel is, in mm."""
    across, up = zip(*panel.outline_mm, strict=True)
    return max(across) - min(across), max(up) - min(up)


def _scrap(resolved: Resolved) -> tuple[str, ...]:
    """What this piece alone leaves on the floor."""
    said = []
    if resolved.straps:
        lost = stock().kerf_mm * len(resolved.straps)
        said.append(
            f"Straps: {lost} mm under the knife in {len(resolved.straps)} cuts. The ends of rolls "
            "count in the cutting plan, not here."
        )
    for panel in resolved.panels:
        width, height = extent(panel)
        lost = width * height - panel.area_mm2
        said.append(
            f"{panel.title}: {lost / 100:.0f} cm² of the {width:.0f} × {height:.0f} mm it is cut "
            f"from, {lost / (width * height):.0%}."
        )
    return tuple(said)
