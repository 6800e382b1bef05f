"""Licensing as a site of its own: how long it takes to open, and what memory it then has."""

import json
import os
import subprocess
import sys
import tempfile

from pet_app.core.settings import ROOT
from tests.benchmarks.row import Row, compare

ROUNDS = 5
OPEN = """
import asyncio, json, time
began = time.perf_counter()
from pet_app.pet_app import app
from pet_app.startup import open_shop

async def look():
    async with open_shop():
        took = time.perf_counter() - began
        with open("/proc/self/status") as status:
            held = next(line for line in status if line.startswith("VmRSS"))
        print(json.dumps([took, int(held.split()[1]) / 1024]))

asyncio.run(look())
"""


def rows() -> list[Row]:
    """From the first import to an open site with its queue, in turn; the first time it is filled
    does not count."""
    with tempfile.TemporaryDirectory() as alone, tempfile.TemporaryDirectory() as whole:
        _open(alone, "licensing")
        _open(whole, "")
        found = [(_open(alone, "licensing"), _open(whole, "")) for _ in range(ROUNDS)]
    versus = "the whole site"
    ours, theirs = [one for one, _ in found], [other for _, other in found]
    return [
        compare(
            "licensing alone: opens in",
            "s",
            [seconds for seconds, _ in ours],
            versus,
            [seconds for seconds, _ in theirs],
        ),
        compare(
            "licensing alone: memory",
            "MB",
            [megabytes for _, megabytes in ours],
            versus,
            [megabytes for _, megabytes in theirs],
            digits=0,
        ),
    ]


def _open(folder: str, sections: str) -> tuple[float, float]:
    """Seconds until a process is open, and the megabytes it has then."""
    environment = os.environ | {
        "PET_SECTIONS": sections,
        "PET_DATA_DIR": folder,
        "PET_ENV": "test",
    }
    done = subprocess.run(
        [sys.executable, "-c", OPEN],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=True,
    )
    seconds, megabytes = json.loads(done.stdout.splitlines()[-1])
    return seconds, megabytes
