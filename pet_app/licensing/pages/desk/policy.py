"""What a town lets its desk approve by itself, and how much of that a clerk looks at afterwards."""

import reflex as rx

from pet_app.core.security import Permission
from pet_app.licensing.pages.desk.frame import desk, waiting
from pet_app.licensing.state.desk.policy import PolicyDesk
from pet_app.ui.components.buttons import button
from pet_app.ui.components.cards import card
from pet_app.ui.components.fields import text_field
from pet_app.ui.components.icons import icon
from pet_app.ui.components.messages import notice
from pet_app.ui.page import Page
from pet_app.ui.session import field_problem

POSSIBLE = (
    ("new", "New licences", "The form is complete, no doubt was found, and the papers are there."),
    (
        "renewal",
        "Renewals",
        "Nothing has changed since last time, and no doubt was found.",
    ),
    ("booster", "Newer vaccinations", "The certificate is there and fits the pet."),
)
ALWAYS = (
    ("New tags", "The licence holds already."),
    ("New owners", "Both have agreed."),
)


def policy() -> rx.Component:
    """Two lists and a percentage."""
    return desk(
        "What approves itself",
        rx.el.p(
            "Everything else comes to a clerk. Whatever raises a doubt, such as a certificate that "
            "was shown for another pet, always does.",
            class_name="mb-5 max-w-prose text-muted",
        ),
        rx.cond(PolicyDesk.policy_shown, _form(), waiting("h-72")),
        on_town=PolicyDesk.go_to_policy_of,
    )


def _form() -> rx.Component:
    return rx.el.form(
        card(
            rx.el.fieldset(
                rx.el.legend("Approve without a clerk", class_name="mb-2 font-semibold"),
                *(_possible(*kind) for kind in POSSIBLE),
                *(_always(*kind) for kind in ALWAYS),
                class_name="border-0",
            ),
            rx.el.div(
                text_field(
                    "How many of these a clerk looks at afterwards",
                    "audit_percent",
                    help="Drawn by lot. They stand in the queue under “To look at afterwards”.",
                    error=field_problem("audit_percent"),
                    suffix="%",
                    default_value=PolicyDesk.audit_percent,
                    key=f"percent-{PolicyDesk.drawn}",
                    input_mode="numeric",
                    max_length=3,
                ),
                class_name="mt-5 max-w-sm",
            ),
            rx.el.div(
                button("Save", type="submit"),
                rx.el.span(PolicyDesk.changed, class_name="text-small text-muted"),
                class_name="mt-6 flex flex-wrap items-center gap-4",
            ),
            rx.el.div(
                rx.cond(
                    PolicyDesk.kept,
                    notice(PolicyDesk.kept, tone="good", class_name="mt-4"),
                    rx.fragment(),
                ),
                custom_attrs={"aria-live": "polite"},
            ),
        ),
        on_submit=PolicyDesk.keep_policy,
        class_name="max-w-2xl",
    )


def _possible(kind: str, name: str, when: str) -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="checkbox",
            name=f"kind-{kind}",
            checked=PolicyDesk.automatic.contains(kind),
            on_change=lambda _: PolicyDesk.turn_kind(kind),
            class_name="mt-0.5 h-5 w-5 shrink-0 accent-[var(--brand)]",
        ),
        _words(name, when),
        class_name="-mx-2 flex cursor-pointer gap-3 rounded-control px-2 py-2 hover:bg-sunk",
    )


def _always(name: str, why: str) -> rx.Component:
    return rx.el.div(
        icon("check", 20, "mt-0.5 text-good"),
        _words(name, f"Always: {why[0].lower()}{why[1:]}"),
        class_name="flex gap-3 py-2",
    )


def _words(name: str, when: str) -> rx.Component:
    return rx.el.span(
        rx.el.span(name, class_name="block font-medium"),
        rx.el.span(when, class_name="block text-small text-muted"),
    )


PAGE = Page(
    route="/licensing/desk/policy",
    view=policy,
    title="What the desk approves by itself",
    area="bare",
    on_load=PolicyDesk.open_policy,
    requires=Permission.LICENCES,
)
