"""Light on the floor that the piece mirrors there, and what it throws there besides.

It is gathered from the floor's side: each ray from there that met the piece knows what it would see
in a mirror (`mirrors.py`), and how rough and bright the surface is says how much of that. Light
that is not mirrored is thrown by what is not metal, as its colours will have it.
"""

from functools import lru_cache
from math import pi

import numpy as np

from pet_app.builder.render.albedo import returned, weights
from pet_app.builder.render.compiled import streaming
from pet_app.builder.render.floor import settle
from pet_app.builder.render.frame import Frame
from pet_app.builder.render.gloss import CELLS, ROUGHNESSES, gloss_maps
from pet_app.builder.render.ground import COARSE
from pet_app.builder.render.light import LUMINANCE, RADIANCE, Studio, light
from pet_app.builder.render.material import METALLIC, Materials, widths
from pet_app.builder.render.mirrors import NOTHING, ROUND, SKY, TALL
from pet_app.builder.render.patches import patches
from pet_app.builder.render.sight import WAYS, sight


def caustics(taken: Frame, worn: Materials) -> np.ndarray:
    """float32 (3, COARSE, COARSE): shares of the open floor's light.

    What is mirrored there; what the first slot's surfaces would throw there besides if they were
    white, and what all others would.
    """
    seen, known, lit = sight(taken.scene), patches(taken.scene), taken.light
    share, mean, metal = _returned(worn)
    found = np.zeros((3, COARSE, COARSE), np.float32)
    turn = ROUND - round(taken.turn_deg / 360 * ROUND) % ROUND
    _gather(
        *(seen.ends, seen.busy, seen.met, seen.named, seen.slant, known.slots),
        *(known.body, known.others),
        *(share, mean, metal, _ways(taken.studio, worn), turn % ROUND),
        *(
            np.float32(lit.below) * taken.floor.soft.reshape(-1),
            taken.floor.thrown,
            found.reshape(3, -1),
        ),
    )
    found /= WAYS * taken.floor.power
    settle(seen.coarse, found)
    return found


@lru_cache(maxsize=4)
def _returned(worn: Materials) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The share of light that each slot mirrors, (slots, SLANTS), by `Sight.slant`; the mean of it;
    and whether it is of metal, float32 (slots,)."""
    share = np.einsum("scv,c->sv", returned(worn), LUMINANCE.astype(np.float32))
    return share, share @ weights(), worn.table[:, METALLIC].astype(np.float32)


@lru_cache(maxsize=4)
def _ways(studio: Studio, worn: Materials) -> np.ndarray:
    """float32 (slots, SKY): `_round_about` for each slot."""
    return np.stack([_round_about(studio, float(width)) for width in widths(worn) ** 0.5])


@lru_cache(maxsize=64)
def _round_about(studio: Studio, rough: float) -> np.ndarray:
    """float32 (SKY,): how bright the studio is through a lobe, by a direction's name."""
    height = (np.arange(TALL) + 0.5) * (pi / 2 / TALL)
    turn = (np.arange(2 * ROUND) + 0.5) * (2 * pi / ROUND)
    y, turn = np.sin(height)[:, None], turn[None]
    x, z = np.cos(height)[:, None] * np.sin(turn), np.cos(height)[:, None] * np.cos(turn)
    scale = (CELLS / 2) / (np.abs(x) + y + np.abs(z))
    cells = np.minimum((z * scale + CELLS / 2).astype(int), CELLS - 1) * CELLS
    cells += np.minimum((x * scale + CELLS / 2).astype(int), CELLS - 1)
    deep = min(rough, 0.999) * (ROUGHNESSES - 1)
    near, far = gloss_maps(studio).reshape(ROUGHNESSES, CELLS * CELLS, 4)[int(deep) : int(deep) + 2]
    own = (near + (deep - int(deep)) * (far - near))[cells.reshape(-1)]
    lamp = light(studio, 0.0).lamps[0, RADIANCE:]
    return (own[:, :3] @ LUMINANCE + own[:, 3] * (lamp @ LUMINANCE)).astype(np.float32)


@streaming
def _gather(
    ends,
    busy,
    met,
    named,
    slant,
    slots,
    body,
    beside,
    returned,
    mean,
    metal,
    ways,
    turn,
    soft,
    thrown,
    found,
):
    none, one = np.float32(0), np.float32(1)
    first = 0
    for place in busy:
        total = own = others = none
        for hit in range(first, ends[place]):
            patch, name = np.uint64(met[hit]), named[hit]
            slot = np.uint64(slots[patch])
            share = returned[slot, np.uint64(slant[hit])]
            if name < 0:
                there = np.uint64(-1 - name)
                slot_there = np.uint64(slots[there])
                shown = share * thrown[there, 0]
                total += shown * mean[slot_there]
                shown *= (one - mean[slot_there]) * (one - metal[slot_there])
                own += shown if body[there] else none
                others += shown if beside[there] else none
            elif name < SKY:
                total += share * ways[slot, np.uint64(name + turn)]
            elif name < NOTHING:
                total += share * soft[np.uint64(name - SKY)]
            left = (one - share) * (one - metal[slot]) * thrown[patch, 0]
            own += left if body[patch] else none
            others += left if beside[patch] else none
        found[0, place], found[1, place], found[2, place] = total, own, others
        first = ends[place]
