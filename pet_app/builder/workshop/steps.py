"""The sewing sequence: numbered steps out of `data/sewing.toml`, filled in from the design."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pet_app.builder import library
from pet_app.builder.palette import colour
from pet_app.builder.resolve import Lettering, Resolved, Strap
from pet_app.builder.rules import Method, Pattern, Role

HOW = {
    Method.EMBROIDERED: "Hoop with tear-away backing; satin stitch, thread as ordered.",
    Method.PRINTED: "Press the transfer for the time its sheet says; let it cool before peeling.",
    Method.ENGRAVED: "Clamp the metal, cut to the depth of the test plate, brush out the chips.",
}


@dataclass(frozen=True)
class Step:
    """One thing to do, and what to look at."""

    title: str
    text: str


def steps(resolved: Resolved, letters: Mapping[str, str]) -> tuple[Step, ...]:
    """Every step for a piece, in order; `letters` are those of its straps on the drawings."""
    return tuple(
        Step(_filled(row["title"], values), _filled(row["text"], values))
        for row in library.table("sewing")["step"]
        if resolved.design.kind.value in row.get("kinds", (resolved.design.kind.value,))
        if all(has(resolved, need) for need in row.get("needs", ()))
        for values in _each(row.get("each", ""), resolved, letters)
    )


def has(resolved: Resolved, what: str) -> bool:
    """Whether a piece has something that a step or a check is about; it always has nothing."""
    pieces = {fitting.piece for fitting in resolved.fittings}
    roles = {strap.role for strap in resolved.straps}
    look = resolved.design.look
    comes = library.table("workshop")["rolls"][look.material.value]
    return {
        "": True,
        "straps": bool(resolved.straps),
        "loops": bool(resolved.loops),
        "panels": bool(resolved.panels),
        "seams": bool(resolved.seams),
        "sewn": bool(resolved.seams),
        "letterings": bool(resolved.letterings),
        "linings": Role.LINING in roles,
        "tapes": Role.REFLECTIVE in roles,
        "rivets": "rivet" in pieces,
        "sliders": "slider" in pieces,
        "pin_buckle": "pin_buckle" in pieces,
        "buckles": any(piece.endswith("buckle") for piece in pieces),
        "rings": any(piece.endswith("ring") for piece in pieces),
        "white": comes == "white" and Role.WEBBING in roles,
    }[what]


def words(name: str) -> str:
    """A name of ours as words: `girth_fold_left` is `Girth fold left`."""
    said = name.replace("_", " ").strip()
    return said[:1].upper() + said[1:]


def look_of(resolved: Resolved) -> str:
    """Colour and pattern in words."""
    look = resolved.design.look
    first = colour(look.colour).name.lower()
    if look.pattern is Pattern.PLAIN:
        return f"plain {first}"
    return f"{look.pattern.value} in {first} and {colour(look.accent).name.lower()}"


def _each(each: str, resolved: Resolved, letters: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    common = _common(resolved, letters)
    if each == "strap":
        for strap in resolved.straps:
            if strap.role is Role.WEBBING and strap.marks:
                yield common | {
                    "letter": letters[strap.name],
                    "strap": strap.title[:1].lower() + strap.title[1:],
                    "marks": making_up(strap, resolved),
                }
    elif each == "panel":
        for panel in resolved.panels:
            yield common | {
                "panel": panel.title.lower(),
                "fold": f"{panel.fold_mm:g}",
                "half": f"{panel.fold_mm / 2:g}",
                "thickness": f"{panel.thickness_mm:g}",
                "material": panel.material,
            }
    elif each == "lettering":
        for lettering in resolved.letterings:
            yield common | _lettered(lettering, letters)
    else:
        fold = resolved.panels[0].fold_mm / 2 if resolved.panels else 0.0
        yield common | {"half": f"{fold:g}"}


def _common(resolved: Resolved, letters: Mapping[str, str]) -> dict[str, Any]:
    def lettered(role: Role) -> str:
        return _listed([letters[s.name] for s in resolved.straps if s.role is role])

    return {
        "count": f"{len(resolved.straps)} piece{'s' if len(resolved.straps) != 1 else ''}",
        "ends": library.table("workshop")["ends"][resolved.design.look.material.value],
        "look": look_of(resolved),
        "webbing": lettered(Role.WEBBING),
        "linings": lettered(Role.LINING),
        "tapes": lettered(Role.REFLECTIVE),
        "joins": _listed([words(seam.name).lower() for seam in resolved.seams]),
        "rivets": _listed(
            sorted(
                {
                    words(fitting.name.partition("_rivet")[0]).lower()
                    for fitting in resolved.fittings
                    if fitting.piece == "rivet"
                }
            )
        ),
    }


def _lettered(lettering: Lettering, letters: Mapping[str, str]) -> dict[str, Any]:
    letter = letters.get(lettering.on, "")
    on = f"{letter}, {words(lettering.on).lower()}" if letter else words(lettering.on).lower()
    return {
        "Method": {"embroidered": "Embroider", "printed": "Print", "engraved": "Engrave"}[
            lettering.method.value
        ],
        "text": " / ".join(lettering.lines),
        "on": on,
        "at": f"{lettering.at_mm:.0f}",
        "how": HOW[lettering.method],
        "height": f"{lettering.height_mm:.1f}",
        "length": f"{lettering.length_mm:.0f}",
    }


def making_up(strap: Strap, resolved: Resolved) -> str:
    """What is done to one strap, mark by mark from its first cut end."""
    sewn = {seam.name: seam for seam in resolved.seams}
    begun: dict[str, int] = {}
    done: list[str] = []
    for mark in strap.marks:
        word, _, rest = mark.what.partition(" ")
        name = rest.removeprefix("from ").removeprefix("to ").partition(":")[0]
        if word == "seam" and rest.startswith("from "):
            begun[name] = mark.at_mm
        elif word == "seam" and name in begun:
            seam = sewn.get(name)
            stitch = f", {seam.stitch}, {seam.layers} layers" if seam else ", riveted"
            done.append(f"{begun[name]} to {mark.at_mm} mm: {words(name).lower()}{stitch}")
        elif word == "seam":
            done.append(f"{mark.at_mm} mm: {words(rest).lower()}")
        else:
            done.append(f"{mark.at_mm} mm: {said(mark.what)}")
    return "; ".join(done) + "."


def said(what: str) -> str:
    """A mark in words."""
    word, _, rest = what.partition(" ")
    rest = rest.replace("_", " ")
    return {
        "fold": f"fold {rest}",
        "slider": f"slider here ({rest})",
        "ring": f"ring here ({rest})",
        "buckle": f"buckle here ({rest})",
        "hole": f"punch a hole {rest}".rstrip(),
        "cross": f"middle of the crossing with {rest}",
        "text": "middle of the text",
        "seam": f"seam {rest}",
    }.get(word, what.replace("_", " "))


def _filled(text: str, values: Mapping[str, Any]) -> str:
    """The text with its {names} filled in; what stands in a customer's text is left as it is."""
    parts = text.split("{")
    filled = parts[0]
    for part in parts[1:]:
        name, _, rest = part.partition("}")
        filled += f"{values[name]}{rest}"
    return filled


def _listed(names: list[str]) -> str:
    *before, last = names or ["none"]
    return f"{', '.join(before)} and {last}" if before else last
