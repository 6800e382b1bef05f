"""Picking what a piece has besides its straps: lining, buckle, rings, handle, length, shape."""

from typing import Any

import reflex as rx

from pet_app.builder import library
from pet_app.builder.choices import Choice, offered
from pet_app.builder.pages.picking import (
    advices,
    by_kind,
    chosen,
    group,
    pills,
    why_not,
    yes_or_no,
)
from pet_app.builder.rules import Kind, Lining, RingPlace, TagShape
from pet_app.builder.state.bench import Bench
from pet_app.builder.words import about, name_of
from pet_app.ui.components.choices import choice_group, tick

EXTRAS: dict[Choice, str] = {"handle": "Handle", "reflective": "Reflective edge"}
SEWN_IN = {"lining", "buckle", "rings", *EXTRAS}


def has_details(kind: Kind) -> bool:
    """Whether there is anything to choose of how a kind is made."""
    return bool(SEWN_IN & set(library.options(kind)))


def linings() -> Any:
    """What lies between strap and coat."""
    return _if_has("lining", _told("Lining", "lining", tuple(Lining)))


def buckles() -> Any:
    """How it opens."""
    return by_kind(
        lambda kind: offered("buckle", kind) if _has(kind, "buckle") else (),
        lambda values: _told("Buckle", "buckle", values),
    )


def rings() -> Any:
    """Where a leash clips on."""
    return by_kind(
        lambda kind: offered("rings", kind) if _has(kind, "rings") else (),
        lambda places: group("Rings for the leash", "rings", *(_ring(place) for place in places)),
    )


def extras() -> Any:
    """A handle, a reflective edge."""

    def has(kind: Kind) -> tuple[str, ...]:
        return tuple(name for name in EXTRAS if _has(kind, name))

    return by_kind(
        has,
        lambda those: rx.el.div(
            choice_group(
                "Extras",
                *(yes_or_no(extra, name) for extra, name in EXTRAS.items() if extra in those),
            ),
            *(advices(extra) for extra in EXTRAS if extra in those),
            class_name="flex flex-col gap-3",
        ),
    )


def lengths() -> Any:
    """How long a leash is from snap to hand."""
    return by_kind(
        lambda kind: offered("leash_mm", kind) if _has(kind, "leash_mm") else (),
        lambda values: pills("Length, snap to hand", "leash", values, _feet(values)),
    )


def tags() -> Any:
    """The shape and size of a tag."""
    return by_kind(
        lambda kind: offered("tag_mm", kind) if _has(kind, "tag_mm") else (),
        lambda sizes: rx.fragment(
            pills("Shape", "tag_shape", tuple(TagShape)),
            pills("Width", "tag", sizes),
        ),
    )


def _told(legend: str, choice: Choice, values: tuple[str, ...]) -> rx.Component:
    """Pills with a line about the one chosen."""
    line = rx.match(chosen(choice), *((str(v), about(choice, str(v))) for v in values), "")
    return rx.el.div(
        pills(legend, choice, values),
        rx.el.p(line, class_name="text-small text-muted"),
        class_name="flex flex-col gap-2",
    )


def _ring(place: str) -> rx.Component:
    name = name_of("rings", place)
    there = Bench.choices.rings.contains(place)
    reasons: Any = Bench.shown.blocked
    return rx.cond(
        reasons[f"rings:{place}"] & ~there,
        why_not("rings", place, name),
        tick(name, there, name="rings", value=place, on_change=Bench.put_ring(RingPlace(place))),
    )


def _feet(values: tuple[str, ...]) -> Any:
    """The chosen length in feet."""
    return rx.match(
        Bench.choices.leash, *((v, f"about {int(v) / 304.8:.1f} ft") for v in values), ""
    )


def _if_has(option: str, shown: rx.Component) -> Any:
    return by_kind(lambda kind: (option,) if _has(kind, option) else (), lambda _: shown)


def _has(kind: Kind, option: str) -> bool:
    return option in library.options(kind)
