"""Tracing in slices: every finished slice is kept, so that a run that was stopped goes on."""

import os
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

SAMPLES, SLICE = 512, 64
FLOOR_SAMPLES = 128
"""The floor is matt and its shadow soft: it needs no more."""

DRAFT_SAMPLES = 24
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


def slices(what: str) -> list[int]:
    """The first samples of all slices."""
    return list(range(0, SAMPLES if what == "piece" else FLOOR_SAMPLES, SLICE))


def described(subject: Subject) -> Path:
    """The scene's file, written if it is not there."""
    path = FOLDER / subject.name / "scene.npz"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        export(subject, path)
    return path


def trace(subject: Subject, what: str, first: int) -> None:
    """Trace one slice of a scene, unless it is there."""
    source = described(subject)
    target = source.with_name(f"{what}-{first:03}.npz")
    if not target.exists():
        whole = SAMPLES if what == "piece" else FLOOR_SAMPLES
        _run(source, target, what, str(first), str(SLICE), str(whole))


def draft(subject: Subject) -> None:
    """Trace a scene with few samples and take the noise out."""
    source = described(subject)
    for what, count in (("piece", DRAFT_SAMPLES), ("floor", DRAFT_SAMPLES // 2)):
        target = source.with_name(f"draft-{what}.npz")
        if not target.exists():
            _run(source, target, what, "0", str(count), str(count), "HIGH")


def traced(subject: Subject, what: str) -> tuple[np.ndarray, int]:
    """The mean of all slices there are, float32 (size, size, 4), and how many samples it is of.

    The draft stands in where there are none; then the samples are 0.
    """
    folder = FOLDER / subject.name
    found = sorted(folder.glob(f"{what}-*.npz"))
    if not found:
        return np.load(folder / f"draft-{what}.npz")["pixels"], 0
    total, count = np.float64(0), 0
    for path in found:
        part = np.load(path)
        total = total + part["pixels"] * float(part["count"])
        count += int(part["count"])
    return (total / count).astype(np.float32), count


def _run(source: Path, target: Path, *rest: str) -> None:
    started = time.monotonic()
    # Written beside and moved, so that half a slice is never taken for one.
    beside = target.with_suffix(".part.npz")
    command = [str(prepare()), str(TRACER), str(source), str(beside), *rest]
    quiet = subprocess.run(
        ["nice", "-n", "5", *command], capture_output=True, text=True, check=False, env=os.environ
    )
    if quiet.returncode or not beside.exists():
        raise RuntimeError(quiet.stderr[-2000:])
    beside.rename(target)
    print(
        f"{source.parent.name:<20} {target.stem:<12} {time.monotonic() - started:6.1f} s",
        flush=True,
    )
