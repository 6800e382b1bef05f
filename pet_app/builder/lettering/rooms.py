"""How much room a strap, or the name plate riveted on it, leaves for a text."""

from pet_app.builder import library
from pet_app.builder.lettering.clean import Fault, tidy
from pet_app.builder.lettering.lay import Laid, Room, box, lay
from pet_app.builder.rules import Method


def strap_room(
    method: Method, width_mm: int, length_mm: float, edge_mm: float = 0.0
) -> Room | Fault:
    """The room on a stretch of strap, of which tapes take `edge_mm` at both edges.

    An engraved text stands on a plate that has to fit there, and lies on the tapes.
    """
    table = library.table("lettering")
    if method is not Method.ENGRAVED:
        rules = table["strap"]
        free = width_mm - 2 * edge_mm
        ink = min(rules["ink"] * width_mm, free)
        return box(length_mm, ink, min(rules["capital"] * width_mm, 0.7 * ink))
    rules, part = table["plate"], library.hardware("name_plate", width_mm)
    if part.span_mm > length_mm:
        return Fault(
            f"The name plate for {width_mm} mm straps is {part.span_mm:g} mm long, and there is "
            f"room for {length_mm:.0f} mm."
        )
    return box(
        part.span_mm - 2 * (1.4 * rivet_mm(width_mm) + rules["clear_mm"]),
        rules["ink"] * part.bar_mm,
        rules["capital"] * part.bar_mm,
    )


def rivet_mm(width_mm: int) -> float:
    """How wide the head of a name plate's rivet is."""
    share = library.table("lettering")["plate"]["rivet"]
    return share * library.hardware("name_plate", width_mm).bar_mm


def lay_on_strap(
    text: str, method: Method, width_mm: int, length_mm: float, edge_mm: float = 0.0
) -> Laid | Fault:
    """A text on a stretch of strap, or why it cannot be; see `strap_room`."""
    room = strap_room(method, width_mm, length_mm, edge_mm)
    return room if isinstance(room, Fault) else lay(text, method, room)


def strap_fault(
    text: str, method: Method, width_mm: int, length_mm: float, edge_mm: float = 0.0
) -> Fault | None:
    """What is wrong with a text on a stretch of strap; nothing with a blank one."""
    if not tidy(text):
        return None
    laid = lay_on_strap(text, method, width_mm, length_mm, edge_mm)
    return laid if isinstance(laid, Fault) else None


def fault(text: str, method: Method, room: Room) -> Fault | None:
    """What is wrong with a text in a room; nothing with a blank one."""
    if not tidy(text):
        return None
    laid = lay(text, method, room)
    return laid if isinstance(laid, Fault) else None
