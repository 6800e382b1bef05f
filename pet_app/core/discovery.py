"""Sections found by their files, so that the core can load what it must not import."""

import importlib
import importlib.util
import pkgutil

import pet_app
from pet_app.core.sections import SECTIONS, serves


def load_all(name: str) -> None:
    """Import the module called `name` (models, tasks) of every section that is served and has one.

    What the sections stand on, which is served always, may have one as well.
    """
    for section in pkgutil.iter_modules(pet_app.__path__):
        package = f"pet_app.{section.name}"
        if section.name in SECTIONS and not serves(section.name):
            continue
        if section.ispkg and importlib.util.find_spec(f"{package}.{name}"):
            importlib.import_module(f"{package}.{name}")
