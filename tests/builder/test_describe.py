"""A piece in words."""

from typing import Any

import pytest

from pet_app.builder import library
from pet_app.builder.constraints import with_choice
from pet_app.builder.describe import describe
from pet_app.builder.resolve import resolve
from pet_app.builder.rules import Kind
from pet_app.core.measures import Units
from tests.builder.factory import make_design, random_designs
from tests.proofs.words import unsaid

OTHER: dict[str, tuple[Any, str]] = {
    "look.material": ("cotton", "cotton"),
    "look.pattern": ("dots", "dots"),
    "look.colour": ("poppy", "poppy"),
    "look.finish": ("black", "black"),
    "look.thread": ("poppy", "poppy"),
    "options.lining": ("mesh", "mesh"),
    "options.buckle": ("metal", "metal side release"),
    "options.handle": (True, "a handle"),
    "options.reflective": (True, "reflective edges"),
    "options.leash_mm": (2500, "2500 mm"),
    "options.tag_shape": ("heart", "heart"),
    "options.tag_mm": (36, "36 mm"),
    "options.text": ("Luna", "luna"),
    "width_mm": (30, "30 mm"),
}


@pytest.mark.parametrize("field", OTHER)
@pytest.mark.parametrize("kind", Kind)
def test_changing_any_option_changes_the_words_and_names_the_new_value(
    kind: Kind, field: str
) -> None:
    group, _, name = field.rpartition(".")
    owned = {"look": library.look(kind), "options": library.options(kind)}
    if name not in owned.get(group, {"width_mm"} if library.widths(kind) else ()):
        return
    design = make_design(kind, back_mm=560, weight_g=20_000)
    if (kind, field) == (Kind.BANDANA, "look.material"):
        design = with_choice(design, "look.material", "hemp")
    value, word = OTHER[field]
    before = describe(resolve(design))
    after = describe(resolve(with_choice(design, field, value)))
    assert after != before
    assert word in after.lower()


@pytest.mark.parametrize(
    ("rings", "words"),
    [
        (("back",), "a ring on the back"),
        (("chest",), "a ring on the chest"),
        (("back", "chest"), "rings on the back and on the chest"),
    ],
)
def test_rings_are_named_by_their_place(rings: tuple[str, ...], words: str) -> None:
    assert words in describe(resolve(make_design(rings=rings)))


@pytest.mark.parametrize("method", ["embroidered", "printed", "engraved"])
def test_a_text_is_named_with_the_way_it_is_put_on(method: str) -> None:
    words = describe(resolve(make_design("collar", text="Rex", method=method)))
    assert f"“Rex” is {method}" in words


def test_nothing_chosen_goes_unsaid() -> None:
    for design in random_designs(90, seed=29):
        assert not unsaid(design, describe(resolve(design)))


def test_a_piece_is_described_in_inches_for_who_thinks_in_them() -> None:
    words = describe(resolve(make_design()), Units.IN)
    assert "1 in nylon" in words
    assert " mm" not in words
