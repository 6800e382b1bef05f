"""Which choices go together: every refusal says why and names the nearest that is allowed."""

from dataclasses import dataclass
from math import ceil

from pet_app.builder import library, palette
from pet_app.builder.courses import collar, harness
from pet_app.builder.design import Design
from pet_app.builder.rules import Kind, Material, Pattern


@dataclass(frozen=True)
class Refusal:
    """A choice that cannot be made: the field, why, and the nearest value that can, if any."""

    field: str
    reason: str
    nearest: str | int | None


def check(design: Design) -> tuple[Refusal, ...]:
    """Every refusal for a design; empty when it can be made and is safe."""
    return tuple(
        refusal
        for refusal in (
            _width(design),
            _pattern(design),
            *(_colour(design, field) for field in ("colour", "accent")),
        )
        if refusal
    )


def allowed_widths(design: Design) -> tuple[int, ...]:
    """The widths this animal can have in this kind and material, narrowest first; may be empty."""
    return tuple(
        width
        for width in library.widths(design.kind)
        if width <= min(widest_flat_mm(design), widest_on_back_mm(design))
        and carries_kg(design, width) >= _weight_kg(design)
    )


def allowed_patterns(material: Material) -> tuple[Pattern, ...]:
    return library.webbing(material).patterns


def widest_flat_mm(design: Design) -> float:
    """The widest strap that lies flat on the shortest loop."""
    share = library.table("making")["flat"][design.kind.value]
    return share * min(_loop_lengths(design).values())


def widest_on_back_mm(design: Design) -> float:
    """The widest strap that leaves room for the ring on the back."""
    if design.kind is not Kind.HARNESS:
        return float("inf")
    room = library.table("making")["back_ring"]
    straight = library.station("withers_over_back") * design.measurements.back_mm
    return (straight - room["mm"]) / room["widths"]


def carries_kg(design: Design, width_mm: int) -> float:
    """The working load of the weakest component at this width, in kilograms of animal."""
    load = library.table("making")["load"]
    strap_n = library.webbing(design.look.material).strength_n_per_mm * width_mm
    buckle_n = library.hardware("side_release_buckle", width_mm).strength_n
    girth_mm = _loop_lengths(design).get("girth", 0)
    if design.kind is Kind.HARNESS and girth_mm >= harness.ONE_BUCKLE_BELOW_MM:
        buckle_n *= 2
    ring_n = library.hardware("d_ring", width_mm).strength_n
    return min(strap_n, buckle_n, ring_n) / load["share_of_breaking"] / load["gravity"]


def _loop_lengths(design: Design) -> dict[str, int]:
    lengths = harness if design.kind is Kind.HARNESS else collar
    return lengths.loop_lengths(design)


def _weight_kg(design: Design) -> float:
    return design.measurements.weight_g / 1000


def _width(design: Design) -> Refusal | None:
    width = design.width_mm
    widths = library.widths(design.kind)
    allowed = allowed_widths(design)
    nearest = min(allowed, key=lambda other: (abs(other - width), other), default=None)
    if width in allowed:
        return None
    if width not in widths:
        stocked = ", ".join(str(other) for other in widths)
        return Refusal("width_mm", f"A {design.kind.value} is made {stocked} mm wide.", nearest)
    flat = widest_flat_mm(design)
    if width > flat:
        reason = (
            f"A {width} mm strap cannot lie flat on so small an animal: {flat:.0f} mm is the most."
        )
    elif width > widest_on_back_mm(design):
        reason = (
            f"With {width} mm straps a back of {design.measurements.back_mm} mm has no room for "
            f"the ring between the neck strap and the girth strap."
        )
    else:
        carried = carries_kg(design, width)
        reason = (
            f"At {width} mm the weakest part may carry {carried:.0f} kg, one third of its breaking "
            f"strength, and this animal weighs {ceil(_weight_kg(design))} kg."
        )
    if nearest is None:
        name = library.webbing(design.look.material).name.lower()
        reason = f"{reason} No width of {name} suits these measurements."
    return Refusal("width_mm", reason, nearest)


def _pattern(design: Design) -> Refusal | None:
    web = library.webbing(design.look.material)
    if design.look.pattern in web.patterns:
        return None
    return Refusal("look.pattern", web.no_pattern, Pattern.PLAIN.value)


def _colour(design: Design, field: str) -> Refusal | None:
    look = design.look
    if field == "accent" and look.pattern is Pattern.PLAIN:
        return None
    wanted = palette.colour(look.colour if field == "colour" else look.accent)
    if wanted.comes_in(look.material):
        return None
    nearest = palette.nearest(wanted, look.material)
    name = library.webbing(look.material).name.lower()
    reason = f"We do not stock {name} in {wanted.name.lower()}; {nearest.name.lower()} is nearest."
    return Refusal(f"look.{field}", reason, nearest.key)
