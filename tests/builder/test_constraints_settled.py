"""Whatever is sent, there is a way from it to a piece that can be made."""

import os
import random
from typing import Any

from pet_app.builder import library, palette
from pet_app.builder.constraints import FIELDS, check, has, value_of, with_choice
from pet_app.builder.design import Design
from pet_app.builder.quote import judged, quote, settled
from pet_app.builder.reading import parse
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
from tests.builder.factory import make_design, random_measurements

TEXTS = ("", "Rex", "שלום", "🐶", "Rex\nand\nfriends\nof ours", "W" * 60)
COUNT = int(os.environ.get("SETS", "144"))
"""How many sets of options are tried; `make proofs` tries more."""
HEAVIEST_SURE_KG = 60
"""Up to this weight there is something of every kind; what may be refused above is its load."""


def anything(dice: random.Random, kind: Kind) -> Design:
    """A design with every field drawn from all there is, fitting or not."""
    values: dict[str, Any] = {
        "build": dice.choice(list(Build)),
        "age_weeks": dice.choice([0, 0, 6, 12, 30, 90, 1500]),
        "width_mm": dice.choice([5, 9, 10, 15, 17, 20, 25, 30, 40, 50, 60]),
        "look.material": dice.choice(list(Material)),
        "look.pattern": dice.choice(list(Pattern)),
        "look.colour": dice.choice(list(palette.colours())),
        "look.accent": dice.choice(list(palette.colours())),
        "look.finish": dice.choice(list(Finish)),
        "look.thread": dice.choice(["match", *palette.colours()]),
        "options.lining": dice.choice(list(Lining)),
        "options.buckle": dice.choice(list(Buckle)),
        "options.rings": tuple(place for place in RingPlace if dice.random() < 0.4),
        "options.handle": dice.random() < 0.4,
        "options.reflective": dice.random() < 0.4,
        "options.leash_mm": dice.choice([0, 1, 999, 1000, 1750, 5000, 20_000]),
        "options.tag_shape": dice.choice(list(TagShape)),
        "options.tag_mm": dice.choice([0, 1, 22, 30, 40, 100]),
        "options.text": dice.choice(
            ["", "Rex", "שלום", "🐶", "Rex\nand\nfriends\nof ours", "W" * 60]
        ),
        "options.method": dice.choice(list(Method)),
    }
    animal = vars(random_measurements(dice))
    design = make_design(kind, **animal, text="")
    for field, value in values.items():
        if has(kind, field) or field in ("build", "age_weeks"):
            design = with_choice(design, field, value)
    return design


def test_every_set_of_options_leads_to_a_piece_that_can_be_made() -> None:
    dice = random.Random(11)
    for number in range(COUNT):
        design = anything(dice, list(Kind)[number % len(Kind)])
        found = settled(design)
        left = judged(found)
        if left:
            assert [refusal.field for refusal in left] == ["width_mm"]
            assert left[0].nearest is None
            assert design.measurements.weight_g > HEAVIEST_SURE_KG * 1000
            continue
        assert settled(found) == found
        assert parse(found.to_dict()) == found
        if number % 6 == 0:
            assert quote(found).can_be_made


def test_each_nearest_answers_its_own_refusal() -> None:
    dice = random.Random(12)
    for number in range(COUNT):
        design = anything(dice, list(Kind)[number % len(Kind)])
        for refusal in check(design):
            if refusal.nearest is not None:
                mended = with_choice(design, refusal.field, refusal.nearest)
                again = {found.field: found for found in check(mended)}
                assert mended != design
                assert again.get(refusal.field) != refusal


def test_a_design_that_can_be_made_is_left_as_it_is() -> None:
    for kind in Kind:
        design = settled(make_design(kind))
        assert not judged(design)
        assert settled(design) == design


def test_the_page_is_told_of_every_value_whether_it_can_be_had() -> None:
    for kind in Kind:
        design = settled(make_design(kind))
        options = quote(design).options
        assert options.keys() == {
            field for field in FIELDS if has(kind, field) and field not in NOT_PICKED
        }
        for field, values in options.items():
            if field == "options.rings":
                continue
            for option in values:
                other = with_choice(design, field, _plain(field, option.value))
                refused = field in {refusal.field for refusal in judged(other)}
                assert refused == bool(option.reason) or field == "look.material", (kind, option)
        for field in options.keys() - {"options.rings"}:
            own = str(value_of(design, field))
            assert next(o.reason for o in options[field] if o.value == own) == ""


def test_the_last_ring_cannot_be_taken_away() -> None:
    design = make_design("collar", rings=(RingPlace.BUCKLE,))
    reasons = {option.value: option.reason for option in quote(design).options["options.rings"]}
    assert reasons["buckle"]
    assert not reasons["nape"]


NOT_PICKED = {"kind", "build", "age_weeks", "options.text"}


def _plain(field: str, value: str) -> Any:
    if FIELDS[field] is int:
        return int(value)
    if FIELDS[field] is bool:
        return value == "True"
    return value


def test_other_kinds_keep_what_they_have() -> None:
    collar = with_choice(make_design(lining="mesh", rings=("back",)), "kind", "collar")
    assert collar.options.lining is Lining.MESH
    leash = with_choice(collar, "kind", "leash")
    assert leash.options.lining is Lining.NONE
    assert leash.width_mm in library.widths(Kind.LEASH)
    assert with_choice(leash, "kind", "tag").width_mm == 0
