"""What can be sent back, for how long, and what we do when a made piece does not fit."""

import reflex as rx

from pet_app.order.terms import terms
from pet_app.ui.components.buttons import text_link
from pet_app.ui.components.prose import points, words, words_page
from pet_app.ui.page import Page, breadcrumb_list


def page() -> rx.Component:
    """The page."""
    told = terms()
    return words_page(
        "Returns and fit",
        "If it is not right, we take it back or make it again.",
        words(
            "Sending something back",
            f"You have {told.returns.days} days from the day it arrives. It should be unworn and "
            "as it came; trying it on indoors is fine. Tell us from the page of your order, send "
            "it to the address in our answer, and you get its price back the way you paid.",
        ),
        words(
            "Made to your measurements, and it does not fit",
            f"For {told.fit.days} days we make it again, up to {_times(told.remakes)}, for "
            "nothing. Measure once more, send a photograph of the piece on your pet from the page "
            "of your order, and we cut a new one to what we see. If it still does not fit, you get "
            "your money back.",
        ),
        words(
            "Broken or wrong",
            points(
                "A seam, buckle or ring that fails in normal use is ours to put right.",
                "Something else in the parcel than you ordered: we send the right one and pay for "
                "the way back.",
                "Lost on the way: we send it again once the carrier has given up.",
            ),
        ),
        words(
            "What cannot come back",
            "Gift cards, and tags that carry a name or number of yours, unless something is wrong "
            "with them.",
        ),
        words(
            "Where to begin",
            rx.el.p(
                "Open your order under ",
                text_link("Orders", href="/dashboard/orders"),
                ", or as a guest with its number and your e-mail under ",
                text_link("Track an order", href="/track"),
                ".",
                class_name="mt-3 text-lead",
            ),
        ),
    )


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


PAGE = Page(
    route="/help/returns",
    view=page,
    title="Returns and fit",
    description=(
        "How to send something back to Harness Hero and for how long, and the fit guarantee: what "
        "was made to your pet's measurements and does not fit is made again."
    ),
    json_ld=(breadcrumb_list(("Home", "/"), ("Returns and fit", "/help/returns")),),
)
