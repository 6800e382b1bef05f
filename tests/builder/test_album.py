"""Further pictures of a piece: from other sides, once round, as a card, as a line drawing."""

from io import BytesIO
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from PIL import Image, ImageDraw

from pet_app.builder.pictures import PictureKind
from pet_app.builder.render.album import pictures, turntable
from pet_app.builder.render.camera import Camera, place
from pet_app.builder.render.encode import turning
from pet_app.builder.render.lines import Lines, lines
from pet_app.builder.render.scene import scene
from pet_app.builder.render.sharecard import EDGE, share_card
from pet_app.builder.render.typeset import Style, say, shortened, wide, wrapped
from pet_app.builder.render.views import TURNS, close_up, round_about
from pet_app.builder.subject import Words, card, content_key, of_key
from pet_app.core.ink import INK
from pet_app.core.typeface import TEXT
from tests.builder.factory import make_design
from tests.builder.shapes import make_ball, make_box, make_model

THREE_QUARTERS = Camera(turn_deg=35, tilt_deg=25)
BOWL = {
    "format": 1,
    "thing": "bowl",
    "mm": {},
    "finish": {"body": "glaze pine", "foot": "clay"},
}
STYLE = Style(TEXT, 30)


def _box() -> Lines:
    return lines(scene(make_model(make_box((-50, -50, -50), (50, 50, 50)))), THREE_QUARTERS, 240)


def test_a_box_is_drawn_by_its_outline_and_the_three_edges_that_show():
    drawn = _box().lines
    (outline,) = [line for line in drawn if line.outer]
    inner = [line.points for line in drawn if not line.outer]
    assert (outline.points[0] == outline.points[-1]).all()
    assert len(inner) == 3
    # They meet in the corner that is nearest, and are straight.
    ends = np.concatenate([points[[0, -1]] for points in inner])
    met = [np.abs(ends - end).max(axis=1) < 3 for end in ends]
    assert sorted(int(near.sum()) for near in met) == [1, 1, 1, 3, 3, 3]
    assert max(len(points) for points in inner) < 12


def test_what_is_hidden_is_not_drawn():
    hidden = make_ball(20.0, name="hidden")
    front = make_box((-50, -50, 60), (50, 50, 70), name="front")
    ahead = Camera(turn_deg=0, tilt_deg=0)
    alone, both = (
        lines(scene(make_model(*parts)), ahead, 160).lines for parts in ((front,), (front, hidden))
    )
    assert len(alone) == len(both) == 1


def test_lines_keep_the_measure_of_the_piece():
    drawn = _box()
    every = np.concatenate([line.points for line in drawn.lines])
    high = np.ptp(every[:, 1]) * drawn.pixel_mm
    # A cube of 100 mm, looked down on by 25 degrees and turned by 35.
    turned = np.cos(np.radians(35)) + np.sin(np.radians(35))
    seen = 100 * (np.cos(np.radians(25)) + turned * np.sin(np.radians(25)))
    assert high == pytest.approx(seen, rel=0.05)


def test_a_piece_that_turns_stays_in_the_picture_and_does_not_grow():
    vertices = make_box((-200, -30, -10), (200, 30, 10)).vertices.astype(np.float32)
    depths = []
    for camera in round_about(Camera(turn_deg=20)):
        view = place(camera, vertices, 300)
        screen = view.project(vertices)
        assert screen[:, :2].min() > 0
        assert screen[:, :2].max() < 300
        depths.append(float(-view.eye @ view.axes[2]))
    assert len(depths) == TURNS
    assert np.ptp(depths) / np.mean(depths) < 0.01


def test_a_close_up_brings_its_aim_into_the_middle():
    vertices = make_ball().vertices.astype(np.float32)
    camera = Camera()
    at = place(camera, vertices, 200).project(vertices[7:8])[0, :2]
    near = Camera(zoom=3, aim=(at[0] / 200, at[1] / 200))
    assert place(near, vertices, 200).project(vertices[7:8])[0, :2] == pytest.approx(
        (100, 100), abs=0.1
    )


def test_a_close_up_goes_where_there_is_most_to_see():
    plain = make_box((-100, 0, -5), (100, 40, 5), name="plain")
    small = [
        make_box((60 + 8 * x, 8 * y, 5), (64 + 8 * x, 8 * y + 4, 9), name=f"small {x}{y}")
        for x in range(4)
        for y in range(4)
    ]
    camera = close_up(scene(make_model(plain, *small)), Camera(turn_deg=0, tilt_deg=5))
    assert camera.aim[0] > 0.6


@pytest.mark.parametrize("kind", ["photo", "front", "top", "detail", "cutout", "drawing", "card"])
def test_every_kind_is_a_file_of_its_own(kind: str):
    data = make_design("tag", text="Rex").to_dict()
    shown = card(data, Words("Rex", "A tag", "Made for Rex")) if kind == "card" else data
    ((file, suffix),) = pictures([kind], shown)
    if kind == "drawing":
        assert ET.fromstring(file).tag.endswith("svg")
        return
    opened = Image.open(BytesIO(file))
    assert opened.format == {".webp": "WEBP", ".jpg": "JPEG"}[suffix]
    assert opened.size == ((1200, 630) if kind == "card" else (800, 800))
    assert opened.has_transparency_data is (kind == "cutout")


def test_a_thing_is_pictured_as_gear_is():
    files = pictures([PictureKind.THUMB, PictureKind.SIDE], BOWL)
    assert [Image.open(BytesIO(file)).size for file, _ in files] == [(400, 400), (800, 800)]


def test_a_turntable_goes_once_round():
    frames = turntable(BOWL, 48)
    file = Image.open(BytesIO(turning(frames)))
    assert getattr(file, "n_frames", 1) == len(frames) == TURNS
    assert file.info["loop"] == 0


def test_a_card_has_a_key_of_its_own_and_goes_with_its_piece():
    data = make_design().to_dict()
    one, other = (card(data, Words("Rex", "A harness", foot)) for foot in ("Made for Rex", ""))
    assert len({content_key(one), content_key(other), content_key(data)}) == 3
    assert of_key(one) == of_key(other) == content_key(data)


@pytest.mark.parametrize(
    ("title", "leans"), [("Rex on Sundays", False), ("עוגיות", True), ("A" * 300, False)]
)
def test_a_card_says_its_words_in_any_script_and_length(title: str, leans: bool):
    picture = np.full((630, 630, 3), (247, 244, 238), np.uint8)
    made = share_card(picture, Words(title, "", "Made for Rex"))
    assert made == share_card(picture, Words(title, "", "Made for Rex"))
    pixels = np.asarray(Image.open(BytesIO(made)).convert("L")).astype(int)
    # Nothing runs into the picture, and a title read from the right does not begin on the left.
    assert pixels[:, 575:].min() > 225
    title_part = pixels[140:420, EDGE : EDGE + 60]
    assert bool(title_part.min() > 120) is leans


def test_the_round_ends_of_a_card_s_pill_have_smooth_edges():
    picture = np.full((630, 630, 3), (247, 244, 238), np.uint8)
    made = share_card(picture, Words("Rex", "", "Made for Rex"))
    pixels = np.asarray(Image.open(BytesIO(made)).convert("L")).astype(int)
    end = pixels[498:558, EDGE : EDGE + 28]
    assert ((end > 100) & (end < 190)).sum() > 30


def test_lines_of_text_never_leave_their_column():
    text = "A harness in pine nylon with a chalk stripe and polished hardware"
    lines_of = wrapped(text, STYLE, 300, 5)
    assert lines_of is not None
    assert " ".join(lines_of) == text
    assert max(wide(line, STYLE) for line in lines_of) <= 300
    cut = shortened(text, STYLE, 300, 2)
    assert cut[-1].endswith("…")
    assert max(wide(line, STYLE) for line in cut) <= 300


def test_letters_that_no_font_has_are_left_out():
    pen = ImageDraw.Draw(Image.new("RGB", (400, 60)))
    assert say(pen, 0, 40, "Rex🐕", STYLE, INK) == pytest.approx(wide("Rex", STYLE))
