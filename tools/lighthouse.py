"""Scores pages of the running shop with Lighthouse, as on a phone: the median of three runs."""

import json
import os
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LIGHTHOUSE = ROOT / "tests" / "node" / "node_modules" / "lighthouse" / "cli" / "index.js"
RESULTS = ROOT / "build" / "lighthouse.json"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PAGES = ("/", "/shop", "/product/trail-harness")
RUNS = 3
GOAL = 95
CHROME = "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run"


def main() -> None:
    """Score every page, print and write the medians; fail when one is below the goal."""
    site = f"http://localhost:{os.environ.get('PORT', '3000')}"
    scores = {page: _median(site + page) for page in sys.argv[1:] or PAGES}
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(scores, indent=2) + "\n")
    for page, found in scores.items():
        print(page.ljust(24), "  ".join(f"{name} {score:g}" for name, score in found.items()))
    sys.exit(any(score < GOAL for found in scores.values() for score in found.values()))


def _median(url: str) -> dict[str, float]:
    runs = [_run(url) for _ in range(RUNS)]
    return {name: statistics.median(run[name] for run in runs) for name in CATEGORIES}


def _run(url: str) -> dict[str, float]:
    node = str(Path(sys.executable).with_name("node"))
    chromium = shutil.which("chromium") or shutil.which("google-chrome") or ""
    done = subprocess.run(
        [
            node,
            str(LIGHTHOUSE),
            url,
            "--quiet",
            "--output=json",
            f"--only-categories={','.join(CATEGORIES)}",
            f"--chrome-flags={CHROME}",
        ],
        env=os.environ | {"CHROME_PATH": chromium},
        stdout=subprocess.PIPE,
        check=True,
    )
    categories = json.loads(done.stdout)["categories"]
    return {name: round(100 * categories[name]["score"]) for name in CATEGORIES}


if __name__ == "__main__":
    main()
