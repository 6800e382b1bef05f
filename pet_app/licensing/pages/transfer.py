"""A licence somebody offers you: what it is, what it costs, yes or no."""

from typing import Any

import reflex as rx
from reflex_base.utils.imports import ImportDict

from pet_app.licensing.state.transfer import Accepting, Transfer
from pet_app.ui.components.buttons import button, link_button
from pet_app.ui.components.cards import card
from pet_app.ui.components.conditions import empty_state, error_state, skeleton
from pet_app.ui.components.icons import icon
from pet_app.ui.components.layouts import container
from pet_app.ui.components.tables import facts
from pet_app.ui.page import Page
from pet_app.ui.session import Session

FACTS: Any = Transfer.facts
SELF = "/licensing/transfer"

# Signing in leads away and back, and the way back has no room for what stands behind the #.
LINK = """
function PetOfferLink({ onLink }) {
  useEffect(() => {
    const given = window.location.hash.slice(1);
    if (given) sessionStorage.setItem("offer", given);
    onLink(given || sessionStorage.getItem("offer") || "");
  }, []);
  return null;
}
"""


def _link(token: rx.Var[str]) -> tuple[rx.Var[str]]:
    return (token,)


class OfferLink(rx.Component):
    """Nothing to see; it hands on the token of the link, which no server or log sees."""

    tag = "PetOfferLink"

    on_link: rx.EventHandler[_link]

    def add_imports(self) -> ImportDict:
        """What the code needs of React."""
        return {"react": ["useEffect"]}

    def add_custom_code(self) -> list[str]:
        """The component, once in each page that uses it."""
        return [LINK]


def transfer() -> rx.Component:
    """The page."""
    return container(
        rx.cond(Session.is_hydrated, OfferLink.create(on_link=Transfer.look), rx.fragment()),
        rx.cond(
            Transfer.stage == "offered",
            rx.fragment(),
            rx.el.h1("A licence for you", class_name="sr-only"),
        ),
        rx.match(
            Transfer.stage,
            ("offered", _offered()),
            (
                "accepted",
                empty_state(
                    "You have agreed",
                    "Go on with what the town asks; the licence is yours once it has approved.",
                    link_button("Go on", href=FACTS.application),
                    symbol="check",
                ),
            ),
            (
                "declined",
                empty_state(
                    "You have declined",
                    "Nothing changes: the licence stays with its owner.",
                    symbol="info",
                ),
            ),
            (
                "over",
                empty_state(
                    "This offer does not stand any more",
                    "It was taken back, has run out, or is settled. Ask for another one if you "
                    "have the pet.",
                    symbol="info",
                ),
            ),
            (
                "missing",
                error_state(
                    "This link opens nothing",
                    "Part of it may be missing. Open it once more, straight from the letter.",
                    link_button("Pet licences", href="/licensing"),
                ),
            ),
            rx.el.div(
                skeleton("h-12 w-2/3"),
                skeleton("mt-6 h-56 w-full rounded-card"),
                rx.el.p("Opening the offer…", role="status", class_name="sr-only"),
            ),
        ),
        class_name="max-w-2xl py-10 sm:py-16",
    )


def _offered() -> rx.Component:
    return rx.el.div(
        rx.el.span(
            icon("paw", 30),
            class_name="flex h-16 w-16 items-center justify-center rounded-full bg-brand-soft "
            "text-brand",
        ),
        rx.el.h1(
            FACTS.giver,
            " offers you ",
            FACTS.name,
            "'s licence",
            class_name="mt-5 text-title [overflow-wrap:anywhere]",
        ),
        rx.el.p(
            "If the pet is yours now, take over its licence. The town then writes your name in it.",
            class_name="mt-3 text-lead text-muted",
        ),
        card(
            facts(
                ("Pet", rx.el.span(FACTS.name, ", ", FACTS.what)),
                ("Licence", rx.el.span(FACTS.number, ", ", FACTS.town)),
                ("Holds until", FACTS.until),
                ("What the town asks", rx.cond(FACTS.fee, FACTS.fee, "You see it next")),
                ("Answer until", FACTS.answer_by),
            ),
            class_name="mt-8",
        ),
        rx.cond(
            Session.signed_in,
            rx.el.div(
                button(
                    "Take it over",
                    size="lg",
                    busy=Accepting.busy,
                    on_click=Accepting.accept,
                ),
                _no(),
                class_name="mt-8 flex flex-wrap gap-3",
            ),
            rx.el.div(
                rx.el.p(
                    "To take it over, sign in or open an account with ",
                    rx.el.strong(FACTS.email, class_name="[overflow-wrap:anywhere]"),
                    ".",
                ),
                rx.el.div(
                    link_button("Sign in", href=f"/login?next={SELF}", size="lg"),
                    link_button(
                        "Open an account",
                        href=f"/register?next={SELF}",
                        kind="secondary",
                        size="lg",
                    ),
                    _no(),
                    class_name="mt-5 flex flex-wrap gap-3",
                ),
                class_name="mt-8",
            ),
        ),
    )


def _no() -> rx.Component:
    return button("No, thank you", kind="quiet", size="lg", on_click=Transfer.decline)


PAGE = Page(route=SELF, view=transfer, title="A licence for you")
