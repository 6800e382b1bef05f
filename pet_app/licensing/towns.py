"""The towns whose rules we know, read once from `data/towns/`."""

import tomllib
from functools import cache
from pathlib import Path

from pet_app.core.errors import NotFound
from pet_app.licensing.rules import Town, read

FOLDER = Path(__file__).parent / "data" / "towns"


@cache
def towns() -> tuple[Town, ...]:
    """Every town, by name. Raises `Unreadable` for a file that is not in order."""
    found = [read(tomllib.loads(path.read_text("utf-8"))) for path in FOLDER.glob("*.toml")]
    return tuple(sorted(found, key=lambda town: town.name))


def town(town_id: str) -> Town:
    """One town by its id; NotFound when we do not know its rules."""
    for found in towns():
        if found.id == town_id:
            return found
    raise NotFound("We do not know the licence rules of this place yet.")
