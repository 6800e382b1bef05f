"""Which choices go together, and the numbers behind them."""

from typing import Any

import pytest

from pet_app.builder import library, palette
from pet_app.builder.constraints import check, with_choice
from pet_app.builder.quote import judged, settled
from pet_app.builder.rules import Finish, Kind, Material
from tests.builder.factory import KINDS, make_design

KITTEN: dict[str, Any] = {"neck_mm": 165, "girth_mm": 250, "back_mm": 220, "weight_g": 1_200}
MASTIFF: dict[str, Any] = {"neck_mm": 720, "girth_mm": 1080, "back_mm": 820, "weight_g": 90_000}
BACK = ("back",)


@pytest.mark.parametrize(
    ("changes", "field", "nearest"),
    [
        ({"width_mm": 50}, "width_mm", 30),
        ({"width_mm": 17}, "width_mm", 15),
        ({**KITTEN, "rings": BACK, "width_mm": 25}, "width_mm", 10),
        ({**MASTIFF, "width_mm": 15}, "width_mm", 40),
        ({"kind": "collar", "width_mm": 50}, "width_mm", 40),
        ({"kind": "collar", **KITTEN, "width_mm": 25}, "width_mm", 15),
        ({"kind": "leash", **MASTIFF, "width_mm": 10}, "width_mm", 30),
        ({"kind": "leash", "leash_mm": 400}, "options.leash_mm", 1000),
        ({"kind": "leash", "leash_mm": 9000}, "options.leash_mm", 5000),
        ({"kind": "leash", "leash_mm": 1100, "handle": True}, "options.handle", False),
        ({"kind": "tag", "tag_mm": 33}, "options.tag_mm", 32),
        ({"kind": "tag", "tag_mm": 22, "tag_shape": "bone", "text": ""}, "options.tag_mm", 28),
        ({"kind": "tag", **KITTEN, "tag_mm": 40, "text": ""}, "options.tag_mm", 28),
        ({"material": "leather", "pattern": "plaid", "accent": "navy"}, "look.pattern", "plain"),
        ({"material": "biothane", "pattern": "paw"}, "look.pattern", "plain"),
        ({"material": "hemp", "pattern": "camo"}, "look.pattern", "plain"),
        ({"material": "cotton", "pattern": "gradient"}, "look.pattern", "plain"),
        ({"material": "leather", "colour": "coral"}, "look.colour", "honey"),
        ({"material": "biothane", "colour": "heather"}, "look.colour", "blossom"),
        ({"rings": ()}, "options.rings", ("back",)),
        ({"rings": ("nape",)}, "options.rings", ("back",)),
        ({"rings": ("back", "nape")}, "options.rings", ("back",)),
        ({"kind": "collar", "rings": ()}, "options.rings", ("buckle",)),
        ({"lining": "fleece", "width_mm": 10, **KITTEN}, "options.lining", "none"),
        ({"reflective": True, "width_mm": 10, **KITTEN}, "options.reflective", False),
        ({"handle": True, "back_mm": 300, "weight_g": 9000}, "options.handle", False),
    ],
)
def test_a_bad_combination_is_refused_with_the_nearest_that_works(
    changes: dict[str, Any], field: str, nearest: object
) -> None:
    design = make_design(**changes)
    refusal = next(found for found in check(design) if found.field == field)
    assert refusal.nearest == nearest
    assert refusal.reason.endswith(".")
    assert refusal.nearest is not None
    mended = with_choice(design, field, refusal.nearest)
    assert field not in {found.field for found in check(mended)}


@pytest.mark.parametrize("animal", [KITTEN, MASTIFF])
@pytest.mark.parametrize("kind", KINDS)
def test_the_smallest_and_the_largest_animal_can_both_have_every_kind(
    kind: Kind, animal: dict[str, Any]
) -> None:
    for width in library.widths(kind) or (0,):
        assert not judged(settled(make_design(kind, **animal, width_mm=width)))


def test_the_accent_does_not_matter_on_a_plain_piece() -> None:
    assert not check(make_design(material="leather", accent="coral"))


def test_every_number_names_its_source_or_is_marked_as_an_assumption() -> None:
    for name in ("materials", "fit", "making", "hardware"):
        for path, rows in numbered(library.table(name)):
            assert any("source" in row or "assumption" in row for row in rows), (name, path)


def numbered(table: dict[str, Any], path: tuple[str, ...] = (), above: tuple[Any, ...] = ()) -> Any:
    """Every table that holds a number, with the tables it lies in."""
    here = (*above, table)
    if any(isinstance(value, int | float) and value is not True for value in table.values()):
        yield path, here
    for key, value in table.items():
        if isinstance(value, dict):
            yield from numbered(value, (*path, key), here)


def test_every_width_on_offer_has_its_hardware() -> None:
    for kind in KINDS:
        for width in library.widths(kind):
            for piece in ("side_release_buckle", "slider", "d_ring"):
                assert library.hardware(piece, width).strength_n > 0
    assert all(library.finish_surcharge_cents(finish) >= 0 for finish in Finish)


def test_every_material_comes_in_several_colours() -> None:
    for material in Material:
        assert sum(colour.comes_in(material) for colour in palette.colours().values()) >= 6
