"""The other sites that open the account: linking one, and removing it."""

import reflex as rx
from reflex.vars import ObjectVar

from pet_app.ui.api_form import api_form, form_problem
from pet_app.ui.components.buttons import button, text_link
from pet_app.ui.components.cards import card
from pet_app.ui.components.conditions import empty_state
from pet_app.ui.components.dialogs import dialog, dialog_actions
from pet_app.ui.components.icons import icon
from pet_app.ui.components.messages import notice
from pet_app.user.pages.forms import password_field
from pet_app.user.pages.settings import shell
from pet_app.user.pages.settings.password import whose
from pet_app.user.pages.settings.security import PROVIDERS
from pet_app.user.state.overview import Account
from pet_app.user.state.providers import LinkCard, LinkDesk


def providers() -> rx.Component:
    """What is linked, and a form to link what is not."""
    return shell.settings_page(
        shell.SECURITY,
        rx.cond(LinkDesk.said, notice(LinkDesk.said, tone="warn"), rx.fragment()),
        rx.cond(
            LinkDesk.listed,
            rx.el.div(
                rx.cond(LinkDesk.links.length() > 0, _links(), rx.fragment()),
                rx.cond(LinkDesk.offers.length() > 0, _offers(), rx.fragment()),
                rx.cond(
                    LinkDesk.links.length() + LinkDesk.offers.length() > 0,
                    rx.fragment(),
                    empty_state(
                        "No other sites",
                        "This shop does not sign anybody in through another site.",
                        symbol="key",
                    ),
                ),
                class_name="contents",
            ),
            shell.waiting(),
        ),
        _sure(),
        action=shell.saved_mark(LinkDesk.saved),
        back=(shell.SECURITY.name, shell.SECURITY.path),
    )


def _links() -> rx.Component:
    return card(
        rx.el.h2("These sites open your account", class_name="mb-2 text-subheading"),
        rx.el.ul(
            rx.foreach(LinkDesk.links, _linked),
            class_name="[&>li+li]:border-t [&>li]:border-line",
        ),
    )


def _linked(site: ObjectVar[LinkCard]) -> rx.Component:
    return rx.el.li(
        icon("check", 20, "text-good max-sm:hidden"),
        rx.el.div(
            rx.el.p(site.label, class_name="font-semibold [overflow-wrap:anywhere]"),
            rx.el.p(site.about, class_name="text-small text-muted [overflow-wrap:anywhere]"),
            class_name="min-w-0 grow",
        ),
        button(
            "Remove",
            kind="secondary",
            size="sm",
            on_click=LinkDesk.ask(site.provider),
            custom_attrs={"aria-label": f"Remove {site.label}"},
        ),
        class_name="flex list-none items-center gap-4 py-3",
    )


def _offers() -> rx.Component:
    """One password, and a button for each site; the button pressed says which."""
    return card(
        rx.el.h2("Link another site", class_name="text-subheading"),
        rx.el.p(
            "Then it opens your account too. We ask for your password first, so that nobody "
            "else links a site of theirs.",
            class_name="mb-5 mt-1 text-small text-muted",
        ),
        rx.cond(Account.has_password, _form(), _password_first()),
    )


def _password_first() -> rx.Component:
    return rx.el.p(
        "Your account has no password yet. ",
        text_link("Choose one", href="/forgot"),
        " and come back.",
    )


def _form() -> rx.Component:
    return api_form(
        form_problem(),
        whose(),
        password_field("current-password", "Your password"),
        rx.el.div(
            rx.foreach(LinkDesk.offers, _offer),
            class_name="flex flex-wrap gap-3",
        ),
        action="/api/v1/me/providers",
        class_name="flex flex-col gap-5",
    )


def _offer(site: ObjectVar[LinkCard]) -> rx.Component:
    return button(
        f"Link {site.label}",
        type="submit",
        custom_attrs={"formAction": f"/api/v1/me/providers/{site.provider}"},
        class_name="[form[aria-busy=true]_&]:pointer-events-none "
        "[form[aria-busy=true]_&]:opacity-55",
    )


def _sure() -> rx.Component:
    return dialog(
        f"Remove {LinkDesk.leaving_label}?",
        rx.el.p(
            "It opens your account no more. You can link it again at any time.",
            class_name="text-muted",
        ),
        dialog_actions(
            button("Keep", kind="quiet", on_click=LinkDesk.leave),
            button("Remove", kind="danger", on_click=LinkDesk.unlink),
        ),
        open=LinkDesk.leaving != "",
        on_close=LinkDesk.leave,
        name="leaving",
    )


PAGE = shell.settings_route(
    shell.SECURITY,
    providers,
    [Account.open, LinkDesk.open],
    path=PROVIDERS,
    title="Other sites",
)
