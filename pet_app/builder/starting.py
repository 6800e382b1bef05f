"""What is on the bench when somebody comes in: one piece of each kind for a middling dog."""

from pet_app.builder.design import Design, Look, Measurements, Options
from pet_app.builder.resolve import WORK_OUT
from pet_app.builder.rules import Build, Finish, Kind, Material, Method, Pattern, RingPlace

_MIDDLING = Measurements(neck_mm=400, girth_mm=640, back_mm=480, weight_g=18_000)
_LOOK = Look(Material.NYLON, Pattern.PLAID, "pine", "marigold", Finish.BRASS)
_OPTIONS = {
    Kind.HARNESS: Options(rings=(RingPlace.BACK, RingPlace.CHEST)),
    Kind.COLLAR: Options(rings=(RingPlace.BUCKLE,)),
    Kind.MARTINGALE: Options(),
    Kind.LEASH: Options(leash_mm=1800),
    Kind.TAG: Options(tag_mm=32, text="Biscuit\n555 0134", method=Method.ENGRAVED),
    Kind.BANDANA: Options(text="Biscuit"),
}
_WIDTHS = {Kind.LEASH: 20, Kind.TAG: 0, Kind.BANDANA: 0}
_LOOKS = {
    Kind.TAG: Look(Material.NYLON, Pattern.PLAIN, "charcoal", "charcoal", Finish.BRASS),
    Kind.BANDANA: Look(Material.COTTON, Pattern.PLAID, "pine", "marigold", Finish.BRASS),
}

STARTING = {
    kind: Design(
        kind,
        _MIDDLING,
        _WIDTHS.get(kind, 25),
        _LOOKS.get(kind, _LOOK),
        Build.RETRIEVER,
        options=options,
    )
    for kind, options in _OPTIONS.items()
}

OFFERED = tuple(kind for kind in Kind if kind in WORK_OUT)
"""The kinds on offer, in the order they are shown."""
