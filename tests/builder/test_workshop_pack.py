"""The workshop pack: what it says, what it measures, and that it is the same every time."""

import csv
import io
import re
from dataclasses import replace

import pytest
from pypdf import PdfReader

from pet_app.builder.resolve import Panel, Resolved, resolve
from pet_app.builder.resolve.made import Allowance
from pet_app.builder.rules import Kind, Role
from pet_app.builder.workshop.drawing import Drawing
from pet_app.builder.workshop.dxf import dxf
from pet_app.builder.workshop.flat import flats, svg
from pet_app.builder.workshop.lists import CUT_HEADS, cut_list, safe
from pet_app.builder.workshop.pack import pack
from pet_app.builder.workshop.paper import Format
from pet_app.builder.workshop.sheet import Sheet, sheet, tolerance_mm
from pet_app.builder.workshop.steps import plain
from tests.builder.factory import KINDS, make_design, random_designs

POINT_MM = 25.4 / 72
HOSTILE = (
    '=HYPERLINK("http://evil.test")',
    "+1+1",
    "@SUM(A1)",
    "-2+3",
    "<script>alert(1)</script>",
    "](javascript:x) \\end{document} %PDF {nb} (((",
    "חביב של Łucja",
    "بسكويت ١٢٣",
    "🐶 漢字 \x00\x1b[31m\ud800",
    "W" * 60,
    "a\nb\tc",
)


def pages_of(file: bytes) -> list[str]:
    """The words of each page."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(file)).pages]


def words_of(file: bytes) -> str:
    return " ".join(" ".join(pages_of(file)).split())


def make_sheet(resolved: Resolved | None = None, number: str = "HH-1", name: str = "") -> Sheet:
    return sheet(resolved or resolve(make_design()), number, name)


def make_panel(width: float = 380.0, height: float = 120.0) -> Panel:
    ring = ((0.0, 0.0), (width, 0.0), (width / 2, height))
    x = width / 2
    hole = ((x - 10, 20.0), (x + 10, 20.0), (x, 40.0))
    return Panel("kerchief", "Kerchief", "CL", "Cotton", 0.4, ring, 10.0, 22_800.0, (hole,))


def with_panel(panel: Panel) -> Resolved:
    return replace(resolve(make_design("collar")), panels=(panel,))


@pytest.mark.parametrize("kind", KINDS)
def test_the_pack_names_every_strap_and_part_with_its_measures(kind: Kind) -> None:
    resolved = resolve(make_design(kind))
    said = words_of(pack(resolved, "HH-0001", "Rex's best"))
    for strap in resolved.straps:
        assert strap.title in said
        assert f"{strap.cut_mm}" in said
    for fitting in resolved.fittings:
        assert fitting.sku in said
    assert "HH-0001" in said
    assert "Rex's best" in said
    assert "Check list" in said


def test_views_of_the_piece_made_up_stand_before_the_steps() -> None:
    resolved = resolve(make_design())
    said = words_of(pack(resolved, "HH-1", views=Drawing(180, 50)))
    assert said.index("Made up") < said.index("Making sequence")
    assert "Made up" not in words_of(pack(resolved, "HH-1"))


def test_the_cut_list_sums_up_to_the_bill() -> None:
    for design in random_designs(24, seed=7):
        resolved = resolve(design)
        billed = {line.sku: line.quantity for line in resolved.bom if line.unit == "mm"}
        cut: dict[str, int] = {}
        for row in sheet(resolved, "HH-1").cuts:
            cut[row.strap.sku] = cut.get(row.strap.sku, 0) + row.strap.cut_mm
        assert cut == {sku: billed[sku] for sku in cut}


def test_a_strap_is_cut_to_what_is_worn_and_what_is_turned_back() -> None:
    for row in make_sheet().cuts:
        added = sum(part.length_mm for part in row.strap.allowances)
        assert 0 <= row.strap.cut_mm - row.strap.neutral_mm - added < 1
        for part in row.strap.allowances:
            assert f"{part.length_mm} {plain(part.name)}" in row.explained


def test_the_same_design_gives_the_same_file() -> None:
    resolved = resolve(make_design())
    assert pack(resolved, "HH-1", "Rex") == pack(resolved, "HH-1", "Rex")


def test_a_pack_fits_letter_paper_as_well() -> None:
    resolved = resolve(make_design("collar"))
    sizes: dict[Format, float] = {"a4": 210.0, "letter": 215.9}
    for page, width in sizes.items():
        reader = PdfReader(io.BytesIO(pack(resolved, "HH-1", format=page)))
        printed = float(reader.pages[0].mediabox.width) * POINT_MM
        assert printed == pytest.approx(width, abs=0.1)


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_breaks_a_file(name: str) -> None:
    resolved = resolve(make_design("collar"))
    assert "Check list" in words_of(pack(resolved, "HH-1", name))
    of = make_sheet(resolved, name=name)
    assert "<script" not in svg(of)
    svg(of).encode()
    assert dxf(of).isascii()


def test_names_in_other_scripts_are_set_in_their_own_letters() -> None:
    said = words_of(pack(resolve(make_design("collar")), "HH-1", "Łucja Ζευς Бобик"))
    assert "Łucja Ζευς Бобик" in said


def test_the_csv_opens_with_the_right_columns_and_no_formula() -> None:
    resolved = resolve(make_design())
    first = resolved.straps[0]
    evil = replace(
        first, title="=1+1", allowances=(Allowance("@SUM(A1)", 0, ""), *first.allowances)
    )
    of = make_sheet(replace(resolved, straps=(evil, *resolved.straps[1:])), number="+49")
    heads, *rows = csv.reader(io.StringIO(cut_list(of).removeprefix("\ufeff")))
    assert tuple(heads) == CUT_HEADS
    assert len(rows) == len(resolved.straps)
    for row in rows:
        assert len(row) == len(heads)
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@"))]
    assert {row[2]: int(row[7]) for row in rows} == {s.name: s.cut_mm for s in resolved.straps}


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", " =1", "|x", "%x", "\r=1"])
def test_a_cell_is_never_worked_out(text: str) -> None:
    assert safe(text).startswith("'")


def groups(file: str) -> list[tuple[int, str]]:
    """A DXF file as its group codes and values."""
    lines = file.split("\r\n")[:-1]
    return [(int(code), value) for code, value in zip(lines[::2], lines[1::2], strict=True)]


def polylines(file: str, layer: str) -> list[list[tuple[float, float]]]:
    """The points of every polyline on a layer."""
    found: list[list[tuple[float, float]]] = []
    entity, on, x = "", "", 0.0
    for code, value in groups(file):
        if code == 0:
            entity = value
        elif code == 8:
            on = value
            if entity == "POLYLINE" and on == layer:
                found.append([])
        elif entity == "VERTEX" and on == layer and code == 10:
            x = float(value)
        elif entity == "VERTEX" and on == layer and code == 20:
            found[-1].append((x, float(value)))
    return found


def test_the_dxf_holds_every_part_at_true_size() -> None:
    resolved = with_panel(make_panel())
    file = dxf(make_sheet(resolved))
    assert groups(file)[-1] == (0, "EOF")
    assert (1, "AC1009") in groups(file)
    sizes = [
        (max(x) - min(x), max(y) - min(y))
        for x, y in (zip(*line, strict=True) for line in polylines(file, "CUT"))
    ]
    assert sizes[0] == pytest.approx((380.0, 120.0), abs=0.001)
    assert sizes[1:] == [
        pytest.approx((row.strap.cut_mm, row.strap.width_mm)) for row in make_sheet(resolved).cuts
    ]
    assert len(polylines(file, "HOLES")) == 1
    assert (8, "FOLD") in groups(file)


def test_the_svg_is_in_true_millimetres() -> None:
    drawn = svg(make_sheet(with_panel(make_panel())))
    size = re.compile(r'width="([\d.]+)mm" height="([\d.]+)mm" viewBox="0 0 (.*?)"')
    width, height, box = size.findall(drawn)[0]
    assert f"{width} {height}" == box
    ways = re.findall(r'<path d="(M[^"]*)"', drawn)
    spans = []
    for way in ways:
        numbers = [float(x) for x in re.findall(r"-?[\d.]+", way)]
        spans.append(round(max(numbers[::2]) - min(numbers[::2]), 2))
    assert 380.0 in spans
    assert 100.0 in spans


def rings_on(page: object) -> list[tuple[float, float, float, float]]:
    """The extents of every path on a page: left, low, right, high in mm."""
    content = page.get_contents().get_data().decode("latin-1")  # pyright: ignore
    found = []
    for way in re.findall(r"q [\d.]+ w 1 J.*?Q", content):
        points = re.findall(r"(-?[\d.]+) (-?[\d.]+) [ml]", way)
        across = [float(x) * POINT_MM for x, _ in points]
        up = [float(y) * POINT_MM for _, y in points]
        if points:
            found.append((min(across), min(up), max(across), max(up)))
    return found


def test_a_pattern_that_fits_is_printed_at_true_size() -> None:
    file = pack(with_panel(make_panel(160.0, 90.0)), "HH-1")
    pages = [p for p in PdfReader(io.BytesIO(file)).pages if "before you cut" in p.extract_text()]
    assert len(pages) == 1
    assert "100 mm" in pages[0].extract_text()
    sizes = [(right - left, high - low) for left, low, right, high in rings_on(pages[0])]
    assert any(size == pytest.approx((160.0, 90.0), abs=0.02) for size in sizes)


@pytest.mark.parametrize("format", ["a4", "letter"])
def test_a_pattern_too_large_is_spread_over_sheets_that_overlap(format: Format) -> None:
    file = pack(with_panel(make_panel(700.0, 350.0)), "HH-1", format=format)
    pages = [p for p in PdfReader(io.BytesIO(file)).pages if "before you cut" in p.extract_text()]
    names = [re.findall(r"1:1 pattern\s+([A-Z]\d)", page.extract_text())[0] for page in pages]
    columns = {"a4": 5, "letter": 4}[format]
    assert names == [f"{row}{column}" for row in "AB" for column in range(1, columns + 1)]
    lefts = []
    for page in pages:
        whole = max(rings_on(page), key=lambda ring: ring[2] - ring[0])
        assert whole[2] - whole[0] == pytest.approx(700.0, abs=0.05)
        lefts.append(whole[0])
    wide = float(pages[0].mediabox.width) * POINT_MM - 30
    assert lefts[0] - lefts[1] == pytest.approx(wide - 10, abs=0.05)


def test_longer_straps_may_be_off_by_more() -> None:
    found = [tolerance_mm(length) for length in (60, 300, 301, 900, 5000)]
    assert found == sorted(found)
    assert found[0] < found[-1]


@pytest.mark.parametrize("kind", KINDS)
def test_the_steps_are_numbered_and_speak_of_what_is_there(kind: Kind) -> None:
    for design in [design for design in random_designs(40, seed=3) if design.kind is kind][:6]:
        of = make_sheet(resolve(design))
        said = " ".join(f"{step.title} {step.text}" for step in of.steps)
        assert "{" not in said
        has_lining = any(strap.role is Role.LINING for strap in of.resolved.straps)
        assert ("Sew on the lining" in said) is has_lining
        assert ("Set the rivets" in said) is any(
            fitting.piece == "rivet" for fitting in of.resolved.fittings
        )
        assert of.steps[-1].title == "Check and sign"
        for row in of.cuts:
            if row.strap.role is Role.WEBBING and row.strap.marks:
                assert re.search(rf"\b{row.letter}\b", said)


def test_every_strap_has_a_letter_of_its_own() -> None:
    for design in random_designs(12, seed=9):
        letters = [row.letter for row in make_sheet(resolve(design)).cuts]
        assert len(set(letters)) == len(letters)


def test_marks_lie_on_their_strap() -> None:
    for design in random_designs(24, seed=11):
        for part in flats(make_sheet(resolve(design))):
            for line in (*part.folds, *part.marks):
                assert all(-0.01 <= x <= part.width + 0.01 for x, _ in line) or not part.holes
