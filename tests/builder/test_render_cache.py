"""What is kept between pictures: by content, within bounds, and never the wrong one."""

from dataclasses import dataclass, replace

import numpy as np
import pytest

from pet_app.builder.render import picture, room
from pet_app.builder.render.cache import Cache
from pet_app.builder.render.camera import CAMERAS
from pet_app.builder.render.light import STUDIO
from pet_app.builder.render.picture import photograph
from pet_app.builder.rules import Finish, Kind, Material
from pet_app.builder.things import picture as things
from pet_app.builder.things.finish import scale_of
from pet_app.builder.things.thing import Thing, read
from tests.builder.factory import make_design

PX = 48


@pytest.fixture(autouse=True)
def _empty(monkeypatch):
    monkeypatch.setattr(picture, "kept", Cache())


@dataclass(frozen=True, eq=False)
class Held:
    own: np.ndarray
    shared: np.ndarray


def test_what_is_unused_the_longest_goes_first():
    cache = Cache(most_bytes=3000)
    made: list[str] = []

    def of(name: str) -> None:
        cache.of(name, lambda: made.append(name) or np.zeros(1000, np.uint8))

    for name in ("a", "b", "c", "a", "d", "a", "b"):
        of(name)
    assert made == ["a", "b", "c", "d", "b"]
    assert cache.bytes() <= 3000


def test_what_several_values_share_counts_once():
    cache = Cache()
    shared = np.zeros(1000, np.uint8)
    for name in "abc":
        cache.of(name, lambda: Held(np.zeros(10, np.uint8), shared[:500]))
    assert cache.bytes() == 1030


def test_the_last_piece_is_kept_even_when_it_is_larger_than_all_room():
    cache = Cache(most_bytes=100)
    for name in ("scene", "frame", "exposure", "other scene", "other frame", "other exposure"):
        cache.of(name, lambda: np.zeros(1000, np.uint8))
    assert len(cache) == 3
    assert cache.of("other scene", lambda: np.ones(1, np.uint8)).max() == 0


def test_a_large_piece_goes_before_another_is_made_and_a_small_one_stays():
    cache = Cache(most_bytes=2000)
    for name, size in (("small", 1000), ("large", 3000)):
        cache.of(name, lambda size=size: np.zeros(size, np.uint8))
        cache.make_room()
        assert len(cache) == (name == "small")


def test_a_value_that_could_not_be_made_is_asked_for_again():
    cache = Cache()
    with pytest.raises(ZeroDivisionError):
        cache.of("a", lambda: 1 // 0)
    assert cache.of("a", lambda: 2) == 2


CHANGES = (
    make_design(kind=Kind.COLLAR),
    make_design(kind=Kind.COLLAR, colour="navy"),
    make_design(kind=Kind.COLLAR, finish=Finish.BRASS),
    make_design(kind=Kind.COLLAR, material=Material.LEATHER),
    make_design(kind=Kind.COLLAR, pattern="stripe"),
    make_design(kind=Kind.COLLAR, pattern="stripe", accent="poppy"),
    make_design(kind=Kind.COLLAR, neck_mm=430),
    make_design(kind=Kind.COLLAR, text="Rex"),
)


def test_a_picture_from_what_is_kept_is_what_a_new_one_would_be(monkeypatch):
    warm = [photograph(design, PX) for design in (*CHANGES, *reversed(CHANGES))]
    for design, first, second in zip(CHANGES, warm, reversed(warm), strict=False):
        monkeypatch.setattr(picture, "kept", Cache())
        assert np.array_equal(first, second)
        assert np.array_equal(first, photograph(design, PX))
    assert len({one.tobytes() for one in warm}) == len(CHANGES)


def test_camera_studio_and_size_are_part_of_what_is_kept():
    design = make_design(kind=Kind.COLLAR)
    usual = CAMERAS[Kind.COLLAR]
    pictures = [
        photograph(design, PX),
        photograph(design, PX, camera=replace(usual, turn_deg=70)),
        photograph(design, PX, camera=replace(usual, steady=True)),
        photograph(design, PX, studio=replace(STUDIO, floor=(0.3, 0.3, 0.3))),
        photograph(design, PX + 1)[:PX, :PX],
    ]
    assert len({one.tobytes() for one in pictures}) == len(pictures)


def test_a_finish_whose_texture_lies_at_another_scale_is_another_scene(monkeypatch):
    glazed, coated = (_bowl(f"{name} pine") for name in ("glaze", "powder"))
    assert scale_of("glaze pine") != scale_of("powder pine")
    things.photograph(glazed, PX)
    second = things.photograph(coated, PX)
    monkeypatch.setattr(picture, "kept", Cache())
    assert np.array_equal(second, things.photograph(coated, PX))


def test_working_memory_grows_as_asked_and_stays():
    small = room.of("test", (4, 2), np.float32)
    large = room.of("test", (100, 3), np.float32)
    assert large.shape == (100, 3)
    assert room.of("test", (5, 2), np.float32).base is large.base
    assert room.of("test", (5, 2), np.int32).dtype == np.int32
    assert small.shape == (4, 2)


def _bowl(finish: str) -> Thing:
    return read(
        {
            "format": 1,
            "thing": "bowl",
            "mm": {"across": 170},
            "finish": {"body": finish, "foot": "clay"},
        }
    )


def test_fresh_memory_is_nothing_until_it_is_written_to():
    array = room.fresh((1000, 3), np.uint16)
    assert array.shape == (1000, 3)
    assert not array.any()
    array[:] = 7
    assert array.min() == 7
    assert room.fresh((0, 3), np.float32).shape == (0, 3)
