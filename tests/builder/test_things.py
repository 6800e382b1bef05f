"""Simple things are closed bodies, made from data, and drawn in the light of our gear."""

import tomllib
from io import BytesIO

import numpy as np
import pytest
import trimesh
from PIL import Image

from pet_app import stockroom
from pet_app.builder import library
from pet_app.builder.geometry.mesh import Part
from pet_app.builder.render.album import pictures
from pet_app.builder.things.finish import surface_of
from pet_app.builder.things.forms import FORMS
from pet_app.builder.things.picture import model, photograph
from pet_app.builder.things.thing import Thing, read
from pet_app.core.errors import Invalid

ROWS = tomllib.loads((stockroom.FOLDER / "goods.toml").read_text("utf-8"))["goods"]
DESIGNS = {row["handle"]: {"format": 1, **row["thing"]} for row in ROWS}
BOWL = {
    "format": 1,
    "thing": "bowl",
    "mm": {"across": 170},
    "finish": {"body": "glaze pine", "foot": "clay"},
}


def whole(part: Part) -> trimesh.Trimesh:
    mesh = trimesh.Trimesh(part.vertices, part.faces, process=False)
    mesh.merge_vertices(merge_tex=True, merge_norm=True, digits_vertex=5)
    return mesh


def test_every_form_is_sold_and_everything_sold_has_a_form() -> None:
    assert {design["thing"] for design in DESIGNS.values()} == set(FORMS)


@pytest.mark.parametrize("handle", DESIGNS)
def test_every_body_is_watertight_and_faces_out(handle: str) -> None:
    parts = model(read(DESIGNS[handle])).parts
    for part in parts:
        mesh = whole(part)
        assert mesh.is_watertight, part.name
        assert mesh.volume > 0, part.name
        corners = part.vertices[part.faces]
        slopes = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        leaning = np.einsum("ij,ij->i", slopes, part.normals[part.faces].mean(axis=1))
        areas = np.linalg.norm(slopes, axis=1)
        assert areas[leaning < 0].sum() < 0.01 * areas.sum(), part.name
        assert np.allclose(np.linalg.norm(part.normals, axis=1), 1, atol=1e-3), part.name
    assert {part.slot for part in parts} == set(FORMS[DESIGNS[handle]["thing"]].parts)


@pytest.mark.parametrize("form", FORMS)
def test_a_thing_grows_with_its_measures(form: str) -> None:
    usual = FORMS[form].mm
    finish = dict.fromkeys(FORMS[form].parts, "steel")
    sizes = [
        np.ptp(model(Thing(form, {k: v * by for k, v in usual.items()}, finish)).bounds, axis=0)
        for by in (1.0, 1.3)
    ]
    assert (sizes[1] > 1.1 * sizes[0]).any()
    assert (sizes[1] >= sizes[0] - 1e-6).all()


def test_the_same_thing_gives_the_same_picture_in_two_sizes() -> None:
    made = pictures(("photo", "thumb"), BOWL)
    assert pictures(("photo", "thumb"), BOWL) == made
    assert [Image.open(BytesIO(file)).size for file, _ in made] == [(800, 800), (400, 400)]


def test_a_thing_takes_the_colour_it_is_given() -> None:
    green, white = (
        photograph(read({**BOWL, "finish": {"body": f"glaze {name}", "foot": "clay"}}), 64)
        for name in ("pine", "chalk")
    )
    assert green[24:40, 24:40].mean() < white[24:40, 24:40].mean() - 40


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"thing": "spaceship"}, "thing"),
        ({"format": 2}, "thing"),
        ({"mm": {"across": -3}}, "mm.across"),
        ({"mm": {"across": "wide"}}, "mm.across"),
        ({"mm": {"across": float("nan")}}, "mm.across"),
        ({"mm": {"wings": 20}}, "mm.wings"),
        ({"finish": {"body": "glaze pine"}}, "finish.foot"),
        ({"finish": {"body": "gold pine", "foot": "clay"}}, "finish.body"),
        ({"finish": {"body": "glaze", "foot": "clay"}}, "finish.body"),
        ({"finish": {"body": "glaze mud", "foot": "clay"}}, "finish.body"),
        ({"pattern": "leopard"}, "pattern"),
        ({"accent": "mud"}, "accent"),
    ],
)
def test_what_we_cannot_make_is_refused_by_its_field(change: dict, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        read({**BOWL, **change})
    assert field in refused.value.fields


def test_every_finish_can_be_drawn() -> None:
    for name, row in library.table("finishes").items():
        if isinstance(row, dict):
            surface_of(name if "hex" in row else f"{name} pine")
