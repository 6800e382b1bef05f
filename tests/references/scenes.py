"""The scenes that our pictures are judged by. Six may be tuned on; four were set aside before."""

from dataclasses import dataclass

from pet_app.builder.design import Design
from pet_app.builder.geometry.build import build
from pet_app.builder.geometry.mesh import Model, Slot
from pet_app.builder.render.camera import CAMERAS, Camera
from pet_app.builder.render.light import STUDIO, Studio
from pet_app.builder.render.pose import posed
from pet_app.builder.rules import Pattern
from pet_app.builder.surfaces import Surface, surface
from pet_app.builder.things import picture as things
from pet_app.builder.things.finish import surface_of
from pet_app.builder.things.thing import Thing, read
from tests.builder.factory import make_design

SIZE = 800


@dataclass(frozen=True)
class Subject:
    """One scene: gear or a thing, from a camera, in a studio. What is `held_out` tunes nothing."""

    name: str
    of: Design | Thing
    camera: Camera
    held_out: bool = False
    studio: Studio = STUDIO

    def model(self) -> Model:
        """The piece in its pose."""
        if isinstance(self.of, Design):
            return posed(build(self.of), self.of.kind)
        return things.model(self.of)

    @property
    def slots(self) -> tuple[str, ...]:
        """The names its parts' slots have."""
        return tuple(Slot) if isinstance(self.of, Design) else self.of.made_by.parts

    @property
    def surfaces(self) -> list[Surface]:
        """What each slot looks like; the first carries the pattern."""
        if isinstance(self.of, Design):
            return [surface(slot, self.of.look, self.of.options) for slot in Slot]
        return [
            surface_of(self.of.finish[part], self.of.accent if place == 0 else "")
            for place, part in enumerate(self.of.made_by.parts)
        ]

    @property
    def pattern(self) -> Pattern:
        """The pattern of its first slot."""
        return self.of.look.pattern if isinstance(self.of, Design) else self.of.pattern


def _gear(name: str, of: Design, camera: Camera | None = None, held_out: bool = False) -> Subject:
    return Subject(name, of, camera or CAMERAS[of.kind], held_out)


def _thing(name: str, thing: str, finish: dict[str, str], held_out: bool = False) -> Subject:
    of = read({"format": 1, "thing": thing, "finish": finish})
    return Subject(name, of, of.made_by.camera, held_out)


SUBJECTS = (
    _gear(
        "harness_plaid",
        make_design("harness", pattern="plaid", colour="lagoon", material="nylon"),
    ),
    _gear(
        "collar_leather",
        make_design("collar", colour="chestnut", material="leather", finish="brass", buckle="pin"),
    ),
    _gear(
        "leash_cotton",
        make_design(
            "leash",
            material="cotton",
            pattern="stripe",
            colour="coral",
            accent="chalk",
            finish="brushed",
        ),
    ),
    _gear("tag_brass", make_design("tag", finish="brass")),
    _gear(
        "bandana_dots",
        make_design("bandana", material="cotton", pattern="dots", colour="navy", accent="chalk"),
        Camera(turn_deg=74.0, tilt_deg=12.0),
    ),
    _thing("bowl_steel", "steel_bowl", {"body": "steel", "ring": "rubber poppy"}),
    _gear(
        "martingale_black",
        make_design("martingale", colour="charcoal", material="nylon", finish="black"),
        held_out=True,
    ),
    _gear(
        "harness_chalk_front",
        make_design("harness", colour="chalk", accent="pine", material="hemp", finish="brass"),
        Camera(turn_deg=78.0, tilt_deg=10.0),
        held_out=True,
    ),
    _gear(
        "collar_biothane",
        make_design("collar", colour="poppy", material="biothane", finish="polished"),
        Camera(turn_deg=24.0, tilt_deg=46.0, margin=0.1),
        held_out=True,
    ),
    _thing("bowl_glaze", "bowl", {"body": "glaze sky", "foot": "clay"}, held_out=True),
)
"""Tuned on first. They are added to, never changed for the sake of a figure."""

BY_NAME = {subject.name: subject for subject in SUBJECTS}
