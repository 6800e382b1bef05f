"""Our pictures stay as near to the path tracer's as they have come; the measure can tell."""

import json

import numpy as np
import pytest

from pet_app.builder.design import Design
from pet_app.builder.render.light import STUDIO
from pet_app.builder.render.picture import PAPER
from pet_app.builder.rules import Kind
from tests.references import picture, score
from tests.references.scenes import BY_NAME, SIZE, SUBJECTS

LEAST_DB = {"bandana_dots": 40.3, "martingale_black": 39.5, "harness_chalk_front": 38.0}
"""A cloth and a dark scene, as near as they have come; `make bench` measures all."""


def test_every_kind_is_there_and_every_reference_is_kept() -> None:
    kinds = {subject.of.kind for subject in SUBJECTS if isinstance(subject.of, Design)}
    assert kinds == set(Kind)
    assert sum(subject.held_out for subject in SUBJECTS) == 4
    kept = {path.stem for path in picture.FOLDER.glob("*.webp")}
    assert kept == set(BY_NAME) == set(json.loads(picture.LIST.read_text()))


@pytest.mark.parametrize("name", LEAST_DB)
def test_our_picture_is_as_near_as_it_was(name: str) -> None:
    subject = BY_NAME[name]
    reference, _ = picture.stored(subject)
    assert not picture.is_stale(subject), "the scene has changed: forget it and make references"
    assert score.psnr(score.ours(subject), reference) >= LEAST_DB[name]


def test_a_pixel_aside_or_a_shade_off_is_noticed() -> None:
    reference, _ = picture.stored(BY_NAME["bandana_dots"])
    aside, darker = np.roll(reference, 1, axis=0), reference.copy()
    darker[..., :3] -= np.minimum(darker[..., :3], 6)
    assert score.psnr(reference, reference) > 90
    assert score.psnr(aside, reference) < 34
    assert score.psnr(darker, reference) < 34


def test_an_empty_floor_is_paper() -> None:
    nothing = np.zeros((SIZE, SIZE, 4), np.float32)
    floor = np.ones((SIZE // 2, SIZE // 2, 4), np.float32)
    floor[..., :3] = STUDIO.floor
    shown = picture.developed(nothing, floor, np.array(STUDIO.floor))
    assert (shown == (*PAPER, 0)).all()


def test_what_is_dark_of_the_floor_is_shadow() -> None:
    nothing = np.zeros((SIZE, SIZE, 4), np.float32)
    floor = np.ones((SIZE // 2, SIZE // 2, 4), np.float32)
    floor[..., :3] = STUDIO.floor
    floor[150:250, 150:250, :3] *= 0.5
    shown = picture.developed(nothing, floor, np.array(STUDIO.floor))
    assert (shown[400, 400, :3] < 220).all()
    assert shown[400, 400, 3] > 40
    assert (shown[200, 400] == (*PAPER, 0)).all()
