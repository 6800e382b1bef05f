"""Which town's licence somebody needs: by its name, a postcode or an address."""

from dataclasses import dataclass

from pet_app.licensing import places
from pet_app.licensing.places import Place
from pet_app.licensing.rules import Town
from pet_app.licensing.towns import towns

UNKNOWN = "We do not know the licence rules of {where} yet. Ask the town, or the county."
NO_PLACE = "We find no place like “{text}”. Try a postcode, or the town and the state."
SEVERAL = "{where} lies in {parts}. Choose the one you live in."
SOME = "{where} lies in {parts}; of these we know the rules of the one below. Is it yours?"
PARTS = "Not all of {where} need be the same place: your postcode tells which it is."
MANY = "There are several of this name. Choose yours."


@dataclass(frozen=True)
class Found:
    """The towns that may be meant. `where` is the place that was understood, empty for a name of
    ours; `certain` when there is one and no doubt; `advice` says what to do when there is one."""

    towns: tuple[Town, ...]
    where: str = ""
    certain: bool = False
    advice: str = ""


def find_place(text: str) -> Found:
    """The towns that a name, a postcode or an address may mean; all of them for no text.

    None when we know none there: then `advice` says so, and we never guess.
    """
    text = " ".join(text.split())
    if not text:
        return Found(towns())
    if postcode := places.postcode_in(text):
        if where := places.place(postcode):
            return _at((where,), text)
        # a postcode newer than the table stands behind a town we may know
        text = text[: text.upper().rfind(postcode)].rstrip(" ,") or text
    if named := _named(text):
        return Found(named, certain=len(named) == 1, advice="" if len(named) == 1 else MANY)
    return _at(places.places_named(text), text)


def unknown_places(where: Town) -> tuple[str, ...]:
    """The counties and post towns a town says it covers that our table of postcodes has not.

    Of Canada there is no table: nothing is said of its towns.
    """
    known = places.in_state(where.covers.state)
    if not known:
        return ()
    counties = {county for place in known for county in place.counties}
    cities = {city.casefold() for place in known for city in place.cities}
    return (
        *(name for name in where.covers.counties if name not in counties),
        *(name for name in where.covers.cities if name.casefold() not in cities),
    )


def _named(text: str) -> tuple[Town, ...]:
    words = text.casefold().replace(",", " ").split()
    return tuple(
        found
        for found in towns()
        if all(
            word in " ".join((found.name, found.region, *found.places)).casefold() for word in words
        )
    )


def _at(where: tuple[Place, ...], text: str) -> Found:
    if not where:
        return Found((), advice=NO_PLACE.format(text=text))
    words = str(where[0]) if len(where) == 1 else _town_of(where)
    found = tuple(
        town for town in towns() if any(places.share(town.covers, place) for place in where)
    )
    if not found:
        return Found((), words, advice=UNKNOWN.format(where=words))
    sure = all(any(places.wholly(town.covers, place) for town in found) for place in where)
    if len(found) == 1 and sure:
        return Found(found, words, certain=True)
    if len(where) > 1:
        return Found(found, words, advice=PARTS.format(where=words))
    parts = " and ".join(county for place in where for county in place.counties)
    said = SOME if len(found) == 1 else SEVERAL
    return Found(found, words, advice=said.format(where=words, parts=parts))


def _town_of(where: tuple[Place, ...]) -> str:
    states = {place.state for place in where}
    name = where[0].cities[0]
    return f"{name}, {where[0].state}" if len(states) == 1 else name
