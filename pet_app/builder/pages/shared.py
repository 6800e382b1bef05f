"""A design somebody shows: for whoever has the link, and for where the link is shown."""

from typing import Any

import reflex as rx
from sqlmodel import Session

from pet_app.builder.state.shared import Shared, SharedView, shared_view
from pet_app.core.errors import NotFound
from pet_app.ui import missing
from pet_app.ui.components.buttons import button, link_button
from pet_app.ui.components.conditions import skeleton
from pet_app.ui.components.icons import icon
from pet_app.ui.components.kinds import either, when_said
from pet_app.ui.components.layouts import container
from pet_app.ui.filled import ANYWHERE, Filling, Head, filled, titled
from pet_app.ui.html import html
from pet_app.ui.page import BRAND, CARD_PICTURE, TAGLINE, Page, absolute

PLACE = "shared"
GENERAL = f"/shared/{ANYWHERE}"
HERE = rx.Var(
    '(typeof window === "undefined" ? "" : window.location.pathname.replace(/\\/+$/, "")'
    '.split("/").pop())'
)
"""What the address says now; the state may still hold what was looked at before."""

UNLISTED = '<meta content="noindex" data-filled="" name="robots"/>'
LARGE = '<meta content="summary_large_image" data-filled="" name="twitter:card"/>'


def shared() -> rx.Component:
    """The page of every shared design; which one, the address says."""
    seen: Any = Shared.seen
    is_it = (Shared.code == HERE) & (seen | Shared.missing)
    found = rx.cond(Shared.missing, missing.inside(), inside(seen, live=True))
    return rx.fragment(
        titled(rx.cond(seen & ~Shared.missing, seen.name + f" · {BRAND}", "")),
        filled(PLACE, is_it, found, _waiting()),
    )


def inside(view: Any, *, live: bool = False) -> rx.Component:
    """The piece with the way to one like it; `live` with what only moves in the browser."""
    return container(
        rx.el.div(
            rx.el.div(
                either(
                    view.picture,
                    rx.el.img(
                        src=_source(view) if live else view.picture,
                        alt=view.alt,
                        custom_attrs={"width": "800", "height": "800", "fetchPriority": "high"},
                        class_name="h-full w-full object-cover",
                    ),
                    skeleton("h-full w-full"),
                ),
                class_name="picture-ground aspect-square overflow-hidden rounded-panel",
            ),
            rx.el.div(
                rx.el.h1(view.name, class_name="text-title [overflow-wrap:anywhere]"),
                when_said(view.line, rx.el.p(view.line, class_name="mt-2 text-lead text-muted")),
                rx.el.p(
                    "Somebody designed this for their own animal. Start from the same webbing, "
                    "colours and hardware, cut to yours.",
                    class_name="mt-6 max-w-prose",
                ),
                rx.el.div(
                    link_button(
                        "Make one like it", icon("arrow-right", 20), href=view.like_it, size="lg"
                    ),
                    when_said(view.turning, _turn() if live else rx.fragment()),
                    class_name="mt-8 flex flex-wrap gap-3",
                ),
                class_name="lg:py-2",
            ),
            class_name="grid items-center gap-x-16 gap-y-8 lg:grid-cols-[1.1fr_1fr]",
        ),
        class_name="pt-8 pb-24",
    )


def _source(view: Any) -> Any:
    return rx.cond(Shared.turns & (view.turning != ""), view.turning, view.picture)


def _turn() -> rx.Component:
    return button(
        rx.cond(Shared.turns, "Hold it still", "See it turn"),
        kind="secondary",
        size="lg",
        on_click=Shared.turn,
        custom_attrs={"aria-pressed": rx.cond(Shared.turns, "true", "false")},
    )


def _waiting() -> rx.Component:
    return container(
        rx.el.div(
            skeleton("aspect-square w-full rounded-panel"),
            rx.el.div(skeleton("h-12 w-3/4"), skeleton("mt-4 h-6 w-1/2")),
            class_name="grid gap-10 py-14 lg:grid-cols-[1.1fr_1fr] lg:gap-16",
        ),
        rx.el.p("Fetching the design…", role="status", class_name="sr-only"),
    )


def fill_shared(session: Session, path: str, _query: Any) -> Filling:
    """The design the path names, with a card for where the link is shown; or that there is none."""
    try:
        view = shared_view(session, path.rpartition("/")[2])
    except NotFound:
        head = Head(
            f"Page not found · {BRAND}",
            "There is no design at this address.",
            absolute(CARD_PICTURE),
            UNLISTED,
        )
        return Filling(GENERAL, {PLACE: html(missing.inside())}, head, 404)
    return Filling(GENERAL, {PLACE: html(inside(view))}, _head(view))


def _head(view: SharedView) -> Head:
    title = f"{view.name} · {BRAND}"
    said = (
        ("og:url", absolute(f"/shared/{view.code}")),
        ("og:type", "website"),
        ("og:site_name", BRAND),
        ("og:title", title),
        ("og:description", view.line or TAGLINE),
        ("og:image:alt", view.alt),
        *((("og:image:width", "1200"), ("og:image:height", "630")) if view.card else ()),
    )
    tags = "".join(
        html(rx.el.meta(content=content, custom_attrs={"property": name, "data-filled": ""}))
        for name, content in said
    )
    image = absolute(view.card or view.picture or CARD_PICTURE)
    return Head(title, view.line or TAGLINE, image, UNLISTED + LARGE + tags)


FILLS = {"/shared/": fill_shared}
SHARED_PAGE = Page(
    route="/shared/[code]",
    view=shared,
    title="A design",
    on_load=Shared.open,
    filled_for_each=True,
)
