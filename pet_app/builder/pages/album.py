"""Pictures of what was kept: the photo, other sides, once round, and a card to share."""

import reflex as rx

from pet_app.builder.pictures import PictureKind, PictureState
from pet_app.builder.state.bench import Bench
from pet_app.builder.state.viewed import LIGHTS, VIEWS
from pet_app.builder.studios import USUAL
from pet_app.ui.components.buttons import button
from pet_app.ui.components.choices import choice_group, segment
from pet_app.ui.components.conditions import progress
from pet_app.ui.components.dialogs import dialog, dialog_actions
from pet_app.ui.components.fields import text_field
from pet_app.ui.components.icons import icon
from pet_app.ui.components.messages import notice
from pet_app.ui.session import field_problem

CHECKED = (
    "bg-[conic-gradient(#d9d6cc_25%,#f4f1ea_0_50%,#d9d6cc_0_75%,#f4f1ea_0)] "
    "bg-[length:1.5rem_1.5rem]"
)
"""What stands behind a picture without a background."""

COPY = rx.Var(
    "async () => { const link = document.getElementById('shared-at');"
    " try { await navigator.clipboard.writeText(link.href);"
    " document.getElementById('copy-link').toggleAttribute('data-copied', true); }"
    # Without https there is no clipboard: mark the address, ready to be copied by hand.
    " catch { window.getSelection().selectAllChildren(link); } }"
)


def album() -> rx.Component:
    """The rendered pictures of what was kept, large, once there are any."""
    return rx.cond(
        Bench.is_kept & (Bench.picture.url != ""),
        rx.el.div(
            _shown(),
            choice_group(
                "Look at it",
                *(
                    segment(
                        name,
                        Bench.view == kind.value,
                        name="view",
                        value=kind.value,
                        on_change=Bench.look_from(kind.value),
                    )
                    for kind, name in VIEWS.items()
                ),
            ),
            choice_group(
                "Light",
                *(
                    segment(
                        title,
                        Bench.light == name,
                        name="light",
                        value=name,
                        on_change=Bench.look_in(name),
                    )
                    for name, title in LIGHTS.items()
                ),
            ),
            rx.el.div(
                button(
                    icon("arrow-right"),
                    "Share it",
                    kind="secondary",
                    on_click=Bench.open_share,
                    id="share",
                ),
                class_name="flex",
            ),
            _sharing(),
            class_name="flex flex-col gap-4",
            data_testid="album",
        ),
        rx.fragment(),
    )


def _shown() -> rx.Component:
    """The chosen view; the photo stays until another is there."""
    is_photo = (Bench.view == PictureKind.PHOTO.value) & (Bench.light == USUAL)
    return rx.el.div(
        rx.el.img(
            src=rx.cond(is_photo | (Bench.viewed.url == ""), Bench.picture.url, Bench.viewed.url),
            alt=Bench.shown.description,
            custom_attrs={"width": "800", "height": "800"},
            class_name=rx.cond(
                (Bench.view == PictureKind.CUTOUT.value) & (Bench.viewed.url != ""),
                f"h-auto w-full rounded-card {CHECKED}",
                "picture-ground h-auto w-full rounded-card",
            ),
            id="picture",
        ),
        rx.cond(
            ~is_photo & (Bench.viewed.url == "") & (Bench.viewed.state != ""),
            rx.cond(
                Bench.viewed.state == PictureState.FAILED.value,
                notice(
                    rx.el.p(Bench.viewed.reason),
                    button(
                        "Try again",
                        size="sm",
                        kind="secondary",
                        class_name="mt-2",
                        on_click=Bench.look_from(Bench.view),
                    ),
                    tone="warn",
                ),
                progress(Bench.viewed.said, Bench.viewed.percent),
            ),
            rx.fragment(),
        ),
        custom_attrs={"aria-live": "polite"},
        class_name="rise scroll-mt-28 flex flex-col gap-3",
    )


def _sharing() -> rx.Component:
    return dialog(
        "Share this piece",
        rx.el.p(
            "Whoever has the link sees the piece with the words on it, never your account or your "
            "pet's measurements.",
            class_name="text-small text-muted",
        ),
        rx.cond(
            Bench.card.url,
            rx.el.img(
                src=Bench.card.url,
                alt="The card that is shown with the link",
                custom_attrs={"width": "1200", "height": "630"},
                class_name="mt-5 h-auto w-full rounded-card ring-1 ring-line",
                id="card",
            ),
            rx.cond(
                Bench.card.state,
                rx.el.div(
                    rx.cond(
                        Bench.card.reason,
                        notice(Bench.card.reason, tone="warn"),
                        progress(Bench.card.said, Bench.card.percent),
                    ),
                    class_name="mt-5",
                ),
                rx.fragment(),
            ),
        ),
        rx.cond(Bench.shared_at, _link(), rx.fragment()),
        rx.el.form(
            text_field(
                "Made for",
                "made_for",
                optional=True,
                help="A name for the card. Leave it empty for none.",
                error=field_problem("made_for"),
                default_value=Bench.made_for,
                placeholder="Olive",
                max_length=40,
                key=Bench.shared_at,
            ),
            dialog_actions(
                rx.cond(
                    Bench.shared_at,
                    button("Stop sharing", kind="quiet", on_click=Bench.stop_sharing),
                    rx.fragment(),
                ),
                button(rx.cond(Bench.shared_at, "Change the card", "Make a link"), type="submit"),
            ),
            on_submit=Bench.share,
            class_name="mt-5",
        ),
        open=Bench.sharing,
        on_close=Bench.close_share,
        name="sharing",
    )


def _link() -> rx.Component:
    return rx.el.div(
        rx.el.a(
            Bench.shared_at,
            href=Bench.shared_at,
            class_name="min-w-0 flex-1 truncate text-small font-semibold text-brand underline "
            "underline-offset-4",
            id="shared-at",
        ),
        button(
            icon("copy", 18),
            rx.el.span("Copy link", class_name="[[data-copied]_&]:hidden"),
            rx.el.span("Copied", class_name="hidden [[data-copied]_&]:inline"),
            size="sm",
            kind="secondary",
            on_click=rx.call_function(COPY),
            id="copy-link",
        ),
        class_name="mt-5 flex items-center gap-3 rounded-control bg-sunk px-4 py-2",
    )
