"""The live 3D view of a piece of gear: `<model-viewer>`, dressed in the browser itself."""

import json
from importlib.resources import files
from typing import Any

import reflex as rx
from reflex_base.utils.imports import ImportDict

CODE = "\n".join(
    files("pet_app.ui").joinpath(name).read_text("utf-8")
    for name in ("viewer3d_look.js", "viewer3d.js")
)

WITHOUT_3D = (
    "This browser does not draw 3D. You can still design: the words below say what you get."
)
FAILED_3D = "The 3D view did not load. Your design is safe."
OFFLINE = "No connection just now. What you choose waits here until it is back."
WORDS = {
    "without": WITHOUT_3D,
    "failed": FAILED_3D,
    "again": "Try again",
    "offline": OFFLINE,
}


class Viewer3d(rx.Component):
    """The bare view; `viewer3d` fills in what it says when it cannot draw."""

    tag = "Viewer3d"
    lib_dependencies: list[str] = ["@google/model-viewer@4.4.0", "three@0.183.2"]

    src: rx.Var[str]
    alt: rx.Var[str]
    poster: rx.Var[str]
    look: rx.Var[dict[str, str]]
    surfaces: rx.Var[dict[str, Any]]
    orbit: rx.Var[str]
    words: rx.Var[dict[str, str]]

    def add_imports(self) -> ImportDict:
        """What the code needs of React."""
        return {"react": ["useEffect", "useRef", "useState"]}

    def add_custom_code(self) -> list[str]:
        """The component, once in each page that uses it."""
        return [CODE]


def viewer3d(
    *children: rx.Component,
    name: str,
    src: rx.Var[str] | str,
    alt: rx.Var[str] | str,
    poster: rx.Var[str] | str,
    look: rx.Var[dict[str, str]],
    surfaces: rx.Var[dict[str, Any]],
    orbit: str,
) -> rx.Component:
    """A model that can be turned about, under `poster` until it is there.

    `surfaces` says what the keys in `look` stand for; `orbit` is the first view, as
    `<model-viewer>` writes it. `children` lie over the model.
    """
    return Viewer3d.create(
        *children,
        id=name,
        src=src,
        alt=alt,
        poster=poster,
        look=look,
        surfaces=surfaces,
        orbit=orbit,
        words=WORDS,
    )


def apply_look(name: str, **change: str) -> rx.event.EventSpec:
    """Change the look of the view of that name at once, before the server has heard of it."""
    return _told(name, f"applyLook({json.dumps(change)})")


def turn_to(name: str, orbit: str) -> rx.event.EventSpec:
    """Turn the view of that name to another side."""
    return _told(name, f"turnTo({json.dumps(orbit)})")


def _told(name: str, call: str) -> rx.event.EventSpec:
    return rx.call_function(rx.Var(f"() => document.getElementById({json.dumps(name)})?.{call}"))
