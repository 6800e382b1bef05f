"""What is asked before something becomes of a licence."""

from typing import Any

import reflex as rx

from pet_app.licensing.state.mine import Licences
from pet_app.ui.components.buttons import Kind, button
from pet_app.ui.components.dialogs import dialog, dialog_actions
from pet_app.ui.components.fields import select_field, text_area, text_field
from pet_app.ui.session import field_problem

ONE: Any = Licences.one
ASKING: Any = Licences.asking


def dialogs() -> rx.Component:
    """All of them; one is open at most."""
    return rx.fragment(
        _asked(
            "lost",
            ONE.name + " is lost?",
            "Whoever scans or types the code on the tag reads that you are looking, with your "
            "words. They can write to you; your address stays hidden.",
            text_area(
                "What should they know?",
                "words",
                help="Where it was seen last, what it answers to, whether it is shy.",
                error=field_problem("words"),
                max_length=300,
            ),
            done="Say it is lost",
            on_submit=Licences.say_lost,
            kind="danger",
        ),
        _asked(
            "transfer",
            "Hand the licence on",
            "We write to the new owner. Once they agree and the town's fee is paid, the licence is "
            "theirs; until then it stays yours.",
            text_field(
                "Their e-mail address",
                "email",
                type="email",
                error=field_problem("email"),
                auto_complete="off",
            ),
            done="Write to them",
            on_submit=Licences.offer,
        ),
        _asked(
            "move",
            "Where do you move to?",
            "You apply there with everything filled in. This licence ends when that one begins.",
            select_field(
                "The new town",
                "town_id",
                Licences.towns,
                error=field_problem("town_id"),
            ),
            done="Go on",
            on_submit=Licences.move,
        ),
        _asked(
            "end",
            "End this licence?",
            "If your pet has died, we are sorry. The town is told, and we stop reminding you. This "
            "cannot be undone.",
            text_field(
                "Why, if you like to say",
                "reason",
                optional=True,
                max_length=100,
                auto_complete="off",
            ),
            done="End it",
            on_submit=Licences.give_up,
            kind="danger",
        ),
    )


def _asked(
    what: str,
    title: Any,
    words: str,
    field: rx.Component,
    *,
    done: str,
    on_submit: Any,
    kind: Kind = "primary",
) -> rx.Component:
    return dialog(
        title,
        rx.el.form(
            rx.el.p(words, class_name="mb-5 text-muted"),
            field,
            dialog_actions(
                button("Leave it", kind="secondary", on_click=Licences.close),
                button(done, type="submit", kind=kind, busy=Licences.busy),
            ),
            on_submit=on_submit,
            custom_attrs={"noValidate": True},
        ),
        open=what == ASKING,
        on_close=Licences.close,
        name=f"{what}-licence",
    )
