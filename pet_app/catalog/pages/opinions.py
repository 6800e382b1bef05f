"""What buyers say of a product, and the form to say it in."""

from typing import Any

import reflex as rx

from pet_app.catalog.pages.stars import stars
from pet_app.catalog.state import Looking, Reviewing
from pet_app.ui.components.buttons import button
from pet_app.ui.components.choices import choice_group, segment
from pet_app.ui.components.fields import field_error, text_area, text_field
from pet_app.ui.components.kinds import each, either, inline_style, when_said
from pet_app.ui.components.messages import notice
from pet_app.ui.session import field_problem

WORDS = {5: "Love it", 4: "Like it", 3: "It is all right", 2: "Not for us", 1: "Poor"}


def opinions(view: Any, *, live: bool) -> rx.Component:
    """The rating on the whole, each review, and for buyers the way to write one."""
    return rx.el.section(
        rx.el.h2("What owners say", class_name="text-heading"),
        either(
            view.ratings.average,
            _all(view, live=live),
            rx.el.p(
                "Nobody has written about this one yet. Only people who bought it can, and what "
                "they say is shown whole, good or bad.",
                class_name="mt-2 max-w-prose text-muted",
            ),
        ),
        _writing() if live else rx.fragment(),
        id="reviews",
        class_name="mt-16 scroll-mt-24 sm:mt-20",
    )


def _all(view: Any, *, live: bool) -> rx.Component:
    return rx.el.div(
        _summary(view.ratings),
        rx.el.div(
            rx.el.ul(*each(view.reviews, _review), class_name="flex flex-col"),
            when_said(
                view.more_reviews,
                button("Show more reviews", kind="secondary", on_click=Looking.more_reviews)
                if live
                else rx.fragment(),
            ),
            class_name="min-w-0 grow",
        ),
        class_name="mt-6 flex flex-col gap-10 lg:flex-row lg:gap-16",
    )


def _summary(ratings: Any) -> rx.Component:
    def bar(line: Any) -> rx.Component:
        return rx.el.li(
            rx.el.span(line.stars, class_name="w-14 whitespace-nowrap"),
            rx.el.span(
                rx.el.span(
                    class_name="block h-full rounded-full bg-accent",
                    custom_attrs=inline_style(width=line.width),
                ),
                class_name="h-2 grow overflow-hidden rounded-full bg-sunk",
                custom_attrs={"aria-hidden": "true"},
            ),
            rx.el.span(line.count, class_name="w-8 text-right tabular-nums"),
            class_name="flex items-center gap-3 text-small text-muted",
        )

    return rx.el.div(
        rx.el.p(
            rx.el.span(ratings.average, class_name="font-display text-title font-bold"),
            rx.el.span("out of 5", class_name="text-muted"),
            class_name="flex items-baseline gap-2",
        ),
        stars(ratings.width, "", "mt-1 text-[1.25rem]"),
        rx.el.p(ratings.count, class_name="mt-1 text-small text-muted"),
        rx.el.ul(*each(ratings.bars, bar), class_name="mt-5 flex flex-col gap-2"),
        class_name="w-full shrink-0 lg:w-72",
    )


def _review(review: Any) -> rx.Component:
    return rx.el.li(
        stars(review.width, _spoken(review.rating)),
        when_said(review.title, rx.el.h3(review.title, class_name="mt-2 text-subheading")),
        rx.el.p(review.text, class_name="mt-1.5 max-w-prose whitespace-pre-line"),
        rx.el.p(
            rx.el.span(review.name, class_name="font-semibold text-ink"),
            ", ",
            review.written,
            ". Bought here.",
            class_name="mt-2 text-small text-muted",
        ),
        when_said(
            review.answer,
            rx.el.div(
                rx.el.p("Harness Hero answers", class_name="text-small font-semibold"),
                rx.el.p(review.answer, class_name="mt-1 text-small"),
                class_name="mt-4 max-w-prose rounded-control bg-sunk p-4",
            ),
        ),
        class_name="border-t border-line py-6 first:border-0 first:pt-0",
    )


def _spoken(rating: Any) -> Any:
    if isinstance(rating, rx.Var):
        var: Any = rating
        return var.to_string() + " out of 5"
    return f"{rating} out of 5"


def _writing() -> rx.Component:
    written: Any = Looking.own_state
    return rx.cond(
        Looking.may_review,
        rx.el.div(
            rx.cond(
                Reviewing.thanked,
                notice(
                    "Thank you. We read every review before it is shown, and change none.",
                    tone="good",
                ),
                rx.fragment(),
            ),
            rx.cond(
                Reviewing.opened,
                _form(),
                rx.el.div(
                    rx.el.p(
                        rx.match(
                            written,
                            ("waiting", "Your review is with us and will be shown soon."),
                            ("published", "You wrote about this one."),
                            ("refused", "We could not show your review as it was."),
                            "You bought this one. How is it?",
                        ),
                        class_name="text-muted",
                    ),
                    button(
                        rx.cond(written == "", "Write a review", "Change your review"),
                        kind="secondary",
                        on_click=Reviewing.begin,
                    ),
                    class_name="flex flex-wrap items-center gap-4",
                ),
            ),
            class_name="mt-10 flex flex-col gap-5 rounded-panel bg-sunk p-6 sm:p-8",
        ),
        rx.fragment(),
    )


def _form() -> rx.Component:
    fault = field_problem("rating")
    return rx.el.form(
        choice_group(
            "How many stars?",
            *(
                segment(
                    f"{count} · {words}",
                    Looking.own_rating == count,
                    name="rating",
                    value=str(count),
                )
                for count, words in WORDS.items()
            ),
        ),
        when_said(fault, field_error(fault, "rating")),
        text_field(
            "In one line",
            "title",
            optional=True,
            default_value=Looking.own_title,
            error=field_problem("title"),
            max_length=80,
        ),
        text_area(
            "What should others know?",
            "text",
            help="How it fits, how it wears, what surprised you.",
            default_value=Looking.own_text,
            error=field_problem("text"),
        ),
        text_field(
            "Shown as",
            "shown_name",
            help="The name everybody sees under your words.",
            default_value=Looking.own_name,
            error=field_problem("shown_name"),
        ),
        rx.el.div(
            button("Send it", type="submit"),
            button("Not now", kind="quiet", on_click=Reviewing.leave),
            class_name="flex gap-3",
        ),
        on_submit=Reviewing.write,
        custom_attrs={"noValidate": True},
        class_name="flex max-w-xl flex-col gap-5",
    )
