"""A frame: all of a picture that colour does not touch, so that recolouring is only shading."""

from dataclasses import dataclass

import numpy as np

from pet_app.builder.render.camera import Camera, View, place
from pet_app.builder.render.compose import compose
from pet_app.builder.render.floor import Floor, floor
from pet_app.builder.render.light import Light, Studio, light
from pet_app.builder.render.material import MIRRORS_BELOW, ROUGHNESS, Materials
from pet_app.builder.render.rays import mirrored, reached
from pet_app.builder.render.scene import Scene
from pet_app.builder.render.shade import shade, spots
from pet_app.builder.render.visibility import Fragments, fragments


@dataclass(frozen=True, eq=False)
class Frame:
    """What one camera sees of a scene, and the light that reaches it.

    screen: float32 (n + 1, 3), see `View.project`. places: float32 (k, 6), each fragment's place
    in mm and its normal. reached: float32 (k, 2), the shares of ambient and key light.
    """

    scene: Scene
    light: Light
    floor: Floor
    view: View
    screen: np.ndarray
    seen: Fragments
    places: np.ndarray
    reached: np.ndarray


def frame(scene: Scene, camera: Camera, size: int, studio: Studio) -> Frame:
    """Look at a scene and trace its light."""
    lit = light(studio, camera.turn_deg)
    ground = floor(scene, lit)
    view = place(camera, scene.vertices[:-1], size)
    screen = view.project(scene.vertices)
    seen = fragments(scene, screen, size)
    places = spots(scene, seen)
    shares = reached(scene, lit, ground, seen, places, size)
    return Frame(scene, lit, ground, view, screen, seen, places, shares)


def develop(taken: Frame, worn: Materials, background: tuple[int, int, int] | None) -> np.ndarray:
    """Colour a frame: uint8 (h, w, 3), or (h, w, 4) without a background."""
    scene, seen = taken.scene, taken.seen
    roughness = worn.table[scene.slots[scene.parts[seen.face]], ROUGHNESS]
    smooth = np.flatnonzero(roughness < MIRRORS_BELOW)
    mirror = mirrored(scene, smooth, taken.places, taken.view.eye)
    colours = shade(
        *(scene, worn, taken.light, taken.floor, taken.view, seen),
        *(taken.places, taken.reached, mirror, taken.screen),
    )
    return compose(seen, colours, taken.floor, taken.view, background)
