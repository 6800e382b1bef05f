"""A refused choice."""

from dataclasses import dataclass

from pet_app.builder.constraints.field import Value


@dataclass(frozen=True)
class Refusal:
    """A choice that cannot be made: the field, why, and the nearest value that can, if any.

    `nearest` is of the field's own type: a tuple of `RingPlace` for rings, a bool for yes or no.
    """

    field: str
    reason: str
    nearest: Value | None
