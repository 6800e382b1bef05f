"""Products side by side: the card of one, and the shelf of many."""

import reflex as rx

from pet_app.catalog.display import Card
from pet_app.ui.components.drawings import drawing
from pet_app.ui.components.kinds import Text, either
from pet_app.ui.components.prices import price

THREE = "lg:grid-cols-3"
FOUR = "lg:grid-cols-4"
CARD_WIDTHS = "(min-width: 1280px) 380px, (min-width: 1024px) 30vw, 45vw"


def shelf(
    cards: list[Card] | rx.Var[list[Card]], *, first: bool = False, columns: str = THREE
) -> rx.Component:
    """The cards in a grid. Pictures load when near; where the shelf comes `first`, one at once."""
    items = (
        [rx.foreach(cards, lambda card: rx.el.li(product_card(card)))]
        if isinstance(cards, rx.Var)
        else [
            rx.el.li(product_card(card, eager=first and place == 0))
            for place, card in enumerate(cards)
        ]
    )
    return rx.el.ul(
        *items,
        class_name=f"grid grid-cols-2 gap-x-4 gap-y-8 sm:gap-x-6 sm:gap-y-12 {columns}",
    )


def product_card(card: Card, *, eager: bool = False) -> rx.Component:
    """One product: its picture, name and price, the whole of it a link. Takes a var of one too."""
    return rx.el.a(
        rx.el.div(
            picture(
                card,
                sizes=CARD_WIDTHS,
                eager=eager,
                class_name="transition duration-500 ease-soft group-hover:scale-[1.03]",
            ),
            class_name="picture-ground aspect-square overflow-hidden rounded-card",
        ),
        rx.el.div(
            rx.el.h3(
                card.title,
                class_name="text-subheading group-hover:underline decoration-2 underline-offset-4",
            ),
            price(card.price),
            class_name="mt-3 justify-between gap-4 sm:mt-4 sm:flex sm:items-baseline",
        ),
        rx.el.p(card.subtitle, class_name="mt-0.5 hidden text-small text-muted sm:block"),
        href="/product/" + card.handle,
        class_name="group block no-underline",
    )


def picture(
    card: Card,
    *,
    sizes: str,
    eager: bool = False,
    class_name: str = "",
    live: Text = "",
    live_set: Text = "",
) -> rx.Component:
    """The rendered picture, or a drawing until there is one.

    `live` and `live_set` are vars that may hold a picture rendered after the page was built.
    """

    def image(source: Text, sources: Text) -> rx.Component:
        attrs = {"width": "800", "height": "800", "srcSet": sources, "sizes": sizes}
        loading = {"fetchPriority": "high"} if eager else {}
        return rx.el.img(
            src=source,
            alt=card.alt,
            loading="eager" if eager else "lazy",
            decoding="auto" if eager else "async",
            class_name=f"h-full w-full object-cover {class_name}",
            custom_attrs=attrs | loading,
        )

    waiting = rx.el.div(
        drawing(card.kind),
        role="img",
        custom_attrs={"aria-label": card.alt},
        class_name=f"h-full w-full p-[14%] text-[#1d4a3b] {class_name}",
    )
    later = either(live, image(live, live_set), waiting) if isinstance(live, rx.Var) else waiting
    return either(card.picture, image(card.picture, card.picture_set), later)
