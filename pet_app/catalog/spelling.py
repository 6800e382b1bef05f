"""Words as they are looked for, and how likely one was meant by another.

A word is small letters and digits without accents, its plural's ending taken off, so that
`Harnesses`, `harness` and `HARNESS` are one.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from pet_app.catalog.rules import Kind, NewProduct, Species, facets_of

WORD = re.compile(r"\d+|[^\W\d_]+")
MOST_WORDS = 8
LONGEST_WORD = 30
SHORT, MIDDLING = 5, 9
"""Up to so many letters a word is taken for another with one, and with two, slips."""
SHORTEST, SHORTEST_PLURAL = 3, 4
ENDINGS = ("ches", "shes", "sses", "xes", "zes")
NO_PLURAL = ("ss", "us", "is")
SAID_OF = {
    "blossom": "pink",
    "chalk": "white",
    "charcoal": "black grey",
    "chestnut": "brown",
    "coral": "orange pink",
    "heather": "purple",
    "honey": "yellow",
    "lagoon": "blue turquoise",
    "marigold": "yellow orange",
    "moss": "green",
    "navy": "blue",
    "oxblood": "red burgundy",
    "pine": "green",
    "poppy": "red",
    "sky": "blue",
    "stone": "beige grey",
    "biothane": "waterproof coated",
    "recycled_pet": "plastic",
}
"""By what other words people look for a colour or a material."""
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
NEIGHBOUR = 0.7
FIRST_LETTER = 0.5
"""How much likelier a neighbouring key, how much less likely a wrong first letter."""


def plain(text: str) -> list[str]:
    """The words of a text, in small letters without accents."""
    taken_apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in taken_apart if not unicodedata.combining(sign))
    return [word[:LONGEST_WORD] for word in WORD.findall(bare.replace("'", "").replace("’", ""))]


def stem(word: str) -> str:
    """The word without its plural's ending."""
    if word.endswith(ENDINGS):
        return word[:-2]
    if len(word) >= SHORTEST_PLURAL and word.endswith("s") and not word.endswith(NO_PLURAL):
        return word[:-1]
    return word


def words(text: str, most: int = MOST_WORDS) -> list[str]:
    """What a text is looked for by: its words, each once, in their order."""
    return list(dict.fromkeys(stem(word) for word in plain(text)))[:most]


def title_words(title: str) -> str:
    """The title of a product as it is looked for."""
    return " ".join(words(title, most=40))


def other_words(new: NewProduct) -> str:
    """What else a product is found by: what it is, for whom, how it looks and what it is of."""
    kind, species = Kind(new.kind), Species(new.species)
    said = [new.subtitle, kind.value, kind.plural, *kind.also_called, *new.tags]
    said += [whom for whom in ("dog", "cat") if species in (whom, Species.BOTH)]
    said += ["puppy"] * (species is not Species.CAT) + ["kitten"] * (species is not Species.DOG)
    said += [value for _, value in new.details] + [
        value.replace("_", " ") for _, value in new.facets
    ]
    said += [value for form in new.forms() for _, value in form.options]
    look = {} if kind is Kind.TAG else new.design.get("look") or {}
    said += [str(value).replace("_", " ") for value in look.values()]
    said += [SAID_OF.get(value, "") for _, value in sorted(facets_of(new))]
    return " ".join(words(" ".join(said), most=200))


def shown_words(title: str, rest: str) -> dict[str, str]:
    """Every word's stem and the word as it is shown to somebody who meant it."""
    return {stem(word): word for word in reversed(plain(f"{title} {rest}"))}


def trigrams(word: str) -> list[str]:
    """Every three letters in a row, of the word with its ends marked: `tag` has `__t`, …, `ag_`."""
    marked = f"__{word}_"
    return [marked[place : place + 3] for place in range(len(marked) - 2)]


def slips(word: str) -> int:
    """How many slips a word of this length is forgiven."""
    if len(word) < SHORTEST:
        return 0
    return 1 if len(word) <= SHORT else 2 if len(word) <= MIDDLING else 3


@lru_cache(maxsize=50_000)
def distance(typed: str, meant: str) -> float:
    """How far one word is from another, in slips: a letter dropped, doubled, wrong or swapped.

    A neighbouring key counts for less than a far one, a wrong first letter for more.
    """
    before: Sequence[float] = ()
    row: list[float] = [float(place) for place in range(len(meant) + 1)]
    for i, letter in enumerate(typed, 1):
        last, row = row, [float(i)]
        for j, other in enumerate(meant, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + _wrong(letter, other))
            swapped = i > 1 and j > 1 and letter == meant[j - 2] and typed[i - 2] == other
            if swapped and letter != other:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before = last
    return row[-1] + (FIRST_LETTER if typed[:1] != meant[:1] else 0)


def _wrong(letter: str, other: str) -> float:
    if letter == other:
        return 0.0
    return NEIGHBOUR if other in NEIGHBOURS.get(letter, "") else 1.0


def _neighbours() -> dict[str, str]:
    found: dict[str, str] = {}
    for row, keys in enumerate(ROWS):
        for place, key in enumerate(keys):
            beside = keys[max(0, place - 1) : place] + keys[place + 1 : place + 2]
            above = ROWS[row - 1][place : place + 2] if row else ""
            below = ROWS[row + 1][max(0, place - 1) : place + 1] if row + 1 < len(ROWS) else ""
            found[key] = beside + above + below
    return found


NEIGHBOURS = _neighbours()
