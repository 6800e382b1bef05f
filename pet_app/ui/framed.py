"""How a page inside another site's comes to know who is there, without a password in a frame."""

from importlib.resources import files

import reflex as rx
from reflex_base.utils.imports import ImportDict

from pet_app.ui.components.buttons import BASE, KINDS, SIZES

CODE = files("pet_app.ui").joinpath("framed.js").read_text("utf-8")


KEEP = """
function PetLinkKeeper() {
  useEffect(() => {
    const { hash, pathname } = window.location;
    const kept = sessionStorage.getItem(pathname);
    if (hash) sessionStorage.setItem(pathname, hash);
    /* Signing in led over other pages, and the end of the address was lost on the way. */
    else if (kept) history.replaceState(history.state, "", pathname + kept);
  }, []);
  return null;
}
"""


class LinkKeeper(rx.Component):
    """Nothing to see; in this tab it keeps what stands behind the # of this page's address."""

    tag = "PetLinkKeeper"

    def add_imports(self) -> ImportDict:
        """What the code needs of React."""
        return {"react": ["useEffect"]}

    def add_custom_code(self) -> list[str]:
        """The component, once in each page that uses it."""
        return [KEEP]


class FrameDoor(rx.Component):
    """Shows a number and the way to a window of our own, and goes on when that said yes."""

    tag = "PetFrameDoor"

    def add_imports(self) -> ImportDict:
        """What the code needs of React."""
        return {"react": ["useEffect", "useState"]}

    def add_custom_code(self) -> list[str]:
        """The component, once in each page that uses it."""
        return [CODE]


def frame_door() -> rx.Component:
    """The number, and the link to the window."""
    return FrameDoor.create(
        class_name="flex flex-col items-start gap-5",
        custom_attrs={"data-link": f"{BASE} {KINDS['primary']} {SIZES['lg']}"},
    )
