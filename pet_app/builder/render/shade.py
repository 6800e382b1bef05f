"""The colour of every fragment: cloth, leather and plastic under the studio, metal that mirrors it.

Radiance is `colour · (ambient + key + bounce) + gloss`. Gloss takes the studio's light in the
mirrored direction, widened by roughness, with the usual closed form for how much of it a rough
surface returns.
"""

from math import exp2

import numpy as np

from pet_app.builder import tiles
from pet_app.builder.render.camera import View
from pet_app.builder.render.compiled import compiled
from pet_app.builder.render.floor import Floor, floor_light
from pet_app.builder.render.light import Light, facing, irradiance, radiance
from pet_app.builder.render.material import (
    ACCENT,
    FUZZ,
    MEAN,
    METALLIC,
    MIRRORS_BELOW,
    RELIEF,
    ROUGHNESS,
    SPECULAR,
    STARTS,
    Materials,
)
from pet_app.builder.render.scene import Scene
from pet_app.builder.render.texture import filtered, footprint, tangent
from pet_app.builder.render.tone import neutral
from pet_app.builder.render.vector import dot, mix3, unit
from pet_app.builder.render.visibility import Fragments


def spots(scene: Scene, seen: Fragments) -> np.ndarray:
    """float32 (k, 6): each fragment's place in mm and its unit normal."""
    found = np.empty((len(seen.face), 6), np.float32)
    _spots(scene.vertices, scene.normals, scene.faces, seen.face, seen.bary, found)
    return found


def shade(
    scene: Scene,
    look: Materials,
    light: Light,
    floor: Floor,
    view: View,
    seen: Fragments,
    places: np.ndarray,
    reached: np.ndarray,
    mirrored: np.ndarray,
    screen: np.ndarray,
) -> np.ndarray:
    """float32 (k, 3): the tone-mapped colour of each fragment, linear from 0 to 1."""
    colours = np.empty((len(seen.face), 3), np.float32)
    _shade(
        *(scene.uv, scene.vertices, scene.faces, scene.slots[scene.parts], scene.face_normals),
        *(look.table, look.pattern, look.weaves, look.mean(scene)),
        *(light.lamps, light.sky, light.ambient, light.key_power, floor.values, floor.place),
        *(view.eye.astype(np.float64), screen, seen.face, seen.bary, seen.at),
        *(places, reached, mirrored, STARTS, colours),
    )
    return colours


@compiled
def _spots(vertices, normals, faces, face, bary, found):
    for fragment in range(len(face)):
        corners = faces[face[fragment]]
        b, c = bary[fragment]
        x, y, z = mix3(vertices, corners, b, c)
        found[fragment, 0], found[fragment, 1], found[fragment, 2] = x, y, z
        x, y, z = mix3(normals, corners, b, c)
        x, y, z = unit(x, y, z)
        found[fragment, 3], found[fragment, 4], found[fragment, 5] = x, y, z


@compiled
def returned(specular, roughness, cosine):
    """The share of light that a glossy surface returns to the eye (Karis' fit of GGX)."""
    a = min((1 - roughness) ** 2, exp2(-9.28 * cosine)) * (1 - roughness) + (
        0.0425 - 0.0275 * roughness
    )
    scale, bias = -1.04 * a + 1.04 - 0.572 * roughness, 1.04 * a - 0.04 + 0.022 * roughness
    return max(specular * scale + bias, 0.0)


@compiled
def _shade(
    uv,
    vertices,
    faces,
    face_slots,
    face_normals,
    table,
    pattern,
    weaves,
    mean,
    lamps,
    sky,
    ambient,
    key_power,
    floor_values,
    floor_place,
    eye,
    screen,
    face,
    bary,
    at,
    places,
    reached,
    mirrored,
    starts,
    colours,
):
    colour, light = np.empty(3), np.empty(3)
    gloss, seen = np.empty(3), np.empty(3)
    part, weave = np.empty(1), np.empty(3)
    patterned = pattern.max() > 0
    for fragment in range(len(face)):
        corners = faces[face[fragment]]
        slot = face_slots[face[fragment]]
        own = table[slot]
        px, py, pz, nx, ny, nz = places[fragment]
        vx, vy, vz = unit(eye[0] - px, eye[1] - py, eye[2] - pz)
        free, lit = reached[fragment, 0], reached[fragment, 1]
        for channel in range(3):
            colour[channel] = own[channel]
        shade = 1.0
        if own[RELIEF] > 0:
            b, c = bary[fragment]
            a = 1 - b - c
            u = a * uv[corners[0], 0] + b * uv[corners[1], 0] + c * uv[corners[2], 0]
            v = a * uv[corners[0], 1] + b * uv[corners[1], 1] + c * uv[corners[2], 1]
            under = footprint(uv, screen, corners, at[fragment, 0], at[fragment, 1])
            if slot == 0 and patterned:
                filtered(pattern, starts, u, v, under, tiles.TILE_MM, part)
                for channel in range(3):
                    colour[channel] += part[0] * (own[ACCENT + channel] - own[channel])
            filtered(weaves[slot], starts, u, v, under, tiles.WEAVE_MM, weave)
            along, across = own[RELIEF] * weave[0], own[RELIEF] * weave[1]
            shade = weave[2]
            t, s = tangent(vertices, uv, corners, nx, ny, nz)
            nx, ny, nz = unit(
                nx - along * t[0] - across * s[0],
                ny - along * t[1] - across * s[1],
                nz - along * t[2] - across * s[2],
            )
        cosine = max(dot(nx, ny, nz, vx, vy, vz), 0.02)
        key = facing(lamps, nx, ny, nz) * lit
        for channel in range(3):
            around = irradiance(ambient, nx, ny, nz, channel)
            light[channel] = (
                around * (free + (1 - free) * mean[channel]) + key * key_power[channel]
            ) * shade
        rx = 2 * cosine * nx - vx
        ry = 2 * cosine * ny - vy
        rz = 2 * cosine * nz - vz
        rough = own[ROUGHNESS]
        seen[0], seen[1], seen[2] = radiance(lamps, sky, rx, ry, rz, rough)
        if rough < MIRRORS_BELOW:
            other = mirrored[fragment]
            if other >= 0:
                # What is mirrored is itself lit: its mean colour under the light that meets it.
                fx, fy, fz = face_normals[other]
                row = table[face_slots[other]]
                key_there = 0.6 * facing(lamps, fx, fy, fz)
                for channel in range(3):
                    arriving = 0.7 * irradiance(ambient, fx, fy, fz, channel)
                    seen[channel] = row[MEAN + channel] * (
                        arriving + key_there * key_power[channel]
                    )
            elif ry < -0.02:
                share = floor_light(floor_values, floor_place, px, py, pz, rx, ry, rz)
                for channel in range(3):
                    seen[channel] *= share
        else:
            # A rough surface mirrors half the studio: what it sees of it, its gloss has too.
            blocked = 0.5 * free + 0.5 * lit
            for channel in range(3):
                seen[channel] *= blocked
        if own[METALLIC] > 0:
            for channel in range(3):
                # Metal's colour whitens at grazing angles.
                gloss[channel] = seen[channel] * returned(colour[channel], rough, cosine)
                colour[channel] = 0
        else:
            share = returned(own[SPECULAR], rough, cosine)
            grazing = own[FUZZ] * (1 - cosine) ** 3
            for channel in range(3):
                gloss[channel] = seen[channel] * share * shade + grazing * light[channel] * (
                    0.04 + 0.5 * colour[channel]
                )
        red, green, blue = neutral(
            colour[0] * light[0] + gloss[0],
            colour[1] * light[1] + gloss[1],
            colour[2] * light[2] + gloss[2],
        )
        colours[fragment, 0], colours[fragment, 1], colours[fragment, 2] = red, green, blue
