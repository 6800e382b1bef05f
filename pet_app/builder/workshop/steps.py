"""The sewing sequence: numbered steps out of `data/sewing.toml`, filled in from the design."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pet_app.builder import library
from pet_app.builder.palette import colour
from pet_app.builder.resolve import Lettering, Mark, Resolved
from pet_app.builder.rules import Method, Pattern, Role
from pet_app.builder.workshop import joining

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
        "riveted": not resolved.seams,
        "sewn_label": any(line.sku.startswith("LBL-SEWN") for line in resolved.bom),
        "card": any(line.sku.startswith("LBL-CARD") for line in resolved.bom),
        "rings": any(piece.endswith("ring") for piece in pieces),
        "white": comes == "white" and Role.WEBBING in roles,
    }[what]


def words(name: str) -> str:
    """A name of ours as words: `girth_fold_left` is `Girth fold left`."""
    shown = plain(name).strip()
    return shown[:1].upper() + shown[1:]


def plain(name: str) -> str:
    """The names within a text without their underscores, rings called as in the shop."""
    return name.replace("_", " ").replace("d ring", "D-ring").replace("o ring", "O-ring")


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
            if strap.role is Role.WEBBING and (own := joining.own_marks(strap, resolved)):
                yield common | {
                    "letter": letters[strap.name],
                    "strap": strap.title[:1].lower() + strap.title[1:],
                    "marks": making_up(own, resolved),
                }
    elif each in JOINS:
        for values in JOINS[each](resolved, letters):
            yield common | values
    elif each == "panel":
        for panel in resolved.panels:
            yield common | {
                "panel": panel.title.lower(),
                "fold": f"{panel.fold_mm:g}",
                "material": panel.material[:1].lower() + panel.material[1:],
            }
    elif each == "lettering":
        for lettering in resolved.letterings:
            yield common | _lettered(lettering, resolved, letters)
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
    }


def _lettered(
    lettering: Lettering, resolved: Resolved, letters: Mapping[str, str]
) -> dict[str, Any]:
    return {
        "Method": {"embroidered": "Embroider", "printed": "Print", "engraved": "Engrave"}[
            lettering.method.value
        ],
        "text": " / ".join(lettering.lines),
        "place": place_of(lettering, resolved, letters),
        "how": HOW[lettering.method],
        "height": f"{lettering.height_mm:.1f}",
        "length": f"{lettering.length_mm:.0f}",
    }


def place_of(lettering: Lettering, resolved: Resolved, letters: Mapping[str, str]) -> str:
    """Where a text stands, measured as everything else on its strap."""
    if lettering.on not in letters:
        return "Where the 1:1 pattern shows it."
    what = "Its plate on" if lettering.method is Method.ENGRAVED else "On"
    marks = resolved.strap(lettering.on).marks
    at = next(mark.at_mm for mark in marks if mark.what.startswith("text"))
    said_so = f"{what} {letters[lettering.on]}, middle at {at} mm from the first cut end."
    return f"{said_so} Rivet it on last." if lettering.method is Method.ENGRAVED else said_so


def _tabs(resolved: Resolved, letters: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for tab in joining.tabs(resolved):
        places = [f"{field.first_mm} to {field.last_mm} mm" for field in tab.fields]
        names = (f"{tab.tab.name}_start", f"{tab.tab.name}_end")
        yield {
            "letter": letters[tab.tab.name],
            "ring": words(tab.ring)[:1].lower() + words(tab.ring)[1:],
            "on": letters[tab.on.name],
            "at": tab.at_mm,
            "join": joining.joined_by(resolved, names),
            "places": f" ({_listed(places)})" if places else "",
            "hem": tab.tab.allowances[0].length_mm,
        }


def _handles(resolved: Resolved, letters: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for handle in joining.handles(resolved):
        folds = [f"{m.at_mm}" for m in handle.handle.marks if m.what.startswith("fold")]
        yield {
            "letter": letters[handle.handle.name],
            "on": letters[handle.on.name],
            "folds": _listed(folds),
            "ends": _listed(list(handle.ends)),
            "join": joining.joined_by(resolved, handle.seams),
        }


def _crossings(resolved: Resolved, letters: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for found in joining.crossings(resolved):
        yield {
            "letter": letters[found.over.name],
            "on": letters[found.under.name],
            "over": found.over.title[:1].lower() + found.over.title[1:],
            "under": found.under.title[:1].lower() + found.under.title[1:],
            "at": found.over_mm,
            "meets": found.under_mm,
            "join": joining.joined_by(resolved, (found.field.name,)),
            "places": f"{found.field.first_mm} to {found.field.last_mm} mm",
        }


def _tails(resolved: Resolved, letters: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    threaded = [
        f"{letters[strap.name]}: {', '.join(f'{m.at_mm} mm {said(m.what)}' for m in marks)}"
        for strap in joining.webbing(resolved)
        for marks in joining.tail_marks(strap)
    ]
    if threaded:
        yield {"tails": ". ".join(threaded)}


def _control(resolved: Resolved, letters: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for strap in joining.webbing(resolved):
        if strap.name == joining.CONTROL:
            ring = next(mark.at_mm for mark in strap.marks if mark.what.startswith("ring"))
            yield {
                "letter": letters[strap.name],
                "ring": ring,
                "lap": strap.allowances[0].length_mm,
                "join": joining.joined_by(resolved, ("control_seam",)),
            }


JOINS: dict[str, Callable[[Resolved, Mapping[str, str]], Iterator[dict[str, Any]]]] = {
    "tab": _tabs,
    "handle": _handles,
    "crossing": _crossings,
    "tails": _tails,
    "control": _control,
}
"""The steps in which straps meet, by what one of them is for."""


def making_up(marks: tuple[Mark, ...], resolved: Resolved) -> str:
    """What is done to one strap, mark by mark from its first cut end."""
    sewn = {seam.name: seam for seam in resolved.seams}
    begun: dict[str, int] = {}
    ended: set[str] = set()
    done: list[str] = []
    for mark in marks:
        word, _, rest = mark.what.partition(" ")
        name = rest.removeprefix("from ").removeprefix("to ").partition(":")[0]
        if word == "seam" and name not in begun:
            begun[name] = mark.at_mm
        elif word == "seam" and name not in ended:
            ended.add(name)
            how = f"sew a {sewn[name].stitch}" if name in sewn else "rivet"
            done.append(f"{begun[name]} to {mark.at_mm} mm: {how} ({plain(name)})")
        elif word == "seam":
            done.append(f"{mark.at_mm} mm: {plain(rest.rpartition(': ')[2])}")
        else:
            done.append(f"{mark.at_mm} mm: {said(mark.what)}")
    return "; ".join(done) + "."


def said(what: str) -> str:
    """A mark in words."""
    word, _, rest = what.partition(" ")
    rest = plain(rest)
    return {
        "fold": f"fold {rest}",
        "slider": rest,
        "ring": rest,
        "buckle": rest,
        "hole": f"punch a hole, {rest}".removesuffix(", "),
        "cross": f"middle of the crossing with {rest}",
        "text": "middle of the text",
        "seam": f"seam {rest}",
    }.get(word, plain(what))


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
