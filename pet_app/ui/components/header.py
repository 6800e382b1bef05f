"""What stands over every page: the logo, the ways in, light or dark, and oneself."""

from typing import Any

import reflex as rx

from pet_app.core import sections
from pet_app.ui.components.brand import logo
from pet_app.ui.components.cart import cart_link
from pet_app.ui.components.icons import icon
from pet_app.ui.components.kinds import classes
from pet_app.ui.components.layouts import container
from pet_app.ui.components.ways import main_links
from pet_app.ui.look import look_switch
from pet_app.ui.plain_form import asking_form
from pet_app.ui.session import Session

MENU = "menu"
CLOSE_MENU = rx.Var(f"() => document.getElementById('{MENU}')?.removeAttribute('open')")
NAV_LINK = (
    "inline-flex min-h-11 shrink-0 items-center rounded-full px-4 text-small font-semibold "
    "whitespace-nowrap text-ink no-underline transition hover:bg-sunk aria-[current=page]:bg-sunk "
    "aria-[current=true]:bg-sunk"
)


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
                *(_nav_link(name, href) for name, href in main_links()),
                class_name="hidden items-center gap-1 md:flex",
                custom_attrs={"aria-label": "Main"},
            ),
            rx.el.div(
                *([_search()] if sections.serves("catalog") else []),
                _mode_switch("hidden sm:inline-flex"),
                _account_link("hidden sm:inline-flex"),
                cart_link(),
                _menu(),
                class_name="flex items-center gap-1",
            ),
            class_name="flex h-16 items-center justify-between gap-4",
        ),
        class_name="around sticky top-0 z-40 border-b border-line "
        "bg-[color-mix(in_srgb,var(--paper)_88%,transparent)] backdrop-blur-md",
    )


def current(href: str, below: bool = False) -> dict[str, rx.Var]:
    """Marks a link whose page this is; `below` also on the pages whose path goes on from its."""
    path: Any = rx.State.router.url.path
    otherwise = rx.cond(path.startswith(href + "/"), "true", "false") if below else "false"
    return {"aria-current": rx.cond(path == href, "page", otherwise)}  # pyright: ignore[reportReturnType]


def _nav_link(name: str, href: str) -> rx.Component:
    return rx.el.a(name, href=href, class_name=NAV_LINK, custom_attrs=current(href))


def _search() -> rx.Component:
    """A field on a desk; on a phone the way to the shop's own, which comes first there."""
    return asking_form(
        rx.el.label("Search the shop", html_for="search", class_name="sr-only"),
        rx.el.button(
            icon("search", 20),
            type="submit",
            class_name="inline-flex h-11 w-11 items-center justify-center rounded-full text-ink "
            "transition hover:bg-sunk lg:absolute lg:left-0 lg:hover:bg-transparent",
            custom_attrs={"aria-label": "Search"},
        ),
        rx.el.input(
            type="search",
            id="search",
            name="q",
            max_length=80,
            placeholder="Search",
            class_name="hidden min-h-11 w-44 rounded-full bg-sunk/70 pl-11 pr-4 text-small "
            "placeholder:text-muted focus-visible:outline-2 lg:block xl:w-56",
            custom_attrs={"autoComplete": "off", "enterKeyHint": "search"},
        ),
        at="/shop",
        called="Shop",
        class_name="relative flex items-center max-[359px]:hidden",
    )


def _mode_switch(class_name: str) -> rx.Component:
    return look_switch(
        icon("sun", 20, "hidden dark:block"),
        icon("moon", 20, "dark:hidden"),
        class_name=f"{class_name} h-11 w-11 items-center justify-center rounded-full text-ink "
        "transition hover:bg-sunk",
        custom_attrs={"aria-label": "Switch between light and dark", "title": "Light or dark"},
    )


def _account_link(class_name: str) -> rx.Component:
    return rx.el.a(
        icon("person", 20),
        rx.cond(Session.signed_in, "Your account", "Sign in"),
        href=rx.cond(Session.signed_in, sections.account_home(), "/login"),
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
                for name, href in main_links()
            ),
            rx.el.div(
                _account_link("flex min-h-12 grow justify-center ring-1 ring-inset ring-edge"),
                _mode_switch("inline-flex ring-1 ring-inset ring-edge sm:hidden"),
                class_name="mt-5 flex items-center gap-3",
            ),
            class_name="rise absolute inset-x-0 top-16 border-b border-line bg-paper px-5 pb-8 "
            "pt-2 shadow-lift",
            # A key that follows the address would also close it while the page wakes up.
            on_click=rx.call_function(CLOSE_MENU),
            custom_attrs={"aria-label": "Menu"},
        ),
        class_name="md:hidden",
        id=MENU,
    )
