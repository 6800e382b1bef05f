"""The light a piece is pictured in: three studios, the usual one where nobody chose."""

import numpy as np
import pytest

from pet_app.builder import palette
from pet_app.builder import service as builder
from pet_app.builder.pictures import PictureKind, PictureState
from pet_app.builder.render.album import sitter
from pet_app.builder.studios import USUAL, light_sets
from pet_app.builder.subject import content_key, lit, of_key
from pet_app.core import db
from pet_app.core.errors import Invalid
from tests.builder.factory import make_design
from tests.builder.keeping import save
from tests.pet.factory import OLIVE

PX = 96
WHITE = "chalk"
OTHERS = [name for name in light_sets() if name != USUAL]
PHOTO, DRAWING = PictureKind.PHOTO, PictureKind.DRAWING


def strap(colour: str, light: str) -> np.ndarray:
    """float64 (3,): the mean linear colour of a collar in that light, on nothing."""
    data = make_design("collar", colour=colour, finish="black").to_dict()
    pixels = sitter(lit(data, light)).shoot(PX, background=None) / 255.0
    return (pixels[pixels[..., 3] > 0.99][:, :3] ** 2.2).mean(axis=0)


@pytest.mark.parametrize("light", OTHERS)
def test_every_colour_is_known_again_in_every_light(light: str) -> None:
    usual = {colour: strap(colour, USUAL) for colour in palette.colours()}
    # Eyes take what is white for white, whatever the lamp.
    lamp = strap(WHITE, light) / usual[WHITE]
    for colour in palette.colours():
        seen = (strap(colour, light) / lamp) ** (1 / 2.2)
        far = {name: float(np.abs(seen - own ** (1 / 2.2)).sum()) for name, own in usual.items()}
        assert min(far, key=far.__getitem__) == colour, light
    assert strap(WHITE, light).min() > 0.5 * usual[WHITE].min()


def test_daylight_is_cooler_and_the_evening_warmer_and_on_darker_paper() -> None:
    warmth = {light: (seen := strap(WHITE, light))[0] / seen[2] for light in light_sets()}
    assert warmth["daylight"] < warmth[USUAL] < warmth["evening"]
    papers = {light: sum(found.paper) for light, found in light_sets().items()}
    assert papers["evening"] < 0.5 * papers["daylight"]


def test_what_stands_in_the_usual_light_is_the_piece_as_it_always_was() -> None:
    data = make_design().to_dict()
    assert lit(data, USUAL) == data
    keys = {content_key(lit(data, light)) for light in light_sets()}
    assert len(keys) == len(light_sets())
    assert {of_key(lit(data, light)) for light in light_sets()} == {content_key(data)}
    with pytest.raises(Invalid):
        lit(data, "moonlight")


@pytest.mark.usefixtures("sqlite_database")
def test_a_design_is_pictured_in_each_light_once_and_drawn_in_none() -> None:
    kept = save()
    with db.writing() as session:
        for _ in range(2):
            for kind in (PHOTO, DRAWING):
                for light in light_sets():
                    builder.want_view(session, OLIVE, kept.id, kind, light)
        found = builder.views_of(session, OLIVE, kept.id)
    shown = [(picture.light, picture.kind.value) for picture in found]
    usual = [(USUAL, kind) for kind in ("photo", "thumb", "drawing")]
    assert shown == [*usual, *((light, "photo") for light in OTHERS)]


@pytest.mark.usefixtures("sqlite_database")
def test_a_picture_in_another_light_goes_with_its_design() -> None:
    kept = save()
    with db.writing() as session:
        evening = builder.want_view(session, OLIVE, kept.id, PHOTO, "evening")
        builder.delete_design(session, OLIVE, kept.id)
        found = builder.picture_of(session, evening.content_key)
        assert found.state is PictureState.CANCELLED


@pytest.mark.usefixtures("sqlite_database")
def test_a_picture_in_another_light_is_taken_up_by_a_worker() -> None:
    kept = save()
    with db.writing() as session:
        wanted = builder.want_view(session, OLIVE, kept.id, PHOTO, "evening")
        work = builder.take_pictures(session, wanted.content_key, [PHOTO], "job")
    assert work is not None
    builder.must_be_made(work)
    assert (work.data["light"], work.of_key) == ("evening", kept.design.content_key())
