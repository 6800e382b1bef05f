"""How the straps of a piece come together: what is sewn over what, read from their marks."""

from dataclasses import dataclass

from pet_app.builder.resolve import Mark, Resolved, Strap
from pet_app.builder.rules import Role

CONTROL = "control"
"""A martingale's control loop is closed through its rings: no step of its own comes before."""

COUNTED = ("no", "one", "two", "three", "four")


@dataclass(frozen=True)
class Field:
    """A stretch of a strap that is sewn or riveted, in mm from its first cut end."""

    name: str
    first_mm: int
    last_mm: int


@dataclass(frozen=True)
class Crossing:
    """One strap sewn across another: the middle of each on the other."""

    over: Strap
    over_mm: int
    under: Strap
    under_mm: int
    field: Field


@dataclass(frozen=True)
class Tab:
    """A short piece sewn over the bar of a ring: on which strap, and where."""

    tab: Strap
    on: Strap
    at_mm: int
    ring: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Handle:
    """A handle on its strap: where on that strap its ends come to lie."""

    handle: Strap
    on: Strap
    ends: tuple[str, ...]
    seams: tuple[str, ...]


def fields(strap: Strap) -> list[Field]:
    """The stretches sewn on a strap, first one first."""
    begun: dict[str, int] = {}
    found = []
    for mark in strap.marks:
        _, _, rest = mark.what.rpartition("seam ")
        way, _, name = rest.partition(" ")
        name = name.partition(":")[0]
        if way == "from":
            begun[name] = mark.at_mm
        elif way == "to" and name in begun:
            found.append(Field(name, begun.pop(name), mark.at_mm))
    return found


def webbing(resolved: Resolved) -> list[Strap]:
    return [strap for strap in resolved.straps if strap.role is Role.WEBBING]


def tabs(resolved: Resolved) -> list[Tab]:
    """Every ring that is held by a tab."""
    straps = webbing(resolved)
    found = []
    for tab in straps:
        if not tab.name.endswith("_tab"):
            continue
        for on in straps:
            mark = next(
                (
                    m
                    for m in on.marks
                    if m.what.endswith((f"cross {tab.name}", f"under {tab.name}"))
                ),
                None,
            )
            if mark:
                ring = tab.name.removesuffix("tab") + "d_ring"
                own = tuple(field for field in fields(on) if field.name.startswith(tab.name))
                found.append(Tab(tab, on, mark.at_mm, ring, own))
    return found


def handles(resolved: Resolved) -> list[Handle]:
    """The handle, if there is one, and what carries it."""
    straps = webbing(resolved)
    handle = next((strap for strap in straps if strap.name == "handle"), None)
    if handle is None:
        return []
    for on in straps:
        feet = [field for field in fields(on) if field.name.startswith("handle_")]
        ends = [mark.at_mm for mark in on.marks if mark.what.startswith("cross handle")]
        if on is not handle and feet:
            where = tuple(f"{field.first_mm} to {field.last_mm} mm" for field in feet)
            return [Handle(handle, on, where, tuple(field.name for field in feet))]
        if ends:
            return [
                Handle(handle, on, tuple(f"{at} mm" for at in ends), ("handle_start", "handle_end"))
            ]
    return []


def crossings(resolved: Resolved) -> list[Crossing]:
    """Straps sewn across others, in the order of the straps that lie on top."""
    straps = webbing(resolved)
    found = []
    for over in straps:
        for mark in over.marks:
            under = mark.what.removeprefix("cross ")
            field = next((f for f in fields(over) if f.first_mm <= mark.at_mm <= f.last_mm), None)
            if under == mark.what or field is None:
                continue
            for other in straps:
                met = next((m for m in other.marks if m.what == f"cross {over.name}"), None)
                if met and other.name.startswith(under):
                    found.append(Crossing(over, mark.at_mm, other, met.at_mm, field))
    return found


def tail_marks(strap: Strap) -> tuple[tuple[Mark, ...], ...]:
    """The marks of each adjustable end, in the order in which the end is threaded."""
    middle = strap.cut_mm / 2
    folds = [mark.at_mm for mark in strap.marks if mark.what.startswith("fold")]
    sliders = [mark.at_mm for mark in strap.marks if mark.what.startswith("slider")]
    found = []
    if folds and (near := [at for at in sliders if at < middle]):
        last = max(min(folds), *near)
        found.append(tuple(mark for mark in reversed(strap.marks) if mark.at_mm <= last))
    if folds and (far := [at for at in sliders if at >= middle]):
        first = min(max(folds), *far)
        found.append(tuple(mark for mark in strap.marks if mark.at_mm >= first))
    return tuple(found)


def own_marks(strap: Strap, resolved: Resolved) -> tuple[Mark, ...]:
    """What is done to a strap before it meets another; empty when there is no such thing."""
    if strap.name in (CONTROL, "handle") or strap.name.endswith("_tab"):
        return ()
    later = {mark for tail in tail_marks(strap) for mark in tail}
    joined = {crossing.field.name for crossing in crossings(resolved)}
    joined |= {field.name for tab in tabs(resolved) for field in tab.fields}
    joined |= {seam for handle in handles(resolved) for seam in handle.seams}

    def is_own(mark: Mark) -> bool:
        word, _, rest = mark.what.partition(" ")
        if word == "seam":
            return rest.partition(" ")[2].partition(":")[0] not in joined
        return mark not in later and word not in ("cross", "text") and ", under " not in rest

    return tuple(mark for mark in strap.marks if is_own(mark))


def joined_by(resolved: Resolved, names: tuple[str, ...]) -> str:
    """How the seams of these names are made: `sew each with a box`, or how many rivets to set."""
    sewn = [seam for seam in resolved.seams if seam.name in names]
    each = " each" if len(names) > 1 else ""
    if sewn:
        return f"sew{each or ' it'} with a {sewn[0].stitch}"
    count = sum(
        fitting.name.startswith(f"{name}_rivet_") for name in names for fitting in resolved.fittings
    ) // max(len(names), 1)
    number = COUNTED[count] if count < len(COUNTED) else str(count)
    return f"set {number} rivet{'s' if count != 1 else ''}{' in' + each if each else ''}"
