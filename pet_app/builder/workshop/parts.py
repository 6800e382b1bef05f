"""Line drawings of hardware at true size, so that the part can be laid on its picture."""

from collections.abc import Callable

from pet_app.builder import library
from pet_app.builder.resolve import Fitting
from pet_app.builder.workshop.drawing import INK, PAPER, SOFT, Drawing, circle, rounded

METAL = "#eef0ea"
GAP_MM = 1.5


def part(fitting: Fitting) -> Drawing:
    """One piece of hardware, seen from the front, strap running from left to right."""
    row = library.hardware(fitting.piece, fitting.size_mm)
    draw = DRAWN.get(fitting.piece, _plate)
    return draw(float(fitting.size_mm), row.span_mm, row.bar_mm or 2.0)


def _sheet(width: float, height: float) -> Drawing:
    return Drawing(width + 2 * GAP_MM, height + 2 * GAP_MM)


def _side_release(size: float, span: float, _bar: float) -> Drawing:
    high = size + 8
    sheet = _sheet(span + 6, high)
    x, y = GAP_MM, GAP_MM
    split = x + 0.56 * (span + 6)
    for left, right, radius in ((x, split - 0.5, 3.0), (split + 0.5, x + span + 6, 3.0)):
        sheet.area(rounded(left, y, right - left, high, radius), fill=METAL, width=0.35)
    # The prongs of the one half show at the sides of the other.
    for edge in (y, y + high - 0.2 * high):
        sheet.area(rounded(split - 0.24 * span, edge, 0.26 * span, 0.2 * high, 1.5), fill=PAPER)
    for left in (x + 3, x + span + 3 - 3):
        sheet.area(rounded(left, y + 4, 3, size, 1.4), fill=PAPER, width=0.3)
    return sheet


def _slider(size: float, span: float, _bar: float) -> Drawing:
    sheet = _sheet(span, size + 7)
    sheet.area(
        rounded(GAP_MM, GAP_MM, span, size + 7, 2.2),
        rounded(GAP_MM + 2.6, GAP_MM + 3.5, span / 2 - 3.8, size, 1),
        rounded(GAP_MM + span / 2 + 1.2, GAP_MM + 3.5, span / 2 - 3.8, size, 1),
        fill=METAL,
        width=0.35,
    )
    return sheet


def _d_ring(size: float, _span: float, bar: float) -> Drawing:
    outer = size / 2 + bar
    sheet = _sheet(outer * 1.35 + bar, 2 * outer)
    x, y = GAP_MM, GAP_MM + outer

    def ring(reach: float, inset: float) -> list[tuple[float, float]]:
        arc = [(px, py) for px, py in circle((x + bar + 0.3 * size, y), reach) if px > x + bar]
        bent = sorted((p for p in arc if p[0] >= x + bar + 0.3 * size), key=lambda p: p[1])
        return [(x + inset, y - reach), *bent, (x + inset, y + reach)]

    sheet.area(ring(outer, 0.0), ring(outer - bar, bar), fill=METAL, width=0.35)
    return sheet


def _o_ring(size: float, span: float, bar: float) -> Drawing:
    outer = (span or size) / 2 + bar
    sheet = _sheet(2 * outer, 2 * outer)
    at = (GAP_MM + outer, GAP_MM + outer)
    sheet.area(circle(at, outer), circle(at, outer - bar), fill=METAL, width=0.35)
    return sheet


def _split_ring(size: float, span: float, bar: float) -> Drawing:
    outer = (span or size) / 2
    sheet = _sheet(2 * outer, 2 * outer)
    at = (GAP_MM + outer, GAP_MM + outer)
    sheet.area(circle(at, outer), circle(at, outer - bar), fill=METAL, width=0.35)
    sheet.area(circle(at, outer - bar / 2), width=0.2, stroke=SOFT)
    return sheet


def _pin(size: float, span: float, bar: float) -> Drawing:
    high = size + 2 * bar + 1
    sheet = _sheet(span + 2 * bar, high)
    x, y = GAP_MM, GAP_MM
    sheet.area(
        rounded(x, y, span + 2 * bar, high, 2.5),
        rounded(x + bar, y + bar, span, high - 2 * bar, 1.2),
        fill=METAL,
        width=0.35,
    )
    sheet.area(rounded(x + span + bar, y + bar, bar, high - 2 * bar, 0.8), fill=PAPER, width=0.3)
    sheet.area(
        rounded(x + bar / 2, y + high / 2 - bar / 2, span + 1.4 * bar, bar, bar / 2), fill=METAL
    )
    return sheet


def _keeper(size: float, span: float, bar: float) -> Drawing:
    sheet = _sheet(span, size + 2 * bar + 1)
    sheet.area(rounded(GAP_MM, GAP_MM, span, size + 2 * bar + 1, 1.4), fill=METAL, width=0.35)
    for x in (GAP_MM + 1.2, GAP_MM + span - 1.2):
        sheet.line(((x, GAP_MM + 0.8), (x, GAP_MM + size + 2 * bar)), SOFT, 0.2, (0.8, 0.6))
    return sheet


def _snap(size: float, span: float, bar: float) -> Drawing:
    eye, body = size * 0.55 + bar, span * 0.42
    high = max(2 * eye, span * 0.36)
    sheet = _sheet(span + eye, high)
    y, x = GAP_MM + high / 2, GAP_MM
    sheet.area(
        rounded(x, y - eye, 1.5 * eye, 2 * eye, eye * 0.6),
        rounded(x + bar, y - eye + bar, 1.5 * eye - 2 * bar, 2 * eye - 2 * bar, eye * 0.5),
        fill=METAL,
        width=0.35,
    )
    neck = x + 1.5 * eye
    sheet.area(rounded(neck, y - 2 * bar, 2 * bar, 4 * bar, bar / 2), fill=METAL, width=0.35)
    start = neck + 2 * bar
    reach = GAP_MM + span + eye - start
    sheet.area(
        rounded(start, y - 0.16 * span, reach, 0.32 * span, 0.16 * span),
        rounded(start + body * 0.6, y - 0.09 * span, reach - body * 0.6 - bar, 0.18 * span, 2.4),
        fill=METAL,
        width=0.35,
    )
    sheet.area(rounded(start + body * 0.5, y - 0.16 * span, body, bar, bar / 2), fill=PAPER)
    return sheet


def _rivet(_size: float, span: float, bar: float) -> Drawing:
    sheet = _sheet(2.4 * span + 2, max(span, 7.0))
    at = (GAP_MM + span / 2, GAP_MM + max(span, 7.0) / 2)
    sheet.area(circle(at, span / 2), fill=METAL, width=0.35)
    sheet.area(circle(at, span / 2.8), stroke=SOFT, width=0.2)
    x = GAP_MM + span + 2
    sheet.area(rounded(x, at[1] - bar * 1.4, span, 1.1, 0.5), fill=METAL, width=0.3)
    sheet.box(x + span / 2 - bar, at[1] - bar * 1.4 + 1.1, 2 * bar, 4, fill=PAPER, width=0.3)
    return sheet


def _plate(size: float, span: float, bar: float) -> Drawing:
    width, high = span or size, bar if bar > 4 else size
    sheet = _sheet(width, high)
    sheet.area(rounded(GAP_MM, GAP_MM, width, high, 2), fill=METAL, width=0.35)
    for x in (GAP_MM + 0.28 * high, GAP_MM + width - 0.28 * high):
        sheet.area(circle((x, GAP_MM + high / 2), 0.09 * high), stroke=INK, width=0.25, fill=PAPER)
    return sheet


DRAWN: dict[str, Callable[[float, float, float], Drawing]] = {
    "side_release_buckle": _side_release,
    "metal_buckle": _side_release,
    "breakaway_buckle": _side_release,
    "pin_buckle": _pin,
    "slider": _slider,
    "d_ring": _d_ring,
    "o_ring": _o_ring,
    "split_ring": _split_ring,
    "snap_hook": _snap,
    "rivet": _rivet,
    "keeper": _keeper,
    "name_plate": _plate,
}
