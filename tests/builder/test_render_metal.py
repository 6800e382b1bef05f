"""Metal: what it mirrors of itself and of what stands round it."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from pet_app.builder.geometry.mesh import Part, Slot
from pet_app.builder.render.camera import Camera
from pet_app.builder.render.expose import Exposure, expose
from pet_app.builder.render.frame import Frame, frame
from pet_app.builder.render.light import FURNACE, STUDIO, Studio
from pet_app.builder.render.material import METALLIC, Materials, materials_of
from pet_app.builder.render.reflection import BROAD
from pet_app.builder.render.scene import SLOTS, scene
from pet_app.builder.render.shade import GLOSS
from pet_app.builder.rules import Pattern
from pet_app.builder.surfaces import Surface
from pet_app.builder.things import picture
from pet_app.builder.things.shape import tube
from pet_app.builder.things.thing import read
from tests.builder.shapes import make_box, make_model

SIZE = 160
FINISH = {"body": "steel", "ring": "rubber poppy"}
BRASS = (223, 181, 102)


@cache
def _bowl(studio: Studio) -> Frame:
    thing = read({"format": 1, "thing": "steel_bowl", "finish": FINISH})
    built = scene(picture.model(thing), thing.made_by.parts)
    return frame(built, Camera(turn_deg=-14, tilt_deg=35), SIZE, studio)


def _metal(colour: tuple[int, int, int], roughness: float) -> Materials:
    own = Surface(colour, colour, roughness, metallic=True)
    return materials_of([own, own], Pattern.PLAIN)


def _shown(kept: Exposure) -> np.ndarray:
    return kept.values[GLOSS : GLOSS + 3, kept.reflections.fragment]


def _inside(taken: Frame) -> np.ndarray:
    """Which fragments lie on the wall of the bowl that looks at its own middle, low down."""
    place, normal = taken.places[:, :3], taken.places[:, 3:]
    inwards = (normal[:, [0, 2]] * place[:, [0, 2]]).sum(axis=1) < 0
    low, high = place[:, 1].min(), place[:, 1].max()
    return inwards & (place[:, 1] < low + 0.6 * (high - low)) & (normal[:, 1] < 0.6)


@pytest.mark.parametrize("roughness", [0.08, 0.3])
def test_white_metal_shows_even_light_inside_a_bowl_as_outside(roughness):
    taken = _bowl(FURNACE)
    shown = _shown(expose(taken, _metal((255, 255, 255), roughness)))[1]
    inside = _inside(taken)
    assert inside.mean() > 0.02
    # The last bounce ends paths, and the floor in the bowl's shadow is darker.
    assert 0.85 < np.median(shown[inside]) < 1.01
    assert 0.8 < np.median(shown[~inside]) < 1.01
    assert shown.max() < 1.05


def test_brass_that_mirrors_brass_is_deeper_in_colour():
    taken = _bowl(STUDIO)
    kept = expose(taken, _metal(BRASS, 0.2))
    red, _, blue = _shown(kept)
    inside = _inside(taken)
    within = red[inside].sum() / blue[inside].sum()
    assert within > 1.2 * red[~inside].sum() / blue[~inside].sum()


def test_a_rough_bowl_is_smooth_to_the_eye_and_the_same_each_time():
    taken = _bowl(STUDIO)
    worn = _metal((201, 200, 196), 0.3)
    first, second = _shown(expose(taken, worn)), _shown(expose(taken, worn))
    assert np.array_equal(first, second)
    picture_of = np.full(SIZE * SIZE, np.nan)
    picture_of[taken.seen.pixel] = first[1]
    lines = picture_of.reshape(SIZE, SIZE)
    steps = np.abs(lines[:, 1:] - 0.5 * (lines[:, :-1] + np.roll(lines, -2, axis=1)[:, :-1]))
    assert np.nanmedian(steps) < 0.02


def test_metal_in_another_colour_is_another_exposure():
    steel, brass = _metal((201, 200, 196), 0.2), _metal(BRASS, 0.2)
    assert np.array_equal(steel.table, brass.table)
    assert (steel.table[:, METALLIC] == 1).all()
    assert steel.key != brass.key
    assert replace(steel, colours=steel.colours * 0.5).key == steel.key


def test_a_plate_shows_the_light_that_it_throws_before_its_own_feet():
    plate = make_box((-60, 0, -2), (60, 100, 2), name="plate", slot=Slot.METAL)
    taken = frame(scene(make_model(plate)), Camera(turn_deg=-30, tilt_deg=8), 400, STUDIO)
    own = Surface(BRASS, BRASS, 0.1, metallic=True)
    kept = expose(taken, materials_of([own] * len(SLOTS), Pattern.PLAIN))
    red = _shown(kept)[0]
    assert len(red) > BROAD * 400 * 400
    place = taken.places[kept.reflections.fragment]
    front = place[:, 5] > 0.9
    foot, head = front & (place[:, 1] < 12), front & (place[:, 1] > 80)
    # Thrown back evenly, as by a matt plate, it would be 0.58.
    assert 0.62 < red[foot].mean() / red[head].mean() < 0.75


def test_a_polished_ring_before_broad_metal_does_not_sparkle():
    turn = np.arange(96) * 2 * np.pi / 96
    path = np.stack([30 * np.cos(turn), 30 * np.sin(turn) + 136, 0 * turn], axis=1)
    bar = tube(path, 5.0, 24, closed=True)
    ring = Part("ring", Slot.METAL, bar.vertices, bar.faces, bar.normals, bar.uv)
    plate = make_box((-60, 0, -2), (60, 100, 2), name="plate", slot=Slot.METAL)
    taken = frame(scene(make_model(plate, ring)), Camera(turn_deg=-30, tilt_deg=8), 400, STUDIO)
    own = Surface(BRASS, BRASS, 0.1, metallic=True)
    kept = expose(taken, materials_of([own] * len(SLOTS), Pattern.PLAIN))
    assert len(kept.reflections.fragment) > BROAD * 400 * 400
    green = np.full(400 * 400, np.nan)
    of_ring = taken.places[:, 1] > 101
    green[taken.seen.pixel[of_ring]] = _shown(kept)[1][of_ring[kept.reflections.fragment]]
    lines = green.reshape(400, 400)
    round_about = [np.roll(lines, way, axis) for way in (-1, 1) for axis in (0, 1)]
    brightest, darkest = np.max(round_about, axis=0), np.min(round_about, axis=0)
    assert (lines > brightest + 0.3).sum() < 0.001 * of_ring.sum()
    assert (lines < darkest - 0.1).sum() < 0.0025 * of_ring.sum()
