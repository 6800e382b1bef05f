"""Compiles the renderer ahead of the first picture: `python -m pet_app.builder.render.warm`."""

from pet_app.builder.design import Design, Look, Measurements
from pet_app.builder.render.picture import photograph
from pet_app.builder.rules import Finish, Kind, Material, Pattern

SAMPLE = Design(
    Kind.COLLAR,
    Measurements(neck_mm=380, girth_mm=620, back_mm=480, weight_g=16_000),
    25,
    Look(Material.NYLON, Pattern.STRIPE, "pine", "chalk", Finish.POLISHED),
)


def warm() -> None:
    """Draw one small picture, which compiles everything or loads it when it was compiled before."""
    photograph(SAMPLE, size=64)


if __name__ == "__main__":
    warm()
