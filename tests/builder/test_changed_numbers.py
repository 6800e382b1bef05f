"""The workshop's rules are its own to change: another number in the data, another answer."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pet_app.builder import library
from pet_app.core.settings import ROOT

ASK = """
import json, sys
from pathlib import Path
from pet_app.builder import library
library.FOLDER = Path(sys.argv[1])
from pet_app.builder.quote import quote
from tests.builder.factory import make_design
puppy = make_design(age_weeks=20, handle=False)
found = quote(puppy)
leather = quote(make_design("collar", buckle="pin", material="cotton"))
print(json.dumps({
    "holds_kg": found.load.weakest.kg,
    "load_rule": found.load.rule,
    "girth_made_mm": found.fit.loops[1].made_mm,
    "girth_rule": found.fit.loops[1].rule,
    "cents": found.breakdown.total.cents,
    "outgrown": [loop.holds_mm for loop in found.growth.loops],
    "grown_weeks": found.growth.grown_weeks,
    "refused": [refusal.reason for refusal in leather.refusals],
}))
"""


def answers(folder: Path) -> dict:
    done = subprocess.run(
        [sys.executable, "-c", ASK, str(folder)],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def usual() -> dict:
    return answers(library.FOLDER)


def changed(folder: Path, file: str, before: str, after: str) -> dict:
    """What is answered when one line of one data file is another."""
    copy = folder / "data"
    shutil.copytree(library.FOLDER, copy)
    path = copy / f"{file}.toml"
    text = path.read_text()
    assert before in text
    path.write_text(text.replace(before, after, 1))
    return answers(copy)


def test_a_stricter_load_rule_holds_less(usual: dict, tmp_path: Path) -> None:
    found = changed(tmp_path, "making", "share_of_breaking = 3", "share_of_breaking = 4")
    assert found["holds_kg"] == pytest.approx(usual["holds_kg"] * 3 / 4)


def test_a_weaker_buckle_is_the_weakest_part(usual: dict, tmp_path: Path) -> None:
    found = changed(tmp_path, "hardware", "25 = { strength_n = 900", "25 = { strength_n = 600")
    assert found["holds_kg"] == pytest.approx(usual["holds_kg"] * 600 / 900)


def test_more_ease_makes_a_longer_loop_and_says_its_own_rule(usual: dict, tmp_path: Path) -> None:
    rule = "Two flat fingers go under the girth strap wherever it is tried"
    found = changed(tmp_path, "fit", rule, "Three fingers, says our vet")
    assert found["girth_rule"].startswith("Three fingers, says our vet")
    longer = changed(
        tmp_path / "more", "fit", "[ease.girth]\nshare = 0.05", "[ease.girth]\nshare = 0.06"
    )
    assert longer["girth_made_mm"] > usual["girth_made_mm"]


def test_dearer_work_costs_more(usual: dict, tmp_path: Path) -> None:
    found = changed(tmp_path, "making", "cents_per_minute = 65", "cents_per_minute = 80")
    assert found["cents"] > usual["cents"]


def test_slower_growth_is_planned_for(usual: dict, tmp_path: Path) -> None:
    before = f"grown_weeks = {usual['grown_weeks']} }}"
    found = changed(tmp_path, "fit", before, "grown_weeks = 99 }")
    assert found["grown_weeks"] == 99 > usual["grown_weeks"]


def test_a_reason_is_said_in_the_workshops_own_words(usual: dict, tmp_path: Path) -> None:
    reason = "Holes for a pin tear out of {material}: a pin buckle takes leather or biothane."
    assert reason.format(material="cotton webbing") in usual["refused"]
    found = changed(tmp_path, "rules", reason, "We punch no holes in {material}.")
    assert "We punch no holes in cotton webbing." in found["refused"]
