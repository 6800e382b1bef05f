"""Titles as they are typed in a hurry."""

import random

from pet_app.catalog.spelling import NEIGHBOURS


def misspelt(title: str, chance: random.Random) -> str:
    """A title as typed in a hurry: one slip in a word of it, and now and then in a second one."""
    typed = title.lower().split()
    long_enough = [place for place, word in enumerate(typed) if len(word) > 2]
    for place in chance.sample(long_enough, 2 if chance.random() < 0.3 else 1):
        typed[place] = slipped(typed[place], chance)
    return " ".join(typed)


def slipped(word: str, chance: random.Random) -> str:
    """The word with two letters swapped, or one dropped, doubled or hit on the key beside it."""
    while True:
        place = chance.randrange(len(word))
        before, letter, after = word[:place], word[place], word[place + 1 :]
        slip = chance.choice(("swap", "drop", "double", "neighbour"))
        if slip == "swap" and after:
            made = before + after[0] + letter + after[1:]
        elif slip == "drop":
            made = before + after
        elif slip == "double":
            made = before + letter * 2 + after
        else:
            made = before + chance.choice(NEIGHBOURS.get(letter, letter)) + after
        if made != word:
            return made
