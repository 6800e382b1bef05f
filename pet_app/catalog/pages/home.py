"""The home page: what we make, how, and why it fits."""

from typing import Any

import reflex as rx

from pet_app.catalog.display.card import Card
from pet_app.catalog.pages.shelf import FOUR, picture, shelf, waiting_shelf
from pet_app.catalog.rules import GEAR, Kind
from pet_app.catalog.state import Browsing, Wishing
from pet_app.catalog.state.browsing import FEATURED
from pet_app.ui.components.buttons import link_button, text_link
from pet_app.ui.components.conditions import skeleton
from pet_app.ui.components.gear import gear_icon
from pet_app.ui.components.icons import icon
from pet_app.ui.components.layouts import container, section, section_heading, stitched_rule
from pet_app.ui.filled import filled
from pet_app.ui.page import TAGLINE, Page, organisation

LINK = "inline-flex min-h-9 items-center"
FIRST, FEW = "first", "few"
KINDS = tuple(kind for kind in Kind if kind in GEAR)

STEPS = (
    (
        "Measure",
        (
            "Three lengths and a weight, with a soft tape: neck, girth, back. Take each one three "
            "times and keep the middle one."
        ),
    ),
    (
        "Design",
        (
            "Choose strap, colour, pattern and fittings, and turn it round on screen. Every change "
            "shows its price, line by line. What cannot be made says why."
        ),
    ),
    (
        "Made",
        (
            "The design is the cutting list. The model on your screen, the price and the straps on "
            "the bench all come from the same millimetres."
        ),
    ),
)
REASONS = (
    ("ruler", "No sizes to fall between", "Each strap is as long as your dog asks for, plus ease."),
    (
        "paw",
        "Room for two fingers",
        "Ease is added by the rule makers go by: two flat fingers under every strap.",
    ),
    (
        "check",
        "Strong where it counts",
        "The weakest part may carry no more than a third of what breaks it.",
    ),
    (
        "info",
        "A no with a reason",
        "Too wide a strap to lie flat, a print leather cannot take: we tell you why.",
    ),
)


def home() -> rx.Component:
    """The page; what is on the shelf is filled in when it is asked for."""
    return rx.fragment(_hero(), _kinds(), _featured(), _steps(), _reasons(), _invitation())


def _hero() -> rx.Component:
    return container(
        rx.el.div(
            rx.el.div(
                rx.el.h1("Made for one dog. Yours.", class_name="text-hero font-bold"),
                rx.el.p(
                    "Harnesses, collars and what goes with them, designed on your screen in real "
                    "millimetres, and cut to exactly that.",
                    class_name="mt-6 max-w-md text-lead text-muted",
                ),
                rx.el.div(
                    link_button(
                        "Design your own",
                        icon("arrow-right", 20),
                        href="/builder",
                        kind="accent",
                        size="lg",
                    ),
                    link_button("See the shop", href="/shop", kind="secondary", size="lg"),
                    class_name="mt-9 flex flex-wrap gap-3",
                ),
                class_name="flex flex-col justify-center py-4 lg:py-16",
            ),
            filled(
                FIRST,
                Browsing.featured.length() > 0,
                hero_picture(Browsing.featured[0]),
                skeleton("aspect-square w-full rounded-panel"),
            ),
            class_name="grid gap-10 pt-8 pb-16 lg:grid-cols-[1fr_1.08fr] lg:gap-14 lg:py-12",
        )
    )


def hero_picture(first: Card | rx.Var[Card]) -> rx.Component:
    """The first of the shelf, large, and the way to it. Takes a var too."""
    card: Any = first
    return rx.el.a(
        picture(card, sizes="(min-width: 1024px) 610px, 92vw", eager=True),
        rx.el.span(
            rx.el.span(card.title, class_name="font-semibold"),
            rx.el.span(card.price, class_name="tabular-nums"),
            icon("arrow-right", 16),
            class_name="absolute bottom-4 left-4 flex items-center gap-3 rounded-full bg-surface "
            "px-4 py-2.5 text-small shadow-lift transition group-hover:-translate-y-0.5",
        ),
        href="/product/" + card.handle,
        class_name="picture-ground group relative block aspect-square overflow-hidden "
        "rounded-panel no-underline",
    )


def few(cards: Any) -> rx.Component:
    """The next few of the shelf. Takes a var too."""
    return shelf(cards[1:], columns=FOUR)


def _kinds() -> rx.Component:
    return container(
        rx.el.nav(
            rx.el.ul(
                *(
                    rx.el.li(
                        rx.el.a(
                            gear_icon(kind.value, 34, "text-brand"),
                            kind.plural,
                            href=f"/shop?kind={kind.value}",
                            class_name="flex h-full flex-col items-center justify-center gap-2 "
                            "rounded-card bg-sunk/70 px-2 py-4 text-center text-small "
                            "font-semibold no-underline transition hover:bg-sunk",
                        )
                    )
                    for kind in KINDS
                ),
                class_name="grid grid-cols-3 gap-3 sm:grid-cols-6",
            ),
            rx.el.ul(
                *(
                    rx.el.li(
                        text_link(kind.plural, href=f"/shop?kind={kind.value}", class_name=LINK)
                    )
                    for kind in Kind
                    if kind not in GEAR
                ),
                class_name="mt-5 flex flex-wrap justify-center gap-x-6 gap-y-1 text-small",
            ),
            custom_attrs={"aria-label": "Kinds of gear"},
        )
    )


def _steps() -> rx.Component:
    return section(
        rx.el.h2("From tape measure to walk", class_name="text-title"),
        rx.el.ol(
            *(
                rx.el.li(
                    stitched_rule("mb-6"),
                    rx.el.span(
                        str(number), class_name="font-display text-title font-bold text-brand"
                    ),
                    rx.el.h3(title, class_name="mt-2 text-heading"),
                    rx.el.p(text, class_name="mt-3 text-muted"),
                )
                for number, (title, text) in enumerate(STEPS, start=1)
            ),
            class_name="mt-12 grid gap-12 md:grid-cols-3 md:gap-8",
        ),
        rx.el.p(
            "New to measuring? ",
            text_link("Read the guide", href="/measuring-guide"),
            ", it takes two minutes.",
            class_name="mt-10 text-muted",
        ),
        id="how-it-works",
        class_name="bg-sunk/60",
    )


def _featured() -> rx.Component:
    return section(
        rx.el.div(
            section_heading("Start from one of ours", "Take it as it is, or make it yours."),
            link_button("The whole shop", icon("arrow-right", 18), href="/shop", kind="secondary"),
            class_name="mb-10 flex flex-wrap items-end justify-between gap-6",
        ),
        filled(
            FEW,
            Browsing.featured.length() > 0,
            few(Browsing.featured),
            waiting_shelf(FEATURED - 1, FOUR),
        ),
    )


def _reasons() -> rx.Component:
    return rx.el.section(
        container(
            rx.el.h2("Why it fits", class_name="text-title"),
            rx.el.dl(
                *(
                    rx.el.div(
                        rx.el.dt(
                            rx.el.span(icon(symbol, 22), class_name="text-accent"),
                            title,
                            class_name="flex items-center gap-3 font-display text-subheading "
                            "font-semibold",
                        ),
                        rx.el.dd(text, class_name="m-0 mt-2 text-[#c9d8cf]"),
                        class_name="border-t border-white/20 pt-5",
                    )
                    for symbol, title, text in REASONS
                ),
                class_name="mt-12 grid gap-x-12 gap-y-10 sm:grid-cols-2",
            ),
            class_name="py-20 sm:py-28",
        ),
        class_name="bg-banner text-on-banner",
    )


def _invitation() -> rx.Component:
    return section(
        rx.el.div(
            rx.el.h2("Got a tape measure?", class_name="text-title"),
            rx.el.p(
                "Then you have all it takes. No account needed to design.",
                class_name="mt-4 text-lead text-muted",
            ),
            link_button(
                "Start designing",
                icon("arrow-right", 20),
                href="/builder",
                size="lg",
                class_name="mt-8",
            ),
            class_name="flex flex-col items-center text-center",
        )
    )


PAGE = Page(
    route="/",
    view=home,
    title=f"Harness Hero: {TAGLINE.lower()}",
    description=(
        "Design a dog harness, collar or leash in 3D, in real millimetres, and have it made to "
        "your dog's own measurements. Six materials, honest prices shown line by line."
    ),
    on_load=[Browsing.look_round, Wishing.look],
    json_ld=(organisation(),),
)
