"""Places in a built page that are filled when it is asked for, so that it says what is true now.

A page is built once and knows no product. The server writes what the database says into its
places; in the browser the same view, given the state's vars, takes over once the state is there.
Until then React leaves alone what was written.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

import reflex as rx
from reflex_base.utils.imports import ImportDict

from pet_app.ui.html import html

ANYWHERE = "-"
"""What stands in a path for whatever is asked for, where one built page serves many addresses."""

TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
DESCRIPTION = re.compile(r'<meta content="[^"]*" name="description"/>')
HEAD_ENDS = "</head>"
PICTURE = re.compile(r'<meta content="[^"]*" property="og:image"/>')

CODE = """
function PetTitled({ title }) {
  const forget = () => {
    document.querySelectorAll("head [data-filled]").forEach((part) => part.remove());
  };
  useEffect(() => {
    if (!title || document.title === title) return;
    forget();
    document.title = title;
  }, [title]);
  useEffect(() => forget, []);
  return null;
}
"""


@dataclass(frozen=True)
class Head:
    """What a filled page says of itself. `more` is HTML for the head, written by us."""

    title: str
    description: str
    image: str
    more: str = ""


@dataclass(frozen=True)
class Filling:
    """What goes into a built page: HTML by place, a head of its own if it has one, a status.

    `page` is the path of the built page.
    """

    page: str
    parts: Mapping[str, str] = field(default_factory=dict)
    head: Head | None = None
    status: int = 200


def filled(
    name: str, ready: rx.Var[Any], live: rx.Component, waiting: rx.Component
) -> rx.Component:
    """A place: what the server wrote, or `waiting`, until `ready`; then `live`."""
    inside = f"{_begin(name)}{html(waiting)}{_end(name)}"
    attributes = {"dangerouslySetInnerHTML": {"__html": inside}, "suppressHydrationWarning": True}
    return rx.cond(ready, live, rx.el.div(custom_attrs=attributes))


def fill(page: str, parts: Mapping[str, str], head: Head | None = None) -> str:
    """The built page with its places filled, and with a head of its own if it has one."""
    for name, inside in parts.items():
        before, begin, rest = page.partition(_begin(name))
        _, end, after = rest.partition(_end(name))
        if end:
            page = before + begin + inside + end + after
    return _with_head(page, head) if head else page


def as_written(what: str, otherwise: str) -> Any:
    """The title, description or picture the server wrote into this page, for React to find.

    A page that serves many addresses is built without them; said any other way, React would add
    its own beside them.
    """
    found = {
        "title": "document.title",
        "description": "document.querySelector('meta[name=\"description\"]')?.content",
        "image": "document.querySelector('meta[property=\"og:image\"]')?.content",
    }[what]
    return rx.Var(f'(typeof document === "undefined" ? {otherwise!r} : {found})')


class _Titled(rx.Component):
    tag = "PetTitled"

    title: rx.Var[str]

    def add_imports(self) -> ImportDict:
        """What the code needs of React."""
        return {"react": ["useEffect"]}

    def add_custom_code(self) -> list[str]:
        """The component, once in each page that uses it."""
        return [CODE]


def titled(title: rx.Var[str]) -> rx.Component:
    """Gives the tab its name once the state knows it, where one page serves many addresses.

    What the server wrote into the head for another address, marked `data-filled`, goes then.
    """
    return _Titled.create(title=title)


def _with_head(page: str, head: Head) -> str:
    said = (
        (TITLE, f"<title>{escape(head.title, quote=False)}</title>"),
        (DESCRIPTION, f'<meta content="{escape(head.description)}" name="description"/>'),
        (PICTURE, f'<meta content="{escape(head.image)}" property="og:image"/>'),
    )
    for place, text in said:
        page = place.sub(lambda _, text=text: text, page, count=1)
    # At the end: React takes the first script it meets in the head for the one it looks for.
    return page.replace(HEAD_ENDS, head.more + HEAD_ENDS, 1)


def _begin(name: str) -> str:
    return f"<!--{name}-->"


def _end(name: str) -> str:
    return f"<!--/{name}-->"
