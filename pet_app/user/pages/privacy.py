"""What we keep about people, in plain words."""

import reflex as rx

from pet_app.core import sections
from pet_app.ui.components.buttons import text_link
from pet_app.ui.components.prose import points, words, words_page
from pet_app.ui.page import Page, breadcrumb_list

COOKIES = (
    "Two cookies: one that keeps your {drafts} in this browser, and one while you are signed in. "
    "Neither is read by anybody else. Signing in by another site of ours or somebody else's takes "
    "one more for some minutes; there are no others."
)
SHOP = (
    (
        "Your pets and their measurements, the designs you save, your wishes, and what you "
        "looked at in the last 90 days, which we show to you alone."
    ),
    (
        "With an order: your e-mail, the address and what was ordered. Cards are entered with "
        "Stripe, who takes the payment; we never see their numbers."
    ),
)
LICENCES = (
    (
        "With a pet licence: what the form asks, the papers you hand in and what was decided. Your "
        "town's clerks see it, and nobody else. The licence can be verified without your name."
    ),
)
ACCOUNT = (
    (
        "With an account: your name, e-mail, a password we cannot read, and the browsers you "
        "signed in from."
    ),
)
SHOP_PARCEL = " Whoever carries your parcel gets the address on it."


def privacy() -> rx.Component:
    """What we keep, why, for how long, and how to see or erase it."""
    return words_page(
        "Privacy",
        "What we keep about you, why, and how to see it or have it gone.",
        words(
            "What we keep",
            points(*_kept()),
        ),
        words(
            "What we do not do",
            "We sell nothing about you, show no advertising, and load no scripts, fonts or "
            "pictures from anybody else." + (SHOP_PARCEL if sections.serves("order") else ""),
        ),
        words(
            "How long",
            points(*_how_long()),
        ),
        words(
            "See it, take it along, have it gone",
            rx.el.p(
                "Signed in, you can download everything we keep and close the account under ",
                text_link("Settings, Your data", href="/dashboard/settings/data"),
                ". No letter to us is needed.",
                class_name="mt-3 text-lead",
            ),
        ),
    )


def _kept() -> tuple[str, ...]:
    shop, licences = sections.serves("checkout"), sections.serves("licensing")
    return (
        COOKIES.format(drafts="cart and drafts" if shop else "drafts"),
        *(SHOP if shop else ()),
        *(LICENCES if licences else ()),
        *ACCOUNT,
    )


def _how_long() -> tuple[str, ...]:
    shop, licences = sections.serves("checkout"), sections.serves("licensing")
    kept = "cart and drafts" if shop else "drafts"
    return (
        f"A guest's {kept}: as long as the cookie lives, which is a year.",
        (
            "An account: until you close it. You have some days to change your mind; then "
            "everything that names you is erased."
        ),
        *(
            (
                (
                    "Orders: the law has us keep invoices. When you leave, the name, e-mail and "
                    "address are taken out of them."
                ),
            )
            if shop
            else ()
        ),
        *(
            ("Licences: the town keeps its register. When you leave, names are taken out of it.",)
            if licences
            else ()
        ),
    )


PAGE = Page(
    route="/privacy",
    view=privacy,
    title="Privacy",
    description="What Harness Hero keeps about you and your pets, why and for how long, and how "
    "to see it, take it along or have it erased.",
    json_ld=(breadcrumb_list(("Home", "/"), ("Privacy", "/privacy")),),
)
