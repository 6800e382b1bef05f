"""Whether it fits and holds: a verdict first, the figures behind it on request."""

import reflex as rx


def checks() -> rx.Component:
    """The fit, the load and what a growing animal will outgrow."""
    return rx.fragment()
