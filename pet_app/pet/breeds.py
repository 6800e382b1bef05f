"""Breed names to suggest; owners may write any other."""

import json
from functools import cache
from importlib.resources import files

from pet_app.pet.rules import Species


def suggest(typed: str, species: Species, most: int = 8) -> list[str]:
    """Breeds with this text in their name, those that begin with it first."""
    wanted = typed.strip().casefold()
    if not wanted:
        return []
    found = [name for name in _breeds()[species] if wanted in name.casefold()]
    return sorted(found, key=lambda name: not name.casefold().startswith(wanted))[:most]


@cache
def _breeds() -> dict[str, list[str]]:
    return json.loads(files("pet_app.pet").joinpath("data/breeds.json").read_text("utf-8"))
