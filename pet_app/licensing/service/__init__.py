"""The verbs of licensing."""

from pet_app.licensing.service.costs import (
    Priced,
    find_towns,
    proofs_that_count,
    today_in,
    what_it_costs,
)
from pet_app.licensing.towns import Town, town, towns

__all__ = [
    "Priced",
    "Town",
    "find_towns",
    "proofs_that_count",
    "today_in",
    "town",
    "towns",
    "what_it_costs",
]
