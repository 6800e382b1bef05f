"""Standard sizes, for whoever cannot measure now."""

from dataclasses import dataclass
from functools import cache

from pet_app.builder.design import MEASUREMENT_NAMES, Measurements
from pet_app.builder.library import table


@dataclass(frozen=True)
class Size:
    """A size and the animal it is cut for; `suits` names breeds of about that build."""

    key: str
    name: str
    suits: str
    measurements: Measurements


@cache
def sizes() -> dict[str, Size]:
    """Every size by its key, smallest first."""
    rows = {key: row for key, row in table("sizes").items() if isinstance(row, dict)}
    return {
        key: Size(
            key,
            row["name"],
            row["suits"],
            Measurements(**{name: row[name] for name in MEASUREMENT_NAMES}),
        )
        for key, row in rows.items()
    }
