"""A frame: all of a picture that no look changes.

A picture is made in three steps, each of which reuses the ones before it: `frame` finds what the
camera sees and which light arrives, `expose` how the surfaces take it whatever their colour, and
`develop` adds the colours and the page.
"""

from dataclasses import dataclass

import numpy as np

from pet_app.builder.render.camera import Camera, View, place
from pet_app.builder.render.floor import floor
from pet_app.builder.render.ground import Floor
from pet_app.builder.render.light import Light, Studio, light
from pet_app.builder.render.rays import Reached, reached
from pet_app.builder.render.scene import Scene
from pet_app.builder.render.spots import spots
from pet_app.builder.render.visibility import Fragments, fragments


@dataclass(frozen=True, eq=False)
class Frame:
    """What one camera sees of a scene, and the light that reaches it.

    screen: float32 (n + 1, 3), see `View.project`. places: float32 (k, 6), each fragment's place
    in mm and its normal.
    """

    scene: Scene
    studio: Studio
    turn_deg: float
    light: Light
    floor: Floor
    view: View
    screen: np.ndarray
    seen: Fragments
    places: np.ndarray
    reached: Reached


def frame(scene: Scene, camera: Camera, size: int, studio: Studio) -> Frame:
    """Look at a scene and trace its light."""
    lit = light(studio, camera.turn_deg)
    ground = floor(scene, lit)
    view = place(camera, scene.vertices[:-1], size)
    screen = view.project(scene.vertices)
    seen = fragments(scene, screen, size)
    places = spots(scene, seen)
    shares = reached(scene, lit, ground, seen, view)
    return Frame(scene, studio, camera.turn_deg, lit, ground, view, screen, seen, places, shares)
