"""How each build is proportioned, read from `data/builds.toml`."""

from dataclasses import dataclass
from functools import cache

from pet_app.builder import library
from pet_app.builder.design import Measurements
from pet_app.builder.rules import Build


@dataclass(frozen=True)
class Proportions:
    """The numbers of one build by name and the kind of its ears; see `data/builds.toml`."""

    build: Build
    shares: dict[str, float]
    ear: str

    def __getitem__(self, name: str) -> float:
        return self.shares[name]


@cache
def proportions(build: Build) -> Proportions:
    """Raises KeyError for a build without a row."""
    row = dict(library.table("builds")[build.value])
    return Proportions(build, ear=row.pop("ear"), shares=row)


def fullness(measured: Measurements) -> float:
    """How much fuller (up to 0.5) or leaner (down to -0.5) than usual for girth and back."""
    divisor = library.plausible("weight_divisor")
    usual = measured.girth_mm**2 * measured.back_mm / divisor
    return max(-0.5, min(0.5, 0.9 * (measured.weight_g / usual - 1)))
