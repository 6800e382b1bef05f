"""Which build a breed has."""

import json
from collections import Counter
from pathlib import Path

import pytest

import pet_app.pet
from pet_app.builder import library
from pet_app.builder.body import builds
from pet_app.builder.rules import Build

BREEDS = json.loads((Path(pet_app.pet.__file__).parent / "data" / "breeds.json").read_text())


@pytest.mark.parametrize(
    ("breed", "build"),
    [
        ("Chihuahua", Build.TOY),
        ("Jack Russell Terrier", Build.TERRIER),
        ("Giant Schnauzer", Build.TERRIER),
        ("Siberian Husky", Build.SPITZ),
        ("shiba  inu", Build.SPITZ),
        ("Labrador Retriever", Build.RETRIEVER),
        ("Border Collie", Build.RETRIEVER),
        ("Greyhound", Build.SIGHTHOUND),
        ("Whippet", Build.SIGHTHOUND),
        ("Dachshund", Build.DACHSHUND),
        ("Pembroke Welsh Corgi", Build.DACHSHUND),
        ("French Bulldog", Build.BULLDOG),
        ("Pug", Build.BULLDOG),
        ("English Mastiff", Build.MASTIFF),
        ("Great Dane", Build.MASTIFF),
        ("Toy Fox Terrier", Build.TOY),
        ("Tibetan Terrier", Build.RETRIEVER),
        ("Mixed breed", Build.RETRIEVER),
        ("no such breed", Build.RETRIEVER),
        ("", Build.RETRIEVER),
    ],
)
def test_a_breed_has_a_build(breed: str, build: Build) -> None:
    assert builds.of("dog", breed) is build


def test_every_cat_is_a_cat() -> None:
    assert {builds.of("cat", breed) for breed in [*BREEDS["cat"], "", "Chihuahua"]} == {Build.CAT}


def test_no_dog_is_a_cat_and_every_build_has_breeds() -> None:
    found = Counter(builds.of("dog", breed) for breed in BREEDS["dog"])
    assert set(found) == set(Build) - {Build.CAT}
    assert min(found.values()) > 15


def test_every_name_on_the_list_is_a_breed_we_offer_and_stands_there_once() -> None:
    rows = library.table("breed_builds")["names"]
    names = [name for row in rows.values() for name in row]
    assert set(names) <= set(BREEDS["dog"])
    assert len(names) == len(set(names))
