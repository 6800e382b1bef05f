"""What a piece mirrors onto the floor before it."""

import numpy as np
import pytest

from pet_app.builder.render.camera import Camera
from pet_app.builder.render.caustics import caustics
from pet_app.builder.render.frame import Frame, frame
from pet_app.builder.render.ground import COARSE
from pet_app.builder.render.light import FURNACE, STUDIO, Studio
from pet_app.builder.render.material import Materials, materials_of
from pet_app.builder.render.scene import scene
from pet_app.builder.rules import Pattern
from pet_app.builder.surfaces import Surface
from tests.builder.shapes import make_ball, make_box, make_model

SIZE = 160
WHITE, BLACK = (255, 255, 255), (0, 0, 0)


def _worn(colour: tuple[int, int, int], roughness: float, metallic: bool) -> Materials:
    own = Surface(colour, colour, roughness, metallic=metallic)
    return materials_of([own, own], Pattern.PLAIN)


def _plate(turn_deg: float, studio: Studio = STUDIO) -> Frame:
    """A plate that stands on the floor and looks along z."""
    plate = make_model(make_box((-60, 0, -2), (60, 90, 0)))
    return frame(scene(plate), Camera(turn_deg=turn_deg), SIZE, studio)


def _before(taken: Frame, values: np.ndarray, z: float) -> float:
    """The mean of a coarse map close before or behind the plate's middle."""
    place = taken.floor.place
    x = np.array([-20.0, 0.0, 20.0])
    column = ((x - place[0]) * place[2] / 2).astype(int)
    return float(values[int((z - place[1]) * place[3] / 2), column].mean())


def test_a_mirror_throws_a_beam_and_black_paint_does_not():
    taken = _plate(0.0)
    bright = caustics(taken, _worn(WHITE, 0.1, True))
    dark = caustics(taken, _worn(BLACK, 1.0, False))
    assert _before(taken, bright[0], 25.0) > 0.1
    assert _before(taken, dark[0], 25.0) < 0.02


def test_a_beam_lies_where_the_lamps_are_whichever_way_they_are_turned():
    mirror = _worn(WHITE, 0.1, True)
    beams = {turn: caustics(_plate(turn), mirror)[0] for turn in (0.0, 180.0)}
    front = _before(_plate(0.0), beams[0.0], 25.0) / _before(_plate(0.0), beams[0.0], -27.0)
    turned = _before(_plate(180.0), beams[180.0], 25.0) / _before(
        _plate(180.0), beams[180.0], -27.0
    )
    assert front == pytest.approx(1 / turned, rel=0.25)
    assert abs(np.log(front)) > 0.3


@pytest.mark.parametrize(("roughness", "metallic"), [(0.1, True), (0.3, True), (0.3, False)])
def test_a_white_ball_of_any_gloss_takes_no_light_from_the_floor_in_even_light(roughness, metallic):
    taken = frame(scene(make_model(make_ball())), Camera(), SIZE, FURNACE)
    found = caustics(taken, _worn(WHITE, roughness, metallic)).sum(axis=0)
    reached = taken.floor.soft + found / (1 - taken.floor.again)
    hidden = taken.floor.soft < 0.5
    assert hidden.any()
    assert np.abs(reached - 1)[~hidden].max() < 0.08


def test_metal_throws_nothing_that_a_colour_of_paint_would_change():
    taken = _plate(0.0)
    found = caustics(taken, _worn(WHITE, 0.2, True))
    assert found.shape == (3, COARSE, COARSE)
    assert found[1:].max() == 0
