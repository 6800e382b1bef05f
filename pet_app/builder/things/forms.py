"""Every form of thing we can make: its measures, its parts, and from where it looks its best."""

from collections.abc import Callable
from dataclasses import dataclass, field

from pet_app.builder.render.camera import Camera
from pet_app.builder.things import bowls, card, care, home, stores, toys, walk
from pet_app.builder.things.piece import Mm, Pieces


@dataclass(frozen=True)
class Form:
    """How a thing is made: `mm` are its measures and what they usually are, `parts` what is given
    a finish; the first of them may carry a pattern."""

    make: Callable[[Mm], Pieces]
    mm: dict[str, float]
    parts: tuple[str, ...]
    camera: Camera = field(default=Camera(turn_deg=-14.0, tilt_deg=30.0))


FORMS = {
    "bowl": Form(bowls.bowl, {"across": 170, "high": 62}, ("body", "foot")),
    "steel_bowl": Form(bowls.steel_bowl, {"across": 200, "high": 58}, ("body", "ring")),
    "dish": Form(bowls.dish, {"across": 140, "high": 26}, ("body", "rim")),
    "slow_bowl": Form(bowls.slow_bowl, {"across": 210, "high": 56}, ("body",), Camera(-14.0, 42.0)),
    "stand": Form(
        bowls.stand,
        {"wide": 420, "deep": 210, "high": 110, "bowl": 150},
        ("board", "bowl"),
        Camera(-24.0, 28.0),
    ),
    "feeding_mat": Form(
        bowls.feeding_mat, {"wide": 440, "deep": 300}, ("body",), Camera(-24.0, 40.0)
    ),
    "jar": Form(
        stores.jar, {"across": 130, "high": 150}, ("body", "foot", "lid"), Camera(-14.0, 18.0)
    ),
    "tin": Form(
        stores.tin,
        {"across": 170, "high": 230},
        ("body", "lid", "knob"),
        Camera(-8.0, 18.0, margin=0.11),
    ),
    "bottle": Form(
        stores.bottle, {"across": 74, "high": 250}, ("body", "metal", "loop"), Camera(-16.0, 14.0)
    ),
    "scoop": Form(
        stores.scoop,
        {"across": 84, "deep": 52, "grip": 120},
        ("cup", "handle"),
        Camera(-28.0, 36.0),
    ),
    "pouch": Form(
        stores.pouch, {"across": 110, "high": 150}, ("body", "cord", "bead"), Camera(-14.0, 20.0)
    ),
    "holder": Form(
        stores.holder,
        {"across": 42, "long": 92},
        ("body", "cap", "bag", "strap"),
        Camera(-24.0, 26.0),
    ),
    "ball": Form(toys.bouncer, {"across": 65}, ("body",), Camera(-14.0, 22.0, margin=0.17)),
    "ring": Form(toys.ring, {"across": 160, "thick": 30}, ("body",), Camera(-14.0, 34.0)),
    "rope": Form(toys.tug, {"long": 330, "thick": 30}, ("body", "knot"), Camera(-30.0, 34.0)),
    "dumbbell": Form(toys.dumbbell, {"long": 190, "across": 66}, ("body",), Camera(-30.0, 24.0)),
    "felt_balls": Form(
        toys.felt_balls,
        {"across": 45},
        ("first", "second", "third"),
        Camera(-14.0, 30.0, margin=0.13),
    ),
    "wand": Form(toys.wand, {"long": 400}, ("rod", "cord", "felt", "bead"), Camera(-24.0, 46.0)),
    "brush": Form(
        care.brush, {"long": 215, "wide": 72}, ("handle", "pad", "pins"), Camera(-38.0, 40.0)
    ),
    "comb": Form(
        care.comb, {"long": 120, "tooth": 27, "grip": 86}, ("teeth", "handle"), Camera(-24.0, 52.0)
    ),
    "bed": Form(
        home.bed,
        {"wide": 760, "deep": 580, "high": 200},
        ("cushion", "bolster", "piping"),
        Camera(-20.0, 32.0),
    ),
    "cave": Form(home.cave, {"across": 420}, ("body", "cushion"), Camera(-20.0, 14.0)),
    "blanket": Form(
        home.blanket,
        {"wide": 420, "across": 150, "thick": 9},
        ("cloth", "strap", "metal"),
        Camera(-34.0, 22.0),
    ),
    "scratcher": Form(
        home.scratcher,
        {"long": 460, "deep": 210, "high": 90},
        ("card", "tray"),
        Camera(-30.0, 30.0),
    ),
    "post": Form(
        home.post,
        {"foot": 320, "high": 560, "across": 84},
        ("rope", "base", "cord", "ball"),
        Camera(-14.0, 14.0),
    ),
    "whistle": Form(
        walk.whistle,
        {"long": 72, "across": 11},
        ("body", "ring", "cord", "ink"),
        Camera(-26.0, 44.0),
    ),
    "light": Form(
        walk.light, {"across": 40, "deep": 15}, ("body", "lens", "clip"), Camera(-28.0, 16.0)
    ),
    "tether": Form(
        walk.tether, {"long": 250, "wide": 25}, ("strap", "metal", "plastic"), Camera(-14.0, 40.0)
    ),
    "key_ring": Form(
        walk.key_ring, {"long": 92, "wide": 18}, ("strap", "metal"), Camera(-30.0, 32.0)
    ),
    "gift_card": Form(
        card.gift_card,
        {"wide": 110, "high": 72},
        ("body", "thread", "ink", "envelope"),
        Camera(-22.0, 12.0),
    ),
}
