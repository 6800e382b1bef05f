"""From the path tracer's light to a picture, by the same tone map, shadow and page as ours."""

import json

import numpy as np
from PIL import Image
from scipy.ndimage import distance_transform_edt, zoom

from pet_app.builder.render.compose import lay, shadow
from pet_app.builder.render.light import LUMINANCE
from pet_app.builder.render.picture import PAPER
from pet_app.builder.render.tone import neutral_picture
from pet_app.core.settings import ROOT
from tests.references.scenes import Subject
from tests.references.trace import is_begun, traced

FOLDER = ROOT / "tests" / "references" / "pictures"
LIST = FOLDER / "references.json"
"""Of each scene, of how many samples its picture is, and of what: `Subject.digest`."""


def picture(subject: Subject) -> tuple[np.ndarray, int]:
    """uint8 (h, w, 4): the picture on paper, and how much of each pixel object and shadow cover.

    The second is of how many samples it is.
    """
    piece, samples = traced(subject, "piece")
    floor, _ = traced(subject, "floor")
    return developed(piece, floor, np.array(subject.studio.floor)), samples


def developed(piece: np.ndarray, floor: np.ndarray, open_floor: np.ndarray) -> np.ndarray:
    """uint8 (h, w, 4), see `picture`; linear and premultiplied, the floor at half the size."""
    cover = np.clip(piece[..., 3:], 0, 1)
    toned = neutral_picture(piece[..., :3] / np.maximum(cover, 1e-4)) * cover
    reaching = _doubled(floor, open_floor)
    light = np.concatenate([toned, cover], axis=2).astype(np.float32)
    dark = shadow(reaching)
    on_paper = lay(light, dark, PAPER)
    return np.dstack([on_paper, lay(light, dark, None)[..., 3]])


def _doubled(floor: np.ndarray, open_floor: np.ndarray) -> np.ndarray:
    """float32 (h, w): the share of the open floor's light, from float32 (h / 2, w / 2, 4)."""
    lum = LUMINANCE.astype(np.float32)
    share = floor[..., :3] @ lum / (np.maximum(floor[..., 3], 1e-3) * (open_floor @ lum))
    # Behind the piece it goes on as beside it, so that no light bleeds over the edge.
    hidden = floor[..., 3] < 0.1
    nearest = distance_transform_edt(hidden, return_distances=False, return_indices=True)
    beside = share[tuple(np.asarray(nearest))]
    return np.asarray(zoom(beside, 2, order=1, mode="nearest", grid_mode=True), np.float32)


def keep(subject: Subject) -> int:
    """Write the picture of what is traced as test data, and say of how many samples it is."""
    pixels, samples = picture(subject)
    FOLDER.mkdir(exist_ok=True)
    Image.fromarray(pixels, "RGBA").save(
        FOLDER / f"{subject.name}.webp", lossless=True, exact=True, method=3, quality=50
    )
    listed = json.loads(LIST.read_text()) if LIST.exists() else {}
    listed[subject.name] = {"samples": samples, "of": subject.digest()}
    LIST.write_text(json.dumps(dict(sorted(listed.items())), indent=2) + "\n")
    return samples


def kept(subject: Subject) -> tuple[np.ndarray, int]:
    """What `picture` gives: of what is traced here, or else of what was kept.

    Raises FileNotFoundError when there is neither.
    """
    return picture(subject) if is_begun(subject) else stored(subject)


def stored(subject: Subject) -> tuple[np.ndarray, int]:
    """What `keep` wrote. Raises FileNotFoundError when it has not."""
    pixels = np.array(Image.open(FOLDER / f"{subject.name}.webp").convert("RGBA"))
    return pixels, json.loads(LIST.read_text())[subject.name]["samples"]


def is_stale(subject: Subject) -> bool:
    """Whether the scene has changed since its picture was kept."""
    return json.loads(LIST.read_text())[subject.name]["of"] != subject.digest()
