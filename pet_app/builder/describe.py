"""A resolved piece in words, for those who do not see the model."""

from pet_app.builder import library
from pet_app.builder.palette import colour
from pet_app.builder.resolve import Resolved
from pet_app.builder.rules import Kind, Pattern


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
