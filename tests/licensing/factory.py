"""Cases for tests: a grown, altered dog in a town, changed in what matters."""

from dataclasses import replace
from datetime import date
from typing import Any

from pet_app.licensing.rules import Case, Fee, Species, fee
from pet_app.licensing.towns import town

TODAY = date(2026, 5, 20)
DOG = Case(species=Species.DOG, altered=True, handed_in=TODAY, term="1", born=date(2022, 3, 1))


def make_case(**changes: Any) -> Case:
    """A grown, altered dog whose licence is asked for in time, with these changes."""
    return replace(DOG, **changes)


def cents(town_id: str, **changes: Any) -> int:
    """What that costs in a town."""
    found = fee(town(town_id), make_case(**changes))
    assert isinstance(found, Fee), found
    return found.cents
