"""A process that makes previews while another measures it.

`python -m tests.benchmarks.previews mixed 200` makes pictures of so many designs of all kinds.
`… cameras 40` says "ready" when it is warm, waits for a line, and looks at one piece from as many
sides. Either ends with one line of JSON: seconds, megabytes held and the most ever held.
"""

import json
import re
import sys
import time
from dataclasses import replace
from pathlib import Path

from pet_app.builder.render.camera import CAMERAS
from pet_app.builder.render.encode import webp
from pet_app.builder.render.picture import photograph
from tests.builder.factory import make_design, random_designs


def main() -> None:
    """Make what is asked for on the command line."""
    what, count = sys.argv[1], int(sys.argv[2])
    work = {"mixed": _mixed, "cameras": _cameras}[what]
    seconds = work(count)
    print(json.dumps({"seconds": seconds, "mb": _mb("VmRSS"), "most_mb": _mb("VmHWM")}))


def _mixed(count: int) -> float:
    started = time.perf_counter()
    for number, design in enumerate(random_designs(count)):
        webp(photograph(design, (800, 400, 256)[number % 3]))
    return time.perf_counter() - started


def _cameras(count: int) -> float:
    design = make_design(pattern="plaid", colour="lagoon")
    usual = CAMERAS[design.kind]
    photograph(design)
    print("ready", flush=True)
    sys.stdin.readline()
    started = time.perf_counter()
    for turn in range(count):
        webp(photograph(design, camera=replace(usual, turn_deg=usual.turn_deg + 1 + turn)))
    return time.perf_counter() - started


def _mb(what: str) -> float:
    """VmRSS, the memory held now, or VmHWM, the most it ever was."""
    found = re.search(rf"{what}:\s+(\d+)", Path("/proc/self/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


if __name__ == "__main__":
    main()
