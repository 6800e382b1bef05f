"""Which products the words of a search find: exactly, and by what was probably meant."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import text
from sqlmodel import Session, col, select

from pet_app.catalog.models import ProductWords, SearchWord
from pet_app.catalog.spelling import FIRST_LETTER, distance, slips, trigrams
from pet_app.core import db

MOST_LIKELY = 60
MOST_MEANT = 4
TOLERANCE = 0.35
"""How much further than the nearest word another one may be, and still be thought of."""
MOST_JUDGED = 400
"""Up to so many products are put in order by each of their words."""
IN_TITLE, ELSEWHERE, WHOLE_WORD = 1.0, 0.55, 0.1

# As one text: a row for each of fifty thousand products would take ten times as long.
WORDS_SQLITE = text(
    "SELECT group_concat(rowid) FROM product_words_index WHERE product_words_index MATCH :asked"
)
WORDS_POSTGRES = text(
    "SELECT string_agg(number::text, ',') FROM product_words"
    " WHERE to_tsvector('simple', title || ' ' || rest) @@ to_tsquery('simple', :asked)"
)
TITLES_POSTGRES = text(
    "SELECT string_agg(number::text, ',') FROM product_words"
    " WHERE to_tsvector('simple', title) @@ to_tsquery('simple', :asked)"
)
LIKE_SQLITE = text(
    "SELECT search_word.word FROM search_word_index"
    " JOIN search_word ON search_word.number = search_word_index.rowid"
    " WHERE search_word_index MATCH :asked ORDER BY rank LIMIT :most"
)
LIKE_POSTGRES = text("SELECT word FROM search_word ORDER BY word <-> :asked LIMIT :most")


@dataclass(frozen=True)
class Meant:
    """A word that was probably meant, how far it is from what was typed, and whether it is only
    the beginning of one."""

    word: str
    away: float = 0.0
    begins: bool = False


Numbers = NDArray[np.int64]
Words = Sequence[Sequence[Meant]]
"""For each word of a search what may have been meant by it, the likeliest first."""


def as_typed(typed: Sequence[str]) -> Words:
    """The words as they are; the last may be unfinished."""
    return [[Meant(word, begins=word is typed[-1])] for word in typed]


def as_meant(session: Session, typed: Sequence[str], *, trusting: bool) -> Words:
    """What was probably meant by each word; a word that is like none is left out.

    If `trusting`, a word we know was meant as it stands; it may still be a slip for another.
    """
    known = known_words(session, typed)
    found = [
        [Meant(word)] if trusting and word in known else _meant(session, word, known)
        for word in typed
    ]
    return [likely for likely in found if likely]


def as_known(session: Session, typed: Sequence[str]) -> Words:
    """Those of the words that we know, as they are."""
    known = known_words(session, typed)
    return [[Meant(word)] for word in typed if word in known]


def known_words(session: Session, typed: Sequence[str]) -> set[str]:
    """Those words that some product is found by."""
    return set(session.exec(select(SearchWord.word).where(col(SearchWord.word).in_(typed))))


def numbers_of(session: Session, words: Words, *, title: bool = False) -> Numbers:
    """The numbers of the products that have every one of the words, in their title if so asked."""
    if not words:
        return np.empty(0, np.int64)
    if db.is_sqlite():
        groups = " AND ".join(f"({' OR '.join(map(_for_sqlite, likely))})" for likely in words)
        asked, statement = f"title : ({groups})" if title else groups, WORDS_SQLITE
    else:
        asked = " & ".join(f"({' | '.join(map(_for_postgres, likely))})" for likely in words)
        statement = TITLES_POSTGRES if title else WORDS_POSTGRES
    found = session.connection().execute(statement, {"asked": asked}).scalar()
    return np.fromstring(found or "", dtype=np.int64, sep=",")


def judged(session: Session, numbers: Numbers, words: Words) -> dict[int, float]:
    """How well each product fits, from 0 to 1: words of its title count for more."""
    texts = select(ProductWords.number, ProductWords.title, ProductWords.rest)
    rows = session.exec(texts.where(col(ProductWords.number).in_(numbers.tolist())))
    return {number or 0: _fit(title.split(), rest.split(), words) for number, title, rest in rows}


def shown(session: Session, words: Words) -> str:
    """The words as somebody is told what they probably meant."""
    best = [likely[0].word for likely in words]
    spelt = select(SearchWord.word, SearchWord.shown).where(col(SearchWord.word).in_(best))
    said = dict(session.exec(spelt).all())
    return " ".join(said.get(word, word) for word in best)


def _meant(session: Session, typed: str, known: set[str]) -> list[Meant]:
    own = [Meant(typed)] if typed in known else []
    forgiven = slips(typed)
    if not forgiven:
        return own
    away = {
        word: distance(typed, word)
        for word in _like(session, typed)
        if word != typed and abs(len(word) - len(typed)) <= forgiven
    }
    near = {word: slip for word, slip in away.items() if slip <= forgiven + FIRST_LETTER}
    nearest = min(near.values(), default=0.0)
    likely = sorted((slip, word) for word, slip in near.items() if slip <= nearest + TOLERANCE)
    return own + [Meant(word, slip) for slip, word in likely[:MOST_MEANT]]


def _like(session: Session, typed: str) -> list[str]:
    """Words that share threes of letters with this one, those that share the most first."""
    if db.is_sqlite():
        asked, statement = " OR ".join(f'"{three}"' for three in trigrams(typed)), LIKE_SQLITE
    else:
        asked, statement = typed, LIKE_POSTGRES
    found = session.connection().execute(statement, {"asked": asked, "most": MOST_LIKELY})
    return list(found.scalars())


def _fit(title: list[str], rest: list[str], words: Words) -> float:
    fits = [max(_word_fit(title, rest, meant) for meant in likely) for likely in words]
    # Of two that have all the words, the one that has little else was meant.
    spare = len(title) - len(words)
    return sum(fits) / len(fits) - 0.01 * max(0, spare)


def _word_fit(title: list[str], rest: list[str], meant: Meant) -> float:
    sure = 1 / (1 + meant.away)
    for place, worth in ((title, IN_TITLE), (rest, ELSEWHERE)):
        if meant.word in place:
            return worth * sure
        if meant.begins and any(word.startswith(meant.word) for word in place):
            return (worth - WHOLE_WORD) * sure
    return 0.0


def _for_sqlite(meant: Meant) -> str:
    # A word holds letters and digits only, so nothing in it can end the quotes.
    return f'"{meant.word}"' + ("*" if meant.begins else "")


def _for_postgres(meant: Meant) -> str:
    return f"'{meant.word}'" + (":*" if meant.begins else "")
