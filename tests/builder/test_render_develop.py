"""How surfaces answer the light, and how colours, shadow and page come to it afterwards."""

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from pet_app.builder.geometry.mesh import Slot
from pet_app.builder.render.albedo import thrown_back
from pet_app.builder.render.camera import Camera
from pet_app.builder.render.compose import SHADOW_COLOUR, lay, shadow
from pet_app.builder.render.develop import develop
from pet_app.builder.render.expose import Exposure, expose
from pet_app.builder.render.frame import Frame, frame
from pet_app.builder.render.gloss import GLASS, TABLE, gloss_maps, returned_table
from pet_app.builder.render.light import FURNACE, STUDIO
from pet_app.builder.render.material import (
    CHANNELS,
    ROUGHNESS,
    STEEPNESS,
    WEAVE,
    Materials,
    materials,
)
from pet_app.builder.render.picture import PAPER
from pet_app.builder.render.scene import scene
from pet_app.builder.render.shade import FROM_OTHERS
from pet_app.builder.render.tone import neutral_picture
from pet_app.builder.rules import Finish, Material, Pattern
from tests.builder.shapes import make_ball, make_box, make_look, make_model

SIZE = 128


@cache
def _taken() -> Frame:
    """A ball, and a metal post beside it that mirrors it."""
    post = make_box((45, -40, -10), (60, 40, 10), name="post", slot=Slot.METAL)
    return frame(scene(make_model(make_ball(), post)), Camera(), SIZE, STUDIO)


def _exposed(**look: Any) -> Exposure:
    return expose(_taken(), materials(make_look(**look)))


@pytest.mark.parametrize("page", [PAPER, (255, 255, 255), (18, 22, 30), (200, 40, 90)])
def test_a_cut_out_over_any_page_is_the_picture_on_that_page(page):
    worn = materials(make_look(pattern=Pattern.PLAID, colour="poppy"))
    kept = expose(_taken(), worn)
    on_page = develop(kept, worn, page).astype(float)
    cut_out = develop(kept, worn, None).astype(float)
    alpha = cut_out[..., 3:] / 255
    laid = cut_out[..., :3] * alpha + (1 - alpha) * np.array(page)
    assert np.abs(laid - on_page).max() <= 1.6
    assert (np.abs(alpha - 0.5) < 0.49).mean() > 0.02


def test_a_new_colour_of_an_exposure_is_the_picture_taken_in_that_colour():
    red, blue = make_look(colour="poppy"), make_look(colour="navy", accent="marigold")
    kept = _exposed(colour="poppy")
    assert kept.key == materials(blue).key == materials(red).key
    recoloured = develop(kept, materials(blue), PAPER)
    anew = develop(expose(_taken(), materials(blue)), materials(blue), PAPER)
    assert np.array_equal(recoloured, anew)
    assert np.abs(recoloured.astype(int) - develop(kept, materials(red), PAPER)).max() > 60


@pytest.mark.parametrize(
    "other", [{"material": Material.LEATHER}, {"pattern": Pattern.DOTS}, {"finish": Finish.BLACK}]
)
def test_what_is_more_than_colour_needs_another_exposure(other):
    assert materials(make_look(**other)).key != materials(make_look()).key


def test_metal_shows_the_colour_of_what_stands_beside_it():
    kept = _exposed(finish=Finish.POLISHED)
    post = kept.slot == list(Slot).index(Slot.METAL)
    pixels = _taken().seen.pixel[post]

    def shown(colour: str) -> np.ndarray:
        drawn = develop(kept, materials(make_look(colour=colour)), PAPER)
        return drawn.reshape(-1, 3)[pixels].astype(int)

    poppy, lagoon = shown("poppy"), shown("lagoon")
    changed = np.abs(poppy - lagoon).max(axis=1) > 10
    assert 0.02 < changed.mean() < 0.9
    assert (poppy[changed, 0] - lagoon[changed, 0]).mean() > 5


def test_black_plastic_throws_no_light_and_takes_none_of_what_metal_throws():
    """Cloth beside brass is as warm whether or not there is a black buckle on the piece."""
    warm = materials(make_look(finish=Finish.BRASS))
    ball, post = make_ball(), make_box((30, -40, -30), (60, 40, 30), name="post", slot=Slot.METAL)
    far = make_box((-160, -40, -30), (-130, 40, 30), name="far", slot=Slot.PLASTIC)
    near = make_box((30, -40, -30), (60, 40, 30), name="near", slot=Slot.PLASTIC)
    alone, both, dark = (
        expose(frame(scene(make_model(ball, *parts)), Camera(), SIZE, STUDIO), warm)
        for parts in ((post,), (post, far), (near,))
    )
    assert not dark.values[FROM_OTHERS].any()
    assert alone.values[FROM_OTHERS].any()
    thrown = [
        thrown_back(warm, taken.frame.scene.areas * taken.frame.scene.bright)[1]
        for taken in (alone, both)
    ]
    assert np.allclose(*thrown)


def test_the_picture_laid_out_at_once_is_the_one_laid_fragment_by_fragment():
    covered = shadow(np.full((40, 40), 0.5))
    assert covered[0].max() == 0
    assert covered[20, 20] == covered.max() > 0.2
    page = lay(np.zeros((40, 40, 4), np.float32), covered, PAPER)
    share = covered[20, 20]
    wanted = (1 - share) * np.array(PAPER) + share * np.array(SHADOW_COLOUR)
    assert np.abs(page[20, 20] - wanted).max() <= 1
    alpha = lay(np.zeros((40, 40, 4), np.float32), covered, None)
    assert alpha[20, 20].tolist() == [*SHADOW_COLOUR, round(share * 255)]


def test_even_light_is_mirrored_evenly_at_every_roughness():
    assert np.abs(gloss_maps(FURNACE)[:, :3] - 1).max() < 1e-5


def test_nothing_returns_more_light_than_it_gets():
    table = returned_table()
    assert (table[:, 0] + table[:, 1]).max() <= 1.001
    assert table.min() >= 0
    head_on = table.reshape(TABLE, TABLE, 4)[:4, -1, 2]
    assert np.abs(head_on - GLASS).max() < 0.002


def test_far_from_the_eye_a_weave_is_rough_instead_of_bumpy():
    worn = materials(make_look(material=Material.COTTON))
    tile = int(worn.table[0, WEAVE])
    weave = worn.weaves[tile] * worn.units[tile, :CHANNELS]
    finest = weave[: 258 * 258].reshape(258, 258, -1)[1:-1, 1:-1].mean(axis=(0, 1))
    farthest = weave[-1]
    assert np.allclose(finest, farthest, atol=1e-3)
    assert farthest[STEEPNESS] > 100 * (farthest[0] ** 2 + farthest[1] ** 2)


def test_smooth_webbing_shines_where_rough_webbing_does_not():
    worn = materials(make_look(colour="navy", material=Material.BIOTHANE))
    dull = replace(worn, table=worn.table.copy())
    dull.table[:, ROUGHNESS] = 1
    ball = _taken().seen.pixel[expose(_taken(), worn).slot == 0]

    def brightest(look: Materials) -> int:
        drawn = develop(expose(_taken(), look), look, None).reshape(-1, 4)[ball]
        return int(np.quantile(drawn[:, :3].max(axis=1), 0.99))

    assert brightest(worn) > brightest(dull) + 8


def test_the_tone_map_keeps_order_hue_and_range():
    grey = np.linspace(0, 40, 400, dtype=np.float32)[None, :, None] * np.ones(3, np.float32)
    mapped = neutral_picture(grey)[0]
    assert (np.diff(mapped[:, 0]) >= 0).all()
    assert 0 <= mapped.min() <= mapped.max() <= 1
    red = neutral_picture(np.array([[[0.5, 0.2, 0.1]]], np.float32))[0, 0]
    assert np.allclose(red, np.array([0.5, 0.2, 0.1]) - 0.016, atol=1e-4)
