"""A shop killed while designs are saved and pictured: each is kept, and each has one picture."""

import os
import random
import subprocess
import sys
from pathlib import Path
from time import sleep

import pytest
from sqlmodel import col, select

from pet_app.builder.models import DesignState, Picture, SavedDesign
from pet_app.builder.pictures import PictureKind, PictureState
from pet_app.core import db
from pet_app.core.settings import ROOT
from tests.faults.idle import wait_until_idle

KILLS = int(os.environ.get("KILLS", "2"))
LIFE_S = (0.05, 1.2)
PATIENCE_S = 180


class Shop:
    """The shop as one process, with everything it acknowledged in all its lives."""

    def __init__(self) -> None:
        self.acknowledged: set[str] = set()

    def open(self, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.saver", *arguments],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def wait_for_a_save(self) -> None:
        assert self.process.stdout is not None
        self._note(self.process.stdout.readline())

    def kill(self) -> None:
        """Kill the process as the kernel would, and read what it still managed to say."""
        self.process.kill()
        for line in self.process.communicate()[0].splitlines(keepends=True):
            self._note(line)

    def _note(self, line: str) -> None:
        # A line without its end was cut off by the kill.
        if line.endswith("\n"):
            self.acknowledged.add(line.strip())


def pictures() -> dict[str, list[str]]:
    """By kept design, the states of its photos."""
    with db.reading() as session:
        pairs = select(SavedDesign.id, Picture.state).join(
            Picture, col(Picture.content_key) == col(SavedDesign.content_key), isouter=True
        )
        found: dict[str, list[str]] = {}
        for design_id, state in session.exec(
            pairs.where(SavedDesign.state == DesignState.SAVED, Picture.kind == PictureKind.PHOTO)
        ):
            found.setdefault(design_id, []).append(state)
        return found


@pytest.mark.usefixtures("sqlite_database")
def test_every_acknowledged_save_outlives_the_shop_with_one_picture(shop: Path) -> None:
    running, between = Shop(), 0
    for _ in range(KILLS):
        running.open()
        running.wait_for_a_save()
        sleep(random.uniform(*LIFE_S))
        running.kill()
        known = pictures()
        between += any(known[kept] != [PictureState.READY] for kept in running.acknowledged)
    running.open("idle")
    wait_until_idle(PATIENCE_S)
    running.kill()
    known = pictures()
    assert between >= KILLS / 2
    assert running.acknowledged <= known.keys()
    assert {tuple(states) for states in known.values()} == {(PictureState.READY,)}
    with db.reading() as session:
        stored = set(session.exec(select(Picture.storage_key)))
    assert {path.name for path in shop.rglob("*.webp")} == {Path(key).name for key in stored}
    assert len(known) >= KILLS
