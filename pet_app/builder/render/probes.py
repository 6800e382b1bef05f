"""Probes: the few places in a picture at which light is traced for all fragments round them.

Light changes slowly over a surface, so one place speaks for all fragments of its surface within a
block of pixels (the idea of irradiance caching, Ward 1988). What probes found is first evened out
between neighbours on the same surface, then spread to the fragments: joint bilateral upsampling
(Kopf and others 2007), with the comparing done once per pair of probes.
"""

from dataclasses import dataclass

import numpy as np

from pet_app.builder.render.compiled import compiled
from pet_app.builder.render.scene import Scene
from pet_app.builder.render.vector import dot
from pet_app.builder.render.visibility import Fragments

MOST = 8
"""Probes in one block; what does not fit joins the likest."""

ALIKE = 0.8
"""The cosine between normals above which fragments share a probe."""

BESIDE = 0.7
"""The cosine above which neighbouring probes are of one surface."""

APART_MM = 2.5
"""How far one may lie above the other's plane."""


@dataclass(frozen=True, eq=False)
class Probes:
    """Where light is traced.

    block: pixels along the side of a block. fragment: int32 (p,), the fragment each probe stands
    on. share: int32 (p,), which share of the directions it looks along. links: int32 (p, 9), for
    the blocks round it, row by row, the probe of the same surface there, -1 for none; the fifth is
    itself. weights: float32 (p, 9), how much each of these counts in its mean. of: int32 (k,), each
    fragment's, -1 for none.
    """

    block: int
    fragment: np.ndarray
    share: np.ndarray
    links: np.ndarray
    weights: np.ndarray
    of: np.ndarray


def probes(
    scene: Scene, seen: Fragments, places: np.ndarray, size: int, block: int, wanted: np.ndarray
) -> Probes:
    """Choose probes for the fragments that are wanted, bool (k,).

    places: float32 (k, 6), place in mm and unit normal.
    """
    across = (size + block - 1) // block
    of = np.full(len(seen.pixel), -1, np.int32)
    fragment = np.empty(len(seen.pixel), np.int32)
    begins = np.empty(across * across + 1, np.int32)
    count = _choose(
        *(seen.face, seen.first, scene.parts, places, size, block, wanted),
        *(of, fragment, begins),
    )
    fragment = fragment[:count].copy()
    share, links = np.empty(count, np.int32), np.empty((count, 9), np.int32)
    weights = np.zeros((count, 9), np.float32)
    _link(seen.face, scene.parts, places, across, fragment, begins, share, links, weights)
    return Probes(block, fragment, share, links, weights, of)


def spread(probes: Probes, seen: Fragments, values: np.ndarray, size: int, found: np.ndarray):
    """Lay the probes' values, float32 (p, n), on their fragments in float32 (k, n)."""
    _spread(seen.pixel, probes.of, probes.links, values, size, probes.block, found)


@compiled
def _choose(face, first, parts, places, size, side, wanted, of, fragment, begins):
    across = (size + side - 1) // side
    # Of each probe in a block: its part, place and normal, and how near the middle it stands.
    part, keys = np.empty(MOST, np.int32), np.empty((MOST, 6), np.float32)
    closest = np.empty(MOST, np.int32)
    count = 0
    for block in range(across * across):
        begin = begins[block] = count
        left, top = block % across * side, block // across * side
        right, bottom = min(left + side, size), min(top + side, size)
        last = 0
        for row in range(top, bottom):
            column, ends = left, first[row * size + left + 1]
            for one in range(first[row * size + left], first[row * size + right]):
                if not wanted[one]:
                    continue
                while one >= ends:
                    column += 1
                    ends = first[row * size + column + 1]
                mine, own = parts[face[one]], count - begin
                px, py, pz, nx, ny, nz = places[one]
                best, likest = last, np.float32(-9)
                for turn in range(own):
                    # Most fragments go with the one before.
                    probe = last if turn == 0 else turn - 1 if turn <= last else turn
                    x, y, z, fx, fy, fz = keys[probe]
                    alike = nx * fx + ny * fy + nz * fz
                    above = nx * (x - px) + ny * (y - py) + nz * (z - pz)
                    if part[probe] != mine or abs(above) > np.float32(APART_MM):
                        alike -= np.float32(2)
                    if alike > likest:
                        best, likest = probe, alike
                    if alike > np.float32(ALIKE):
                        break
                if likest < np.float32(ALIKE) and own < MOST:
                    best = own
                    part[own], closest[own] = mine, 9999
                    keys[own] = places[one]
                    count += 1
                last, of[one] = best, begin + best
                # It stands nearest to the block's middle of all the fragments that it speaks for.
                aside, down = 2 * (column - left) - side + 1, 2 * (row - top) - side + 1
                if aside * aside + down * down < closest[best]:
                    closest[best] = aside * aside + down * down
                    fragment[begin + best] = one
    begins[across * across] = count
    return count


@compiled
def _link(face, parts, places, across, fragment, begins, share, links, weights):
    for block in range(across * across):
        row, column = block // across, block % across
        for probe in range(begins[block], begins[block + 1]):
            share[probe] = (row % 4) * 4 + column % 4
            part = parts[face[fragment[probe]]]
            px, py, pz, nx, ny, nz = places[fragment[probe]]
            for link in range(9):
                down, right = row + link // 3 - 1, column + link % 3 - 1
                best, likest = -1, np.float32(BESIDE)
                if link == 4:
                    best, likest = probe, np.float32(1)
                elif 0 <= down < across and 0 <= right < across:
                    near = down * across + right
                    for other in range(begins[near], begins[near + 1]):
                        if parts[face[fragment[other]]] != part:
                            continue
                        there = places[fragment[other]]
                        alike = dot(nx, ny, nz, there[3], there[4], there[5])
                        above = dot(nx, ny, nz, there[0] - px, there[1] - py, there[2] - pz)
                        if alike > likest and abs(above) < APART_MM:
                            best, likest = other, alike
                links[probe, link] = best
                if best >= 0:
                    near = (2 - abs(link // 3 - 1)) * (2 - abs(link % 3 - 1))
                    weights[probe, link] = np.float32(near) * likest**8


@compiled
def evened(links, weights, values):
    """Blur over the probes round each, along both axes by 1 2 2 2 1, less where the surface turns.

    That is 1 2 1 and then 1 0 1: patterns of two and of four probes, such as sharing out directions
    makes, vanish in it altogether.
    """
    columns = values.shape[1]
    near, smooth = np.zeros_like(values), np.zeros_like(values)
    for probe in range(len(links)):
        for link in range(9):
            other = links[probe, link]
            if other < 0:
                continue
            weight = weights[probe, link]
            for column in range(columns):
                near[probe, column] += weight * values[other, column]
    for probe in range(len(links)):
        for link in (0, 2, 6, 8):
            other, weight = links[probe, link], weights[probe, link]
            for column in range(columns):
                if other >= 0:
                    smooth[probe, column] += weight * near[other, column]
                smooth[probe, column] += (np.float32(1) - weight) * near[probe, column]
    return smooth


@compiled
def _spread(pixel, of, links, values, size, block, found):
    columns = values.shape[1]
    scale, middle = np.float32(1 / block), np.float32(block / 2 - 0.5)
    for fragment in range(len(pixel)):
        probe = of[fragment]
        if probe < 0:
            continue
        row, column = pixel[fragment] // size, pixel[fragment] % size
        down = (np.float32(row % block) - middle) * scale
        right = (np.float32(column % block) - middle) * scale
        rows, step = abs(down), 1 if right > 0 else -1
        aside, line = abs(right), 3 if down > 0 else -3
        total = (np.float32(1) - rows) * (np.float32(1) - aside)
        for value in range(columns):
            found[fragment, value] = total * values[probe, value]
        for link, weight in (
            (4 + step, (np.float32(1) - rows) * aside),
            (4 + line, rows * (np.float32(1) - aside)),
            (4 + line + step, rows * aside),
        ):
            other = links[probe, link]
            if other < 0:
                continue
            total += weight
            for value in range(columns):
                found[fragment, value] += weight * values[other, value]
        for value in range(columns):
            found[fragment, value] /= total
