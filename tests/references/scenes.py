"""The scenes that our pictures are judged by. Six may be tuned on; four were set aside before."""

import hashlib
from dataclasses import dataclass

from pet_app.builder import tiles
from pet_app.builder.design import Design
from pet_app.builder.geometry.build import build
from pet_app.builder.geometry.mesh import Model, Slot
from pet_app.builder.render.camera import Camera
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

    def digest(self) -> str:
        """What its picture shows, in short: a reference is of no use when this has changed."""
        weaves = {own.weave for own in self.surfaces if own.relief > 0}
        shown = (
            *(self.camera, self.studio, self.surfaces, self.pattern.value),
            *((w, tiles.relief(w).std(axis=(0, 1)).round(3).tolist()) for w in sorted(weaves)),
            *(
                (part.name, len(part.faces), part.vertices.mean(axis=0).round(1).tolist())
                for part in self.model().parts
            ),
        )
        return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]


def _gear(name: str, of: Design, camera: Camera, held_out: bool = False) -> Subject:
    return Subject(name, of, camera, held_out)


def _bowl(name: str, thing: str, finish: dict[str, str], held_out: bool = False) -> Subject:
    of = read({"format": 1, "thing": thing, "finish": finish})
    return Subject(name, of, Camera(turn_deg=-14.0, tilt_deg=30.0), held_out)


SUBJECTS = (
    _gear(
        "harness_plaid",
        make_design("harness", pattern="plaid", colour="lagoon", material="nylon"),
        Camera(turn_deg=46.0, tilt_deg=19.0),
    ),
    _gear(
        "collar_leather",
        make_design("collar", colour="chestnut", material="leather", finish="brass", buckle="pin"),
        Camera(turn_deg=-34.0, tilt_deg=30.0, margin=0.1),
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
        Camera(turn_deg=8.0, tilt_deg=44.0, margin=0.08),
    ),
    _gear("tag_brass", make_design("tag", finish="brass"), Camera(turn_deg=72.0, tilt_deg=12.0)),
    _gear(
        "bandana_dots",
        make_design("bandana", material="cotton", pattern="dots", colour="navy", accent="chalk"),
        Camera(turn_deg=74.0, tilt_deg=12.0),
    ),
    _bowl("bowl_steel", "steel_bowl", {"body": "steel", "ring": "rubber poppy"}),
    _gear(
        "martingale_black",
        make_design("martingale", colour="charcoal", material="nylon", finish="black"),
        Camera(turn_deg=-148.0, tilt_deg=27.0, margin=0.1),
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
    _bowl("bowl_glaze", "bowl", {"body": "glaze sky", "foot": "clay"}, held_out=True),
)
"""Tuned on first. They are added to, never changed for the sake of a figure; their cameras are
numbers of their own, whatever the shop's photographs do."""

BY_NAME = {subject.name: subject for subject in SUBJECTS}
