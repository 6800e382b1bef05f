"""What stands under every page: where else to go, and what we are."""

import reflex as rx

from pet_app.ui.components.brand import logo
from pet_app.ui.components.layouts import container, stitched_rule

FOOTER = (
    (
        "Gear",
        (
            ("Harnesses", "/shop?kind=harness"),
            ("Collars", "/shop?kind=collar"),
            ("Martingales", "/shop?kind=martingale"),
            ("Leashes", "/shop?kind=leash"),
            ("Tags", "/shop?kind=tag"),
            ("Bandanas", "/shop?kind=bandana"),
        ),
    ),
    (
        "And with it",
        (
            ("For the walk", "/shop?kind=walk"),
            ("Bowls and feeding", "/shop?kind=bowl"),
            ("Toys", "/shop?kind=toy"),
            ("Brushes and care", "/shop?kind=care"),
            ("Beds and home", "/shop?kind=home"),
            ("Gift cards", "/shop?kind=gift"),
        ),
    ),
    (
        "Help",
        (
            ("Design your own", "/builder"),
            ("Measuring guide", "/measuring-guide"),
            ("Shipping", "/help/shipping"),
            ("Returns and fit", "/help/returns"),
            ("Track an order", "/track"),
            ("Licence fees", "/licensing/fees"),
        ),
    ),
    (
        "You",
        (
            ("Your pets", "/dashboard/pets"),
            ("Your designs", "/dashboard/designs"),
            ("Orders", "/dashboard/orders"),
            ("Wishes", "/dashboard/wishes"),
            ("Settings", "/dashboard/settings"),
        ),
    ),
)


def footer() -> rx.Component:
    """Where else to go, and what we are."""
    return rx.el.footer(
        container(
            rx.el.div(
                rx.el.div(
                    logo(),
                    rx.el.p(
                        "Gear cut to your pet's own measurements, one piece at a time.",
                        class_name="mt-4 max-w-60 text-small text-muted",
                    ),
                    class_name="col-span-2 md:col-span-4 lg:col-span-1",
                ),
                *(_footer_group(title, links) for title, links in FOOTER),
                class_name="grid grid-cols-2 gap-x-6 gap-y-10 md:grid-cols-4 "
                "lg:grid-cols-[1.4fr_1fr_1fr_1fr_1fr]",
            ),
            stitched_rule("mt-14 mb-6"),
            rx.el.div(
                rx.el.p(
                    "Every picture here is rendered from the same model we cut from. "
                    "Harness Hero is an All Pet Plus shop.",
                ),
                rx.el.ul(
                    *(
                        rx.el.li(
                            rx.el.a(
                                name,
                                href=href,
                                class_name="inline-flex min-h-9 items-center underline-offset-4 "
                                "hover:text-ink hover:underline",
                            )
                        )
                        for name, href in (("Privacy", "/privacy"), ("Terms", "/terms"))
                    ),
                    class_name="flex gap-6",
                ),
                class_name="flex flex-wrap items-center justify-between gap-x-8 gap-y-2 text-small "
                "text-muted",
            ),
            class_name="py-14",
        ),
        class_name="border-t border-line bg-sunk/60",
    )


def _footer_group(title: str, links: tuple[tuple[str, str], ...]) -> rx.Component:
    return rx.el.nav(
        rx.el.h2(title, class_name="text-small font-semibold"),
        rx.el.ul(
            *(
                rx.el.li(
                    rx.el.a(
                        name,
                        href=href,
                        class_name="inline-flex min-h-9 items-center text-small text-muted "
                        "underline-offset-4 hover:text-ink hover:underline",
                    )
                )
                for name, href in links
            ),
            class_name="mt-2",
        ),
        custom_attrs={"aria-label": title},
    )
