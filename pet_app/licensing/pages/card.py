"""A licence as a card on a phone, with the code somebody can scan off the screen."""

import reflex as rx

from pet_app.core.security import Permission
from pet_app.licensing.state.card import Wallet
from pet_app.ui.components.badges import badge
from pet_app.ui.components.brand import mark
from pet_app.ui.components.buttons import link_button
from pet_app.ui.components.conditions import error_state, skeleton
from pet_app.ui.components.icons import icon
from pet_app.ui.components.kinds import Text
from pet_app.ui.components.layouts import container
from pet_app.ui.page import Page

API = "/api/v1/licensing/licences/"
MINE = "/dashboard/licensing"


def wallet() -> rx.Component:
    """The page."""
    return container(
        rx.el.div(
            rx.match(
                Wallet.stage,
                ("open", _open()),
                (
                    "missing",
                    error_state(
                        "This card isn't here",
                        Wallet.why,
                        link_button("Your licences", href=MINE),
                    ),
                ),
                rx.el.div(
                    skeleton("h-[36rem] w-full rounded-panel"),
                    rx.el.span("Opening the card …", class_name="sr-only"),
                ),
            ),
            class_name="mx-auto max-w-[26rem]",
        ),
        class_name="py-5 sm:py-10",
    )


def _open() -> rx.Component:
    return rx.el.div(
        rx.el.article(_head(), _foot(), class_name="overflow-hidden rounded-panel shadow-dialog"),
        rx.el.div(
            link_button(
                icon("download", 18),
                "Save as a picture",
                href=API + Wallet.licence_id + "/card.png",
                custom_attrs={"download": True},
                class_name="w-full",
            ),
            rx.cond(
                Wallet.has_paper,
                link_button(
                    icon("paper", 18),
                    "Certificate (PDF)",
                    href=API + Wallet.licence_id + "/certificate.pdf",
                    kind="secondary",
                    custom_attrs={"download": True},
                    class_name="w-full",
                ),
                rx.el.p(
                    "The certificate is being drawn. It comes by e-mail too.",
                    class_name="text-center text-small text-muted",
                ),
            ),
            link_button("All your licences", href=MINE, kind="quiet", class_name="w-full"),
            class_name="mt-6 flex flex-col gap-3",
        ),
    )


def _head() -> rx.Component:
    return rx.el.header(
        rx.el.div(
            rx.el.div(
                mark(30),
                rx.el.div(
                    rx.el.span(Wallet.title, class_name="block font-display font-bold"),
                    rx.el.span(Wallet.issuer, class_name="block text-label opacity-80"),
                    class_name="min-w-0 leading-tight",
                ),
                class_name="flex min-w-0 items-center gap-3",
            ),
            rx.cond(
                Wallet.good,
                badge(icon("check", 14), Wallet.standing, tone="accent"),
                badge(icon("alert", 14), Wallet.standing, tone="danger"),
            ),
            class_name="flex items-start justify-between gap-3",
        ),
        rx.el.h1(
            Wallet.name,
            class_name="mt-6 font-display text-title leading-none font-bold break-words "
            "text-[#f4b63f]",
        ),
        rx.el.p(Wallet.who, class_name="mt-2.5 text-small opacity-90"),
        rx.el.div(class_name="stitched mt-5 opacity-70"),
        class_name="bg-[#12352a] px-6 pt-6 pb-4 text-[#f3f6f2]",
    )


def _foot() -> rx.Component:
    """Always on light ground: a scanner sees dark squares on a bright page."""
    return rx.el.div(
        rx.el.svg(
            rx.el.path(d=Wallet.path),
            view_box=Wallet.box,
            role="img",
            custom_attrs={
                "aria-label": "QR code that proves this licence",
                "shapeRendering": "crispEdges",
            },
            class_name="mx-auto block w-full max-w-[19rem] fill-[#17211c]",
        ),
        rx.el.dl(
            _fact("Licence", Wallet.number, "whitespace-nowrap"),
            _fact("Tag", Wallet.tag, "whitespace-nowrap"),
            _fact("Valid until", Wallet.until, "whitespace-nowrap"),
            _fact("Town", Wallet.town),
            class_name="mt-2 grid grid-cols-[auto_1fr] gap-x-8 gap-y-4",
        ),
        class_name="bg-white px-6 pt-3 pb-6 text-[#17211c]",
    )


def _fact(name: str, value: Text, class_name: str = "") -> rx.Component:
    return rx.el.div(
        rx.el.dt(name, class_name="text-label text-[#5b665f]"),
        rx.el.dd(value, class_name=f"m-0 font-semibold tabular-nums {class_name}"),
    )


PAGE = Page(
    route="/licensing/card/[licence]",
    view=wallet,
    title="Licence card",
    area="shop",
    on_load=Wallet.open,
    requires=Permission.ACCOUNT,
)
