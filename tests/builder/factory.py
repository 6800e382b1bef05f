"""Designs for tests."""

import random
from dataclasses import replace

from pet_app.builder import library, palette
from pet_app.builder.constraints import allowed_patterns, allowed_widths, check
from pet_app.builder.design import Design, Look, Measurements, Options
from pet_app.builder.reading import contradictions
from pet_app.builder.rules import Finish, Kind, Material, Pattern, RingPlace

KINDS = (Kind.HARNESS, Kind.COLLAR)
"""The kinds that can be built."""

RINGS = {
    Kind.HARNESS: (RingPlace.BACK, RingPlace.CHEST),
    Kind.COLLAR: (RingPlace.BUCKLE,),
}


def make_design(
    kind: Kind | str = Kind.HARNESS,
    neck_mm: int = 400,
    girth_mm: int = 640,
    back_mm: int = 480,
    weight_g: int = 18_000,
    width_mm: int = 25,
    material: Material | str = Material.NYLON,
    pattern: Pattern | str = Pattern.PLAIN,
    colour: str = "pine",
    accent: str = "chalk",
    finish: Finish | str = Finish.POLISHED,
) -> Design:
    """A design for a middling dog, with whatever is given changed."""
    return Design(
        Kind(kind),
        Measurements(neck_mm, girth_mm, back_mm, weight_g),
        width_mm,
        Look(Material(material), Pattern(pattern), colour, accent, Finish(finish)),
        options=Options(rings=RINGS.get(Kind(kind), ())),
    )


def random_designs(count: int, seed: int = 1) -> list[Design]:
    """Valid designs from kitten to mastiff, the same for the same seed."""
    dice = random.Random(seed)
    designs: list[Design] = []
    while len(designs) < count:
        design = _random_design(dice)
        widths = allowed_widths(design)
        if contradictions(design.measurements) or not widths:
            continue
        design = replace(design, width_mm=dice.choice(widths))
        assert not check(design)
        designs.append(design)
    return designs


def _random_design(dice: random.Random) -> Design:
    girth = round(200 * (1250 / 200) ** dice.random())
    neck = round(girth / dice.uniform(1.1, 2.1))
    back = round(girth * dice.uniform(0.5, 1.2))
    weight = round(girth**2 * back / library.plausible("weight_divisor") * dice.uniform(0.6, 1.6))
    material = dice.choice(list(Material))
    colours = [key for key, colour in palette.colours().items() if colour.comes_in(material)]
    measured = Measurements(neck, girth, back, weight)
    for name, value in vars(measured).items():
        low, high = library.limits(name)
        if not low <= value <= high:
            return _random_design(dice)
    return make_design(
        kind=dice.choice(KINDS),
        **vars(measured),
        material=material,
        pattern=dice.choice(allowed_patterns(material)),
        colour=dice.choice(colours),
        accent=dice.choice(colours),
        finish=dice.choice(list(Finish)),
    )
