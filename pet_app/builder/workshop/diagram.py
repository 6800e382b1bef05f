"""A strap laid flat, with everything that is marked on it, dimensioned from its first cut end."""

from pet_app.builder.resolve import Mark, Strap
from pet_app.builder.workshop.drawing import ACCENT, INK, LINE, PAPER, SOFT, Drawing, circle
from pet_app.builder.workshop.sheet import CutRow
from pet_app.builder.workshop.steps import said, words

NUMBER_PT = 6.5
APART_MM = 3.4
"""How near two dimension numbers may stand."""

HEAD_MM = 13.0
"""Room over the strap for the numbers."""

LEAST_MM, MOST_MM = 5.0, 11.0
"""How high a strap is drawn."""

TURNED = "#eef0ea"
SEWN = "#f6ddd5"


def diagram(row: CutRow, width_mm: float, longest_mm: float) -> Drawing:
    """The strap across `width_mm`, shorter ones shorter, though not in proportion."""
    strap = row.strap
    length = width_mm * (strap.cut_mm / longest_mm) ** 0.5
    scale = length / strap.cut_mm
    high = min(max(strap.width_mm * scale, LEAST_MM), MOST_MM)
    has_marks = bool(strap.marks)
    top = HEAD_MM if has_marks else 1.0
    drawing = Drawing(width_mm, top + high + 5.5)
    drawing.box(0, top, length, high, fill=PAPER, stroke=None)
    _turned(drawing, strap, scale, top, high)
    for first, last, name in seams(strap.marks):
        _seam(drawing, first * scale, last * scale, top, high, name)
    drawing.box(0, top, length, high, width=0.45)
    for mark in strap.marks:
        _symbol(drawing, mark, mark.at_mm * scale, top, high)
    if has_marks:
        _numbers(drawing, [mark.at_mm for mark in strap.marks], scale, top, width_mm)
    _measure(drawing, length, top + high + 2.4, f"{strap.cut_mm} mm")
    return drawing


def seams(marks: tuple[Mark, ...]) -> list[tuple[int, int, str]]:
    """The stretches sewn: from, to and the seam's name."""
    begun: dict[str, int] = {}
    found = []
    for mark in marks:
        word, _, rest = mark.what.partition(" ")
        if word != "seam":
            continue
        way, _, name = rest.partition(" ")
        name = name.partition(":")[0]
        if way == "from":
            begun[name] = mark.at_mm
        elif name in begun:
            found.append((begun.pop(name), mark.at_mm, name))
    return found


def _turned(drawing: Drawing, strap: Strap, scale: float, top: float, high: float) -> None:
    """The ends that are turned back, shaded up to their fold."""
    folds = [mark.at_mm for mark in strap.marks if mark.what.startswith("fold")]
    for at in folds:
        if at in (min(folds), max(folds)):
            near_start = at < strap.cut_mm / 2
            first, last = (0, at) if near_start else (at, strap.cut_mm)
            drawing.box(first * scale, top, (last - first) * scale, high, fill=TURNED, stroke=None)


def _seam(drawing: Drawing, first: float, last: float, top: float, high: float, name: str) -> None:
    inset = min(0.9, high / 6)
    low, up = top + inset, top + high - inset
    drawing.box(first, low, last - first, up - low, fill=SEWN, stroke=ACCENT, width=0.3)
    drawing.line(((first, low), (last, up)), ACCENT, 0.2, (0.7, 0.5))
    drawing.line(((first, up), (last, low)), ACCENT, 0.2, (0.7, 0.5))


def _symbol(drawing: Drawing, mark: Mark, x: float, top: float, high: float) -> None:
    middle = top + high / 2
    word = mark.what.partition(" ")[0]
    if word == "fold":
        drawing.line(((x, top - 0.8), (x, top + high + 0.8)), INK, 0.4, (1.4, 0.8))
    elif word == "slider":
        drawing.box(x - 1.2, top - 1.0, 2.4, high + 2.0, fill=PAPER, width=0.35)
        drawing.line(((x, top - 1.0), (x, top + high + 1.0)), INK, 0.35)
    elif word in ("ring", "buckle"):
        drawing.circle((x, middle), min(high, 5.0) / 2.4, width=0.5, fill=PAPER)
        drawing.circle((x, middle), min(high, 5.0) / 3.6, width=0.25)
    elif word == "hole":
        drawing.area(circle((x, middle), 0.7), fill=INK, stroke=None)
    elif word == "cross":
        reach = min(high / 2, 2.2)
        ring = ((x - reach, middle), (x, middle - reach), (x + reach, middle), (x, middle + reach))
        drawing.area(ring, fill=PAPER, width=0.3)
        drawing.line(((x, top), (x, top + high)), SOFT, 0.2, (0.4, 0.6))
    elif word == "text":
        drawing.label((x, middle + 1.0), "Aa", 8, "middle", ACCENT, bold=True)


def _numbers(
    drawing: Drawing, places: list[int], scale: float, top: float, width_mm: float
) -> None:
    """The distances from the first cut end, spread so that none covers another."""
    wanted = [place * scale for place in sorted(set(places))]
    spread: list[float] = []
    for at in wanted:
        spread.append(max(at, spread[-1] + APART_MM) if spread else max(at, 1.2))
    over = spread[-1] - (width_mm - 1.0)
    for index in range(len(spread) - 1, -1, -1):
        limit = width_mm - 1.0 if index == len(spread) - 1 else spread[index + 1] - APART_MM
        spread[index] = min(spread[index], limit) if over > 0 else spread[index]
    for place, at, to in zip(sorted(set(places)), wanted, spread, strict=True):
        drawing.line(((at, top - 0.9), (at, top - 2.0), (to, top - 4.6)), LINE, 0.2)
        drawing.label((to + 0.9, top - 5.2), str(place), NUMBER_PT, "start", INK, turn=90)


def _measure(drawing: Drawing, length: float, y: float, text: str) -> None:
    for x, way in ((0.0, 1), (length, -1)):
        drawing.line(((x, y - 1.3), (x, y + 1.3)), SOFT, 0.25)
        drawing.line(((x + way * 1.6, y - 0.6), (x, y), (x + way * 1.6, y + 0.6)), SOFT, 0.25)
    half = len(text) * 0.75 + 1.5
    drawing.line(((0, y), (max(length / 2 - half, 0), y)), SOFT, 0.25)
    drawing.line(((min(length / 2 + half, length), y), (length, y)), SOFT, 0.25)
    drawing.label((length / 2, y + 0.9), text, 7, "middle", INK, bold=True)


def legend(row: CutRow) -> str:
    """The marks of a strap in words, one after the other."""
    sewn = {first: (last, name) for first, last, name in seams(row.strap.marks)}
    ends = {(last, name) for last, name in sewn.values()}
    said_already = []
    for mark in row.strap.marks:
        word, _, rest = mark.what.partition(" ")
        name = rest.partition(" ")[2].partition(":")[0]
        if word == "seam" and mark.at_mm in sewn and sewn[mark.at_mm][1] == name:
            last, _ = sewn[mark.at_mm]
            said_already.append(f"{mark.at_mm}–{last} {words(name).lower()}, sewn")
        elif word == "seam" and (mark.at_mm, name) in ends:
            continue
        else:
            said_already.append(f"{mark.at_mm} {said(mark.what)}")
    return "  ·  ".join(said_already)
