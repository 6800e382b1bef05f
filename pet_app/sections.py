"""The sections of the shop, lowest first: a section may use those before it."""

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from pet_app.core.settings import settings

SECTIONS = (
    "user",
    "webhook",
    "payment",
    "pet",
    "catalog",
    "builder",
    "order",
    "checkout",
    "licensing",
    "dashboard",
)


def chosen() -> tuple[str, ...]:
    """The sections this process serves. Raises `ValueError` for a name that is none of them."""
    wanted = settings().chosen_sections or SECTIONS
    unknown = set(wanted) - set(SECTIONS)
    if unknown:
        raise ValueError(f"PET_SECTIONS names no section of ours: {', '.join(sorted(unknown))}")
    return tuple(name for name in SECTIONS if name in wanted)


def load(file: str) -> list[ModuleType]:
    """The modules named `file` of the chosen sections, lowest first; a slice may have none."""
    names = [f"pet_app.{section}.{file}" for section in chosen()]
    return [import_module(name) for name in names if find_spec(name)]
