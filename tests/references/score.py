"""How near ours comes to the references, over object and shadow, and pictures of what is off."""

from pathlib import Path

import numpy as np
from PIL import Image
from scipy.ndimage import gaussian_filter

from pet_app.builder.render.develop import develop
from pet_app.builder.render.expose import expose
from pet_app.builder.render.frame import frame
from pet_app.builder.render.material import materials_of
from pet_app.builder.render.picture import PAPER
from pet_app.builder.render.scene import scene
from tests.references.scenes import SIZE, Subject

LEAST_ALPHA = 0.01
"""Pixels that neither picture covers by more than this are page and do not count."""

BLUR_PX = 1.0
"""Both are blurred by so much first: no eye sees how samples lie within a pixel."""

AMPLIFIED = 8


def ours(subject: Subject) -> np.ndarray:
    """uint8 (h, w, 4): our picture on paper, and how much of each pixel object and shadow cover."""
    taken = frame(scene(subject.model(), subject.slots), subject.camera, SIZE, subject.studio)
    worn = materials_of(subject.surfaces, subject.pattern)
    shown = expose(taken, worn)
    return np.dstack([develop(shown, worn, PAPER), develop(shown, worn, None)[..., 3]])


def psnr(mine: np.ndarray, other: np.ndarray) -> float:
    """Decibels between two pictures, uint8 (h, w, 4), over what either covers, after a blur."""
    counted = np.maximum(mine[..., 3], other[..., 3]) > LEAST_ALPHA * 255
    off = (_blurred(mine) - _blurred(other))[counted]
    return float(10 * np.log10(255**2 / max(float((off**2).mean()), 1e-9)))


def beside(mine: np.ndarray, other: np.ndarray, path: Path) -> None:
    """Write ours, the reference and eight times their difference (grey is none) side by side."""
    off = (_blurred(mine) - _blurred(other)) * AMPLIFIED + 128
    off = np.clip(off, 0, 255).astype(np.uint8)
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.hstack([mine[..., :3], other[..., :3], off])).save(path, compress_level=1)


def _blurred(pixels: np.ndarray) -> np.ndarray:
    return gaussian_filter(pixels[..., :3].astype(np.float32), (BLUR_PX, BLUR_PX, 0))
