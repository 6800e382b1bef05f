"""`make bench`: every benchmark beside this file, printed and written to `build/bench.json`.

A benchmark is a module `bench_<what>.py` with a function `rows() -> list[Row]`. Each runs in a
process of its own, so that none is warmed by another.
"""

import importlib
import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from pet_app.core.settings import ROOT

RESULTS = ROOT / "build" / "bench.json"


def main() -> None:
    """Run all benchmarks, or the one that is named."""
    if len(sys.argv) > 1:
        module = importlib.import_module(f"tests.benchmarks.{sys.argv[1]}")
        print(json.dumps([asdict(row) for row in module.rows()]))
        return
    rows = []
    for path in sorted(Path(__file__).parent.glob("bench_*.py")):
        rows += _measured(path.stem)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(rows, indent=2) + "\n")
    print(f"\nwritten to {RESULTS.relative_to(ROOT)}")


def _measured(name: str) -> list[dict[str, object]]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks", name],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    rows = json.loads(done.stdout.splitlines()[-1])
    for row in rows:
        beside = f"{row['ratio']:g} x against {row['versus']}" if row["versus"] else ""
        print(f"{row['name']:<34} {row['median']:>10g} {row['unit']:<5} {beside}", flush=True)
    return rows


if __name__ == "__main__":
    main()
