"""The making sequence: every seam in one step, at the marks of the drawings."""

import io
import re

import pytest
from pypdf import PdfReader

from pet_app.builder.resolve import Resolved, resolve
from pet_app.builder.rules import Kind
from pet_app.builder.workshop.flat import flats, lettered, with_texts
from pet_app.builder.workshop.joining import crossings, fields, handles, own_marks, tabs, webbing
from pet_app.builder.workshop.pack import pack
from pet_app.builder.workshop.sheet import Sheet, sheet
from tests.builder.factory import KINDS, make_design, random_designs


def make_sheet(resolved: Resolved) -> Sheet:
    return sheet(resolved, "HH-0001", "Rex")


def titles(of: Sheet) -> list[str]:
    return [step.title for step in of.steps]


def text_of(of: Sheet, title: str) -> str:
    return next(step.text for step in of.steps if step.title.startswith(title))


def strapped(kind: Kind) -> list[Resolved]:
    return [resolve(design) for design in random_designs(30, seed=41, kinds=(kind,))]


@pytest.mark.parametrize("kind", [Kind.HARNESS, Kind.COLLAR, Kind.MARTINGALE, Kind.LEASH])
def test_every_field_that_is_drawn_is_made_in_exactly_one_step(kind: Kind) -> None:
    for resolved in strapped(kind):
        done = [found.field.name for found in crossings(resolved)]
        done += [field.name for tab in tabs(resolved) for field in tab.fields]
        done += [seam for handle in handles(resolved) for seam in handle.seams]
        for strap in webbing(resolved):
            own = {
                mark.what.partition(" ")[2].partition(" ")[2] for mark in own_marks(strap, resolved)
            }
            drawn = {field.name for field in fields(strap)}
            done += [name for name in drawn if name in {what.partition(":")[0] for what in own}]
        drawn = {field.name for strap in webbing(resolved) for field in fields(strap)}
        drawn -= {"control_seam"}
        assert drawn <= set(done)
        assert len(done) == len(set(done))


def test_straps_cross_where_each_is_marked() -> None:
    resolved = resolve(make_design(handle=True))
    met = {(found.over.name, found.under.name) for found in crossings(resolved)}
    assert met == {("back", "neck"), ("back", "girth_top")}
    for found in crossings(resolved):
        assert found.field.first_mm < found.over_mm < found.field.last_mm
        assert 0 < found.under_mm < found.under.cut_mm


@pytest.mark.parametrize("material", ["nylon", "leather"])
def test_every_ring_on_a_tab_has_its_step(material: str) -> None:
    of = make_sheet(resolve(make_design("collar", material=material, rings=("buckle", "nape"))))
    assert "Fix the nape D-ring" in titles(of)
    assert ("rivet" if material == "leather" else "sew each with a box") in text_of(
        of, "Fix the nape"
    )


def test_single_straps_come_before_those_that_join_them() -> None:
    names = titles(make_sheet(resolve(make_design(handle=True))))
    order = ["Cut the straps", "Mark", "Make up", "Fix the", "Put on the handle", "Join", "Thread"]
    places = [next(i for i, title in enumerate(names) if title.startswith(name)) for name in order]
    assert places == sorted(places)


def test_a_keeper_goes_on_before_the_buckle_is_fixed() -> None:
    names = titles(make_sheet(resolve(make_design("collar", material="leather", buckle="pin"))))
    assert names.index("Punch the holes") < names.index("Make up A, collar strap")


def test_a_control_loop_is_closed_only_when_it_is_through_its_rings() -> None:
    of = make_sheet(resolve(make_design("martingale")))
    assert not [title for title in titles(of) if "control loop" in title]
    assert "through both rings" in text_of(of, "Close the martingale")


@pytest.mark.parametrize("kind", ["harness", "collar", "martingale", "leash"])
def test_a_text_is_placed_at_its_mark(kind: str) -> None:
    resolved = resolve(make_design(kind, text="Rex"))
    (lettering,) = resolved.letterings
    marks = resolved.strap(lettering.on).marks
    at = next(mark.at_mm for mark in marks if mark.what.startswith("text"))
    assert f"middle at {at} mm from the first cut end" in text_of(make_sheet(resolved), "Embroider")


@pytest.mark.parametrize("kind", ["tag", "bandana"])
def test_a_text_on_a_panel_lies_within_it_on_its_pattern(kind: str) -> None:
    resolved = resolve(make_design(kind, text="Rex"))
    of = make_sheet(resolved)
    part = flats(of)[0]
    drawing = with_texts(part, resolved.letterings)
    (lettering,) = resolved.letterings
    letters = drawing.shapes[-len(lettered(lettering).shapes) :]
    across = [x for shape in letters for ring in shape.rings for x, _ in ring]  # pyright: ignore
    down = [y for shape in letters for ring in shape.rings for _, y in ring]  # pyright: ignore
    assert 0 < min(across) < max(across) < part.width
    assert 0 < min(down) < max(down) < part.height
    assert (min(across) + max(across)) / 2 == pytest.approx(part.origin[0], abs=1.0)


@pytest.mark.parametrize("kind", KINDS)
def test_every_pack_has_a_scale_to_measure_on_its_front(kind: Kind) -> None:
    pages = PdfReader(io.BytesIO(pack(resolve(make_design(kind)), "HH-1"))).pages
    assert "100 mm: measure it" in pages[0].extract_text()
    # A page of one line is a page somebody prints for nothing.
    assert all(len(re.sub(r"\s", "", page.extract_text())) > 80 for page in pages)


@pytest.mark.parametrize(
    ("material", "step"), [("nylon", "Sew in the labels"), ("leather", "Tie on the card")]
)
def test_what_is_bought_as_label_is_what_is_put_on(material: str, step: str) -> None:
    names = titles(make_sheet(resolve(make_design("collar", material=material))))
    assert [name for name in names if name in ("Sew in the labels", "Tie on the card")] == [step]
