"""A page: what a section lists in `PAGES`, and the frame and head it is given."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import reflex as rx

from pet_app.core.security import Permission
from pet_app.core.settings import settings
from pet_app.ui import cart
from pet_app.ui.components.frame import account_frame, bare_frame, shop_frame
from pet_app.ui.filled import as_written

BRAND = "Harness Hero"
TAGLINE = "Harnesses and collars made to your dog's own measurements"
CARD_PICTURE = "/share.jpg"

FRAMES = {"shop": shop_frame, "account": account_frame, "bare": bare_frame}


@dataclass(frozen=True)
class Page:
    """One page of a section.

    `view` gives what stands inside the frame of its `area`. `requires` names the permission it
    asks for; such pages, and those without a description, are kept from search engines. `image`
    is the path of a picture for share cards, `json_ld` what the page is about in schema.org's
    words. `filled_for_each` says that one built page serves many addresses and is given its head
    when it is asked for.
    """

    route: str
    view: Callable[[], rx.Component]
    title: str
    description: str = ""
    area: Literal["shop", "account", "bare"] = "shop"
    on_load: Any = None
    requires: Permission | None = None
    image: str | None = None
    json_ld: tuple[dict[str, Any], ...] = ()
    filled_for_each: bool = False

    @property
    def full_title(self) -> str:
        """The title as the browser's tab shows it."""
        return self.title if BRAND in self.title else f"{self.title} · {BRAND}"

    @property
    def is_public(self) -> bool:
        """Whether search engines may list it: not if private, dynamic or without a description."""
        return self.requires is None and bool(self.description) and "[" not in self.route


def add_pages(app: rx.App, pages: list[Page]) -> None:
    """Give every page its frame and head, and the site its pages."""
    for page in pages:
        app.add_page(
            shell(page),
            route=page.route,
            **summary(page),
            on_load=loads(page),
            meta=head(page),
        )


def summary(page: Page) -> dict[str, Any]:
    """Title, description and picture; of a page filled for each address, those it came with."""
    said = {
        "title": page.full_title,
        "description": page.description or TAGLINE,
        "image": absolute(page.image or CARD_PICTURE),
    }
    if not page.filled_for_each:
        return said
    return {name: as_written(name, text) for name, text in said.items()}


def loads(page: Page) -> list[Any]:
    """What runs when a page is opened: its own, then the count of the cart in its header."""
    own = page.on_load if isinstance(page.on_load, list | tuple) else [page.on_load]
    return [*(event for event in own if event), *([cart.Basket.look] if cart.is_open() else [])]


def shell(page: Page) -> Callable[[], rx.Component]:
    """The page in the frame of its area; private pages show nothing until they know who looks."""

    def framed() -> rx.Component:
        return FRAMES[page.area](page.view(), page.requires is not None)

    # What pages of one module have in common is compiled into one file that each of them loads;
    # left alone, all pages would be of this module, and load one another.
    framed.__module__ = "pet_app.pages." + re.sub(r"[^a-z0-9]+", "_", page.route)
    return framed


def head(page: Page) -> list[rx.Component]:
    """Canonical address, share card and structured data of a page."""
    if page.filled_for_each:
        return []
    if not page.is_public:
        return [rx.el.meta(name="robots", content="noindex")]
    address = absolute(page.route)
    return [
        rx.el.link(rel="canonical", href=address),
        *(
            rx.el.meta(content=content, custom_attrs={"property": name})
            for name, content in (
                ("og:url", address),
                ("og:type", "website"),
                ("og:site_name", BRAND),
                ("og:title", page.full_title),
                ("og:description", page.description),
            )
        ),
        rx.el.meta(name="twitter:card", content="summary_large_image"),
        *(structured(data) for data in page.json_ld),
    ]


def structured(data: dict[str, Any]) -> rx.Component:
    """One JSON-LD block."""
    return rx.el.script(
        type="application/ld+json",
        custom_attrs={"dangerouslySetInnerHTML": {"__html": structured_text(data)}},
    )


def structured_text(data: dict[str, Any]) -> str:
    """What stands in such a block; `<` is escaped so that no text can end the script early."""
    return json.dumps({"@context": "https://schema.org", **data}).replace("<", "\\u003c")


def organisation() -> dict[str, Any]:
    """Who we are, for the home page."""
    return {
        "@type": "Organization",
        "name": BRAND,
        "url": absolute("/"),
        "logo": absolute("/favicon.svg"),
    }


def breadcrumb_list(*steps: tuple[str, str]) -> dict[str, Any]:
    """The way to a page, as (name, path) pairs from the home page on."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": name,
                "item": absolute(path),
            }
            for position, (name, path) in enumerate(steps, start=1)
        ],
    }


def absolute(path: str) -> str:
    """The full address of a path on this site; a full address stays as it is."""
    return path if "://" in path else settings().site_url + path
