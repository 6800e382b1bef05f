"""Sentences in the visitor's units."""

import pytest

from pet_app.builder.spoken import in_units
from pet_app.core.measures import Units


@pytest.mark.parametrize(
    ("sentence", "cm", "inches"),
    [
        ("A neck of 400 mm.", "A neck of 40 cm.", "A neck of 15.7 in."),
        ("We expect 384 to 900 mm.", "We expect 38.4 to 90 cm.", "We expect 15.1 to 35.4 in."),
        ("Made 10, 15, 20 mm wide.", "Made 10, 15, 20 mm wide.", "Made 3/8, 5/8, 3/4 in wide."),
        ("A 25 mm strap.", "A 25 mm strap.", "A 1 in strap."),
        ("It weighs 18.0 kg.", "It weighs 18.0 kg.", "It weighs 39.7 lb."),
        ("From 0 mm to 33 mm.", "From 0 mm to 33 mm.", "From 0 in to 1 1/4 in."),
        ("It says “640 mm” on it.", "It says “640 mm” on it.", "It says “640 mm” on it."),
        ("At 12 weeks, 2 x Ring.", "At 12 weeks, 2 x Ring.", "At 12 weeks, 2 x Ring."),
        ("Nothing to measure.", "Nothing to measure.", "Nothing to measure."),
    ],
)
def test_lengths_and_weights_are_said_in_the_visitors_units(
    sentence: str, cm: str, inches: str
) -> None:
    assert in_units(sentence, Units.CM) == cm
    assert in_units(sentence, Units.IN) == inches
