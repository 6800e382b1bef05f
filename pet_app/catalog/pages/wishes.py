"""The wish list in the dashboard."""

from typing import Any

import reflex as rx

from pet_app.catalog.pages.shelf import CARD_WIDTHS, picture, waiting_shelf
from pet_app.catalog.state.wishing import WishList
from pet_app.core.security import Permission
from pet_app.ui.components.buttons import button, link_button
from pet_app.ui.components.conditions import empty_state
from pet_app.ui.components.layouts import page_heading
from pet_app.ui.components.prices import price
from pet_app.ui.page import Page


def wishes() -> rx.Component:
    """What one wants to find again, with its price and what is left of it now."""
    cards: Any = WishList.cards
    return rx.el.div(
        page_heading("Wishes", "What you want to find again. Prices and stock are today's."),
        rx.cond(
            WishList.opened,
            rx.cond(
                cards.length() > 0,
                rx.el.ul(
                    rx.foreach(cards, _wish),
                    class_name="grid grid-cols-2 gap-x-4 gap-y-8 sm:gap-x-6 lg:grid-cols-3",
                ),
                empty_state(
                    "No wishes yet",
                    "Press the heart on anything in the shop, and it waits for you here.",
                    link_button("Look round the shop", href="/shop"),
                    symbol="heart",
                ),
            ),
            waiting_shelf(3),
        ),
    )


def _wish(card: Any) -> rx.Component:
    return rx.el.li(
        rx.el.a(
            rx.el.div(
                picture(card, sizes=CARD_WIDTHS),
                class_name="picture-ground aspect-square overflow-hidden rounded-card",
            ),
            rx.el.h2(
                card.title,
                class_name="mt-3 text-[1.0625rem] leading-snug font-semibold underline-offset-4 "
                "group-hover:underline",
            ),
            rx.el.p(
                price(card.price),
                rx.cond(
                    card.stock != "",
                    rx.el.span(" · ", card.stock, class_name="text-small text-warn"),
                    rx.fragment(),
                ),
            ),
            href="/product/" + card.handle,
            class_name="group block no-underline",
        ),
        rx.el.div(
            link_button("Choose", href="/product/" + card.handle, size="sm"),
            button(
                "Remove",
                kind="quiet",
                size="sm",
                on_click=WishList.take_off(card.id),
                custom_attrs={"aria-label": "Remove " + card.title + " from your wishes"},
            ),
            class_name="mt-3 flex flex-wrap gap-2",
        ),
    )


PAGE = Page(
    route="/dashboard/wishes",
    view=wishes,
    title="Wishes",
    area="account",
    on_load=WishList.open,
    requires=Permission.ACCOUNT,
)
