"""The switch between light and dark, which the account remembers for who is signed in."""

from importlib.resources import files
from typing import Any

import reflex as rx
from reflex_base import constants
from reflex_base.utils.imports import ImportDict

from pet_app.ui.session import Session

CODE = files("pet_app.ui").joinpath("look.js").read_text("utf-8")


class LookSwitch(rx.Component):
    """The bare switch; `look_switch` tells it who is looking."""

    tag = "PetLookSwitch"

    known: rx.Var[bool]
    signed_in: rx.Var[bool]

    def add_imports(self) -> ImportDict:
        """What the code needs of React, and where Reflex keeps the colour mode."""
        return {
            "react": ["useContext", "useEffect"],
            f"$/{constants.Dirs.CONTEXTS_PATH}": ["ColorModeContext"],
        }

    def add_custom_code(self) -> list[str]:
        """The component, once in each page that uses it."""
        return [CODE]


def look_switch(*children: rx.Component, **props: Any) -> rx.Component:
    """A button from light to dark and back; at sign-in the account's own choice is applied."""
    return LookSwitch.create(
        *children, known=Session.is_hydrated, signed_in=Session.signed_in, **props
    )
