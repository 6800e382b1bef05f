"""The renderer: light, shadow, colour, and what it refuses."""

import colorsys
from dataclasses import replace
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from pet_app.builder import palette
from pet_app.builder.geometry.mesh import Slot
from pet_app.builder.render.album import pictures
from pet_app.builder.render.camera import CAMERAS, Camera
from pet_app.builder.render.develop import develop
from pet_app.builder.render.expose import expose
from pet_app.builder.render.frame import frame
from pet_app.builder.render.light import FURNACE, STUDIO
from pet_app.builder.render.material import ROUGHNESS, Materials, materials
from pet_app.builder.render.picture import photograph, render
from pet_app.builder.render.scene import scene
from pet_app.builder.render.weighing import FREE, GLOSS
from pet_app.builder.rules import Finish, Material
from pet_app.builder.things import picture as things
from pet_app.builder.things.thing import read
from pet_app.core import offload
from pet_app.core.errors import Invalid
from tests.builder.factory import KINDS, make_design
from tests.builder.shapes import make_ball, make_box, make_look, make_model, make_part

SIZE = 160


def _white() -> Materials:
    """Matt white all over, without weave or gloss."""
    worn = materials(make_look())
    table = np.zeros_like(worn.table)
    table[:, ROUGHNESS] = 1
    return replace(worn, colours=np.ones_like(worn.colours), table=table)


def test_a_white_ball_vanishes_in_even_white_light():
    taken = frame(scene(make_model(make_ball())), Camera(), SIZE, FURNACE)
    pixels = develop(expose(taken, _white()), _white(), None)
    inside = pixels[..., 3].astype(int) == 255
    upper = pixels[: SIZE // 2][inside[: SIZE // 2]][:, :3].astype(int)
    # The tone map shows a radiance of 1 as 240; a closed form of gloss may add a little.
    assert np.abs(upper - 240).max() <= 6
    assert np.ptp(upper, axis=0).max() <= 8


def test_a_shadow_lies_round_the_foot_and_ends_before_the_corner():
    pixels = render(make_model(make_ball()), make_look(), size=SIZE, background=None)
    alpha = pixels[..., 3].astype(int)
    column = alpha[:, SIZE // 2]
    foot = int(np.flatnonzero(column == 255).max())
    assert 60 < alpha[foot + 2, SIZE // 2] < 255
    assert alpha[[0, 0, -1, -1], [0, -1, 0, -1]].max() == 0
    shadow = pixels[foot + 2, SIZE // 2, :3].astype(int)
    assert shadow.max() < 60


def test_light_does_not_reach_into_a_crevice():
    floor = make_box((-60, -5, -60), (60, 0, 60), name="floor")
    walls = [make_box((-60, 0, z - 5), (60, 50, z + 5), name=f"wall {z}") for z in (-9.0, 9.0)]
    taken = frame(scene(make_model(floor, *walls)), Camera(tilt_deg=85), SIZE, STUDIO)
    on_floor = taken.scene.parts[taken.seen.face] == 0
    up = taken.places[:, 4] > 0.9
    z = np.abs(taken.places[:, 2])
    inside = taken.reached.light[on_floor & up & (z < 4), 0]
    outside = taken.reached.light[on_floor & up & (z > 40), 0]
    assert len(inside) > 10
    assert inside.mean() < 0.5 * outside.mean()


def test_a_small_picture_has_the_light_of_a_large_one():
    laid = scene(make_model(make_box((0, 0, 0), (60, 4, 60)), make_box((20, 4, 20), (40, 34, 40))))
    shares = []
    for size in (200, 800):
        taken = frame(laid, Camera(-30, 30, 24), size, STUDIO)
        found = np.zeros((size, size, 2), np.float32)
        flat, light = found.reshape(-1, 2), taken.reached.light
        flat[taken.seen.pixel, 0], flat[taken.seen.pixel, 1] = light[:, FREE], 1
        scale = size // 200
        shares.append(found.reshape(200, scale, 200, scale, 2).mean(axis=(1, 3)))
    both = (shares[0][..., 1] == 1) & (shares[1][..., 1] == 1)
    off = (shares[0] - shares[1])[both, 0]
    assert both.sum() > 300
    assert np.sqrt((off**2).mean()) < 0.06


def test_the_inside_of_a_bowl_is_not_grainy():
    thing = read({"format": 1, "thing": "bowl", "finish": {"body": "glaze sky", "foot": "clay"}})
    built = scene(things.model(thing), thing.made_by.parts)
    taken = frame(built, Camera(turn_deg=-14, tilt_deg=40), 400, STUDIO)
    whole = np.full((400 * 400, 2), np.nan)
    inner = (np.hypot(*taken.places[:, [0, 2]].T) < 55) & (taken.places[:, 4] > 0.9)
    whole[taken.seen.pixel[inner]] = taken.reached.light[inner][:, [FREE, GLOSS]]
    lines = whole.reshape(400, 400, 2)
    # A span of two points: what is left of a straight line through its ends is grain.
    grain = np.abs(lines[:, 4:-4] - 0.5 * (lines[:, 8:] + lines[:, :-8]))
    assert inner.sum() > 5000
    assert np.nanmean(grain) < 0.06 * np.nanmean(lines)


def test_the_inside_of_a_cave_is_dark_without_blotches():
    finish = {"body": "thick_felt stone", "cushion": "felt coral"}
    cave = read({"format": 1, "thing": "cave", "finish": finish})
    built = scene(things.model(cave), cave.made_by.parts)
    taken = frame(built, cave.made_by.camera, 400, STUDIO)
    free = np.full(400 * 400, np.nan)
    free[taken.seen.pixel] = taken.reached.light[:, FREE]
    lines = free.reshape(400, 400)
    round_about = np.mean([np.roll(lines, way, axis) for way in (-4, 4) for axis in (0, 1)], axis=0)
    dark = lines < 0.12
    assert dark.mean() > 0.1
    assert np.nanmedian(np.abs(lines - round_about)[dark]) < 0.02 * np.nanmean(lines[dark])


@pytest.mark.parametrize("colour", ["poppy", "pine", "navy", "marigold", "blossom"])
def test_webbing_keeps_its_palette_colour(colour):
    pixels = render(
        make_model(make_box((-40, -20, -5), (40, 20, 5))),
        make_look(colour=colour),
        camera=Camera(turn_deg=0, tilt_deg=5),
        size=SIZE,
        background=None,
    )
    middle = pixels[60:100, 50:110, :3].reshape(-1, 3).mean(axis=0) / 255
    wanted = colorsys.rgb_to_hsv(*(part / 255 for part in palette.colour(colour).rgb))
    shown = colorsys.rgb_to_hsv(*middle)
    turn = abs((shown[0] - wanted[0] + 0.5) % 1 - 0.5) * 360
    assert turn < 8
    assert abs(shown[2] - wanted[2]) < 0.14


def test_the_same_design_gives_the_same_pixels():
    model = make_model(make_ball(), make_box((-80, -50, -80), (80, -45, 80), name="plate"))
    first = render(model, make_look(material=Material.LEATHER), size=SIZE)
    again = render(model, make_look(material=Material.LEATHER), size=SIZE)
    assert np.array_equal(first, again)


def test_a_new_colour_on_a_kept_frame_is_what_a_new_picture_would_be():
    red, blue = make_design(colour="poppy"), make_design(colour="navy", finish=Finish.BRASS)
    photograph(red, SIZE)
    kept = photograph(blue, SIZE)
    photograph(make_design(girth_mm=660), SIZE)
    photograph(make_design(girth_mm=670), SIZE)
    photograph(make_design(girth_mm=680), SIZE)
    assert np.array_equal(kept, photograph(blue, SIZE))


def test_metal_mirrors_the_studio_and_cloth_does_not():
    look = make_look(colour="stone")
    metal = render(make_model(make_ball(slot=Slot.METAL)), look, size=SIZE).astype(int)
    cloth = render(make_model(make_ball()), look, size=SIZE).astype(int)
    ball = np.s_[40:120, 40:120]
    assert metal[ball].std() > 1.5 * cloth[ball].std()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("turn_deg", [-60, 20, 100])
def test_a_piece_stays_within_the_picture_from_every_side(kind, turn_deg):
    camera = replace(CAMERAS[kind], turn_deg=turn_deg)
    built = scene(make_model(make_box((-300, -10, -30), (200, 90, 40))))
    taken = frame(built, camera, SIZE, STUDIO)
    rows, columns = np.divmod(taken.seen.pixel, SIZE)
    edge = int(camera.margin * SIZE) - 2
    for across in (rows, columns):
        assert across.min() >= edge
        assert across.max() < SIZE - edge
    assert max(np.ptp(rows), np.ptp(columns)) > 0.75 * SIZE


def test_a_picture_of_a_design_is_a_webp_file_and_tells_its_stages():
    stages: list[str] = []
    with offload.reporting(stages.append):
        files = pictures(("photo", "thumb"), make_design(width_mm=20).to_dict())
    drawn = [Image.open(BytesIO(file)) for file, _ in files]
    assert {image.format for image in drawn} == {"WEBP"}
    assert [image.width for image in drawn] == [800, 400]
    assert stages == ["shaping", "lighting", "shading", "saving"]


def test_a_picture_of_no_design_is_refused():
    with pytest.raises(Invalid):
        pictures(("photo",), {"kind": "spaceship"})


ball = make_ball()


@pytest.mark.parametrize(
    ("model", "reason"),
    [
        (make_model(), "no parts"),
        (make_model(replace(ball, vertices=np.zeros((0, 3)))), "is empty"),
        (make_model(replace(ball, faces=np.zeros((0, 3), np.int32))), "is empty"),
        (make_model(replace(ball, vertices=ball.vertices * np.nan)), "points"),
        (make_model(replace(ball, vertices=ball.vertices * 1e6)), "points"),
        (make_model(replace(ball, vertices=ball.vertices * 0)), "every face"),
        (make_model(replace(ball, faces=ball.faces + 10**6)), "corners are missing"),
        (make_model(replace(ball, normals=ball.normals + np.inf)), "normals"),
        (make_model(replace(ball, uv=ball.uv[:3])), "texture"),
    ],
)
@pytest.mark.filterwarnings("ignore:invalid value:RuntimeWarning")
def test_a_mesh_that_cannot_be_drawn_is_refused_with_a_reason(model, reason):
    with pytest.raises(Invalid, match=reason):
        render(model, make_look(), size=SIZE)


def test_slivers_and_wild_texture_coordinates_are_drawn_all_the_same():
    dice = np.random.default_rng(3)
    corners = dice.normal(0, 40, (4000, 1, 3)) + dice.normal(0, 3, (4000, 3, 3)) * dice.choice(
        [1e-6, 1e-3, 1, 4], (4000, 1, 3)
    )
    faces = np.arange(12_000).reshape(-1, 3)
    uv = dice.normal(0, 1, (12_000, 2)) * dice.choice([0, 1, 1e5], (12_000, 1))
    soup = make_part(corners.reshape(-1, 3), faces, uv=uv.astype(np.float32))
    pixels = render(make_model(soup), make_look(material=Material.BIOTHANE), size=SIZE)
    assert pixels.std() > 10


@pytest.mark.parametrize("size", [0, 15, 4096])
def test_a_picture_has_a_sensible_size(size):
    with pytest.raises(Invalid, match="pixels"):
        render(make_model(ball), make_look(), size=size)
