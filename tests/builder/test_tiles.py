"""Pattern and surface tiles, and the surfaces that use them."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from pet_app.builder import tiles
from pet_app.builder.geometry.mesh import Slot
from pet_app.builder.rules import Finish, Material, Pattern
from pet_app.builder.surfaces import surface
from pet_app.core.errors import NotFound
from tests.builder.shapes import make_look


def _jumps(tile: np.ndarray, axis: int) -> np.ndarray:
    """The mean step between neighbouring lines, the seam's own last."""
    steps = np.abs(np.roll(tile, -1, axis=axis).astype(float) - tile)
    return steps.mean(axis=1 - axis)


@pytest.mark.parametrize("pattern", list(Pattern))
@pytest.mark.parametrize("axis", [0, 1])
def test_a_pattern_repeats_without_a_seam(pattern, axis):
    jumps = _jumps(tiles.pattern_mask(pattern), axis)
    assert jumps[-1] <= jumps[:-1].max()


@pytest.mark.parametrize("weave", list(tiles.WEAVES))
@pytest.mark.parametrize("axis", [0, 1])
def test_a_surface_repeats_without_a_seam(weave, axis):
    jumps = _jumps(tiles.height(weave), axis)
    assert jumps[-1] <= jumps[:-1].max()


@pytest.mark.parametrize("pattern", [pattern for pattern in Pattern if pattern != Pattern.PLAIN])
def test_every_pattern_shows_both_colours(pattern):
    mask = tiles.pattern_mask(pattern)
    assert mask.shape == (tiles.SIZE, tiles.SIZE)
    assert mask.min() == 0
    assert mask.max() == 255
    assert 20 < mask.mean() < 160


@pytest.mark.parametrize("weave", list(tiles.WEAVES))
def test_a_surface_keeps_its_colour_from_afar(weave):
    assert tiles.relief(weave)[..., 2].mean() == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize("name", tiles.names())
def test_the_browser_gets_a_small_file_of_every_tile(name):
    data = tiles.png(name)
    image = Image.open(BytesIO(data))
    assert image.size == (tiles.SIZE, tiles.SIZE)
    assert image.mode == ("RGB" if name.startswith("normal") else "L")
    assert len(data) < 120_000


@pytest.mark.parametrize("name", ["", "pattern-tartan", "normal-", "../palette", "shade-silk"])
def test_an_unknown_tile_is_not_found(name):
    with pytest.raises(NotFound):
        tiles.png(name)


@pytest.mark.parametrize("material", list(Material))
@pytest.mark.parametrize("finish", list(Finish))
def test_every_look_has_a_surface_for_every_slot(material, finish):
    look = make_look(material=material, finish=finish)
    for slot in Slot:
        own = surface(slot, look)
        assert own.weave in tiles.WEAVES
        assert 0 < own.roughness <= 1
        assert own.metallic == (slot is Slot.METAL)
