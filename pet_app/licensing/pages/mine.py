"""One's licences, with what each needs, and the applications beside them."""

from typing import Any

import reflex as rx
from reflex.vars import ObjectVar

from pet_app.core.security import Permission
from pet_app.licensing.pages import mine_dialogs
from pet_app.licensing.state.mine import LicenceCard, Licences, Tile
from pet_app.ui.components.badges import TONES
from pet_app.ui.components.buttons import button, link_button, text_link
from pet_app.ui.components.cards import panel
from pet_app.ui.components.conditions import empty_state, skeleton
from pet_app.ui.components.icons import icon
from pet_app.ui.components.layouts import page_heading
from pet_app.ui.components.messages import notice
from pet_app.ui.page import Page

APPLY = "/licensing/apply"
BADGE = (
    "inline-flex items-center rounded-full px-2.5 py-1 text-label font-semibold whitespace-nowrap "
)


def mine() -> rx.Component:
    """Every licence, the most pressing first."""
    return rx.el.div(
        page_heading(
            "Your licences",
            "Good until when, the certificate, and what there is to do.",
            link_button(icon("plus"), "License a pet", href="/licensing"),
        ),
        rx.cond(
            Licences.said,
            notice(Licences.said, tone="good", class_name="mb-6"),
            rx.fragment(),
        ),
        rx.cond(
            Licences.listed,
            rx.el.div(
                rx.cond(
                    Licences.cards.length() > 0,
                    rx.el.ul(
                        rx.foreach(Licences.cards, _card),
                        class_name="m-0 grid list-none items-start gap-6 p-0 xl:grid-cols-2",
                    ),
                    rx.cond(Licences.tiles.length() > 0, rx.fragment(), _empty()),
                ),
                rx.cond(Licences.tiles.length() > 0, _applications(), rx.fragment()),
                class_name="flex flex-col gap-8",
            ),
            rx.el.div(
                skeleton("h-64 w-full rounded-card"),
                skeleton("h-28 w-full rounded-card"),
                class_name="flex flex-col gap-6",
            ),
        ),
        mine_dialogs.dialogs(),
    )


def _empty() -> rx.Component:
    return empty_state(
        "No licences yet",
        "Find your town, see the fee, and apply: it takes about three minutes. Licences from "
        "elsewhere appear here when your town has taken them over.",
        link_button("License a pet", href="/licensing"),
        symbol="shield",
    )


def toned(text: Any, tone: Any) -> rx.Component:
    """A badge whose tone only the page knows."""
    cases = ((name, BADGE + colours) for name, colours in TONES.items())
    chosen: Any = rx.match(tone, *cases, BADGE + TONES["plain"])
    return rx.el.span(text, class_name=chosen)


def _card(card: ObjectVar[LicenceCard]) -> rx.Component:
    may: Any = card.may
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                rx.el.h2(card.name, class_name="text-heading [overflow-wrap:anywhere]"),
                rx.el.p(card.town, class_name="text-muted"),
                class_name="min-w-0",
            ),
            toned(card.worth, card.tone),
            class_name="flex items-start justify-between gap-4",
        ),
        rx.el.p(
            rx.el.span(card.left, class_name="text-subheading font-semibold empty:hidden"),
            rx.el.span(card.until, class_name="text-muted"),
            class_name="mt-4 flex flex-wrap items-baseline gap-x-2",
        ),
        rx.el.dl(
            _fact("Number", card.number),
            _fact("Tag", card.tag),
            class_name="m-0 mt-4 flex flex-wrap gap-x-8 gap-y-2 text-small",
        ),
        rx.cond(card.asks, notice(card.asks, tone="warn", class_name="mt-4"), rx.fragment()),
        rx.cond(card.lost, _lost(card), rx.fragment()),
        rx.cond(card.offer, _offer(card), rx.fragment()),
        rx.el.div(
            rx.cond(
                may.contains("renew"),
                button(
                    "Renew",
                    busy=Licences.busy,
                    on_click=Licences.renew(card.id),
                ),
                rx.fragment(),
            ),
            rx.cond(
                may.contains("booster"),
                button(
                    "Newer vaccination",
                    kind="secondary",
                    busy=Licences.busy,
                    on_click=Licences.bring_booster(card.id),
                ),
                rx.fragment(),
            ),
            rx.cond(
                card.closed,
                rx.fragment(),
                link_button(icon("phone", 18), "Show it", href=card.card, kind="secondary"),
            ),
            rx.cond(
                card.certificate,
                link_button(
                    icon("download", 18),
                    "Certificate",
                    href=card.certificate,
                    kind="secondary",
                    custom_attrs={"reloadDocument": True, "download": ""},
                ),
                rx.fragment(),
            ),
            rx.cond(
                card.under_way,
                link_button("See the application", href=card.under_way, kind="quiet"),
                rx.fragment(),
            ),
            class_name="mt-5 flex flex-wrap gap-2.5 empty:hidden",
        ),
        rx.cond(may.length() > 0, _more(card, may), rx.fragment()),
        class_name="rounded-card bg-surface p-6 ring-1 ring-inset ring-line",
    )


def _fact(name: str, text: Any) -> rx.Component:
    return rx.el.div(
        rx.el.dt(name, class_name="text-muted"),
        rx.el.dd(text, class_name="m-0 font-medium tabular-nums"),
    )


def _lost(card: ObjectVar[LicenceCard]) -> rx.Component:
    return notice(
        rx.el.p(card.name, " is said to be lost. The tag's page tells whoever finds it."),
        rx.el.p(card.lost_words, class_name="mt-1 font-normal whitespace-pre-line empty:hidden"),
        button(
            "It is back home",
            size="sm",
            class_name="mt-3",
            on_click=Licences.say_back(card.id),
        ),
        tone="danger",
        class_name="mt-4",
    )


def _offer(card: ObjectVar[LicenceCard]) -> rx.Component:
    return notice(
        rx.el.p(
            "Offered to ",
            rx.el.span(card.offer, class_name="[overflow-wrap:anywhere]"),
            ". It is yours until they agree and the town has approved.",
        ),
        button(
            "Take the offer back",
            kind="secondary",
            size="sm",
            class_name="mt-3",
            on_click=Licences.take_back(card.id),
        ),
        class_name="mt-4",
    )


def _more(card: ObjectVar[LicenceCard], may: Any) -> rx.Component:
    return rx.el.details(
        rx.el.summary(
            "Lost, moved, a new tag, another owner",
            icon("chevron-down", 16, "transition [[open]>summary>&]:rotate-180"),
            class_name="flex min-h-11 cursor-pointer list-none items-center justify-between gap-2 "
            "rounded-control text-small font-semibold",
        ),
        rx.el.ul(
            _deed(
                may.contains("lost") & ~card.lost,  # pyright: ignore[reportOperatorIssue]
                "bell",
                card.name + " is lost",  # pyright: ignore[reportOperatorIssue]
                Licences.ask(card.id, "lost"),
            ),
            _deed(
                may.contains("replace"),
                "code",
                "A new tag",
                Licences.replace_tag(card.id),
            ),
            _deed(
                may.contains("move"),
                "pin",
                "We move to another town",
                Licences.ask(card.id, "move"),
            ),
            _deed(
                may.contains("transfer"),
                "person",
                "Hand it on to a new owner",
                Licences.ask(card.id, "transfer"),
            ),
            _deed(
                may.contains("end"),
                "close",
                "It is not needed any more",
                Licences.ask(card.id, "end"),
            ),
            class_name="m-0 list-none p-0 pt-1",
        ),
        rx.el.p(card.ask_there, class_name="px-2 py-1.5 text-small text-muted empty:hidden"),
        class_name="mt-4 border-t border-line pt-2",
    )


def _deed(shown: Any, symbol: str, words: Any, on_click: Any) -> rx.Component:
    return rx.cond(
        shown,
        rx.el.li(
            rx.el.button(
                icon(symbol, 18, "text-muted"),
                words,
                type="button",
                on_click=on_click,
                class_name="flex min-h-11 w-full items-center gap-3 rounded-control px-2 text-left "
                "text-small font-medium hover:bg-sunk",
            )
        ),
        rx.fragment(),
    )


def _applications() -> rx.Component:
    return panel(
        "Applications",
        rx.el.ul(
            rx.foreach(Licences.tiles, _tile),
            class_name="m-0 list-none divide-y divide-line p-0",
        ),
    )


def _tile(tile: ObjectVar[Tile]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            text_link(tile.title, href=tile.href),
            rx.el.p(tile.town, ", begun on ", tile.when, class_name="text-small text-muted"),
            class_name="min-w-0 grow",
        ),
        toned(tile.status, tile.tone),
        class_name="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3.5 "
        "first:pt-0 last:pb-0",
    )


PAGE = Page(
    route="/dashboard/licensing",
    view=mine,
    title="Your licences",
    area="account",
    on_load=Licences.open,
    requires=Permission.ACCOUNT,
)
