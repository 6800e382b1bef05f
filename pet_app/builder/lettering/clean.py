"""A text made ready to be written: one form for each letter, nothing invisible, only what we can
make."""

import re
from dataclasses import dataclass
from unicodedata import category, combining, name, normalize

from pet_app.builder import library
from pet_app.builder.lettering.faces import covered
from pet_app.builder.lettering.manners import declined
from pet_app.builder.lettering.written import clusters

BREAKS = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")

JOINER = "\u200c"
"""Keeps two Arabic letters apart that would join: the one invisible character that is written."""

NAMED = 4
"""So many characters are named when a text is refused for them."""


@dataclass(frozen=True)
class Fault:
    """Why a text cannot be made as it is, and the nearest that can, None when there is none."""

    reason: str
    nearest: str | None = None


def tidy(text: str) -> tuple[str, ...]:
    """The lines of a text in normal form C, without invisible characters and idle spaces."""
    lines = []
    for line in BREAKS.split(normalize("NFC", text)):
        seen = "".join(sign for place, sign in enumerate(line) if _seen(line, place))
        lines.append(" ".join(normalize("NFC", seen).split()))
    return tuple(line for line in lines if line)


def _seen(line: str, place: int) -> bool:
    sign = line[place]
    if sign == JOINER:
        return "".join(_arabic(other) for other in line[max(place - 1, 0) : place + 2]) == "y ny"
    return sign == "\t" or category(sign) not in ("Cf", "Cc") or sign == "\ufffc"


def _arabic(sign: str) -> str:
    return " n" if sign == JOINER else "y" if "\u0620" <= sign <= "\u06ff" else "-"


def fault(text: str, most_lines: int) -> Fault | None:
    """What is wrong with a text, room apart."""
    rules = library.table("lettering")["text"]
    lines = tidy(text)
    length = sum(len(line) for line in lines)
    if length > rules["characters"]:
        return Fault(
            f"A text has up to {rules['characters']} characters, and this has {length}.",
            nearest(_cut(lines, rules["characters"]), most_lines),
        )
    if reason := declined("\n".join(lines)) or declined(" ".join(lines)):
        return Fault(reason)
    return _unwritable(lines, most_lines) or _heaped(lines, most_lines) or _many(lines, most_lines)


def _cut(lines: tuple[str, ...], most: int) -> str:
    """The beginning of a text, so many characters of it."""
    kept = []
    for line in lines:
        kept.append(line[:most])
        most -= len(line)
        if most <= 0:
            break
    return "\n".join(kept)


def _unwritable(lines: tuple[str, ...], most_lines: int) -> Fault | None:
    """Characters that none of our fonts has."""
    foreign = [cluster for line in lines for cluster in clusters(line) if not _can_write(cluster)]
    if not foreign:
        return None
    signs = list(dict.fromkeys(sign for part in foreign for sign in part if not covered(sign)))
    signs = signs or list(dict.fromkeys(foreign))
    named = ", ".join(_named(sign) for sign in signs[:NAMED])
    more = f" and {len(signs) - NAMED} more" if len(signs) > NAMED else ""
    reason = (
        f"We have no letters for {named}{more}: we write Latin, Greek, Cyrillic, Hebrew and Arabic "
        "letters, digits and common signs."
    )
    rest = "\n".join("".join(_writable(cluster) for cluster in clusters(line)) for line in lines)
    return Fault(reason, nearest(rest, most_lines))


def _writable(cluster: str) -> str:
    """The cluster, or the letters it stands for, as in a ligature, or its letter without accents;
    nothing when there is no such."""
    forms = (cluster, normalize("NFKC", cluster), normalize("NFKD", cluster)[:1])
    return next((form for form in forms if form and _can_write(form)), "")


def _can_write(cluster: str) -> bool:
    return covered(cluster) and not combining(cluster[0])


def _named(sign: str) -> str:
    """A character as a person can recognise it."""
    called = name(sign[0], "").lower() or f"character {ord(sign[0]):X}"
    if category(sign[0]) in ("Cn", "Co", "Cs") or combining(sign[0]):
        return called
    return f"“{sign}” ({called})"


def _heaped(lines: tuple[str, ...], most_lines: int) -> Fault | None:
    """More accents on one letter than can be told apart."""
    most = library.table("lettering")["text"]["accents"]
    heaps = [part for line in lines for part in clusters(line) if len(part) > most + 1]
    if not heaps:
        return None
    reason = f"“{heaps[0][0]}” has {len(heaps[0]) - 1} accents on it: {most} can be told apart."
    rest = "\n".join("".join(part[: most + 1] for part in clusters(line)) for line in lines)
    return Fault(reason, nearest(rest, most_lines))


def _many(lines: tuple[str, ...], most_lines: int) -> Fault | None:
    if len(lines) <= most_lines:
        return None
    count = "one line" if most_lines == 1 else f"up to {most_lines} lines"
    kept = [*lines[: most_lines - 1], " ".join(lines[most_lines - 1 :])]
    return Fault(
        f"There is room for {count}, and this text has {len(lines)}.",
        nearest("\n".join(kept), most_lines),
    )


def nearest(text: str, most_lines: int) -> str | None:
    """A text with its first fault taken out, if it can be made then or has a nearest itself."""
    lines = tidy(text)
    if not lines:
        return None
    wrong = fault("\n".join(lines), most_lines)
    return wrong.nearest if wrong else "\n".join(lines)
