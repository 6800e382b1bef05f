"""Units, light or dark, and what we tell people where; every choice is kept as it is made."""

import reflex as rx
from reflex.style import color_mode, set_color_mode

from pet_app.core.measures import Units
from pet_app.ui.components.cards import panel
from pet_app.ui.components.choices import choice_group, picture_tile, segment
from pet_app.ui.components.fields import switch
from pet_app.ui.components.kinds import classes
from pet_app.user.pages.settings import shell
from pet_app.user.preferences import Channel, News, Theme
from pet_app.user.state.liking import Liking

UNITS = {Units.CM: "cm and kg", Units.IN: "in and lb"}
THEMES = {Theme.SYSTEM: "As my device", Theme.LIGHT: "Light", Theme.DARK: "Dark"}
CHANNELS = {Channel.EMAIL: "E-mail", Channel.DASHBOARD: "Dashboard"}
NEWS = {
    News.SECURITY: ("Security", "New sign-ins and changes to your account. Always on."),
    News.ORDERS: ("Orders", "From the workbench to your door."),
    News.REMINDERS: ("Reminders", "When it is time to measure again, or a paper runs out."),
    News.OFFERS: ("Offers", "New pieces and prices. Only if you say so."),
}
LIGHT_MOCK = "bg-[#f4f1ea] [--bar:#1d4a3b] [--text:#c9c5ba]"
DARK_MOCK = "bg-[#19211d] [--bar:#a3d6be] [--text:#46534c]"


def preferences() -> rx.Component:
    """Everything that is a matter of taste."""
    return shell.settings_page(
        shell.PREFERENCES,
        rx.cond(
            Liking.opened,
            rx.el.div(_units(), _themes(), _news(), class_name="contents"),
            shell.waiting(),
        ),
        action=shell.saved_mark(Liking.saved),
    )


def _units() -> rx.Component:
    return panel(
        "Units",
        choice_group(
            "Measure and weigh in",
            *(
                segment(
                    name,
                    Liking.units == units.value,
                    name="units",
                    value=units.value,
                    on_change=lambda _value, units=units: Liking.choose_units(units),
                )
                for units, name in UNITS.items()
            ),
        ),
    )


def _themes() -> rx.Component:
    return panel(
        "Light or dark",
        choice_group(
            "Show the shop",
            *(
                picture_tile(
                    name,
                    _mock(theme),
                    color_mode == theme.value,
                    name="theme",
                    value=theme.value,
                    on_change=[set_color_mode(theme.value), Liking.choose_theme(theme)],
                )
                for theme, name in THEMES.items()
            ),
            class_name="grid grid-cols-3 gap-3",
        ),
    )


def _mock(theme: Theme) -> rx.Component:
    """A page in small, as it looks then."""
    halves = {
        Theme.LIGHT: (LIGHT_MOCK,),
        Theme.DARK: (DARK_MOCK,),
        Theme.SYSTEM: (LIGHT_MOCK, DARK_MOCK),
    }[theme]
    return rx.el.span(
        *(
            rx.el.span(
                rx.el.span(class_name="h-1.5 w-3/4 rounded-full bg-[var(--bar)]"),
                rx.el.span(class_name="h-1 w-full rounded-full bg-[var(--text)]"),
                rx.el.span(class_name="h-1 w-1/2 rounded-full bg-[var(--text)]"),
                class_name=classes("flex grow flex-col justify-center gap-1.5 px-2", colours),
            )
            for colours in halves
        ),
        class_name="mb-1 flex h-14 w-full max-w-28 overflow-hidden rounded-control ring-1 "
        "ring-line",
        custom_attrs={"aria-hidden": "true"},
    )


def _news() -> rx.Component:
    return panel(
        "What we tell you",
        rx.el.table(
            rx.el.caption("What we tell you, and where", class_name="sr-only"),
            rx.el.thead(
                rx.el.tr(
                    rx.el.td(),
                    *(
                        rx.el.th(
                            name,
                            scope="col",
                            class_name="w-20 px-1 pb-2 text-center text-label font-semibold "
                            "text-muted sm:w-24",
                        )
                        for name in CHANNELS.values()
                    ),
                )
            ),
            rx.el.tbody(
                *(_row(news) for news in News),
                class_name="[&>tr]:border-t [&>tr]:border-line",
            ),
            class_name="w-full border-collapse",
        ),
    )


def _row(news: News) -> rx.Component:
    name, about = NEWS[news]
    return rx.el.tr(
        rx.el.th(
            rx.el.span(name, class_name="block font-semibold"),
            rx.el.span(about, class_name="block text-small font-normal text-muted"),
            scope="row",
            class_name="py-3 pr-3 text-left align-top",
        ),
        *(
            rx.el.td(
                switch(
                    f"{name}: {place}",
                    f"{news}-{channel}",
                    Liking.told[f"{news}-{channel}"],
                    disabled=news is News.SECURITY,
                    on_change=lambda wanted, news=news, channel=channel: Liking.tell(
                        news, channel, wanted
                    ),
                ),
                class_name="px-1 py-2 text-center align-middle",
            )
            for channel, place in CHANNELS.items()
        ),
    )


PAGE = shell.settings_route(shell.PREFERENCES, preferences, Liking.open)
