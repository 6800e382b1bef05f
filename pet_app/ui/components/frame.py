"""What stands round every page: header, footer, banner, own navigation, a message over it."""

import reflex as rx
from reflex_components_core.el.elements.base import BaseHTML

from pet_app.core import sections
from pet_app.core.demo import DEMO_ACCOUNTS, DEMO_PASSWORD
from pet_app.core.security import Permission
from pet_app.core.settings import settings
from pet_app.ui.api_form import sign_out_button
from pet_app.ui.components.buttons import KINDS, SIZES, link_button
from pet_app.ui.components.cart import added
from pet_app.ui.components.conditions import skeleton
from pet_app.ui.components.footer import footer
from pet_app.ui.components.header import NAV_LINK, current, header
from pet_app.ui.components.icons import icon
from pet_app.ui.components.kinds import classes
from pet_app.ui.components.layouts import container
from pet_app.ui.components.messages import popup
from pet_app.ui.components.ways import account_links
from pet_app.ui.session import Session, may

MAIN = "main"

HOLDERS = {"/dashboard/settings", "/dashboard/orders", "/licensing/desk"}
"""Those whose own pages lie below them, so that they stay marked there."""
STAFF_LINKS = (
    (Permission.WORKSHOP, "builder", ("Workshop", "/workshop", "ruler")),
    (Permission.LICENCES, "licensing", ("Licence desk", "/licensing/desk", "shield")),
)
"""Whom a page of the staff is for, and the section it is of."""


class PlainLink(BaseHTML):
    """The browser's own link. Reflex makes its links steps between pages, which keep the focus."""

    tag = "a"


def shop_frame(view: rx.Component, private: bool) -> rx.Component:
    """The frame of the public shop."""
    return _frame(_main(view, private), footer())


def account_frame(view: rx.Component, private: bool) -> rx.Component:
    """The frame of one's own pages, with their navigation beside them."""
    inside = container(
        rx.el.div(
            _account_nav(),
            rx.el.div(view, class_name="min-w-0 grow"),
            class_name="flex flex-col gap-8 py-8 lg:flex-row lg:gap-14 lg:py-12",
        )
    )
    return _frame(_main(inside, private), footer())


def bare_frame(view: rx.Component, private: bool) -> rx.Component:
    """Only the page, for tools that need the whole screen."""
    return _frame(_main(view, private))


def _frame(*parts: rx.Component) -> rx.Component:
    return rx.el.div(
        PlainLink.create(
            "Skip to the content",
            class_name=classes(
                "sr-only focus:not-sr-only focus:fixed focus:left-4 focus:top-4 focus:z-50 "
                "focus:inline-flex focus:items-center focus:rounded-full",
                KINDS["primary"],
                SIZES["md"],
            ),
            custom_attrs={"href": f"#{MAIN}"},
        ),
        *([] if settings().is_production else [_demo_banner()]),
        header(),
        *parts,
        added(),
        popup(Session.problem, Session.dismiss_problem),
        class_name="flex min-h-dvh flex-col",
    )


def _main(view: rx.Component, private: bool) -> rx.Component:
    if private:
        # A prerendered private page would flash before its guard has spoken.
        view = rx.cond(Session.is_hydrated & Session.signed_in, view, _waiting())
    return rx.el.main(view, id=MAIN, tab_index=-1, class_name="grow outline-none")


def _waiting() -> rx.Component:
    return container(
        skeleton("h-10 w-56"),
        skeleton("mt-6 h-40 w-full"),
        rx.el.p("Opening your page…", class_name="sr-only", role="status"),
        class_name="py-16",
    )


def _demo_banner() -> rx.Component:
    return rx.el.aside(
        container(
            rx.el.p(
                f"{_what_it_is()}: nothing is charged{_nor_sent()}. ",
                rx.cond(Session.signed_in, rx.fragment(), _demo_accounts()),
                class_name="py-2 text-center text-small",
            )
        ),
        class_name="around bg-banner text-on-banner",
        custom_attrs={"aria-label": "About this site"},
    )


def _what_it_is() -> str:
    return "A demonstration shop" if sections.serves("catalog") else "A demonstration"


def _nor_sent() -> str:
    return "" if settings().mail_server else " or sent"


def _demo_accounts() -> rx.Component:
    return rx.el.span(
        rx.el.a(
            "Sign in",
            href="/login",
            class_name="font-semibold underline underline-offset-4",
        ),
        rx.el.span(
            f" as {', '.join(DEMO_ACCOUNTS)} with the password {DEMO_PASSWORD}",
            class_name="hidden lg:inline",
        ),
        rx.el.span(" with a demo account", class_name="lg:hidden"),
    )


def _account_nav() -> rx.Component:
    return rx.el.nav(
        *(_account_link(*link) for link in account_links()),
        *(
            rx.cond(may(permission), _account_link(*link), rx.fragment())
            for permission, section, link in STAFF_LINKS
            if sections.serves(section)
        ),
        link_button(
            icon("plus", 18),
            "New design" if sections.serves("builder") else "New licence",
            href="/builder" if sections.serves("builder") else "/licensing/apply",
            size="sm",
            class_name="max-lg:hidden lg:mt-5",
        ),
        rx.cond(
            Session.signed_in,
            sign_out_button("Sign out", class_name=f"{NAV_LINK} text-muted max-sm:px-2.5 lg:mt-2"),
            rx.fragment(),
        ),
        class_name="-mx-5 flex shrink-0 items-center gap-1 overflow-x-auto px-5 pb-1 lg:mx-0 "
        "lg:w-44 lg:flex-col lg:items-stretch lg:px-0",
        custom_attrs={"aria-label": "Your account"},
    )


def _account_link(name: str, href: str, symbol: str) -> rx.Component:
    return rx.el.a(
        icon(symbol, 18, "max-sm:hidden"),
        name,
        href=href,
        class_name=f"{NAV_LINK} gap-2.5 max-sm:gap-1.5 max-sm:px-2.5",
        custom_attrs=current(href, below=href in HOLDERS),
    )
