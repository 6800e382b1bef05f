"""How many animals are thought to live in a town, read once from `data/baselines.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "baselines.toml"


@dataclass(frozen=True)
class Baseline:
    """What a source says of one species in a town; `animals` is None where it does not."""

    town: str
    species: str
    licensed_percent: float
    source: str
    year: int
    animals: int | None = None
    assumption: bool = True


@cache
def baselines() -> tuple[Baseline, ...]:
    """Everything that is known."""
    return tuple(Baseline(**told) for told in tomllib.loads(FILE.read_text("utf-8"))["baseline"])


def baseline(town_id: str, species: str) -> Baseline | None:
    """What is known of a species in a town."""
    return next((one for one in baselines() if (one.town, one.species) == (town_id, species)), None)
