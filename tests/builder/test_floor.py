"""The floor beneath a piece: what shades it and what is thrown on it."""

import numpy as np

from pet_app.builder.geometry.mesh import Model
from pet_app.builder.render.floor import floor
from pet_app.builder.render.ground import Floor, floor_at
from pet_app.builder.render.light import FURNACE, STUDIO, Studio, light
from pet_app.builder.render.scene import scene
from tests.builder.shapes import make_ball, make_box, make_model


def _lit(model: Model, studio: Studio = STUDIO) -> Floor:
    return floor(scene(model), light(studio, 0.0))


def test_a_thin_wall_keeps_its_bright_side_from_its_dark_one():
    wall = _lit(make_model(make_box((-0.6, 0, -300), (0.6, 40, 300))))
    texel = 1 / wall.place[2]
    assert texel > 0.7
    foot, beside, behind = (floor_at(wall.values, wall.place, x, 0.0, 1) for x in (-2.0, -4.0, 2.0))
    assert abs(foot - beside) < 0.03
    assert foot > behind + 0.3


def test_a_white_ball_takes_no_light_from_the_floor_when_all_around_is_white():
    lit = _lit(make_model(make_ball()), FURNACE)
    back = lit.bounce.sum(axis=0) / (1 - lit.again)
    hidden = lit.soft < 0.5
    assert hidden.any()
    assert np.abs(lit.soft + back - 1)[~hidden].max() < 0.06


def test_what_the_body_throws_is_kept_apart():
    lit = _lit(make_model(make_ball()))
    assert lit.bounce[0].max() > 0.05
    assert lit.bounce[1].max() == 0
    assert lit.values[0].min() == lit.values[:, -1].min() == 1
