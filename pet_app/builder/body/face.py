"""The measures that a head is drawn from."""

from dataclasses import dataclass

import numpy as np

from pet_app.builder.body.proportion import Proportions
from pet_app.builder.body.solid import turned
from pet_app.builder.body.trunk import Trunk

USUAL_DEPTH_OVER_NECK = 1.70
"""How much deeper a chest is than the neck when both are as usual for each other."""

BEFORE_NECK, BELOW_NECK = 0.13, 0.01
"""Where the skull's middle lies from the end of the neck, in units of the head."""


@dataclass(frozen=True, eq=False)
class Face:
    """A head's frame and measures in mm: it begins at `origin`, behind, and looks along `ahead`.

    `unit` is what its lengths are shares of, `brow` where the muzzle begins, `top` half the skull's
    height and `wide` its width, `bridge` the height of the muzzle's upper line.
    """

    shape: Proportions
    origin: np.ndarray
    pitch: float
    unit: float
    length: float
    top: float
    wide: float
    snout: float
    muzzle_wide: float
    muzzle_deep: float
    bridge: float

    @property
    def brow(self) -> float:
        return self.length - self.snout

    @property
    def axes(self) -> np.ndarray:
        """Rows (3, 3): ahead, up and right."""
        return turned(float(np.degrees(self.pitch)))

    def place(self, along: float, above: float, right: float) -> np.ndarray:
        """The point (3,) so far along, above and to the right of the head's axis."""
        ahead, up, _ = self.axes
        return self.origin + along * ahead + above * up + np.array([0.0, 0.0, right])


def face(trunk: Trunk) -> Face:
    """Both chest and neck have a say in how large the head is."""
    shape = trunk.shape
    unit = float(np.sqrt(trunk.scale.depth_mm * USUAL_DEPTH_OVER_NECK * trunk.scale.neck_mm))
    pitch = float(np.radians(shape["pitch"]))
    ahead, up, _ = turned(shape["pitch"])
    length = shape["head"] * unit
    snout = shape["muzzle"] * length
    middle = trunk.axis(trunk.neck_mm) + unit * (BEFORE_NECK * ahead - BELOW_NECK * up)
    top = shape["skull_height"] * unit / 2
    return Face(
        shape=shape,
        origin=middle - 0.30 * (length - snout) * ahead,
        pitch=pitch,
        unit=unit,
        length=length,
        top=top,
        wide=shape["skull_width"] * unit,
        snout=snout,
        muzzle_wide=shape["muzzle_width"] * unit,
        muzzle_deep=shape["muzzle_depth"] * unit,
        bridge=0.62 * top - shape["stop"] * unit,
    )
