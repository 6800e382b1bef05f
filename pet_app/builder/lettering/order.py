"""The order in which the stretches of a line stand from left to right (Unicode's annex 9).

Without the controls, which are taken out of a text before, and without its pairing of brackets.
"""

from itertools import groupby
from unicodedata import bidirectional

NEUTRAL = ("B", "S", "WS", "ON")


def stretches(line: str) -> tuple[tuple[str, bool], ...]:
    """The line cut where its direction changes, from left to right: each stretch as it is spoken,
    and whether it runs from right to left."""
    levels = _levels(line)
    runs: list[tuple[str, int]] = []
    start = 0
    for level, group in groupby(levels):
        end = start + len(list(group))
        runs.append((line[start:end], level))
        start = end
    for floor in range(max(levels, default=0), 0, -1):
        runs = _turned(runs, floor)
    return tuple((text, level % 2 == 1) for text, level in runs)


def _turned(runs: list[tuple[str, int]], floor: int) -> list[tuple[str, int]]:
    """The runs with each row of them that lies at `floor` or above it turned round."""
    turned: list[tuple[str, int]] = []
    row: list[tuple[str, int]] = []
    for run in runs:
        if run[1] >= floor:
            row.append(run)
        else:
            turned += [*reversed(row), run]
            row = []
    return [*turned, *reversed(row)]


def _levels(line: str) -> list[int]:
    kinds = [bidirectional(character) or "L" for character in line]
    strong = next((kind for kind in kinds if kind in ("L", "R", "AL")), "L")
    base = 0 if strong == "L" else 1
    _weak(kinds, "LR"[base])
    _neutral(kinds, "LR"[base])
    if base == 0:
        return [{"L": 0, "R": 1}.get(kind, 2) for kind in kinds]
    return [{"R": 1}.get(kind, 2) for kind in kinds]


def _weak(kinds: list[str], base: str) -> None:
    """Marks, digits and what stands between digits (rules W1 to W7)."""
    previous = strong = base
    for place, kind in enumerate(kinds):
        now = previous if kind == "NSM" else kind
        if now in ("L", "R", "AL"):
            strong = now
        if now == "EN" and strong == "AL":
            now = "AN"
        kinds[place] = previous = now
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]
    for place in range(1, len(kinds) - 1):
        before, kind, after = kinds[place - 1 : place + 2]
        if before == after and ((kind == "ES" and before == "EN") or _joins(kind, before)):
            kinds[place] = before
    for order in (range(len(kinds)), range(len(kinds))[::-1]):
        previous = ""
        for place in order:
            if kinds[place] == "ET" and previous == "EN":
                kinds[place] = "EN"
            previous = kinds[place]
    _digits(kinds, base)


def _digits(kinds: list[str], base: str) -> None:
    """Digits after a letter that goes right go with it; signs for digits alone are neutral."""
    strong = base
    for place, kind in enumerate(kinds):
        now = "ON" if kind in ("ES", "ET", "CS") else kind
        if now in ("L", "R"):
            strong = now
        kinds[place] = "L" if now == "EN" and strong == "L" else now


def _joins(kind: str, digits: str) -> bool:
    return kind == "CS" and digits in ("EN", "AN")


def _neutral(kinds: list[str], base: str) -> None:
    """Spaces and signs go with what stands on both sides of them (rules N1 and N2)."""
    place = 0
    while place < len(kinds):
        end = place
        while end < len(kinds) and kinds[end] in NEUTRAL:
            end += 1
        if end > place:
            before = _side(kinds[place - 1]) if place else base
            after = _side(kinds[end]) if end < len(kinds) else base
            kinds[place:end] = [before if before == after else base] * (end - place)
        place = max(end, place + 1)


def _side(kind: str) -> str:
    return "L" if kind == "L" else "R"
