"""What stands round every part of the settings: the list beside it, or the way back to it."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from pet_app.core.security import Permission
from pet_app.ui.components.conditions import skeleton
from pet_app.ui.components.header import NAV_LINK, current
from pet_app.ui.components.icons import icon
from pet_app.ui.components.kinds import Child, classes
from pet_app.ui.page import Page

ROOT = "/dashboard/settings"


@dataclass(frozen=True)
class Part:
    """One part of the settings and what it is for."""

    name: str
    path: str
    symbol: str
    about: str


PROFILE = Part("Profile", f"{ROOT}/profile", "person", "What we call you, and your e-mail.")
ADDRESSES = Part("Addresses", f"{ROOT}/addresses", "pin", "Where your parcels go.")
PREFERENCES = Part(
    "Preferences", f"{ROOT}/preferences", "sliders", "Units, light or dark, what we tell you."
)
SECURITY = Part(
    "Security", f"{ROOT}/security", "shield", "Password, e-mail, and a second step at sign-in."
)
SESSIONS = Part(
    "Devices", f"{ROOT}/sessions", "laptop", "Where you are signed in, and signing out there."
)

TOKENS = Part("API tokens", f"{ROOT}/tokens", "key", "For programs that act in your name.")
DATA = Part(
    "Your data", f"{ROOT}/data", "download", "Take a copy with you, or delete your account."
)

PARTS = (PROFILE, ADDRESSES, PREFERENCES, SECURITY, SESSIONS, TOKENS, DATA)


def settings_page(
    part: Part,
    *children: Child,
    action: rx.Component | None = None,
    back: tuple[str, str] = ("Settings", ROOT),
) -> rx.Component:
    """One part under its name, the list of all parts beside it where there is room.

    `back` is the name and the path of what it lies below.
    """
    name, above = back
    at_top = "xl:hidden" if above == ROOT else ""
    return rx.el.div(
        rx.el.nav(
            *(_link(other) for other in PARTS),
            class_name="sticky top-28 hidden w-44 shrink-0 flex-col gap-1 self-start xl:flex",
            custom_attrs={"aria-label": "Settings"},
        ),
        rx.el.div(
            rx.el.a(
                icon("arrow-left", 18),
                name,
                href=above,
                class_name=classes(
                    "-ml-2 mb-1 inline-flex min-h-11 items-center gap-2 rounded-full px-2 "
                    "text-small font-semibold text-muted no-underline hover:text-ink",
                    at_top,
                ),
            ),
            rx.el.header(
                rx.el.div(
                    rx.el.h1(part.name, class_name="text-heading"),
                    rx.el.p(part.about, class_name="mt-1 text-muted"),
                ),
                action or rx.fragment(),
                class_name="mb-7 flex flex-wrap items-end justify-between gap-4",
            ),
            rx.el.div(*children, class_name="flex flex-col gap-6"),
            class_name="min-w-0 max-w-2xl grow",
        ),
        class_name="flex gap-12",
    )


def _link(part: Part) -> rx.Component:
    return rx.el.a(
        icon(part.symbol, 18, "text-muted"),
        part.name,
        href=part.path,
        class_name=f"{NAV_LINK} gap-2.5",
        custom_attrs=current(part.path, below=True),
    )


def settings_route(part: Part, view: Any, on_load: Any, path: str = "", title: str = "") -> Page:
    """A page of the settings, for who is signed in."""
    return Page(
        route=path or part.path,
        view=view,
        title=title or part.name,
        area="account",
        on_load=on_load,
        requires=Permission.ACCOUNT,
    )


def saved_mark(text: rx.Var[str]) -> rx.Component:
    """Says that a choice was kept; read aloud, and out of the way until there is something."""
    return rx.el.p(
        rx.cond(
            text,
            rx.el.span(
                icon("check", 18),
                text,
                class_name="rise inline-flex items-center gap-1.5 rounded-full bg-good-soft px-3 "
                "py-1 text-small font-medium text-good",
            ),
            rx.fragment(),
        ),
        role="status",
        class_name="sm:min-h-8",
    )


def waiting() -> rx.Component:
    """Where a part is about to be."""
    return rx.el.div(
        skeleton("h-32 w-full"),
        skeleton("h-48 w-full"),
        rx.el.p("One moment…", class_name="sr-only", role="status"),
        class_name="flex flex-col gap-6",
    )
