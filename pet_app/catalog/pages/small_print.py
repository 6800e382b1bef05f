"""On what terms we sell, in plain words."""

import reflex as rx

from pet_app.ui.components.buttons import text_link
from pet_app.ui.components.prose import points, words, words_page
from pet_app.ui.page import Page, breadcrumb_list


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


PAGES = [
    Page(
        route="/terms",
        view=terms,
        title="Terms",
        description="On what terms Harness Hero sells: prices and tax, when something is bought, "
        "made to order, using it safely, and what happens when something is wrong.",
        json_ld=(breadcrumb_list(("Home", "/"), ("Terms", "/terms")),),
    ),
]
