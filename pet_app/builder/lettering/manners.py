"""Texts that we decline: a short list of words, and how they are recognised in disguise."""

import re
from dataclasses import dataclass
from functools import cache
from itertools import islice, product
from unicodedata import category, normalize

from pet_app.builder import library

MOST_READINGS = 256
"""How many readings of one word's signs are tried."""


HIDDEN_L = re.compile("(?<=[a-z])I(?=[a-z])")
"""A capital that passes for an l."""


@dataclass(frozen=True)
class Lists:
    """What is refused as a whole word, at its beginning and inside it, and what is not; in `_plain`
    letters."""

    whole: frozenset[str]
    stems: tuple[str, ...]
    inside: tuple[str, ...]
    allowed: frozenset[str]
    pairs: tuple[str, ...]


def declined(text: str) -> str:
    """Why we do not make this text, empty when we do. Innocent words that hold a refused one inside
    them pass."""
    readings = dict.fromkeys([text, HIDDEN_L.sub("l", text)])
    if any(_is_rude(_plain(reading)) for reading in readings):
        return library.table("refused_words")["reason"]
    return ""


def _is_rude(plain: str) -> bool:
    for pair in _lists().pairs:
        plain = plain.replace(pair, " ")
    together = re.sub(r"[\W_]", "", plain)
    return any(_refused(word) for word in _words(plain)) or _is_listed(together)


def _plain(text: str) -> str:
    """Without case, accents and anything invisible."""
    apart = normalize("NFKD", normalize("NFKC", text).casefold())
    return "".join(sign for sign in apart if category(sign) not in ("Mn", "Me", "Cf"))


def _words(text: str) -> list[str]:
    """Words as written, without signs round them, and letters that stand one by one as a word."""
    signs = re.escape("".join(library.table("refused_words")["signs"]))
    words = re.findall(rf"(?:[^\W_]|[{signs}])+", text)
    spelt: list[str] = []
    for word in words:
        if len(word) == 1 and spelt and spelt[-1].startswith(" "):
            spelt[-1] += word
        else:
            spelt.append(f" {word}" if len(word) == 1 else word)
    single = [word.strip() for word in spelt]
    edges = [word.strip("!*|$@") for word in words]
    return [*words, *single, *edges]


def _refused(word: str) -> bool:
    return any(_listed(reading) for reading in _readings(word))


def _readings(word: str) -> list[str]:
    """What the word can be read as: itself, its signs as letters, long runs of a letter as one or
    as two."""
    table = library.table("refused_words")
    forms = [word]
    if re.search(r"[^\W\d_]", word):
        choices = [table["signs"].get(sign, sign) for sign in word]
        forms += ["".join(picked) for picked in islice(product(*choices), MOST_READINGS)]
    mixed = re.search(r"[a-z]", word) and re.search(r"[^\W\d_a-z]", word)
    if mixed:
        alike = table["lookalikes"]
        back = {latin: sign for sign, latin in alike.items() if "\u0400" <= sign <= "\u04ff"}
        forms += [
            "".join(signs.get(sign, sign) for sign in form)
            for signs in (alike, back)
            for form in forms
        ]
    return [
        *forms,
        *(re.sub(r"(.)\1{2,}", r"\1", form) for form in forms),
        *(re.sub(r"(.)\1{2,}", r"\1\1", form) for form in forms),
    ]


def _is_listed(word: str) -> bool:
    """Whether it is a refused word and nothing more, whatever gaps were in it."""
    lists = _lists()
    return word not in lists.allowed and (word in lists.whole or word in lists.stems)


def _listed(word: str) -> bool:
    lists = _lists()
    if word in lists.allowed:
        return False
    return (
        word in lists.whole
        or word.startswith(lists.stems)
        or any(part in word for part in lists.inside)
    )


@cache
def _lists() -> Lists:
    table = library.table("refused_words")
    allowed = [_plain(word) for word in table["allowed"]]
    inside = tuple(_plain(word) for word in table["inside"])
    return Lists(
        frozenset(_plain(word) for word in table["refused"] if not word.endswith("*")),
        (*inside, *(_plain(word[:-1]) for word in table["refused"] if word.endswith("*"))),
        inside,
        frozenset(allowed),
        tuple(word for word in allowed if " " in word),
    )
