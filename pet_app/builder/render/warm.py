"""Compiles the renderer ahead of the first picture: `python -m pet_app.builder.render.warm`."""

import numpy as np

from pet_app.builder.design import Design, Look, Measurements
from pet_app.builder.render.broad import GUIDE
from pet_app.builder.render.picture import photograph
from pet_app.builder.render.smooth import smooth
from pet_app.builder.rules import Finish, Kind, Material, Pattern

SIZE = 128
DOG = Measurements(neck_mm=380, girth_mm=620, back_mm=480, weight_g=16_000)
PATTERNED = Look(Material.NYLON, Pattern.STRIPE, "pine", "chalk", Finish.POLISHED)
BUCKLED = Look(Material.LEATHER, Pattern.PLAIN, "chestnut", "chestnut", Finish.BRASS)


def warm() -> None:
    """Draw two small pictures, one with a pattern and one with metal; and even out a few fragments
    as broad metal's are, of which small pictures have none.

    That compiles everything, or loads it when it was compiled before.
    """
    for look in (PATTERNED, BUCKLED):
        photograph(Design(Kind.COLLAR, DOG, 25, look), size=SIZE)
    count = 64
    some = np.arange(count, dtype=np.int32)
    smooth(
        *(np.ones((count, 5), np.float32), np.ones((count, GUIDE), np.float32)),
        *(np.ones((3, count), np.float32), some),
        *(np.zeros(count, np.uint8), some, np.ones((count, 6), np.float32), SIZE, True),
    )


if __name__ == "__main__":
    warm()
