"""Breed names suggested while typing."""

from pet_app.pet import breeds
from pet_app.pet.rules import Species


def test_breeds_that_begin_with_the_text_come_first() -> None:
    found = breeds.suggest("lab", Species.DOG)
    assert found[0].startswith("Lab")
    assert all("lab" in name.casefold() for name in found)


def test_cats_are_not_offered_dog_breeds() -> None:
    assert "Maine Coon" in breeds.suggest("maine", Species.CAT)
    assert breeds.suggest("maine", Species.DOG) == []


def test_nothing_typed_suggests_nothing() -> None:
    assert breeds.suggest("  ", Species.DOG) == []
