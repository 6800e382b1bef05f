"""The files of the sections this process serves."""

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from pet_app.core.sections import SECTIONS, chosen, serves

__all__ = ["SECTIONS", "chosen", "load", "serves"]


def load(file: str) -> list[ModuleType]:
    """The modules named `file` of the chosen sections, lowest first; a slice may have none."""
    names = [f"pet_app.{section}.{file}" for section in chosen()]
    return [import_module(name) for name in names if find_spec(name)]
