"""What stands round every page: header, navigation, footer, banner and the message over it."""

import reflex as rx
from reflex_components_core.el.elements.base import BaseHTML

from pet_app.core.settings import settings
from pet_app.ui.api_form import sign_out_button
from pet_app.ui.components.brand import logo
from pet_app.ui.components.buttons import KINDS, SIZES, link_button
from pet_app.ui.components.conditions import skeleton
from pet_app.ui.components.icons import icon
from pet_app.ui.components.kinds import classes
from pet_app.ui.components.layouts import container, stitched_rule
from pet_app.ui.components.messages import popup
from pet_app.ui.session import Session

MAIN = "main"

SHOP_LINKS = (
    ("Shop", "/shop"),
    ("Design your own", "/builder"),
    ("Measuring guide", "/measuring-guide"),
)
ACCOUNT_LINKS = (
    ("Overview", "/dashboard", "sparkle"),
    ("Pets", "/dashboard/pets", "paw"),
    ("Designs", "/dashboard/designs", "cube"),
)
FOOTER = (
    (
        "Shop",
        (
            ("Everything", "/shop"),
            ("Harnesses", "/shop?kind=harness"),
            ("Collars", "/shop?kind=collar"),
        ),
    ),
    (
        "Make",
        (("Design your own", "/builder"), ("Measuring guide", "/measuring-guide")),
    ),
    ("You", (("Your pets", "/dashboard/pets"), ("Your designs", "/dashboard/designs"))),
)
NAV_LINK = (
    "inline-flex min-h-11 items-center rounded-full px-4 text-small font-semibold text-ink "
    "no-underline transition hover:bg-sunk aria-[current=page]:bg-sunk"
)


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


def header() -> rx.Component:
    """The logo, the ways in, and oneself; the ways fold into a menu on a phone."""
    return rx.el.header(
        container(
            rx.el.a(
                logo(),
                href="/",
                class_name="flex min-h-11 items-center no-underline",
                custom_attrs={"aria-label": "Harness Hero, home"},
            ),
            rx.el.nav(
                *(_nav_link(name, href) for name, href in SHOP_LINKS),
                class_name="hidden items-center gap-1 md:flex",
                custom_attrs={"aria-label": "Main"},
            ),
            rx.el.div(
                _mode_switch(),
                _account_link("hidden sm:inline-flex"),
                _menu(),
                class_name="flex items-center gap-1",
            ),
            class_name="flex h-16 items-center justify-between gap-4",
        ),
        class_name="sticky top-0 z-40 border-b border-line bg-[color-mix(in_srgb,var(--paper)_88%,"
        "transparent)] backdrop-blur-md",
    )


def footer() -> rx.Component:
    """Where else to go, and what we are."""
    return rx.el.footer(
        container(
            rx.el.div(
                rx.el.div(
                    logo(),
                    rx.el.p(
                        "Gear cut to your pet's own measurements, one piece at a time.",
                        class_name="mt-4 max-w-60 text-small text-muted",
                    ),
                    class_name="col-span-2 md:col-span-1",
                ),
                *(_footer_group(title, links) for title, links in FOOTER),
                class_name="grid grid-cols-2 gap-x-6 gap-y-10 md:grid-cols-[1.6fr_1fr_1fr_1fr]",
            ),
            stitched_rule("mt-14 mb-6"),
            rx.el.p(
                "Every picture here is rendered from the same model we cut from. "
                "Harness Hero is an All Pet Plus shop.",
                class_name="text-small text-muted",
            ),
            class_name="py-14",
        ),
        class_name="border-t border-line bg-sunk/60",
    )


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
                "A demonstration shop: nothing is charged or sent. ",
                rx.el.a(
                    "Sign in with a demo account",
                    href="/login",
                    class_name="font-semibold underline underline-offset-4",
                ),
                class_name="py-2 text-center text-small",
            )
        ),
        class_name="bg-banner text-on-banner",
        custom_attrs={"aria-label": "About this shop"},
    )


def _nav_link(name: str, href: str) -> rx.Component:
    return rx.el.a(name, href=href, class_name=NAV_LINK, custom_attrs=_current(href))


def _current(href: str) -> dict[str, rx.Var]:
    here = rx.State.router.url.path == href
    return {"aria-current": rx.cond(here, "page", "false")}  # pyright: ignore[reportReturnType]


def _mode_switch() -> rx.Component:
    return rx.el.button(
        icon("sun", 20, "hidden dark:block"),
        icon("moon", 20, "dark:hidden"),
        type="button",
        on_click=rx.toggle_color_mode,
        class_name="inline-flex h-11 w-11 items-center justify-center rounded-full text-ink "
        "transition hover:bg-sunk",
        title="Light or dark",
        custom_attrs={"aria-label": "Switch between light and dark"},
    )


def _account_link(class_name: str) -> rx.Component:
    return rx.el.a(
        icon("person", 20),
        rx.cond(Session.signed_in, "Your account", "Sign in"),
        href=rx.cond(Session.signed_in, "/dashboard", "/login"),
        class_name=classes(NAV_LINK.removeprefix("inline-flex "), "items-center gap-2", class_name),
    )


def _menu() -> rx.Component:
    return rx.el.details(
        rx.el.summary(
            icon("menu", 22, "[[open]>summary>&]:hidden"),
            icon("close", 22, "hidden [[open]>summary>&]:block"),
            class_name="inline-flex h-11 w-11 list-none items-center justify-center rounded-full "
            "hover:bg-sunk",
            custom_attrs={"aria-label": "Menu"},
        ),
        rx.el.nav(
            *(
                rx.el.a(
                    name,
                    icon("chevron-right", 18, "text-muted"),
                    href=href,
                    class_name="flex min-h-14 items-center justify-between border-b border-line "
                    "font-display text-subheading font-semibold no-underline",
                )
                for name, href in SHOP_LINKS
            ),
            _account_link("mt-5 flex min-h-12 justify-center ring-1 ring-inset ring-edge"),
            class_name="rise absolute inset-x-0 top-16 border-b border-line bg-paper px-5 pb-8 "
            "pt-2 shadow-lift",
            custom_attrs={"aria-label": "Menu"},
        ),
        class_name="md:hidden",
        # A fresh key closes the menu once it has led to another page.
        key=rx.State.router.url.path,
    )


def _account_nav() -> rx.Component:
    return rx.el.nav(
        *(
            rx.el.a(
                icon(symbol, 18),
                name,
                href=href,
                class_name=f"{NAV_LINK} gap-2.5",
                custom_attrs=_current(href),
            )
            for name, href, symbol in ACCOUNT_LINKS
        ),
        link_button(
            icon("plus", 18),
            "New design",
            href="/builder",
            size="sm",
            class_name="lg:mt-5",
        ),
        rx.cond(
            Session.signed_in,
            sign_out_button("Sign out", class_name=f"{NAV_LINK} text-muted lg:mt-2"),
            rx.fragment(),
        ),
        class_name="-mx-5 flex shrink-0 items-center gap-1.5 overflow-x-auto px-5 pb-1 lg:mx-0 "
        "lg:w-44 lg:flex-col lg:items-stretch lg:px-0",
        custom_attrs={"aria-label": "Your account"},
    )


def _footer_group(title: str, links: tuple[tuple[str, str], ...]) -> rx.Component:
    return rx.el.nav(
        rx.el.h2(title, class_name="text-small font-semibold"),
        rx.el.ul(
            *(
                rx.el.li(
                    rx.el.a(
                        name,
                        href=href,
                        class_name="inline-flex min-h-9 items-center text-small text-muted "
                        "underline-offset-4 hover:text-ink hover:underline",
                    )
                )
                for name, href in links
            ),
            class_name="mt-2",
        ),
        custom_attrs={"aria-label": title},
    )
