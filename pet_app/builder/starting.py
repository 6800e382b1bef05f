"""What is on the bench when somebody comes in: a harness and a collar for a middling dog."""

from pet_app.builder.design import Design, Look, Measurements
from pet_app.builder.rules import Finish, Kind, Material, Pattern

_MIDDLING = Measurements(neck_mm=400, girth_mm=640, back_mm=480, weight_g=18_000)
_LOOK = Look(Material.NYLON, Pattern.PLAID, "pine", "marigold", Finish.BRASS)

STARTING = {kind: Design(kind, _MIDDLING, 25, _LOOK) for kind in Kind}
