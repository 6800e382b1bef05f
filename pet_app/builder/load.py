"""The load check: all that the pull of a leash goes through, at a third of what breaks it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from pet_app.builder import library
from pet_app.builder.resolve import Fitting, Resolved, Seam, Strap
from pet_app.builder.rules import Buckle, Kind, Role

WORN_FOR_LOOKS = (Kind.TAG, Kind.BANDANA)
NOT_PULLED = ("keeper",)
"""The straps that no pull goes through, by how their names begin."""

BOTH_ENDS = ("_tab_start", "_tab_end", "_handle_start", "_handle_end")
"""What seams are called, and their rivets, where two ends share the pull."""

STITCH_MM = 3.0


@dataclass(frozen=True)
class Bearing:
    """One component in the way of the pull: `breaks_n` is what breaks one of them, in newtons.

    `kg` is the animal it may hold: all that share the pull together, at the share of their breaking
    strength that the rule allows. `source` says who gives the strength, empty where it is assumed.
    """

    name: str
    what: str
    count: int
    breaks_n: float
    shared_by: int
    kg: float
    source: str

    @property
    def is_assumed(self) -> bool:
        return not self.source


@dataclass(frozen=True)
class LoadReport:
    """Whether a piece holds its animal. `bearings` are weakest first, empty when nothing pulls.

    `animal_kg` is what it is asked to hold; `rule` and `source` are those of the workshop's data.
    """

    animal_kg: float
    bearings: tuple[Bearing, ...]
    says: str
    rule: str
    source: str

    @property
    def weakest(self) -> Bearing | None:
        return self.bearings[0] if self.bearings else None

    @property
    def margin(self) -> float:
        """How many times the animal's weight the weakest part may hold; infinite for no pull."""
        return self.bearings[0].kg / self.animal_kg if self.bearings else float("inf")

    @property
    def passes(self) -> bool:
        return self.margin >= 1


def load(resolved: Resolved) -> LoadReport:
    """The load check of a resolved design against the animal's weight."""
    row = library.table("making")["load"]
    design = resolved.design
    animal_kg = design.measurements.weight_g / 1000
    if design.kind in WORN_FOR_LOOKS:
        return LoadReport(animal_kg, (), "No leash pulls on it.", row["rule"], row["source"])
    if design.kind is Kind.COLLAR and design.options.buckle is Buckle.BREAKAWAY:
        opens_kg = min(
            part.strength_n for part in resolved.fittings if part.piece == "breakaway_buckle"
        ) / float(row["gravity"])
        says = (
            f"The buckle opens at a pull of {opens_kg:.1f} kg, as it should: hang a tag on this "
            f"collar, and clip the leash to a harness."
        )
        return LoadReport(animal_kg, (), says, row["rule"], row["source"])
    parts = Counter(_bearings(resolved))
    counted = [Bearing(**{**vars(part), "count": count}) for part, count in parts.items()]
    bearings = tuple(sorted(counted, key=lambda part: (part.kg, part.name)))
    weakest = bearings[0]
    says = (
        f"The weakest part, {weakest.name.lower()}, may hold {weakest.kg:.1f} kg; the animal "
        f"weighs {animal_kg:.1f} kg."
    )
    return LoadReport(animal_kg, bearings, says, row["rule"], row["source"])


def may_hold_kg(breaks_n: float) -> float:
    """The heaviest animal that something with this breaking strength may hold."""
    row = library.table("making")["load"]
    return breaks_n / row["share_of_breaking"] / row["gravity"]


def seam_strength_n(line_mm: float, width_mm: int) -> float:
    """What breaks a seam of this length in webbing of this width."""
    stitches = line_mm / STITCH_MM
    held = library.table("making")["load"]["seam_share"]
    return stitches * library.thread(width_mm).strength_n * held


def _bearings(resolved: Resolved) -> Iterator[Bearing]:
    row = library.table("making")["load"]
    for strap in resolved.straps:
        if strap.role is Role.WEBBING and not strap.name.startswith(NOT_PULLED):
            yield _strap(resolved, strap)
    for seam in resolved.seams:
        if seam.stitch in row["bearing_seams"]:
            yield _seam(resolved, seam)
    for fitting in resolved.fittings:
        if fitting.bears and fitting.piece not in row["idle_pieces"]:
            yield _fitting(fitting)


def _strap(resolved: Resolved, strap: Strap) -> Bearing:
    web = library.webbing(resolved.design.look.material)
    breaks = web.strength_n_per_mm * strap.width_mm
    return _bearing(strap.title, "strap", breaks, 1, web.source)


def _seam(resolved: Resolved, seam: Seam) -> Bearing:
    breaks = round(seam_strength_n(seam.line_mm, resolved.design.width_mm), 1)
    name = f"Seam, {seam.stitch}, {seam.line_mm:.0f} mm sewn"
    return _bearing(name, "seam", breaks, _ends(seam.name), "")


def _fitting(fitting: Fitting) -> Bearing:
    source = library.hardware(fitting.piece, fitting.size_mm).source
    shared = fitting.shared_by * _ends(fitting.name)
    return _bearing(fitting.title, "fitting", fitting.strength_n, shared, source)


def _ends(name: str) -> int:
    """How many such ends share a pull: a ring's tab is held on both sides of it."""
    return 2 if any(end in name for end in BOTH_ENDS) else 1


def _bearing(name: str, what: str, breaks_n: float, shared_by: int, source: str) -> Bearing:
    return Bearing(name, what, 1, breaks_n, shared_by, may_hold_kg(breaks_n * shared_by), source)
