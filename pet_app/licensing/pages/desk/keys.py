"""Keys for everything on the desk, and the list of them."""

from importlib.resources import files
from typing import Any

import reflex as rx
from reflex_base.utils.imports import ImportDict

from pet_app.licensing.state.desk.town import Desk
from pet_app.ui.components.dialogs import dialog
from pet_app.ui.components.kinds import Text, classes

CODE = files("pet_app.licensing.pages.desk").joinpath("keys.js").read_text("utf-8")

EVERYWHERE = (
    ("j  k", "Next and previous row"),
    ("o  Enter", "Open the row"),
    ("/", "To the search"),
    ("?", "This list"),
    ("Esc", "Out of a field or a window"),
)
ON_A_CASE = (
    ("a", "Approve"),
    ("r", "Reject, with a reason"),
    ("m", "Ask for more"),
    ("n", "Note for the clerks"),
    ("x", "Next case"),
    ("k", "Previous case"),
    ("u", "Back to the queue"),
    ("1 – 9", "A reason, while you are asked for one"),
    ("Ctrl Enter", "Send what you are writing"),
)
ON_A_PAPER = (
    ("+  −", "Larger, smaller"),
    ("0", "As wide as the pane"),
    (".", "Turn it"),
    ("[  ]", "Page back, page on"),
    ("d", "Next paper"),
)


HELPING: Any = Desk.helping


class _Keys(rx.Component):
    tag = "PetDeskKeys"

    at: rx.Var[str]

    def add_imports(self) -> ImportDict:
        """What the code needs of React."""
        return {"react": ["useEffect", "useRef", "useState"]}

    def add_custom_code(self) -> list[str]:
        """The component, once in each page that uses it."""
        return [CODE]


class _Switch(rx.Component):
    tag = "PetKeysSwitch"

    words: rx.Var[str]

    def add_imports(self) -> ImportDict:
        """What the code needs of React."""
        return {"react": ["useEffect", "useRef", "useState"]}

    def add_custom_code(self) -> list[str]:
        """The component, once in each page that uses it."""
        return [CODE]


def keys(at: Any = "") -> rx.Component:
    """Listens to the keys of the page. Whenever `at` changes the heading has the focus."""
    return _Keys.create(at=at)


def key(name: Text, class_name: str = "") -> rx.Component:
    """A key as it is drawn beside what it does; a screen reader hears of it another way."""
    return rx.el.kbd(
        name,
        class_name=classes(
            "inline-flex min-h-5 min-w-5 items-center justify-center rounded-md px-1.5 font-body "
            "text-label font-semibold ring-1 ring-inset ring-current/35 max-lg:hidden",
            class_name,
        ),
        custom_attrs={"aria-hidden": "true"},
    )


def pressed_by(*names: str) -> dict[str, str]:
    """Custom attributes of what these keys press."""
    return {"aria-keyshortcuts": " ".join(names)}


def key_list() -> rx.Component:
    """Every key there is, over the page."""
    return dialog(
        "Keys of this desk",
        rx.el.div(
            _group("Everywhere", EVERYWHERE),
            _group("On a case", ON_A_CASE),
            _group("On its papers", ON_A_PAPER),
            class_name="flex max-h-[55dvh] flex-col gap-5 overflow-y-auto pr-2",
            tab_index=0,
            role="group",
            custom_attrs={"aria-label": "All keys"},
        ),
        rx.el.div(
            _Switch.create(words="Single letters do something"),
            rx.el.p(
                "Turn them off if you speak to your computer, or a program of yours needs them.",
                class_name="text-small text-muted",
            ),
            class_name="mt-4 border-t border-line pt-3",
        ),
        open=HELPING,
        on_close=Desk.close_help,
        name="keys",
    )


def _group(title: str, known: tuple[tuple[str, str], ...]) -> rx.Component:
    return rx.el.section(
        rx.el.h3(title, class_name="mb-1 font-body text-small font-semibold"),
        rx.el.dl(
            *(
                rx.el.div(
                    rx.el.dt(
                        *(key(part, "max-lg:inline-flex") for part in names.split("  ")),
                        rx.el.span(names, class_name="sr-only"),
                        class_name="flex w-28 shrink-0 gap-1.5",
                    ),
                    rx.el.dd(does, class_name="m-0"),
                    class_name="flex items-center gap-4 py-1 text-small",
                )
                for names, does in known
            ),
            class_name="m-0",
        ),
    )
