"""What we keep about people, and on what terms we sell, in plain words."""

from collections.abc import Callable

import reflex as rx

from pet_app.ui.components.buttons import text_link
from pet_app.ui.components.prose import points, words, words_page
from pet_app.ui.page import Page, breadcrumb_list


def privacy() -> rx.Component:
    """What we keep, why, for how long, and how to see or erase it."""
    return words_page(
        "Privacy",
        "What we keep about you, why, and how to see it or have it gone.",
        words(
            "What we keep",
            points(
                "Two cookies: one that keeps your cart and drafts in this browser, and one while "
                "you are signed in. Neither is read by anybody else, and there are no others.",
                "Your pets and their measurements, the designs you save, your wishes, and what you "
                "looked at in the last 90 days, which we show to you alone.",
                "With an order: your e-mail, the address and what was ordered. Cards are entered "
                "with Stripe, who takes the payment; we never see their numbers.",
                "With an account: your name, e-mail, a password we cannot read, and the browsers "
                "you signed in from.",
            ),
        ),
        words(
            "What we do not do",
            "We sell nothing about you, show no advertising, and load no scripts, fonts or "
            "pictures from anybody else. Whoever carries your parcel gets the address on it.",
        ),
        words(
            "How long",
            points(
                "A guest's cart and drafts: as long as the cookie lives, which is a year.",
                "An account: until you close it. You have some days to change your mind; then "
                "everything that names you is erased.",
                "Orders: the law has us keep invoices. When you leave, the name, e-mail and "
                "address are taken out of them.",
            ),
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


def terms() -> rx.Component:
    """On what terms we sell."""
    return words_page(
        "Terms",
        "What you can rely on when you buy from us, and what we rely on.",
        words(
            "Prices",
            "A price on the page is what the piece costs. Tax and shipping depend on where it "
            "goes; checkout adds them line by line before you pay. If a price changed while "
            "something lay in your cart, we say so first and you decide.",
        ),
        words(
            "When it is bought",
            "A contract comes about when your payment has gone through; we tell you by e-mail. "
            "While you pay, what is in stock is put aside for you. Should it be gone all the "
            "same, you get your money back at once.",
        ),
        words(
            "Made to order",
            "What says so is cut after you order, to a standard size or to your own measurements. "
            "You can cancel until we begin to cut. The builder refuses what would not hold or not "
            "fit, and says why; within that, the choice is yours.",
        ),
        words(
            "Using it safely",
            points(
                "Check straps, stitches and buckles before you go out, and stop using what is "
                "worn through.",
                "Nothing here is made for a car crash, for climbing, or to tie up an animal that "
                "nobody watches.",
                "A growing dog outgrows its harness: measure again every few weeks.",
            ),
        ),
        words(
            "If something is wrong",
            rx.el.p(
                "If it does not fit, arrives broken or is not what you ordered, ",
                text_link("this is how we put it right", href="/help/returns"),
                ". Your rights under the law where you live stay as they are.",
                class_name="mt-3 text-lead",
            ),
        ),
    )


def _page(route: str, view: Callable[[], rx.Component], title: str, description: str) -> Page:
    return Page(
        route=route,
        view=view,
        title=title,
        description=description,
        json_ld=(breadcrumb_list(("Home", "/"), (title, route)),),
    )


PAGES = [
    _page(
        "/privacy",
        privacy,
        "Privacy",
        "What Harness Hero keeps about you and your pets, why and for how long, and how to see "
        "it, take it along or have it erased.",
    ),
    _page(
        "/terms",
        terms,
        "Terms",
        "On what terms Harness Hero sells: prices and tax, when something is bought, made to "
        "order, using it safely, and what happens when something is wrong.",
    ),
]
