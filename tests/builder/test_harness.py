"""The Y-front harness: where its straps run, what is marked on them, what its adjusters do."""

import numpy as np
import pytest

from pet_app.builder.body import body
from pet_app.builder.courses import harness as courses
from pet_app.builder.courses.lay import on_coat_mm
from pet_app.builder.courses.yoke import joint
from pet_app.builder.design import Design
from pet_app.builder.geometry.build import build
from pet_app.builder.resolve import resolve
from pet_app.builder.rules import Buckle, Build, Kind, Lining, Material, Method, RingPlace, Role
from tests.builder.factory import make_design, random_designs

BOTH = (RingPlace.BACK, RingPlace.CHEST)
SIZES = {
    "kitten": make_design(
        neck_mm=150, girth_mm=210, back_mm=180, weight_g=1200, width_mm=10, build=Build.CAT
    ),
    "toy": make_design(
        neck_mm=200, girth_mm=300, back_mm=240, weight_g=2200, width_mm=10, build=Build.TOY
    ),
    "middling": make_design(rings=BOTH),
    "padded": make_design(
        rings=BOTH, lining=Lining.NEOPRENE, reflective=True, handle=True, text="Biscuit"
    ),
    "mastiff": make_design(
        neck_mm=700,
        girth_mm=1100,
        back_mm=820,
        weight_g=90_000,
        width_mm=40,
        build=Build.MASTIFF,
        rings=BOTH,
    ),
}


@pytest.fixture(params=SIZES.values(), ids=list(SIZES))
def design(request: pytest.FixtureRequest) -> Design:
    return request.param


def harnesses(count: int, seed: int) -> list[Design]:
    return [d for d in random_designs(4 * count, seed) if d.kind is Kind.HARNESS][:count]


def under(name: str) -> bool:
    """Whether a strap of this name lies on the coat."""
    return not (name.endswith("_tab") or name.startswith("handle") or "_tape_" in name)


def test_a_loop_is_as_long_as_measurement_and_ease(design: Design) -> None:
    laid = courses.lay(design)
    for name, length in courses.loop_lengths(design).items():
        assert laid.loops[name].length == pytest.approx(length, abs=0.01)
        assert resolve(design).loop(name).inner_mm == length


def test_the_neck_straps_meet_the_chest_strap_in_a_y(design: Design) -> None:
    laid = courses.lay(design)
    neck, chest = laid.strap("neck").curve.points, laid.strap("chest").curve.points
    left, right = neck[4] - neck[0], neck[-5] - neck[-1]
    down = chest[4] - chest[0]
    left, right, down = (way / np.linalg.norm(way) for way in (left, right, down))
    assert left[2] == pytest.approx(-right[2], abs=1e-3)
    between = np.degrees(np.arccos(left @ right))
    assert 70 < between < 130
    assert np.degrees(np.arccos(left @ down)) > 100
    assert np.degrees(np.arccos(right @ down)) > 100


def test_all_three_straps_end_at_the_ring_over_the_breastbone(design: Design) -> None:
    laid = courses.lay(design)
    meeting, _, _ = joint(laid.loops["neck"])
    parts = {part.name: part for part in build(design).parts}
    middle = parts["breast_ring"].vertices.mean(axis=0)
    assert abs(middle[2]) < 0.1
    neck, chest = laid.strap("neck").curve.points, laid.strap("chest").curve.points
    reaches = [np.linalg.norm(end - meeting) for end in (neck[0], neck[-1], chest[0])]
    assert max(reaches) - min(reaches) < 0.1 * max(reaches)
    radius = np.linalg.norm(parts["breast_ring"].vertices - middle, axis=1)
    bar = np.ptp(radius)
    # At a strap's edges the ring has bent towards its middle: the strap turns a little within.
    assert radius.min() - bar / 2 < min(reaches)
    assert max(reaches) < radius.max()


def test_the_breastbone_lies_behind_the_throat_and_before_the_girth(design: Design) -> None:
    laid = courses.lay(design)
    meeting, _, _ = joint(laid.loops["neck"])
    marks = body(design.measurements, design.build).landmarks
    assert marks["brisket"][1] < meeting[1] < marks["throat"][1]
    assert meeting[0] > 0.4 * marks["breastbone"][0]


def test_every_strap_keeps_clear_of_the_coat(design: Design) -> None:
    animal = body(design.measurements, design.build)
    resolved = resolve(design)
    widths = {strap.name: strap.width_mm for strap in resolved.straps}
    for course in resolved.laid.straps:
        if not under(course.name):
            continue
        line = course.curve.squared()
        ahead = np.gradient(line.points, axis=0)
        across = np.cross(line.normals, ahead)
        across /= np.linalg.norm(across, axis=1, keepdims=True)
        for side in (-0.5, 0.0, 0.5):
            away = animal.depth(line.points + side * widths[course.name] * across)
            assert away.min() > -0.5, (course.name, side)


def test_what_touches_the_coat_is_never_far_from_it() -> None:
    for made in harnesses(12, seed=41):
        animal = body(made.measurements, made.build)
        resolved = resolve(made)
        for loop in resolved.loops:
            away = animal.depth(resolved.laid.loops[loop.name].points)
            assert away.max() < loop.ease_mm / np.pi + 4 + 0.02 * loop.inner_mm
        for name in ("chest", "back"):
            away = animal.depth(resolved.laid.strap(name).curve.points)
            assert away.max() < 12 + 0.02 * made.measurements.girth_mm


def test_a_girth_strap_hangs_its_slack_below_the_belly() -> None:
    made = SIZES["middling"]
    animal = body(made.measurements, made.build)
    girth = courses.lay(made).loops["girth"].points
    above, below = animal.depth(girth[[0, len(girth) // 2]])
    assert above < 3 < below


def test_webbing_over_a_lining_is_cut_longer_and_the_loop_stays() -> None:
    bare, padded = (
        resolve(make_design(rings=BOTH, lining=lining)) for lining in (Lining.NONE, Lining.NEOPRENE)
    )
    assert padded.loop("girth").inner_mm == bare.loop("girth").inner_mm
    longer = [
        padded.strap(name).neutral_mm - bare.strap(name).neutral_mm
        for name in ("girth_top", "girth_belly")
    ]
    # Three millimetres further out, once round, is 19 mm.
    assert 14 < sum(longer) < 24
    for name in ("neck", "girth_top", "girth_belly", "chest"):
        lining = padded.strap(f"{name}_lining")
        assert lining.role is Role.LINING
        assert lining.width_mm > padded.strap(name).width_mm


def test_each_option_adds_what_it_says() -> None:
    def names(**options: object) -> set[str]:
        return {part.name for part in build(make_design(**{"rings": BOTH, **options})).parts}  # pyright: ignore[reportArgumentType]

    plain = names()
    assert {"back_d_ring", "front_d_ring", "breast_ring"} <= plain
    assert "front_d_ring" not in names(rings=(RingPlace.BACK,))
    assert "back_d_ring" not in names(rings=(RingPlace.CHEST,))
    assert {"handle_strap", "handle_start_stitches", "handle_end_stitches"} <= names(handle=True)
    assert {"neck_tape_left_strap", "girth_top_tape_right_strap"} <= names(reflective=True)
    assert {"neck_lining_strap", "chest_lining_strap"} <= names(lining=Lining.MESH)
    assert "girth_top_letters" in names(text="Rex")
    assert {"name_plate", "girth_top_letters"} <= names(text="Rex", method=Method.ENGRAVED)
    metal = resolve(make_design(rings=BOTH, buckle=Buckle.METAL)).fittings
    assert {f.piece for f in metal if "buckle" in f.name} == {"metal_buckle"}


def test_leather_is_riveted_where_webbing_is_sewn() -> None:
    leather = resolve(make_design(rings=BOTH, material=Material.LEATHER, colour="chestnut"))
    sewn = resolve(make_design(rings=BOTH))
    assert not leather.seams
    for seam in sewn.seams:
        assert any(f.name.startswith(f"{seam.name}_rivet_") for f in leather.fittings), seam.name


def test_a_strap_is_marked_from_its_first_cut_end_to_its_last(design: Design) -> None:
    resolved = resolve(design)
    seams = {seam.name for seam in resolved.seams}
    marked: set[str] = set()
    for strap in resolved.straps:
        if strap.role is not Role.WEBBING:
            continue
        places = [mark.at_mm for mark in strap.marks]
        assert places == sorted(places)
        assert places[0] >= 0
        assert places[-1] <= strap.cut_mm
        folds = [mark.at_mm for mark in strap.marks if mark.what.startswith("fold")]
        assert folds[0] == strap.allowances[0].length_mm
        assert strap.cut_mm - folds[-1] == pytest.approx(strap.allowances[-1].length_mm, abs=1)
        words = [mark.what.split(" ", 2) for mark in strap.marks]
        marked |= {name for first, *name in ((w[0] + w[1], w[2]) for w in words if len(w) > 2)
                   for name in name if first == "seamfrom"}  # fmt: skip
    assert marked == seams


def test_sliders_and_rings_are_marked_on_the_strap_that_carries_them(design: Design) -> None:
    resolved = resolve(design)
    marks = [mark.what for strap in resolved.straps for mark in strap.marks]
    for fitting in resolved.fittings:
        if fitting.piece == "slider":
            assert f"slider {fitting.name}" in marks
        if fitting.piece == "d_ring":
            assert any(what.startswith(f"ring {fitting.name}") for what in marks)


def test_adjusters_let_out_and_take_in(design: Design) -> None:
    for loop in resolve(design).loops:
        assert loop.shortest_mm <= loop.inner_mm <= loop.longest_mm
    middling = resolve(SIZES["middling"])
    for loop in middling.loops:
        assert loop.longest_mm - loop.inner_mm > 0.08 * loop.inner_mm
        assert loop.inner_mm - loop.shortest_mm > 0.05 * loop.inner_mm


def test_a_middling_harness_has_five_adjusters() -> None:
    pieces = [fitting.piece for fitting in resolve(SIZES["middling"]).fittings]
    assert pieces.count("slider") == 5


def test_a_tail_never_reaches_what_is_in_its_way() -> None:
    for made in harnesses(20, seed=43):
        laid = courses.lay(made)
        for strap in laid.straps:
            turns = [turn for turn in laid.turns if turn.strap == strap.name]
            taken = sum(turn.leg_mm for turn in turns)
            taken += sum(2 * 0.7 * made.width_mm for ring in laid.rings if ring.strap == strap.name)
            assert taken < strap.curve.length, (made, strap.name)


def test_a_harness_is_the_same_left_and_right(design: Design) -> None:
    neck = courses.lay(design).strap("neck").curve.points
    assert np.allclose(neck[::-1] * [1, 1, -1], neck, atol=0.05)


def test_the_text_has_its_place_between_back_and_buckle(design: Design) -> None:
    place = courses.text_place(design)
    strap = courses.lay(design).strap(place.strap).curve
    point = strap.at(np.array([place.middle_mm])).points[0]
    assert place.length_mm == courses.text_room_mm(design)
    assert point[2] > 0
    assert point[1] > 0


@pytest.mark.parametrize(
    "heavy",
    [
        make_design(
            neck_mm=889, girth_mm=1088, back_mm=729, weight_g=81_382, width_mm=40,
            lining=Lining.MESH, build=Build.TERRIER,
        ),
        make_design(
            neck_mm=864, girth_mm=1015, back_mm=669, weight_g=54_400, width_mm=30,
            build=Build.TERRIER,
        ),
        make_design(
            neck_mm=779, girth_mm=1090, back_mm=607, weight_g=70_057, width_mm=40,
            lining=Lining.MESH,
        ),
        make_design(
            neck_mm=833, girth_mm=1002, back_mm=635, weight_g=43_795, width_mm=25,
            lining=Lining.NEOPRENE, build=Build.SPITZ,
        ),
        make_design(
            neck_mm=884, girth_mm=1099, back_mm=568, weight_g=82_328, width_mm=40,
            lining=Lining.FLEECE, build=Build.MASTIFF,
        ),
    ],
    ids=lambda heavy: f"{heavy.build}-{heavy.measurements.neck_mm}",
)  # fmt: skip
def test_under_a_heavy_jaw_the_neck_strap_keeps_off_the_head(heavy: Design) -> None:
    animal = body(heavy.measurements, heavy.build)
    loop = courses.lay(heavy).loops["neck"].squared()
    across = np.cross(loop.normals, np.gradient(loop.points, axis=0))
    across *= on_coat_mm(heavy) / 2 / np.linalg.norm(across, axis=1, keepdims=True)
    for edge in (loop.points + across, loop.points - across):
        assert animal.depth_whole(edge).min() > 0
