"""What has to hold for every design, checked on the file a customer's browser would get."""

import json
import subprocess
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import trimesh

from pet_app.builder.describe import describe
from pet_app.builder.price import Breakdown
from pet_app.builder.resolve import Resolved
from pet_app.builder.rules import Role
from tests.proofs import ledger, tape, words
from tests.proofs.clearance import Gap, gaps

TOLERANCE_MM = 2.0
GUESSED_SHARE = 0.01
"""How far the arc that closes a loop over a gap may be off: wide where the rings of a martingale
hold it open."""

NODE = Path(__file__).parents[2] / ".venv" / "bin" / "node"
VALIDATOR = Path(__file__).parents[1] / "node" / "validate.mjs"
HARDWARE_SLOTS = ("metal", "plastic")


@dataclass(frozen=True)
class Deviation:
    """How far a length measured on the file is from what was promised, in mm, and may be."""

    what: str
    measured_mm: float
    promised_mm: float
    allowed_mm: float = TOLERANCE_MM

    @property
    def size_mm(self) -> float:
        return abs(self.measured_mm - self.promised_mm)


def lengths(meshes: dict[str, trimesh.Trimesh], resolved: Resolved) -> list[Deviation]:
    """Every loop against measurement and ease, every strap against its cut length."""
    found = []
    for loop in resolved.loops:
        pieces = [
            tape.webbing(meshes[f"{strap.name}_strap"]) for strap in _innermost(resolved, loop.name)
        ]
        if pieces:
            measured, promised = tape.once_round(pieces), loop.measurement_mm + loop.ease_mm
            allowed = TOLERANCE_MM + GUESSED_SHARE * tape.gaps_mm(pieces)
            found.append(Deviation(f"{loop.name} loop", measured, promised, allowed))
    for strap in resolved.straps:
        web = tape.webbing(meshes[f"{strap.name}_strap"])
        allowed = sum(allowance.length_mm for allowance in strap.allowances)
        found.append(Deviation(strap.name, web.neutral_mm, strap.cut_mm - allowed))
        found.append(Deviation(f"{strap.name} thickness", web.thickness_mm, strap.thickness_mm))
    return found


def faults(
    meshes: dict[str, trimesh.Trimesh], resolved: Resolved, breakdown: Breakdown
) -> list[str]:
    """Everything wrong with what `tape.unpack` found in a file, in words; empty when all holds."""
    return [
        *(
            f"{deviation.what} measures {deviation.measured_mm:.2f} mm, "
            f"not {deviation.promised_mm:.2f}"
            for deviation in lengths(meshes, resolved)
            if deviation.size_mm > deviation.allowed_mm
        ),
        *_solid(meshes),
        *_named(meshes, resolved),
        *_counted(meshes, resolved),
        *ledger.disagreements(resolved, breakdown),
        *words.unsaid(resolved.design, describe(resolved)),
    ]


def clearance(
    meshes: dict[str, trimesh.Trimesh], animal: dict[str, trimesh.Trimesh], resolved: Resolved
) -> tuple[list[Gap], list[str]]:
    """How every strap lies on an animal's body unpacked from its own file, and what is wrong."""
    body = next(mesh for name, mesh in animal.items() if tape.material(mesh) == "coat")
    found = gaps(meshes, body, resolved)
    return found, [
        f"{gap.strap} lies {gap.least_mm:.2f} to {gap.most_mm:.2f} mm off the coat, "
        f"at most {gap.bound_mm:.1f} mm are allowed"
        for gap in found
        if not gap.is_kept
    ]


def validator_findings(files: dict[str, bytes]) -> dict[str, list[str]]:
    """The Khronos validator's errors and warnings for each GLB file by its name."""
    with TemporaryDirectory() as folder:
        for name, data in files.items():
            (Path(folder) / f"{name}.glb").write_bytes(data)
        result = subprocess.run(
            [str(NODE), str(VALIDATOR), folder], capture_output=True, text=True, check=True
        )
    return json.loads(result.stdout)


def _innermost(resolved: Resolved, loop: str) -> list:
    """The pieces of a loop that touch the coat, in order: linings where there are any."""
    straps = [strap for strap in resolved.straps if strap.loop == loop]
    linings = [strap for strap in straps if strap.role is Role.LINING]
    return linings or [strap for strap in straps if strap.role is Role.WEBBING]


def _solid(meshes: dict[str, trimesh.Trimesh]) -> list[str]:
    open_parts = [f"{name} is not closed" for name, mesh in meshes.items() if not tape.closed(mesh)]
    turned = [
        f"{name} is inside out in places"
        for name, mesh in meshes.items()
        if tape.material(mesh) != "thread" and tape.facing(mesh) < 0.98
    ]
    return open_parts + turned


def _named(meshes: dict[str, trimesh.Trimesh], resolved: Resolved) -> list[str]:
    """Every node stands for something resolved, and everything resolved has its node."""
    promised = {
        *(f"{strap.name}_strap" for strap in resolved.straps),
        *(panel.name for panel in resolved.panels),
        *(fitting.name for fitting in resolved.fittings),
        *(f"{seam.name}_stitches" for seam in resolved.seams),
        *(f"{lettering.name}_letters" for lettering in resolved.letterings),
    }
    wrong = [f"{name} is promised and not drawn" for name in sorted(promised - meshes.keys())]
    # Folds and tails are the same cut length as their strap, turned back.
    turned_back = {
        name
        for name, mesh in meshes.items()
        if tape.material(mesh) in ("webbing", "lining", "reflective") and name not in promised
    }
    extra = {name.partition(".")[0] for name in meshes.keys() - turned_back} - promised
    return wrong + [f"{name} is drawn and not promised" for name in sorted(extra)]


def _counted(meshes: dict[str, trimesh.Trimesh], resolved: Resolved) -> list[str]:
    """The hardware found in the file against the bill of materials."""
    sku_of = {fitting.name: fitting.sku for fitting in resolved.fittings}
    drawn = Counter(
        sku_of.get(name, name)
        for name, mesh in meshes.items()
        if tape.material(mesh) in HARDWARE_SLOTS
        and "." not in name
        and name not in {panel.name for panel in resolved.panels}
    )
    listed = Counter(
        {line.sku: line.quantity for line in resolved.bom if line.sku in set(sku_of.values())}
    )
    return [
        f"{sku}: {drawn[sku]} in the model, {listed[sku]} in the bill"
        for sku in sorted(drawn.keys() | listed.keys())
        if drawn[sku] != listed[sku]
    ]
