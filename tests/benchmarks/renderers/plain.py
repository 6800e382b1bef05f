"""A scene laid out for renderers that know directional lights and environment maps."""

import json
from dataclasses import replace
from math import tau
from pathlib import Path

import numpy as np

from pet_app.builder.render.light import RADIANCE, light
from tests.references.export import export, seen
from tests.references.scenes import Subject

ROWS = 256


def plain(subject: Subject, path: Path) -> None:
    """Write a scene as `export` does, and beside it the studio as such renderers want it.

    around: float32 (h, 2 h, 3), radiance without the key lamp, equirectangular round y with the
    lowest row first. In `about`: towards, the unit vector to the key; key, its irradiance.
    """
    export(subject, path)
    kept = dict(np.load(path))
    lit = light(subject.studio, subject.camera.turn_deg)
    lamps = lit.lamps.copy()
    lamps[0, RADIANCE:] = 0
    kept["around"] = _around(replace(lit, lamps=lamps))
    about = json.loads(str(kept["about"]))
    about |= {"towards": lit.lamps[0, :3].tolist(), "key": (np.pi * lit.key_power).tolist()}
    np.savez(path, **{**kept, "about": np.array(json.dumps(about))})


def _around(lit) -> np.ndarray:
    height = np.pi * ((np.arange(ROWS) + 0.5) / ROWS - 0.5)
    turn = tau * ((np.arange(2 * ROWS) + 0.5) / (2 * ROWS) - 0.5)
    height, turn = (grid.ravel() for grid in np.meshgrid(height, turn, indexing="ij"))
    level = np.cos(height)
    directions = np.stack([level * np.cos(turn), np.sin(height), level * np.sin(turn)], axis=1)
    return seen(lit, directions).reshape(ROWS, 2 * ROWS, 3).astype(np.float32)
