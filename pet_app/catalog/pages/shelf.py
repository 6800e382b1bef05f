"""Products side by side: the card of one, and the shelf of many."""

from typing import Any

import reflex as rx

from pet_app.catalog.display.card import Card
from pet_app.catalog.state import Wishing
from pet_app.ui.components.conditions import skeleton
from pet_app.ui.components.drawings import drawing
from pet_app.ui.components.icons import icon
from pet_app.ui.components.kinds import Text, either, when_said
from pet_app.ui.components.prices import price

THREE = "lg:grid-cols-3"
FOUR = "lg:grid-cols-4"
CARD_WIDTHS = "(min-width: 1280px) 290px, (min-width: 1024px) 22vw, 45vw"
GRID = "grid grid-cols-2 gap-x-4 gap-y-8 sm:gap-x-6 sm:gap-y-12"
DRAWN = "text-[#1d4a3b]"


def shelf(
    cards: list[Card] | rx.Var[list[Card]], *, first: bool = False, columns: str = THREE
) -> rx.Component:
    """The cards in a grid. Pictures load when near; where the shelf comes `first`, two at once."""
    items: Any = (
        [rx.foreach(cards, lambda card: rx.el.li(product_card(card)))]
        if isinstance(cards, rx.Var)
        else [
            rx.el.li(product_card(card, eager=first and place < 2))
            for place, card in enumerate(cards)
        ]
    )
    return rx.el.ul(*items, class_name=f"{GRID} {columns}")


def product_card(card: Card, *, eager: bool = False) -> rx.Component:
    """One product: its picture, name and price, all a link; and its heart. Takes a var too."""
    return rx.el.article(
        rx.el.a(
            rx.el.div(
                picture(
                    card,
                    sizes=CARD_WIDTHS,
                    eager=eager,
                    class_name="transition duration-500 ease-soft group-hover:scale-[1.03]",
                ),
                when_said(
                    card.stock,
                    rx.el.span(
                        card.stock,
                        class_name="absolute bottom-2.5 left-2.5 rounded-full bg-[#fff] px-2.5 "
                        "py-1 text-label font-semibold text-[#5a3a00]",
                    ),
                ),
                class_name="picture-ground relative aspect-square overflow-hidden rounded-card",
            ),
            rx.el.div(
                rx.el.h3(
                    card.title,
                    class_name="text-[1.0625rem] leading-snug font-semibold decoration-2 "
                    "underline-offset-4 group-hover:underline",
                ),
                price(card.price, "mt-0.5 block whitespace-nowrap xl:mt-0"),
                class_name="mt-3 justify-between gap-3 xl:flex xl:items-baseline",
            ),
            rx.el.p(card.subtitle, class_name="mt-0.5 hidden text-small text-muted sm:block"),
            when_said(card.rating, _rating(card)),
            href="/product/" + card.handle,
            class_name="group block no-underline",
        ),
        heart(card.id, card.title, "absolute right-1.5 top-1.5 h-10 w-10 sm:right-2 sm:top-2"),
        class_name="relative",
    )


def heart(product_id: Text, title: Text, class_name: str = "") -> rx.Component:
    """Keeps a product on the wish list, or takes it off."""
    wished: Any = Wishing.wished.contains(product_id)
    return rx.el.button(
        icon("heart", 20, "group-aria-pressed/heart:fill-current"),
        type="button",
        on_click=Wishing.turn(product_id),
        custom_attrs={
            "aria-pressed": rx.cond(wished, "true", "false"),
            "aria-label": f"Keep {title} on the wish list",
        },
        class_name="group/heart inline-flex items-center justify-center rounded-full "
        "bg-[#fff]/90 text-[#17211c] shadow-card transition hover:scale-105 "
        f"aria-pressed:text-[#a72a2a] {class_name}",
    )


def waiting_shelf(count: int, columns: str = THREE) -> rx.Component:
    """The shapes of a shelf that is about to be there."""
    return rx.el.div(
        *(
            rx.el.div(
                skeleton("aspect-square w-full rounded-card"),
                skeleton("mt-4 h-5 w-3/4"),
                skeleton("mt-2 h-4 w-1/3"),
            )
            for _ in range(count)
        ),
        class_name=f"{GRID} {columns}",
        custom_attrs={"aria-hidden": "true"},
    )


def picture(
    card: Card, *, sizes: str, eager: bool = False, class_name: str = "", drawn: str = DRAWN
) -> rx.Component:
    """The rendered picture, or a drawing until there is one."""
    attrs = {"width": "800", "height": "800", "srcSet": card.picture_set, "sizes": sizes}
    loading = {"fetchPriority": "high"} if eager else {}
    image = rx.el.img(
        src=card.picture,
        alt=card.alt,
        loading="eager" if eager else "lazy",
        decoding="sync" if eager else "async",
        class_name=f"h-full w-full object-cover {class_name}",
        custom_attrs=attrs | loading,
    )
    waiting = rx.el.div(
        drawing(card.kind),
        role="img",
        custom_attrs={"aria-label": card.alt},
        class_name=f"h-full w-full p-[14%] {drawn} {class_name}",
    )
    return either(card.picture, image, waiting)


def _rating(card: Card) -> rx.Component:
    return rx.el.p(
        rx.el.span("★ ", class_name="text-[#c98a12] dark:text-accent", aria_hidden="true"),
        rx.el.span(card.rating, class_name="font-semibold text-ink tabular-nums"),
        rx.el.span(" out of 5, ", class_name="sr-only"),
        rx.el.span(" (", card.ratings, ")"),
        class_name="mt-1 text-small text-muted",
    )
