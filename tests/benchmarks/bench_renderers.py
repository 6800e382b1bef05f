"""What our renderer costs beside what a shop would use instead: one scene, one camera, one run.

Every renderer works in a process of its own, one after the other, and leaves its picture in
`build/bench/renderers`. What is not installed goes into environments under `build/`; what cannot
be is named as missing. PSNR is against the path tracer's reference, see `tests.references`.

A path tracer is as near as it is given time. So it draws with more and more samples, and `of equal
quality` compares the fewest with which it comes at least as near to the reference as ours does.
"""

import json
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

import numpy as np
from PIL import Image

from tests.benchmarks.renderers.measured import FOLDER, Taken, picture_of
from tests.benchmarks.renderers.plain import plain
from tests.benchmarks.row import Row
from tests.references import picture, score
from tests.references.scenes import BY_NAME, SUBJECTS
from tests.references.trace import prepare

SCENE = "harness_plaid"
HERE = Path(__file__).parent / "renderers"
WANTS = ("pyvista==0.49.1", "vtk==9.7.2", "trimesh==5.2.0", "pyglet<2", "scipy", "Pillow")
OURS, THREE, VTK, TRIMESH = "ours", "three.js", "VTK", "trimesh"
CYCLES = {f"Cycles, {samples} samples": samples for samples in (4, 8, 16, 32)}
PATIENCE_S = 600


def rows() -> list[Row]:
    """Every renderer's figures, ours against each."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    scene = FOLDER / "scene.npz"
    plain(BY_NAME[SCENE], scene)
    taken: dict[str, Taken] = {}
    for name in (OURS, THREE, VTK, TRIMESH, *CYCLES):
        try:
            taken[name] = _taken(name, _command(name, scene))
        except (OSError, ValueError, IndexError, subprocess.SubprocessError) as error:
            print(f"{name} is missing: {error}", file=sys.stderr)
    reference, samples = picture.kept(BY_NAME[SCENE])
    found = [Row("renderers, samples of the reference", samples, "")]
    near = {name: _decibels(name, reference) for name in taken}
    for name, own in taken.items():
        found += [
            *_rows(name, own, taken[OURS]),
            Row(f"{name}, PSNR", round(near[name], 2), "dB"),
        ]
    return [*found, *_equal(taken, near), *_nearness()]


def _equal(taken: dict[str, Taken], near: dict[str, float]) -> list[Row]:
    """Ours against the path tracer of equal quality, or nothing if all it drew is farther off."""
    enough = (name for name in CYCLES if name in near and near[name] >= near[OURS])
    if (name := next(enough, None)) is None:
        print("no path tracer in the bench came as near as ours", file=sys.stderr)
        return []
    own, ours = taken[name], taken[OURS]
    return [
        Row(f"Cycles of equal quality, {what}", round(theirs, 1), "ms", OURS, _times(theirs, mine))
        for what, theirs, mine in (
            (f"{CYCLES[name]} samples", own.camera_ms, ours.camera_ms),
            (f"{CYCLES[name]} samples, CPU", own.camera_cpu_ms, ours.camera_cpu_ms),
        )
    ]


def _nearness() -> list[Row]:
    """How near all scenes that have a reference come to it."""
    found: dict[str, list[float]] = {"tuned on": [], "held out": []}
    for subject in SUBJECTS:
        try:
            reference, _ = picture.kept(subject)
        except FileNotFoundError:
            print(f"{subject.name} has no reference", file=sys.stderr)
            continue
        decibels = score.psnr(score.ours(subject), reference)
        found["held out" if subject.held_out else "tuned on"].append(decibels)
    found["all"] = [*found["tuned on"], *found["held out"]]
    return [
        Row(f"PSNR, {what}, {name}", round(which(decibels), 2), "dB")
        for what, decibels in found.items()
        if decibels
        for name, which in (("median", statistics.median), ("least", min))
    ]


def _command(name: str, scene: Path) -> list[str]:
    """How a renderer is started, installed if it was not."""
    module = [sys.executable, "-m"]
    drawn = [str(scene), str(picture_of(name))]
    if name == OURS:
        return [*module, "tests.benchmarks.renderers.ours", SCENE]
    if name == THREE:
        return [*module, "tests.benchmarks.renderers.three", str(scene)]
    if name in CYCLES:
        script = str(HERE / "cycles_drawn.py")
        return [str(prepare()), script, str(scene), str(FOLDER / "cycles.npz"), str(CYCLES[name])]
    if name == VTK:
        return [str(_environment()), str(HERE / "vtk_drawn.py"), *drawn]
    script = str(HERE / "trimesh_drawn.py")
    return [shutil.which("xvfb-run") or "xvfb-run", "-a", str(_environment()), script, *drawn]


def _environment() -> Path:
    """The Python that has what the shop itself does not need."""
    folder = FOLDER.parent / "vtk"
    stamp = folder / "installed.txt"
    python = folder / "bin" / "python"
    if not stamp.exists() or stamp.read_text() != "\n".join(WANTS):
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, *WANTS], check=True)
        stamp.write_text("\n".join(WANTS))
    return python


def _taken(name: str, command: list[str]) -> Taken:
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=PATIENCE_S)
    took = json.loads(done.stdout.strip().splitlines()[-1])
    if name in CYCLES:
        data = np.load(FOLDER / "cycles.npz")
        floor = np.array(BY_NAME[SCENE].studio.floor)
        shown = picture.developed(data["piece"], data["floor"], floor)
        Image.fromarray(shown[..., :3]).save(picture_of(name))
    return Taken(**took | {"name": name})


def _rows(name: str, own: Taken, ours: Taken) -> list[Row]:
    def row(what: str, value: float, mine: float, unit: str = "ms") -> Row:
        ratio = None if name == OURS else _times(value, mine)
        return Row(f"{name}, {what}", round(value, 1), unit, "" if ratio is None else OURS, ratio)

    found = [
        row("new camera", own.camera_ms, ours.camera_ms),
        row("new camera, CPU", own.camera_cpu_ms, ours.camera_cpu_ms),
    ]
    for what, value, mine in (
        ("new colour", own.colour_ms, ours.colour_ms),
        ("new colour, CPU", own.colour_cpu_ms, ours.colour_cpu_ms),
    ):
        if value is not None and mine is not None:
            found.append(row(what, value, mine))
    return [
        *found,
        row("start to first picture", own.first_ms, ours.first_ms),
        row("peak memory", own.peak_mb, ours.peak_mb, "MB"),
    ]


def _times(theirs: float, ours: float) -> float:
    return float(f"{theirs / ours:.3g}")


def _decibels(name: str, reference: np.ndarray) -> float:
    """Over what the reference covers, for only ours says what it covers itself."""
    shown = np.array(Image.open(picture_of(name)).convert("RGB"))
    return score.psnr(np.dstack([shown, np.zeros(shown.shape[:2], np.uint8)]), reference)
