"""The list of one's orders."""

from typing import Any

import reflex as rx
from reflex.vars import ObjectVar

from pet_app.core.security import Permission
from pet_app.order.pages.parts import toned
from pet_app.order.state.cards import OrderTile
from pet_app.order.state.shelf import OrderShelf
from pet_app.ui.components.buttons import button, link_button
from pet_app.ui.components.conditions import empty_state, skeleton
from pet_app.ui.components.icons import icon
from pet_app.ui.components.layouts import page_heading
from pet_app.ui.page import Page


def shelf() -> rx.Component:
    """Every order, the newest first."""
    return rx.el.div(
        page_heading("Your orders", "Where each one stands, its invoice, and ordering it again."),
        rx.cond(
            OrderShelf.listed,
            rx.cond(
                OrderShelf.tiles.length() > 0,
                rx.el.div(
                    tiles(OrderShelf.tiles, "/dashboard/orders/"),
                    rx.cond(
                        OrderShelf.more,
                        button("Show more", kind="secondary", on_click=OrderShelf.show_more),
                        rx.fragment(),
                    ),
                    class_name="flex flex-col items-center gap-6",
                ),
                empty_state(
                    "No orders yet",
                    "What you buy here stands on this page, from the bench to your door. Ordered "
                    "without an account? Track it by its number.",
                    rx.el.div(
                        link_button("To the shop", href="/shop"),
                        link_button("Track an order", href="/track", kind="secondary"),
                        class_name="flex flex-wrap justify-center gap-3",
                    ),
                    symbol="bag",
                ),
            ),
            rx.el.div(
                skeleton("h-28 w-full"), skeleton("h-28 w-full"), class_name="flex flex-col gap-4"
            ),
        ),
    )


def tiles(found: Any, before: str) -> rx.Component:
    """Orders in a list; `before` is what stands before the id in the address of each."""
    return rx.el.ul(
        rx.foreach(found, lambda tile: _tile(tile, before)),
        class_name="m-0 flex w-full list-none flex-col gap-4 p-0",
    )


def _tile(tile: ObjectVar[OrderTile], before: str) -> rx.Component:
    return rx.el.li(
        rx.el.a(
            rx.el.div(
                rx.el.div(
                    rx.el.h2(tile.number, class_name="font-body text-subheading tabular-nums"),
                    rx.el.p(tile.placed, class_name="text-small text-muted"),
                ),
                toned(tile.status, tile.tone),
                class_name="flex flex-wrap items-start justify-between gap-x-4 gap-y-2",
            ),
            rx.el.div(
                rx.cond(tile.pictures.length() > 0, _pictures(tile), rx.fragment()),
                rx.el.p(
                    tile.titles,
                    class_name="min-w-0 grow text-small text-muted [overflow-wrap:anywhere]",
                ),
                rx.el.span(
                    tile.total,
                    icon("chevron-right", 18, "text-muted transition group-hover:translate-x-0.5"),
                    class_name="flex shrink-0 items-center gap-2 font-semibold tabular-nums",
                ),
                class_name="mt-4 flex flex-wrap items-center gap-4 sm:flex-nowrap",
            ),
            href=f"{before}{tile.id}",
            class_name="group block rounded-card bg-surface p-5 no-underline ring-1 ring-inset "
            "ring-line transition duration-300 ease-soft hover:shadow-lift sm:p-6",
        ),
    )


def _pictures(tile: Any) -> rx.Component:
    return rx.el.span(
        rx.foreach(
            tile.pictures,
            lambda src: rx.el.img(
                src=src,
                alt="",
                loading="lazy",
                class_name="picture-ground h-14 w-14 rounded-control object-cover",
                custom_attrs={"width": "56", "height": "56"},
            ),
        ),
        rx.cond(
            tile.more > 0,
            rx.el.span(f"+{tile.more}", class_name="self-center text-small text-muted"),
            rx.fragment(),
        ),
        class_name="flex shrink-0 gap-2",
    )


PAGE = Page(
    route="/dashboard/orders",
    view=shelf,
    title="Your orders",
    area="account",
    on_load=OrderShelf.open,
    requires=Permission.ACCOUNT,
)
