"""The papers of a case, beside its form: larger, smaller, turned, page by page."""

from importlib.resources import files
from typing import Any

import reflex as rx
from reflex_base.utils.imports import ImportDict

from pet_app.ui.components.icons import PATHS

CODE = files("pet_app.licensing.pages.desk").joinpath("paper.js").read_text("utf-8")
USED = ("arrow-left", "arrow-right", "chevron-right", "download", "minus", "plus", "redo")
SIGNS: Any = {name: list(PATHS[name]) for name in USED}
NONE = "No papers came with this application. Ask for them if you need to see any."


class _Paper(rx.Component):
    tag = "PetPaper"

    papers: rx.Var[list[Any]]
    signs: rx.Var[dict[str, list[str]]]
    none: rx.Var[str]

    def add_imports(self) -> ImportDict:
        """What the code needs of React."""
        return {"react": ["useEffect", "useRef", "useState"]}

    def add_custom_code(self) -> list[str]:
        """The component, once in each page that uses it."""
        return [CODE]


def paper(papers: Any) -> rx.Component:
    """The papers, each as `state.desk.shown.Paper`: id, title, pages and the file itself."""
    return _Paper.create(papers=papers, signs=SIGNS, none=NONE)
