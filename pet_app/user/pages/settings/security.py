"""What opens the account: the password, the e-mail, the second step at sign-in."""

import reflex as rx

from pet_app.ui.components.badges import badge
from pet_app.ui.components.buttons import link_button
from pet_app.ui.components.icons import icon
from pet_app.ui.components.kinds import Child
from pet_app.ui.components.messages import notice
from pet_app.user.pages.settings import shell
from pet_app.user.state.overview import Account

SECOND_FACTOR = "/second-factor"
PASSWORD = f"{shell.SECURITY.path}/password"
EMAIL = f"{shell.SECURITY.path}/email"
PROVIDERS = f"{shell.SECURITY.path}/providers"


def security() -> rx.Component:
    """How each key to the account stands, and the way to change it."""
    return shell.settings_page(
        shell.SECURITY,
        rx.cond(
            Account.is_demo,
            notice("A demonstration account stays as it is. Open your own to change these."),
            rx.fragment(),
        ),
        rx.cond(
            Account.opened,
            rx.el.ul(
                _key(
                    "key",
                    "Password",
                    rx.cond(
                        Account.has_password,
                        "Changing it signs out every other device.",
                        "You sign in through another site and have none here.",
                    ),
                    rx.cond(
                        Account.has_password,
                        _way("Change", PASSWORD, "Change your password"),
                        _way("Set one", "/forgot", "Set a password"),
                    ),
                ),
                _key(
                    "person", "E-mail", Account.email, _way("Change", EMAIL, "Change your e-mail")
                ),
                _key(
                    "shield",
                    rx.el.span(
                        "Second step at sign-in ",
                        rx.cond(
                            Account.factor,
                            badge("On", tone="good"),
                            badge("Off"),
                        ),
                        class_name="inline-flex flex-wrap items-center gap-2",
                    ),
                    rx.cond(
                        Account.factor,
                        rx.el.span("A code from your phone, since ", Account.factor, "."),
                        "A code from your phone, so that a password alone opens nothing.",
                    ),
                    rx.cond(
                        Account.factor,
                        _way("Manage", SECOND_FACTOR, "Manage the second step"),
                        _way("Set up", SECOND_FACTOR, "Set up the second step"),
                    ),
                ),
                rx.cond(
                    Account.has_providers,
                    _key(
                        "laptop",
                        "Other sites",
                        rx.cond(Account.linked, Account.linked, "None is linked."),
                        _way("Manage", PROVIDERS, "Manage other sites you sign in through"),
                    ),
                    rx.fragment(),
                ),
                class_name="overflow-hidden rounded-card bg-surface ring-1 ring-inset ring-line "
                "[&>li+li]:border-t [&>li]:border-line",
            ),
            shell.waiting(),
        ),
        rx.el.p(
            "We write to you whenever any of this changes, and when somebody signs in from a "
            "device we don’t know.",
            class_name="text-small text-muted",
        ),
    )


def _key(symbol: str, name: Child, about: Child, way: rx.Component) -> rx.Component:
    return rx.el.li(
        icon(symbol, 22, "mt-0.5 text-brand max-sm:hidden"),
        rx.el.div(
            rx.el.h2(name, class_name="font-body text-body font-semibold tracking-normal"),
            rx.el.p(about, class_name="text-small text-muted [overflow-wrap:anywhere]"),
            class_name="min-w-0 grow",
        ),
        way,
        class_name="flex list-none items-center gap-4 px-5 py-4",
    )


def _way(name: str, href: str, label: str) -> rx.Component:
    return link_button(
        name, href=href, kind="secondary", size="sm", custom_attrs={"aria-label": label}
    )


PAGE = shell.settings_route(shell.SECURITY, security, Account.open)
