"""Designs for tests."""

import random
from dataclasses import replace
from typing import Any

from pet_app.builder import library, palette
from pet_app.builder.constraints import FIELDS
from pet_app.builder.design import Design, Look, Measurements, Options
from pet_app.builder.quote import judged, settled
from pet_app.builder.reading import contradictions
from pet_app.builder.resolve import WORK_OUT
from pet_app.builder.rules import (
    Buckle,
    Build,
    Finish,
    Kind,
    Lining,
    Material,
    Method,
    Pattern,
    RingPlace,
    TagShape,
)
from pet_app.builder.starting import STARTING

KINDS = tuple(kind for kind in Kind if kind in WORK_OUT)
"""The kinds that can be built."""

TEXTS = ("", "", "", "Rex", "Biscuit", "Łucja", "Ζευς", "Бобик", "555 0134", "O'Malley & Co")


def make_design(
    kind: Kind | str = Kind.HARNESS,
    neck_mm: int = 400,
    girth_mm: int = 640,
    back_mm: int = 480,
    weight_g: int = 18_000,
    width_mm: int | None = None,
    material: Material | str | None = None,
    pattern: Pattern | str = Pattern.PLAIN,
    colour: str = "pine",
    accent: str = "chalk",
    finish: Finish | str = Finish.POLISHED,
    thread: str = "match",
    build: Build | str = Build.RETRIEVER,
    age_weeks: int = 0,
    **options: Any,
) -> Design:
    """A design for a middling dog, with whatever is given changed."""
    usual = STARTING[Kind(kind)]
    material = usual.look.material if material is None else Material(material)
    return Design(
        Kind(kind),
        Measurements(neck_mm, girth_mm, back_mm, weight_g),
        usual.width_mm if width_mm is None else width_mm,
        Look(material, Pattern(pattern), colour, accent, Finish(finish), thread),
        Build(build),
        age_weeks,
        replace(
            usual.options, **{name: FIELDS[f"options.{name}"](options[name]) for name in options}
        ),
    )


def _plain(options: dict[str, Any]) -> dict[str, Any]:
    """Options as a design has them, from words: `lining="mesh"`."""
    return {name: FIELDS[f"options.{name}"](value) for name, value in options.items()}


def random_designs(count: int, seed: int = 1, kinds: tuple[Kind, ...] = KINDS) -> list[Design]:
    """Valid designs of every kind, size and option, the same for the same seed."""
    dice = random.Random(seed)
    designs: list[Design] = []
    while len(designs) < count:
        kind = kinds[len(designs) % len(kinds)]
        design = settled(_random_design(dice, kind))
        if design.kind is kind and not judged(design):
            designs.append(design)
    return designs


def random_measurements(dice: random.Random) -> Measurements:
    """Measurements that one animal could have, from kitten to mastiff."""
    while True:
        girth = round(200 * (1250 / 200) ** dice.random())
        neck = round(girth / dice.uniform(1.1, 2.1))
        back = round(girth * dice.uniform(0.5, 1.2))
        divisor = library.plausible("weight_divisor")
        weight = round(girth**2 * back / divisor * dice.uniform(0.6, 1.6))
        measured = Measurements(neck, girth, back, weight)
        spans = {name: library.limits(name) for name in vars(measured)}
        within = all(low <= getattr(measured, name) <= high for name, (low, high) in spans.items())
        if within and not contradictions(measured):
            return measured


def _random_design(dice: random.Random, kind: Kind) -> Design:
    """Options drawn at random, whether they go together or not."""
    measured = random_measurements(dice)
    material = dice.choice(list(Material))
    colours = [key for key, colour in palette.colours().items() if colour.comes_in(material)]
    widths = library.widths(kind) or (0,)
    return Design(
        kind,
        measured,
        dice.choice(widths),
        Look(
            material,
            dice.choice(list(Pattern)),
            dice.choice(colours),
            dice.choice(colours),
            dice.choice(list(Finish)),
            dice.choice(["match", *palette.colours()]),
        ),
        dice.choice(list(Build)),
        dice.choice([0, 0, 12, 30]),
        _random_options(dice, kind),
    )


def _random_options(dice: random.Random, kind: Kind) -> Options:
    usual, has = STARTING[kind].options, library.options(kind)
    drawn: dict[str, Any] = {
        "lining": dice.choice(list(Lining)),
        "buckle": dice.choice(list(Buckle)),
        "rings": tuple(place for place in RingPlace if dice.random() < 0.5),
        "handle": dice.random() < 0.4,
        "reflective": dice.random() < 0.4,
        "leash_mm": dice.randrange(1000, 5001, 50),
        "tag_shape": dice.choice(list(TagShape)),
        "tag_mm": dice.choice([22, 28, 32, 36, 40]),
        "text": dice.choice(TEXTS),
        "method": dice.choice(list(Method)),
    }
    return replace(usual, **{name: value for name, value in drawn.items() if name in has})
