"""Rings, handles, edges, lengths and sizes: what has to be there, and what there is room for."""

from pet_app.builder import library
from pet_app.builder.constraints.refusal import Refusal
from pet_app.builder.courses import harness
from pet_app.builder.design import Design
from pet_app.builder.rules import Build, Kind, Lining, RingPlace, TagShape


def build(design: Design) -> Refusal | None:
    """A cat of a cat's weight."""
    most_kg = library.table("making")["cat"]["most_kg"]
    if design.build is not Build.CAT or design.measurements.weight_g <= most_kg * 1000:
        return None
    weight_kg = design.measurements.weight_g / 1000
    reason = f"A cat weighs up to {most_kg} kg, and this animal {weight_kg:.1f} kg."
    return Refusal("build", reason, Build.RETRIEVER)


def rings(design: Design) -> Refusal | None:
    """At least one ring, and only where the kind has a place for one."""
    places = library.table("offers")["rings"].get(design.kind.value, ())
    if not places:
        return None
    chosen = design.options.rings
    own = tuple(place for place in chosen if place in places)
    if own == chosen and own:
        return _chest_ring(design)
    nearest = own or (RingPlace(places[0]),)
    if not chosen:
        use = "a leash or a tag" if design.kind is Kind.COLLAR else "a leash"
        return Refusal("options.rings", f"It needs a ring to clip {use} to.", nearest)
    wrong = next(place for place in chosen if place not in places)
    reason = f"A {design.kind.value} has no place for a ring called {wrong.value}."
    return Refusal("options.rings", reason, nearest)


def _chest_ring(design: Design) -> Refusal | None:
    """A ring on the chest has to lie between the breastbone and the belly strap."""
    chosen = design.options.rings
    if RingPlace.CHEST not in chosen or design.width_mm not in library.widths(design.kind):
        return None
    if harness.has_room_for_front_ring(design):
        return None
    nearest = tuple(place for place in chosen if place is not RingPlace.CHEST)
    reason = (
        f"With {design.width_mm} mm straps the chest strap is too short for a ring between the "
        f"breastbone and the girth strap."
    )
    return Refusal("options.rings", reason, nearest or (RingPlace.BACK,))


def handle(design: Design) -> Refusal | None:
    if not design.options.handle:
        return None
    if design.kind is Kind.HARNESS:
        return _handle_on_back(design)
    least = library.table("making")["leash"]["with_handle_mm"]
    if design.kind is Kind.LEASH and design.options.leash_mm < least:
        reason = f"A second handle near the snap needs a leash of {least} mm or more."
        return Refusal("options.handle", reason, False)
    return None


def _handle_on_back(design: Design) -> Refusal | None:
    made, room = library.table("making")["handle"], library.table("making")["handle_room"]
    by_hand = design.width_mm >= made["hand_from_width_mm"]
    grip = made["hand_mm"] if by_hand else made["fingers_mm"]
    needs = (grip + room["widths"] * design.width_mm + room["mm"]) / room["back_share"]
    if design.measurements.back_mm >= needs:
        return None
    reason = (
        f"A handle of {design.width_mm} mm webbing needs a back of {needs:.0f} mm, and this one "
        f"measures {design.measurements.back_mm} mm."
    )
    return Refusal("options.handle", reason, False)


def lining(design: Design) -> Refusal | None:
    least = library.table("making")["edges"]["lining_from_mm"]
    if design.options.lining is Lining.NONE or design.width_mm >= least:
        return None
    reason = f"A lining needs webbing of {least} mm or more: a narrower strap has no seam to spare."
    return Refusal("options.lining", reason, Lining.NONE)


def reflective(design: Design) -> Refusal | None:
    least = library.table("making")["edges"]["reflective_from_mm"]
    if not design.options.reflective or design.width_mm >= least:
        return None
    reason = f"Reflective edges need webbing of {least} mm or more."
    return Refusal("options.reflective", reason, False)


def leash_mm(design: Design) -> Refusal | None:
    if design.kind is not Kind.LEASH:
        return None
    row = library.table("making")["leash"]
    least, most = row["least_mm"], row["most_mm"]
    length = design.options.leash_mm
    if least <= length <= most:
        return None
    reason = f"A leash is made {least} to {most} mm long."
    return Refusal("options.leash_mm", reason, min(max(length, least), most))


def tag_mm(design: Design) -> Refusal | None:
    """A tag of a stocked size, large enough for its shape and light enough for the animal."""
    if design.kind is not Kind.TAG:
        return None
    wanted, allowed = design.options.tag_mm, allowed_tags(design)
    if wanted in allowed:
        return None
    offered = library.table("offers")["tag_mm"][Kind.TAG.value]
    shape = design.options.tag_shape.value
    nearest = min(allowed, key=lambda other: (abs(other - wanted), other))
    if wanted not in offered:
        sizes = ", ".join(str(size) for size in offered)
        reason = f"Tags are stamped {sizes} mm wide."
    elif wanted < min(allowed):
        reason = f"A {shape} tag {wanted} mm wide has no room for a text."
    else:
        weight_kg = design.measurements.weight_g / 1000
        reason = f"A tag {wanted} mm wide is too heavy for an animal of {weight_kg:.1f} kg."
    return Refusal("options.tag_mm", reason, nearest)


def allowed_tags(design: Design) -> tuple[int, ...]:
    """The sizes of tag that this shape and this animal can have, smallest first; never empty."""
    row = library.table("making")["tag"]
    least = row["least_mm"][TagShape(design.options.tag_shape).value]
    is_light = design.measurements.weight_g < row["light_kg"] * 1000
    most = row["light_most_mm"] if is_light else float("inf")
    offered = library.table("offers")["tag_mm"][Kind.TAG.value]
    return tuple(size for size in offered if least <= size <= most)
