"""What a picture is of, as plain JSON values, and the key it is kept under.

A design is as `Design.to_dict` wrote it, a simple thing says `thing`, and a share card says `of`
what it is and which words stand on it. A piece in another light than the usual says `light`.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from pet_app.builder.reading import parse
from pet_app.builder.studios import USUAL, LightSet, light_sets
from pet_app.core.errors import Invalid

NO_LIGHT = "We have no such light. Choose one of these: {}."

Subject = Mapping[str, Any]


@dataclass(frozen=True)
class Words:
    """The words on a share card: what it is called, what it is, and a last line."""

    title: str
    line: str
    foot: str


def card(of: Subject, words: Words) -> dict[str, Any]:
    """The share card of a design or a thing."""
    return {"of": dict(of), **asdict(words)}


def lit(piece: Subject, light: str) -> dict[str, Any]:
    """A design or thing in the light of that name. Raises Invalid for one we do not have."""
    if light not in light_sets():
        sentence = NO_LIGHT.format(", ".join(light_sets()))
        raise Invalid(sentence, {"light": sentence})
    return dict(piece) if light == USUAL else {**piece, "light": light}


def light_of(subject: Subject) -> LightSet:
    """The light it stands in."""
    return light_sets()[subject.get("light", USUAL)]


def piece_of(subject: Subject) -> Subject:
    """The design or thing itself, in no particular light and without the words of a card."""
    if is_card(subject):
        return subject["of"]
    return {name: value for name, value in subject.items() if name != "light"}


def is_card(subject: Subject) -> bool:
    return "of" in subject


def is_thing(subject: Subject) -> bool:
    """Whether it is a simple thing, rather than a design of the builder."""
    return "thing" in subject


def words_on(subject: Subject) -> Words:
    """The words of a share card."""
    return Words(subject["title"], subject["line"], subject["foot"])


def content_key(subject: Subject) -> str:
    """SHA-256 over all that shows in its pictures. Raises Invalid for what is no design."""
    if is_card(subject):
        return _digest([of_key(subject), asdict(words_on(subject))])
    if "light" in subject:
        return _digest([of_key(subject), subject["light"]])
    if is_thing(subject):
        return _digest(subject)
    return parse(subject).content_key()


def of_key(subject: Subject) -> str:
    """The content key of the piece itself: what shows it otherwise goes when the piece does."""
    return content_key(piece_of(subject))


def _digest(value: object) -> str:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
