"""What is offered when nothing of a kind can be made for an animal."""

import pytest

from pet_app.builder import library
from pet_app.builder.load import load
from pet_app.builder.quote import judged, quote, settled
from pet_app.builder.resolve import resolve
from pet_app.builder.rules import Kind
from tests.builder.factory import make_design


def test_a_neck_too_small_for_any_martingale_gets_a_collar() -> None:
    design = make_design("martingale", 150, 230, 160, 1000)
    (refusal,) = judged(design)
    assert (refusal.field, refusal.nearest) == ("kind", Kind.COLLAR)
    assert "cannot lie flat" in refusal.reason
    assert refusal.reason.endswith("A collar we can make.")
    assert settled(design).kind is Kind.COLLAR
    assert quote(settled(design)).can_be_made


def test_a_back_without_room_for_straps_that_hold_gets_another_kind() -> None:
    thick = make_design("harness", 449, 519, 540, 18_234, width_mm=10, build="toy")
    (refusal,) = (found for found in judged(thick) if found.field == "kind")
    assert "cannot make a harness" in refusal.reason
    assert quote(settled(thick)).can_be_made


def test_a_kind_is_kept_as_long_as_another_material_or_buckle_serves() -> None:
    heavy = make_design("harness", 700, 1080, 820, 90_000, width_mm=10, material="cotton")
    assert not [refusal for refusal in judged(heavy) if refusal.field == "kind"]
    mended = settled(heavy)
    assert mended.kind is Kind.HARNESS
    assert load(resolve(mended)).passes


def test_a_text_too_long_for_a_wider_strap_keeps_nobody_from_one_that_holds() -> None:
    mastiff = make_design(
        "martingale", 460, 846, 520, 56_452, width_mm=25, material="hemp", text="W" * 60
    )
    mended = settled(mastiff)
    assert mended.kind is Kind.MARTINGALE
    assert not judged(mended)


@pytest.mark.parametrize("kind", library.table("making")["instead"])
def test_another_kind_is_offered_for_every_kind_that_is_worn(kind: str) -> None:
    assert kind not in library.table("making")["instead"][kind]
