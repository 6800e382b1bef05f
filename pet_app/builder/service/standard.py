"""Standard sizes, for what is sold ready-made."""

from dataclasses import asdict

from pet_app.builder.sizes import sizes
from pet_app.core.errors import NotFound


def standard_measurements(size: str) -> dict[str, int]:
    """The body a standard size (`XS` to `XL`) is cut for, as designs have it; else NotFound."""
    found = sizes().get(size.lower())
    if found is None:
        raise NotFound(f"We have no standard size called {size}.")
    return asdict(found.measurements)
