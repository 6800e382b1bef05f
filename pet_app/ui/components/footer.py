"""What stands under every page: where else to go, and what we are."""

import reflex as rx

from pet_app.core import sections
from pet_app.ui.components.brand import logo
from pet_app.ui.components.layouts import container, stitched_rule
from pet_app.ui.components.ways import footer_groups, small_print

WHAT_WE_ARE = {
    False: "Gear cut to your pet's own measurements, one piece at a time.",
    True: "Pet licences: every rule and every fee with its source.",
}
UNDERNEATH = {
    False: "Every picture here is rendered from the same model we cut from. "
    "Harness Hero is an All Pet Plus shop.",
    True: "Fees go to the town that issues the licence. Harness Hero is part of All Pet Plus.",
}
"""On the whole site, and where licensing stands alone."""

WIDTHS = {
    2: "md:grid-cols-3 lg:grid-cols-[1.4fr_1fr_1fr]",
    3: "md:grid-cols-4 lg:grid-cols-[1.4fr_1fr_1fr_1fr]",
    5: "md:grid-cols-5 lg:grid-cols-[1.4fr_1fr_1fr_1fr_1fr_1fr]",
}
"""How the groups stand side by side, by how many there are."""


def footer() -> rx.Component:
    """Where else to go, and what we are."""
    groups = footer_groups()
    return rx.el.footer(
        container(
            rx.el.div(
                rx.el.div(
                    logo(),
                    rx.el.p(
                        WHAT_WE_ARE[sections.stands_alone()],
                        class_name="mt-4 max-w-60 text-small text-muted",
                    ),
                    class_name="col-span-2 md:col-span-full lg:col-span-1",
                ),
                *(_footer_group(title, links) for title, links in groups),
                class_name=f"grid grid-cols-2 gap-x-6 gap-y-10 {WIDTHS[len(groups)]}",
            ),
            stitched_rule("mt-14 mb-6"),
            rx.el.div(
                rx.el.p(
                    UNDERNEATH[sections.stands_alone()],
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
                        for name, href in small_print()
                    ),
                    class_name="flex gap-6",
                ),
                class_name="flex flex-wrap items-center justify-between gap-x-8 gap-y-2 text-small "
                "text-muted",
            ),
            class_name="py-14",
        ),
        class_name="around border-t border-line bg-sunk/60",
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
