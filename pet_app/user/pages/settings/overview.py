"""The list of all parts of the settings, with how each stands."""

import reflex as rx

from pet_app.ui.api_form import sign_out_button
from pet_app.ui.components.badges import badge
from pet_app.ui.components.buttons import BASE, KINDS, SIZES
from pet_app.ui.components.icons import icon
from pet_app.ui.components.layouts import page_heading
from pet_app.ui.session import Session
from pet_app.user.pages.settings import shell
from pet_app.user.pages.settings.shell import Part
from pet_app.user.state.overview import Account


def overview() -> rx.Component:
    """Whose account it is, and the way to everything that can be set."""
    return rx.el.div(
        page_heading("Settings", "Your account, the way you like it."),
        rx.el.div(
            _whose(),
            rx.el.ul(
                *(
                    _part(part, standing)
                    for part, standing in (
                        (shell.PROFILE, ""),
                        (shell.ADDRESSES, Account.addresses),
                        (shell.PREFERENCES, Account.likes),
                        (shell.SECURITY, _factor()),
                        (shell.SESSIONS, Account.sessions),
                        (shell.TOKENS, Account.tokens),
                        (shell.DATA, ""),
                    )
                ),
                class_name="overflow-hidden rounded-card bg-surface ring-1 ring-inset ring-line "
                "[&>li+li]:border-t [&>li]:border-line",
            ),
            sign_out_button(
                "Sign out", class_name=f"{BASE} {KINDS['secondary']} {SIZES['md']} lg:hidden"
            ),
            class_name="flex max-w-3xl flex-col gap-6",
        ),
    )


def _whose() -> rx.Component:
    return rx.el.div(
        rx.el.span(
            Account.initial,
            class_name="flex h-14 w-14 shrink-0 items-center justify-center rounded-full "
            "bg-brand-soft font-display text-heading font-semibold text-brand",
            custom_attrs={"aria-hidden": "true"},
        ),
        rx.el.div(
            rx.el.p(
                Session.person_name,
                class_name="font-display text-subheading font-semibold [overflow-wrap:anywhere]",
            ),
            rx.el.p(
                Session.person_email,
                class_name="text-small text-muted [overflow-wrap:anywhere]",
            ),
            class_name="min-w-0",
        ),
        class_name="flex items-center gap-4",
    )


def _part(part: Part, standing: rx.Var[str] | rx.Component | str) -> rx.Component:
    return rx.el.li(
        rx.el.a(
            icon(part.symbol, 22, "text-brand"),
            rx.el.span(
                rx.el.span(part.name, class_name="block font-semibold"),
                rx.el.span(part.about, class_name="block text-small text-muted"),
                rx.el.span(standing, class_name="block text-small font-medium sm:hidden"),
                class_name="min-w-0 grow",
            ),
            rx.el.span(standing, class_name="shrink-0 text-small text-muted max-sm:hidden"),
            icon("chevron-right", 18, "text-muted"),
            href=part.path,
            class_name="flex min-h-18 items-center gap-4 px-5 py-3 no-underline transition "
            "-outline-offset-3 hover:bg-sunk",
        ),
        class_name="list-none",
    )


def _factor() -> rx.Component:
    return rx.cond(
        Account.opened,
        rx.cond(Account.factor, badge("Second step on", tone="good"), "One step"),
        "",
    )


PAGE = shell.settings_route(
    shell.PROFILE, overview, Account.open, path=shell.ROOT, title="Settings"
)
