"""The designs of the person signed in."""

import reflex as rx
from reflex.vars import ObjectVar

from pet_app.builder.state.designs import DesignCard, Designs
from pet_app.core.security import Permission
from pet_app.ui.cart import Basket
from pet_app.ui.components.buttons import button, icon_button, link_button
from pet_app.ui.components.cards import SURFACE
from pet_app.ui.components.cart import cart_button
from pet_app.ui.components.conditions import empty_state, skeleton
from pet_app.ui.components.dialogs import dialog, dialog_actions
from pet_app.ui.components.fields import text_field
from pet_app.ui.components.icons import icon
from pet_app.ui.components.kinds import classes
from pet_app.ui.components.layouts import page_heading
from pet_app.ui.components.prices import price
from pet_app.ui.page import Page
from pet_app.ui.session import field_problem

GRID = "grid gap-5 sm:grid-cols-2 xl:grid-cols-3"


def designs() -> rx.Component:
    """Every design with its picture, and the way to a new one."""
    return rx.el.div(
        page_heading(
            "Your designs",
            "Open one to change it; the price is always today's.",
            link_button(icon("plus"), "New design", href=f"/builder?new={Designs.fresh}"),
        ),
        rx.cond(
            Designs.listed,
            rx.cond(
                Designs.cards.length() > 0,
                rx.el.ul(rx.foreach(Designs.cards, _card), class_name=classes(GRID, "m-0 p-0")),
                empty_state(
                    "No designs yet",
                    "Choose webbing, colour and pattern, and see the piece in 3D as you go.",
                    link_button("Design your first", href="/builder"),
                    symbol="cube",
                ),
            ),
            rx.el.div(*(skeleton("aspect-square w-full") for _ in range(3)), class_name=GRID),
        ),
        _renaming(),
        _deletion(),
    )


def _card(card: ObjectVar[DesignCard]) -> rx.Component:
    href = f"/builder?design={card.id}"
    return rx.el.li(
        rx.el.a(
            rx.cond(
                card.picture,
                rx.el.img(
                    src=card.picture,
                    alt=card.name,
                    loading="lazy",
                    custom_attrs={"width": "400", "height": "400"},
                    class_name="aspect-square h-auto w-full object-cover",
                ),
                rx.el.div(
                    rx.el.span(card.said, class_name="px-6 text-center text-small text-[#57615b]"),
                    class_name="flex aspect-square items-center justify-center",
                ),
            ),
            href=href,
            class_name="picture-ground block overflow-hidden rounded-t-card",
            custom_attrs={"aria-label": f"Open {card.name}"},
        ),
        rx.el.div(
            rx.el.h2(card.name, class_name="text-subheading [overflow-wrap:anywhere]"),
            rx.el.div(
                rx.el.span(card.about, class_name="text-muted"),
                price(card.price),
                class_name="mt-1 flex justify-between gap-3 text-small",
            ),
            rx.el.div(
                cart_button(
                    card.id,
                    Basket.put_design(card.id),
                    kind="primary",
                    size="sm",
                    custom_attrs={"aria-label": f"Add {card.name} to the cart"},
                ),
                link_button("Open", href=href, size="sm", kind="secondary"),
                icon_button(
                    "pencil",
                    f"Rename {card.name}",
                    on_click=Designs.ask_name(card.id),
                    class_name="ml-auto",
                ),
                icon_button(
                    "trash",
                    f"Delete {card.name}",
                    on_click=Designs.ask_deletion(card.id, card.name),
                    class_name="-mr-2 text-muted",
                ),
                class_name="mt-4 flex items-center gap-1",
            ),
            class_name="p-5",
        ),
        class_name=classes(SURFACE, "list-none"),
    )


def _renaming() -> rx.Component:
    return dialog(
        "Give it another name",
        rx.el.form(
            text_field("Name", "name", error=field_problem("name"), auto_focus=True),
            dialog_actions(
                button("Cancel", kind="quiet", on_click=Designs.keep),
                button("Rename", type="submit"),
            ),
            on_submit=Designs.rename,
        ),
        open=Designs.is_renaming,
        on_close=Designs.keep,
        name="renaming",
    )


def _deletion() -> rx.Component:
    return dialog(
        f"Delete {Designs.deleting_name}?",
        rx.el.p("This cannot be undone.", class_name="text-muted"),
        dialog_actions(
            button("Keep", kind="quiet", on_click=Designs.keep),
            button("Delete", kind="danger", on_click=Designs.delete),
        ),
        open=Designs.is_deleting,
        on_close=Designs.keep,
        name="deletion",
    )


DESIGNS_PAGE = Page(
    route="/dashboard/designs",
    view=designs,
    title="Your designs",
    area="account",
    on_load=Designs.open,
    requires=Permission.ACCOUNT,
)
