"""`make references`: trace what is missing, slice by slice, and keep the pictures as test data.

`make` traces, and goes on where it was stopped; a scene takes some five minutes on two cores.
`develop` lays what is traced on the page again, when tone map, shadow or page have changed. `score`
compares ours with what was kept, in decibels, and writes ours, the reference and eight times their
difference side by side to build/references/compared. `forget` drops what was traced. Without names
every scene is meant. A new scene is a row of `scenes.py`; one that is no longer what was traced is
told by `score` and has to be made again.
"""

import argparse
import shutil
import statistics

import numpy as np

from pet_app.core.settings import ROOT
from tests.references import picture, score, trace
from tests.references.scenes import BY_NAME, SUBJECTS, Subject

COMPARED = ROOT / "build" / "references" / "compared"


def main() -> None:
    """Do what is asked to the scenes that are named."""
    asked = argparse.ArgumentParser(prog="python -m tests.references", description=__doc__)
    asked.add_argument(
        "verb", nargs="?", default="make", choices=["make", "develop", "score", "forget"]
    )
    asked.add_argument("names", nargs="*", metavar="scene", help=", ".join(BY_NAME))
    given = asked.parse_args()
    subjects = [BY_NAME[name] for name in given.names] or list(SUBJECTS)
    VERBS[given.verb](subjects)


def _make(subjects: list[Subject]) -> None:
    """One slice of every scene before the next, so that stopping early leaves all alike."""
    for first in trace.SLICES["piece"]:
        for subject in subjects:
            for what, parts in trace.SLICES.items():
                if first in parts:
                    trace.trace(subject, what, first)
            _develop([subject])


def _develop(subjects: list[Subject]) -> None:
    for subject in subjects:
        print(f"{subject.name:<20} kept, of {picture.keep(subject)} samples", flush=True)


def _forget(subjects: list[Subject]) -> None:
    """Drop what was traced, because geometry, surfaces, light or camera have changed."""
    for subject in subjects:
        shutil.rmtree(trace.FOLDER / subject.name, ignore_errors=True)


def _score(subjects: list[Subject]) -> None:
    found: dict[bool, list[float]] = {False: [], True: []}
    for subject in subjects:
        try:
            other, samples = picture.kept(subject)
        except FileNotFoundError:
            print(f"{subject.name:<20} has no reference yet")
            continue
        mine = score.ours(subject)
        decibels = score.psnr(mine, other)
        found[subject.held_out].append(decibels)
        off = mine[..., :3].astype(float) - other[..., :3]
        mean = off[mine[..., 3] > 250].mean(axis=0) if (mine[..., 3] > 250).any() else np.zeros(3)
        print(
            f"{subject.name:<20} {decibels:5.2f} dB{'  held out' if subject.held_out else '':<10}"
            f"  object off by {mean.round(1)}, against {samples} samples"
            f"{' OF ANOTHER SCENE' if picture.is_stale(subject) else ''}",
            flush=True,
        )
        score.beside(mine, other, COMPARED / f"{subject.name}.png")
    for held_out, decibels in found.items():
        if decibels:
            print(
                f"{'held out' if held_out else 'tuned on':<20} median "
                f"{statistics.median(decibels):5.2f} dB, least {min(decibels):5.2f} dB"
            )


VERBS = {
    "make": _make,
    "develop": _develop,
    "score": _score,
    "forget": _forget,
}

if __name__ == "__main__":
    main()
