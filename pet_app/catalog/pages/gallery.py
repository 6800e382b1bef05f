"""The pictures of a product: one large, the others to choose from."""

from typing import Any

import reflex as rx

from pet_app.catalog.pages.shelf import heart, picture
from pet_app.catalog.state import Looking
from pet_app.ui.components.icons import icon
from pet_app.ui.components.kinds import each, either, when_said

PICTURE_WIDTHS = "(min-width: 1024px) 640px, 92vw"


def gallery(view: Any, *, live: bool) -> rx.Component:
    """The chosen picture and, when there are others, the way to each; `live` in the browser."""
    first = picture(view.card, sizes=PICTURE_WIDTHS, eager=True)
    return rx.el.div(
        rx.el.div(
            rx.el.div(
                rx.cond(Looking.view, _chosen(view), first) if live else first,
                class_name="picture-ground aspect-square overflow-hidden rounded-panel",
            ),
            heart(view.card.id, view.card.title, "absolute right-4 top-4 h-12 w-12"),
            class_name="relative",
        ),
        when_said(
            view.views,
            rx.el.div(
                *each(view.views, lambda one: _way(one, live=live)),
                role="group",
                custom_attrs={"aria-label": "Pictures"},
                data_testid="views",
                class_name="mt-3 flex gap-2.5 overflow-x-auto p-1",
            ),
        ),
        class_name="min-w-0",
    )


def _chosen(view: Any) -> rx.Component:
    return rx.el.img(
        src=Looking.view,
        alt=view.card.alt,
        custom_attrs={"width": "800", "height": "800"},
        class_name="h-full w-full object-cover",
    )


def _way(one: Any, *, live: bool) -> rx.Component:
    acts: dict[str, Any] = {"on_click": Looking.look_from(one.picture)} if live else {}
    pressed = rx.cond(Looking.view == one.picture, "true", "false") if live else "false"
    return rx.el.button(
        rx.el.img(
            src=one.small,
            alt="",
            loading="lazy",
            decoding="async",
            custom_attrs={"width": "400", "height": "400"},
            class_name="picture-ground h-18 w-18 rounded-control object-cover",
        ),
        either(
            one.turns,
            rx.el.span(
                icon("redo", 18),
                class_name="absolute inset-x-0 top-0 flex h-18 items-center justify-center "
                "rounded-control bg-white/45 text-[#17211c]",
            ),
            rx.fragment(),
        ),
        rx.el.span(one.name, class_name="mt-1 block text-label text-muted"),
        type="button",
        custom_attrs={"aria-pressed": pressed},
        class_name="relative shrink-0 rounded-control aria-pressed:outline "
        "aria-pressed:outline-2 aria-pressed:outline-offset-2 aria-pressed:outline-brand",
        **acts,
    )
