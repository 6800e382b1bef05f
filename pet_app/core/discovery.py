"""Sections found by their files, so that the core can load what it must not import."""

import importlib
import importlib.util
import pkgutil

import pet_app


def load_all(name: str) -> None:
    """Import the module called `name` (models, tasks) of every section that has one."""
    for section in pkgutil.iter_modules(pet_app.__path__):
        package = f"pet_app.{section.name}"
        if section.ispkg and importlib.util.find_spec(f"{package}.{name}"):
            importlib.import_module(f"{package}.{name}")
