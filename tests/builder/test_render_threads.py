"""Loops in parts side by side."""

import threading

import numpy as np
import pytest

from pet_app.builder.render import threads
from pet_app.builder.render.camera import Camera
from pet_app.builder.render.frame import frame
from pet_app.builder.render.light import STUDIO
from pet_app.builder.render.scene import scene
from pet_app.builder.render.sight import sight
from pet_app.builder.render.threads import side_by_side
from tests.builder.shapes import make_ball, make_box, make_model


@pytest.mark.parametrize("cores", [1, 2, 5])
@pytest.mark.parametrize("rows", [0, 1, 9, 10, 1001])
def test_parts_cover_all_rows_in_order_on_any_number_of_cores(monkeypatch, cores, rows):
    monkeypatch.setattr(threads, "cores", lambda: cores)
    parts = side_by_side(rows, 10, lambda first, last: (first, last))
    assert [first for first, _ in parts] == [0, *(last for _, last in parts[:-1])]
    assert parts[-1][1] == rows
    assert len(parts) == 1 or min(last - first for first, last in parts) >= 10


def test_parts_run_in_threads_at_once(monkeypatch):
    monkeypatch.setattr(threads, "cores", lambda: 2)
    meeting = threading.Barrier(2, timeout=20)
    side_by_side(2, 1, lambda *_: meeting.wait())


def test_an_error_in_any_part_is_the_callers(monkeypatch):
    monkeypatch.setattr(threads, "cores", lambda: 2)

    def work(first: int, last: int) -> None:
        if last == 100:
            raise ValueError("the last part")

    with pytest.raises(ValueError, match="the last part"):
        side_by_side(100, 1, work)


def test_light_is_the_same_on_any_number_of_cores(monkeypatch):
    model = make_model(make_box((-30, 0, -30), (30, 10, 30)), make_ball())
    taken = []
    for cores in (1, 2, 7):
        monkeypatch.setattr(threads, "cores", lambda cores=cores: cores)
        taken.append(frame(scene(model), Camera(), 200, STUDIO))
    assert taken[0].reached.light.std() > 0.01
    for other in taken[1:]:
        assert np.array_equal(other.reached.light, taken[0].reached.light)
        assert np.array_equal(other.floor.values, taken[0].floor.values)
        assert np.array_equal(other.floor.bounce, taken[0].floor.bounce)
        assert np.array_equal(sight(other.scene).named, sight(taken[0].scene).named)
