"""Has a page that serves many addresses built once, to be filled for each."""

import json
from typing import Any

from reflex_base.plugins import Plugin

from pet_app.ui.filled import ANYWHERE

EVERY_STATIC_PAGE = '"prerender": true'


class GeneralPages(Plugin):
    """Adds the pages of dynamic routes to those that are built beforehand, at the path `-`."""

    def __init__(self, *folders: str) -> None:
        self.folders = folders

    def pre_compile(self, **context: Any) -> None:
        """Change the list of pages that Reflex is about to write."""
        context["add_modify_task"]("react-router.config.js", self.with_general_pages)

    def with_general_pages(self, config: str) -> str:
        """The configuration with our paths after the static ones."""
        paths = json.dumps([f"{folder}/{ANYWHERE}" for folder in self.folders])
        listed = f'"prerender": ({{ getStaticPaths }}) => [...getStaticPaths(), ...{paths}]'
        return config.replace(EVERY_STATIC_PAGE, listed, 1)
