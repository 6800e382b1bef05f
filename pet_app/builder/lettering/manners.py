"""Texts that we decline: a short list of words, and how they are recognised in disguise."""

import re
from functools import cache
from itertools import islice, product
from unicodedata import category, normalize

from pet_app.builder import library

MOST_READINGS = 256
"""How many readings of one word's signs are tried."""


def declined(text: str) -> str:
    """Why we do not make this text, empty when we do. Innocent words that hold a refused one inside
    them pass."""
    table = library.table("refused_words")
    plain = _plain(text)
    words = _words(plain)
    together = re.sub(r"[\W_]", "", plain)
    if any(_refused(word) for word in words) or _is_listed(together):
        return table["reason"]
    return ""


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
    if re.search(r"[a-z]", word):
        forms += ["".join(table["lookalikes"].get(sign, sign) for sign in form) for form in forms]
    return [
        *forms,
        *(re.sub(r"(.)\1{2,}", r"\1", form) for form in forms),
        *(re.sub(r"(.)\1{2,}", r"\1\1", form) for form in forms),
    ]


def _is_listed(word: str) -> bool:
    """Whether it is a refused word and nothing more, whatever gaps were in it."""
    whole, stems, allowed = _lists()
    return word not in allowed and (word in whole or word in stems)


def _listed(word: str) -> bool:
    whole, stems, allowed = _lists()
    return word not in allowed and (word in whole or word.startswith(stems))


@cache
def _lists() -> tuple[frozenset[str], tuple[str, ...], frozenset[str]]:
    table = library.table("refused_words")
    whole = frozenset(_plain(word) for word in table["refused"] if not word.endswith("*"))
    stems = tuple(_plain(word[:-1]) for word in table["refused"] if word.endswith("*"))
    return whole, stems, frozenset(_plain(word) for word in table["allowed"])
