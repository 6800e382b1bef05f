"""Outlines for a cutting machine: a DXF file (AutoCAD R12) in millimetres, 1:1."""

from collections.abc import Iterable, Sequence

from pet_app.builder.workshop.drawing import Point
from pet_app.builder.workshop.flat import GAP_MM, flats
from pet_app.builder.workshop.sheet import Sheet

LAYERS = {"CUT": 7, "HOLES": 1, "FOLD": 5, "MARK": 3, "TEXT": 8}
"""Layer names and their colours: what a machine does on each."""

TEXT_MM = 4.0


def dxf(sheet: Sheet) -> str:
    """All parts of a piece above each other, the first lowest.

    Closed polylines on CUT, what is cut out of them on HOLES, lines to fold and to mark.
    """
    entities: list[tuple[int, object]] = []
    y = 0.0
    for part in flats(sheet):
        outline, *holes = part.rings
        entities += _polyline(outline, "CUT", y, closed=True)
        for hole in holes:
            entities += _polyline(hole, "HOLES", y, closed=True)
        for (cx, cy), radius in part.holes:
            entities += [(0, "CIRCLE"), (8, "HOLES"), *_at(cx, cy + y), (40, _number(radius))]
        for line in part.folds:
            entities += _polyline(line, "FOLD", y, closed=False)
        for line in part.marks:
            entities += _polyline(line, "MARK", y, closed=False)
        entities += [
            (0, "TEXT"),
            (8, "TEXT"),
            *_at(0.0, y + part.height + 1.5),
            (40, _number(TEXT_MM)),
            (1, _plain(part.title)),
        ]
        y += part.height + TEXT_MM + GAP_MM
    tables = [(0, "TABLE"), (2, "LAYER"), (70, len(LAYERS))]
    for name, colour in LAYERS.items():
        tables += [(0, "LAYER"), (2, name), (70, 0), (62, colour), (6, "CONTINUOUS")]
    groups = (
        *_section("HEADER", [(9, "$ACADVER"), (1, "AC1009"), (9, "$INSUNITS"), (70, 4)]),
        *_section("TABLES", [*tables, (0, "ENDTAB")]),
        *_section("ENTITIES", entities),
        (0, "EOF"),
    )
    return "".join(f"{code:>3}\r\n{value}\r\n" for code, value in groups)


def _section(name: str, groups: Iterable[tuple[int, object]]) -> list[tuple[int, object]]:
    return [(0, "SECTION"), (2, name), *groups, (0, "ENDSEC")]


def _polyline(
    ring: Sequence[Point], layer: str, up: float, closed: bool
) -> list[tuple[int, object]]:
    groups: list[tuple[int, object]] = [
        (0, "POLYLINE"),
        (8, layer),
        (66, 1),
        (70, 1 if closed else 0),
    ]
    for x, y in ring:
        groups += [(0, "VERTEX"), (8, layer), *_at(x, y + up)]
    return [*groups, (0, "SEQEND")]


def _at(x: float, y: float) -> list[tuple[int, object]]:
    return [(10, _number(x)), (20, _number(y)), (30, "0.0")]


def _number(value: float) -> str:
    return f"{value:.4f}"


def _plain(text: str) -> str:
    """A text as this old format can hold it: one line of ASCII."""
    known = text.replace("×", "x").encode("ascii", "replace").decode()
    return "".join(c for c in known if c.isprintable())
