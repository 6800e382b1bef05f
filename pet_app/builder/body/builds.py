"""Which build a breed has."""

from functools import cache

from pet_app.builder import library
from pet_app.builder.rules import Build


def of(species: str, breed: str) -> Build:
    """The build of a breed by its name, in any case; `species` is `dog` or `cat`.

    A name that no list knows is built like a retriever, the middle of all dogs.
    """
    if species.casefold() == Build.CAT:
        return Build.CAT
    name = " ".join(breed.casefold().split())
    if name in _names():
        return _names()[name]
    for build, words in library.table("breed_builds")["words"].items():
        if any(word in name for word in words):
            return Build(build)
    return Build.RETRIEVER


@cache
def _names() -> dict[str, Build]:
    rows = library.table("breed_builds")["names"]
    return {name.casefold(): Build(build) for build, names in rows.items() for name in names}
