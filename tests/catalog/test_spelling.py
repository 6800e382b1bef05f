"""Words as they are looked for, and how far one is from another."""

import random

import pytest

from pet_app.catalog.rules import Kind
from pet_app.catalog.spelling import distance, other_words, slips, stem, trigrams, words
from tests.catalog.factory import TRAIL
from tests.catalog.hurry import slipped


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Trail Harnesses", ["trail", "harness"]),
        ("leashes, collars & boxes", ["leash", "collar", "box"]),
        ("glass canvas bus", ["glass", "canva", "bus"]),
        ("Crème brûlée", ["creme", "brulee"]),
        ("the dog's dog’s dogs", ["the", "dog"]),
        ("25 mm", ["25", "mm"]),
        ("поводок ПОВОДОК", ["поводок"]),
        ("", []),
        ("a b c d e f g h i j", list("abcdefgh")),
    ],
)
def test_a_text_is_looked_for_by_its_words(text: str, found: list[str]) -> None:
    assert words(text) == found


def test_one_and_many_are_one_word() -> None:
    pairs = {"harnesses": "harness", "leashes": "leash", "toys": "toy", "boxes": "box"}
    assert {stem(many): stem(one) for many, one in pairs.items()} == {
        one: one for one in pairs.values()
    }


def test_a_product_is_found_by_other_names_of_its_kind() -> None:
    found = other_words(TRAIL).split()
    assert {"vest", "dog", "puppy", "nylon", "marigold"} <= set(found)
    assert "neckerchief" not in found
    assert Kind.BANDANA.also_called


@pytest.mark.parametrize("seed", range(30))
def test_one_slip_is_nearer_than_any_other_word_of_that_length(seed: int) -> None:
    chance = random.Random(seed)
    meant, other = "marigold", "lavender"
    typed = slipped(meant, chance)
    assert distance(typed, meant) <= 1.5 < distance(typed, other)


def test_how_far_words_are_apart() -> None:
    assert distance("harness", "harness") == 0
    assert distance("hraness", "harness") == 1
    assert distance("harnes", "harness") == 1
    assert distance("harneess", "harness") == 1
    assert distance("jarness", "harness") == pytest.approx(0.7 + 0.5)
    assert distance("hqrness", "harness") < distance("hprness", "harness")


def test_short_words_are_forgiven_less() -> None:
    assert [slips("a" * length) for length in (2, 3, 5, 6, 9, 10)] == [0, 1, 1, 2, 2, 3]
    assert trigrams("tag") == ["__t", "_ta", "tag", "ag_"]
