"""How far apart the directions are that neighbours mirror, a line of an image at a time."""

import numpy as np

from pet_app.builder.render.compiled import streaming

FURTHER, MOST_APART = np.float32(10), np.float32(1 / 16)
"""Where directions change fast, those speak for each other whose distance, squared, is up to so
many times that to the second nearest of the eight round about, of which at most so much counts."""

NONE, ONE, TINY = (np.float32(value) for value in (0, 1, 1e-6))


@streaming
def nearest(ax, bx, ay, by, az, bz, least, second):
    """Take one neighbour of each place into account: the least square, and the second least."""
    for place in range(len(least)):
        x, y, z = ax[place] - bx[place], ay[place] - by[place], az[place] - bz[place]
        off = x * x + y * y + z * z
        second[place] = min(second[place], max(off, least[place]))
        least[place] = min(least[place], off)


@streaming
def widen(second, closeness):
    """Let closeness, one over a square, be no closer than the second nearest allows."""
    for place in range(len(second)):
        closeness[place] = min(closeness[place], ONE / max(FURTHER * second[place], TINY))


@streaming
def nearness(ax, bx, ay, by, az, bz, closeness, share):
    """How much a neighbour of each place counts, from 0 to 1."""
    for place in range(len(share)):
        x, y, z = ax[place] - bx[place], ay[place] - by[place], az[place] - bz[place]
        share[place] = max(ONE - (x * x + y * y + z * z) * closeness[place], NONE)
