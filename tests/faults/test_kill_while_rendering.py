"""Workers killed in the middle of many pictures: each is made, and but a few are made twice."""

import os
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path
from time import sleep

import pytest
from sqlmodel import col, func, select

from pet_app.builder import palette
from pet_app.builder import service as builder
from pet_app.builder.design import Design
from pet_app.builder.models import Picture
from pet_app.builder.pictures import PictureKind, PictureState, Urgency
from pet_app.builder.rules import Kind
from pet_app.core import db
from pet_app.core.settings import ROOT
from tests.builder.factory import make_design
from tests.faults.easel import DRAWN
from tests.faults.idle import wait_until_idle, wait_until_none

KILLS = int(os.environ.get("KILLS", "1"))
PICTURES = int(os.environ.get("PICTURES", "24"))
NECKS = 650
LIFE_S = (1.5, 3.0)
PATIENCE_S = 1800
MOST_MB = 400
"""What a process needs however many pictures wait: the backlog lies in the database."""


def start() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.faults.painter"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def peak_mb(process: subprocess.Popen[bytes]) -> float:
    """The most memory it has had."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def design(number: int) -> Design:
    """One of thousands that differ; of a kind that is judged in no time before it is drawn."""
    colour = list(palette.colours())[number // NECKS]
    neck_mm = 200 + number % NECKS
    return make_design(Kind.BANDANA, neck_mm=neck_mm, girth_mm=neck_mm + 200, colour=colour)


def order_all() -> None:
    """Order every picture twice: for a shelf, and now and then for an open page as well."""
    for start_at in range(0, PICTURES, 500):
        with db.writing() as session:
            for number in range(start_at, min(start_at + 500, PICTURES)):
                data = design(number).to_dict()
                builder.want_picture(session, PictureKind.PHOTO, data, kept=True)
                urgency = Urgency.SHELF if number % 5 else Urgency.PAGE
                builder.want_picture(session, PictureKind.PHOTO, data, urgency=urgency, kept=True)


def ready() -> int:
    with db.reading() as session:
        made = select(func.count()).where(col(Picture.state) == PictureState.READY)
        return session.exec(made).one()


@pytest.mark.usefixtures("sqlite_database")
def test_killed_workers_lose_no_picture_and_make_next_to_none_twice(shop: Path) -> None:
    order_all()
    for _ in range(KILLS):
        before, painter = ready(), start()
        wait_until_none(PATIENCE_S, lambda before=before: ready() == before)
        sleep(random.uniform(*LIFE_S) if ready() < PICTURES / 2 else 0)
        painter.kill()
        painter.communicate()
    painter = start()
    wait_until_idle(PATIENCE_S)
    most_mb = peak_mb(painter)
    painter.kill()
    painter.communicate()
    drawn = Counter((shop / DRAWN).read_text().split())
    with db.reading() as session:
        rows = session.exec(select(Picture)).all()
    twice = drawn.total() - PICTURES
    print(f"{PICTURES} pictures, {KILLS} kills: {twice} made twice, {most_mb:.0f} MB at most")
    assert most_mb < MOST_MB
    assert {row.state for row in rows} == {PictureState.READY}
    assert drawn.keys() == {row.content_key for row in rows}
    # What a worker had in hand when it was killed is made again: two lanes, one each.
    assert twice <= 2 * KILLS
    stored = {Path(row.storage_key).name for row in rows}
    assert stored <= {path.name for path in shop.rglob("*.webp")}
