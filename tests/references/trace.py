"""Tracing in slices: every finished slice is kept, so that a run that was stopped goes on."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from pet_app.core.settings import ROOT
from tests.references.export import export
from tests.references.scenes import Subject

FOLDER = ROOT / "build" / "references"
WANTS = ("bpy==5.0.0", "numpy<2")
"""The path tracer brings a Python package of 1 GB, so it lives in an environment of its own."""

SLICES = {
    "piece": {0: 32, 32: 32} | dict.fromkeys(range(64, 512, 64), 64),
    "floor": {0: 32, 32: 96},
}
"""How many samples each slice has, by its first. The floor is matt and its shadow soft: at half
the size it needs no more."""

WHOLE = {what: sum(parts.values()) for what, parts in SLICES.items()}
TRACER = Path(__file__).with_name("tracer.py")


def prepare() -> Path:
    """The Python of the path tracer's environment, installed if it is not there yet."""
    python = FOLDER / "venv" / "bin" / "python"
    if not python.exists():
        print("Installing the path tracer, about 1 GB")
        subprocess.run([sys.executable, "-m", "venv", str(FOLDER / "venv")], check=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, *WANTS], check=True)
    return python


def described(subject: Subject) -> Path:
    """The scene's file, written if it is not there; slices of what it no longer is are dropped."""
    folder = FOLDER / subject.name
    path, digest = folder / "scene.npz", folder / "digest.txt"
    if not digest.exists() or digest.read_text() != subject.digest():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        export(subject, path)
        digest.write_text(subject.digest())
    return path


def trace(subject: Subject, what: str, first: int) -> None:
    """Trace one slice of a scene, unless it is there."""
    source = described(subject)
    target = source.with_name(f"{what}-{first:03}.npz")
    if not target.exists():
        _run(source, target, what, str(first), str(SLICES[what][first]), str(WHOLE[what]))


def is_begun(subject: Subject) -> bool:
    """Whether there is a first slice of piece and floor."""
    return all((FOLDER / subject.name / f"{what}-000.npz").exists() for what in SLICES)


def traced(subject: Subject, what: str) -> tuple[np.ndarray, int]:
    """The mean of all slices there are, float32 (size, size, 4), and how many samples it is of.

    Until it is whole, of what a denoiser made of them.
    """
    parts = [np.load(path) for path in sorted((FOLDER / subject.name).glob(f"{what}-???.npz"))]
    counts = [int(part["count"]) for part in parts]
    channel = "pixels" if sum(counts) == WHOLE[what] else "smooth"
    mean = np.average([part[channel] for part in parts], axis=0, weights=counts)
    return mean.astype(np.float32), sum(counts)


def _run(source: Path, target: Path, *rest: str) -> None:
    started = time.monotonic()
    # Written beside and moved, so that half a slice is never taken for one.
    beside = target.with_suffix(".part.npz")
    command = [str(prepare()), str(TRACER), str(source), str(beside), *rest]
    quiet = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ)
    if quiet.returncode or not beside.exists():
        raise RuntimeError(quiet.stderr[-2000:])
    beside.rename(target)
    print(
        f"{source.parent.name:<20} {target.stem:<12} {time.monotonic() - started:6.1f} s",
        flush=True,
    )
