"""What is held about somebody: a copy to take along, and the way to have it all deleted."""

import reflex as rx

from pet_app.ui.components.buttons import button, link_button
from pet_app.ui.components.cards import panel
from pet_app.ui.components.conditions import progress
from pet_app.ui.components.icons import icon
from pet_app.ui.components.messages import notice
from pet_app.user.models import TakeoutState
from pet_app.user.pages.settings import shell
from pet_app.user.state.data import DataDesk

LEAVE = f"{shell.DATA.path}/leave"
MUTED = "text-muted [overflow-wrap:anywhere]"


def data() -> rx.Component:
    """The copy first; the end of the account below it."""
    return shell.settings_page(
        shell.DATA,
        rx.cond(
            DataDesk.opened,
            rx.el.div(_copy(), _leaving(), class_name="contents"),
            shell.waiting(),
        ),
    )


def _copy() -> rx.Component:
    return panel(
        "A copy of your data",
        rx.el.p(
            "Everything we keep about you in one ZIP file: your account, your pets, your designs "
            "with their pictures and models. Lists are JSON, which other programs read.",
            class_name=f"{MUTED} mb-5",
        ),
        rx.el.div(
            rx.match(
                DataDesk.copy_state,
                (TakeoutState.READY, _ready()),
                (TakeoutState.FAILED, _failed()),
                ("", _make("Make a copy")),
                progress(
                    "Gathering your data",
                    DataDesk.percent,
                    rx.el.span(DataDesk.percent, " %", class_name="tabular-nums"),
                ),
            ),
            class_name="flex flex-col gap-5",
        ),
        rx.cond(
            DataDesk.under_way,
            rx.el.p(
                "You can leave this page. A letter tells you when it is ready.",
                class_name="mt-4 text-small text-muted",
                role="status",
            ),
            rx.fragment(),
        ),
    )


def _ready() -> rx.Component:
    return rx.el.div(
        notice(
            "Your copy of ",
            DataDesk.made,
            " is ready. It is here until ",
            DataDesk.until,
            ", for you alone.",
            tone="good",
        ),
        rx.el.div(
            link_button(
                icon("download", 18),
                rx.el.span("Download, ", DataDesk.size),
                href=DataDesk.url,
                # An address of the API: the browser itself has to go there.
                custom_attrs={"reloadDocument": True, "download": ""},
            ),
            _make("Make a new one", kind="secondary"),
            class_name="flex flex-wrap gap-3",
        ),
        class_name="flex flex-col gap-5",
    )


def _failed() -> rx.Component:
    return rx.el.div(
        notice("The copy could not be finished. Nothing was lost; please try again.", tone="warn"),
        _make("Try again"),
        class_name="flex flex-col items-start gap-5 [&>div]:self-stretch",
    )


def _make(label: str, kind: str = "primary") -> rx.Component:
    return button(
        label,
        kind=kind,  # pyright: ignore[reportArgumentType]
        on_click=DataDesk.ask,
        class_name="self-start",
    )


def _leaving() -> rx.Component:
    return panel(
        "Delete your account",
        rx.el.p(
            "Your account closes at once. Thirty days later we delete everything we keep about "
            "you, for good. Until then you can sign in and keep it.",
            class_name=f"{MUTED} mb-5",
        ),
        rx.cond(
            DataDesk.is_demo,
            notice("A demonstration account stays as it is. Open your own to try this."),
            link_button("Delete my account", href=LEAVE, kind="danger"),
        ),
    )


PAGE = shell.settings_route(shell.DATA, data, DataDesk.open)
