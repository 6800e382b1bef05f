"""What is asked before an order is called off, sent back, or made once more."""

from importlib.resources import files
from typing import Any

import reflex as rx
from reflex_components_core.el.elements.base import BaseHTML

from pet_app.order.pages.parts import FACTS
from pet_app.order.rules import ReturnReason
from pet_app.order.state.order import OrderDesk
from pet_app.ui.api_form import api_form, fault, form_problem, next_stage, stage
from pet_app.ui.components.buttons import button
from pet_app.ui.components.dialogs import dialog, dialog_actions
from pet_app.ui.components.fields import CONTROL, select_field, text_area
from pet_app.ui.components.icons import icon
from pet_app.ui.components.kinds import classes

PHOTO = files("pet_app.order.pages").joinpath("photo.js").read_text("utf-8")
LINE: Any = OrderDesk.line
ASKING: Any = OrderDesk.asking
COLUMN = "flex flex-col gap-5"


class PhotoInput(BaseHTML):
    """The input that makes a photograph small before it is sent."""

    tag = "input"

    def add_custom_code(self) -> list[str]:
        """The function its handler names, once in each page."""
        return [PHOTO]


def cancelling() -> rx.Component:
    """Sure?"""
    return dialog(
        "Cancel this order?",
        rx.el.form(
            rx.el.p(
                "Nothing will be made or sent. What you paid goes back the way it came, within "
                "five to ten working days.",
                class_name="text-muted",
            ),
            text_area("Why? We would like to know", "reason", class_name="min-h-20"),
            dialog_actions(
                button("Keep the order", kind="quiet", on_click=OrderDesk.close),
                button("Cancel the order", kind="danger", type="submit", busy=OrderDesk.busy),
            ),
            on_submit=OrderDesk.cancel,
            class_name=COLUMN,
        ),
        open=ASKING == "cancel",
        on_close=OrderDesk.close,
        name="cancel",
    )


def returning() -> rx.Component:
    """Which, how many, why."""
    return _about(
        "return",
        "Send it back",
        "We answer within two working days, and tell you where the parcel goes. Unused things "
        "are paid back in full.",
        f"{_orders()}/returns{_ending()}",
        rx.cond(
            LINE.returns > 1,
            rx.el.div(
                rx.el.label(
                    "How many?",
                    html_for="field-quantity",
                    class_name="text-small font-semibold text-ink",
                ),
                rx.el.input(
                    type="number",
                    name="quantity",
                    id="field-quantity",
                    min="1",
                    max=LINE.returns.to_string(),
                    default_value="1",
                    class_name=CONTROL,
                ),
                fault("quantity"),
                class_name="flex flex-col gap-1.5",
            ),
            rx.el.input(type="hidden", name="quantity", value="1"),
        ),
        rx.el.div(
            select_field(
                "Why?", "reason", [(reason.value, reason.label) for reason in ReturnReason]
            ),
            fault("reason"),
        ),
        text_area("Anything we should know?", "words", class_name="min-h-20"),
        asks="Ask to send it back",
    )


def remaking() -> rx.Component:
    """Where it does not fit, with a photograph."""
    return _about(
        "remake",
        "It does not fit",
        "Then we make it once more, for nothing. Tell us where it is too tight, too loose or "
        "chafes; a photograph from the side, standing, helps most.",
        f"{_orders()}/remakes{_ending()}",
        rx.el.div(
            text_area("Where does it not fit?", "words", required=True),
            fault("words"),
            class_name="flex flex-col gap-1.5",
        ),
        _photo(),
        asks="Ask for a better fit",
    )


def _photo() -> rx.Component:
    return rx.el.div(
        rx.el.label(
            icon("plus", 20),
            "Add a photograph",
            PhotoInput.create(
                custom_attrs={
                    "type": "file",
                    "accept": "image/*",
                    "onChange": rx.Var("takePhoto"),
                    "id": "field-photo-file",
                },
                class_name="peer absolute inset-0 cursor-pointer opacity-0",
            ),
            class_name=classes(
                "relative flex min-h-14 cursor-pointer items-center justify-center gap-2 "
                "rounded-control border border-dashed border-edge px-4 font-medium transition "
                "hover:bg-sunk has-[:focus-visible]:outline has-[:focus-visible]:outline-3 "
                "has-[:focus-visible]:outline-brand",
            ),
        ),
        rx.el.img(
            alt="The photograph you chose",
            class_name="max-h-56 w-full rounded-control object-contain bg-sunk",
            custom_attrs={"hidden": True, "width": "320", "height": "224"},
        ),
        rx.el.input(type="hidden", name="photo"),
        fault("photo"),
        rx.el.p(
            "It is made small here, and where and when it was taken is removed.",
            class_name="text-small text-muted",
        ),
        class_name="flex flex-col gap-2",
        custom_attrs={"data-photo": ""},
    )


def _about(
    what: str, title: str, lead: str, action: Any, *fields: rx.Component, asks: str
) -> rx.Component:
    sent = f"{what}-sent"
    return dialog(
        title,
        stage(
            rx.el.p(LINE.title, class_name="font-semibold"),
            rx.el.p(lead, class_name="mb-5 text-small text-muted"),
            api_form(
                form_problem(),
                rx.el.input(type="hidden", name="line_id", value=LINE.id),
                *fields,
                dialog_actions(
                    button("Not now", kind="quiet", on_click=OrderDesk.close),
                    button(
                        asks,
                        type="submit",
                        class_name="[form[aria-busy=true]_&]:opacity-55",
                    ),
                ),
                action=action,
                reveal=sent,
                class_name=COLUMN,
            ),
        ),
        next_stage(
            sent,
            rx.el.p(
                icon("check", 22, "text-good"),
                "We have it, and answer within two working days. A letter tells you.",
                class_name="flex gap-3",
            ),
            dialog_actions(button("Good", on_click=OrderDesk.close)),
        ),
        open=what == ASKING,
        on_close=OrderDesk.close,
        name=what,
    )


def _orders() -> Any:
    return f"/api/v1/orders/{FACTS.id}"


def _ending() -> Any:
    return rx.cond(OrderDesk.pass_key, f"?key={OrderDesk.pass_key}", "")
