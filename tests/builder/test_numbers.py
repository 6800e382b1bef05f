"""The workshop's numbers."""

from pet_app.builder.numbers import numbers


def test_every_number_has_a_source_or_is_marked_as_assumed() -> None:
    for number in numbers():
        assert number.source or number.is_assumed, number


def test_numbers_are_found_with_their_unit_and_their_source() -> None:
    found = {(number.file, number.path): number for number in numbers()}
    buckle = found["hardware", "side_release_buckle.sizes.25.strength_n"]
    assert (buckle.value, buckle.unit) == (900, "N")
    assert "strapstogo" in buckle.source
    assert found["fit", "limits.girth_mm[0]"].unit == "mm"
    assert found["fit", "limits.girth_mm[0]"].is_assumed
    assert found["materials", "nylon.strength_n_per_mm"].unit == "N/mm"
    assert len(found) == len(numbers())
