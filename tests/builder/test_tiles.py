"""Pattern and surface tiles, and the surfaces that use them."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from pet_app.builder import library, texels, tiles, weaves
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


@pytest.mark.parametrize("weave", list(weaves.rows()))
@pytest.mark.parametrize("axis", [0, 1])
def test_a_surface_repeats_without_a_seam(weave, axis):
    for layer in (tiles.height(weave), *np.moveaxis(tiles.relief(weave), 2, 0)):
        jumps = _jumps(layer, axis)
        assert jumps[-1] <= 1.1 * jumps[:-1].max() + 1e-6


@pytest.mark.parametrize("pattern", [pattern for pattern in Pattern if pattern != Pattern.PLAIN])
def test_every_pattern_shows_both_colours(pattern):
    mask = tiles.pattern_mask(pattern)
    assert mask.shape == (tiles.SIZE, tiles.SIZE)
    assert mask.min() == 0
    assert mask.max() == 255
    assert 20 < mask.mean() < 160


@pytest.mark.parametrize("weave", list(weaves.rows()))
def test_a_surface_keeps_its_colour_and_gloss_from_afar(weave):
    along, across, shade, rough = tiles.relief(weave).mean(axis=(0, 1), dtype=float)
    assert (shade, rough) == pytest.approx((1, 1), abs=1e-4)
    assert (along, across) == pytest.approx((0, 0), abs=1e-4)


@pytest.mark.parametrize("weave", list(weaves.rows()))
def test_a_surface_is_not_steeper_than_its_shading_bears(weave):
    along, across, _, _ = np.moveaxis(tiles.relief(weave), 2, 0)
    assert np.sqrt((along**2 + across**2).mean()) < 0.6


def test_yarns_are_as_wide_as_their_row_says():
    across = np.abs(np.fft.rfft(tiles.height("ribbed").mean(axis=1)))
    yarns = across[1:].argmax() + 1
    assert texels.WEAVE_MM / yarns == pytest.approx(weaves.rows()["ribbed"]["across_mm"], rel=0.1)


@pytest.mark.parametrize("row", ["surfaces", "finishes"])
def test_every_surface_has_the_weave_it_names(row):
    def rows(table):
        for value in table.values():
            if isinstance(value, dict):
                yield from ([value] if "roughness" in value else rows(value))

    for one in rows(library.table(row)):
        assert one.get("weave", "smooth") in weaves.rows()


@pytest.mark.parametrize("name", sorted(tiles.names()))
def test_the_browser_gets_a_small_file_of_every_tile(name):
    data = tiles.png(name)
    image = Image.open(BytesIO(data))
    assert image.size == (tiles.SIZE, tiles.SIZE)
    assert image.mode == ("RGB" if name.startswith(("normal", "rough")) else "L")
    assert len(data) < 120_000


@pytest.mark.parametrize("weave", ["ribbed", "grain", "brushed"])
def test_the_browser_has_the_shade_and_roughness_that_pictures_have(weave):
    with Image.open(BytesIO(tiles.png(f"shade-{weave}"))) as image:
        shade = _linear(np.asarray(image)) * tiles.MOST
    with Image.open(BytesIO(tiles.png(f"rough-{weave}"))) as image:
        rough = np.asarray(image)[..., 1] / 255 * tiles.MOST
    assert np.abs(shade - tiles.relief(weave)[..., 2]).max() < 0.01
    assert np.abs(rough - tiles.relief(weave)[..., 3]).max() < 0.01


def _linear(pixels):
    part = pixels / 255
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


@pytest.mark.parametrize(
    "name", ["", "pattern-tartan", "normal-", "../palette", "shade-silk", "normal-ribbed-7"]
)
def test_an_unknown_tile_is_not_found(name):
    with pytest.raises(NotFound):
        tiles.png(name)


@pytest.mark.parametrize("material", list(Material))
@pytest.mark.parametrize("finish", list(Finish))
def test_every_look_has_a_surface_for_every_slot(material, finish):
    look = make_look(material=material, finish=finish)
    for slot in Slot:
        own = surface(slot, look)
        assert own.weave in weaves.rows()
        assert 0 < own.roughness <= 1
        assert own.metallic == (slot is Slot.METAL)
