"""What has to hold for every design, checked on the file a customer's browser would get."""

import json
import subprocess
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory

import trimesh

from pet_app.builder import library
from pet_app.builder.price import Breakdown
from pet_app.builder.resolve import BomLine, Resolved
from tests.proofs import tape

TOLERANCE_MM = 2.0
NODE = Path(__file__).parents[2] / ".venv" / "bin" / "node"
VALIDATOR = Path(__file__).parents[1] / "node" / "validate.mjs"

LOOP_PIECES = {
    "neck": (("neck_strap",),),
    "girth": (("girth_strap",), ("girth_top_strap", "girth_belly_strap")),
    "collar": (("collar_strap",),),
}
"""The nodes a loop may be made of, in order round it."""


@dataclass(frozen=True)
class Deviation:
    """How far a length measured on the file is from what was promised, in mm."""

    what: str
    measured_mm: float
    promised_mm: float

    @property
    def size_mm(self) -> float:
        return abs(self.measured_mm - self.promised_mm)


def lengths(meshes: dict[str, trimesh.Trimesh], resolved: Resolved) -> list[Deviation]:
    """Every loop against measurement and ease, every strap against its cut length."""
    found = []
    for loop in resolved.loops:
        names = next(names for names in LOOP_PIECES[loop.name] if set(names) <= set(meshes))
        round_mm = tape.once_round([tape.webbing(meshes[name]) for name in names])
        found.append(Deviation(f"{loop.name} loop", round_mm, loop.measurement_mm + loop.ease_mm))
    for strap in resolved.straps:
        node = strap.name if strap.name.endswith("_tab") else f"{strap.name}_strap"
        web = tape.webbing(meshes[node])
        allowed = sum(allowance.length_mm for allowance in strap.allowances)
        found.append(Deviation(strap.name, web.neutral_mm, strap.cut_mm - allowed))
        found.append(Deviation(f"{strap.name} thickness", web.thickness_mm, strap.thickness_mm))
    return found


def faults(
    meshes: dict[str, trimesh.Trimesh], resolved: Resolved, breakdown: Breakdown
) -> list[str]:
    """Everything wrong with what `tape.unpack` found in a file, in words; empty when all holds."""
    wrong = [
        f"{deviation.what} measures {deviation.measured_mm:.2f} mm, not {deviation.promised_mm:.2f}"
        for deviation in lengths(meshes, resolved)
        if deviation.size_mm > TOLERANCE_MM
    ]
    wrong += [f"{name} is not closed" for name, mesh in meshes.items() if not tape.closed(mesh)]
    wrong += [
        f"{name} is inside out in places"
        for name, mesh in meshes.items()
        if tape.material(mesh) != "thread" and tape.facing(mesh) < 0.98
    ]
    drawn = {name for name, mesh in meshes.items() if tape.material(mesh) in ("metal", "plastic")}
    listed = {fitting.name for fitting in resolved.fittings}
    wrong += [f"{name} is drawn or listed, but not both" for name in sorted(drawn ^ listed)]
    sewn = {name.removesuffix("_stitches") for name in meshes if name.endswith("_stitches")}
    wrong += [f"seam {name} disagrees" for name in sorted(sewn ^ set(resolved.seams))]
    wrong += _money(resolved, breakdown)
    return wrong


def validator_findings(files: dict[str, bytes]) -> dict[str, list[str]]:
    """The Khronos validator's errors and warnings for each GLB file by its name."""
    with TemporaryDirectory() as folder:
        for name, data in files.items():
            (Path(folder) / f"{name}.glb").write_bytes(data)
        result = subprocess.run(
            [str(NODE), str(VALIDATOR), folder], capture_output=True, text=True, check=True
        )
    return json.loads(result.stdout)


def _money(resolved: Resolved, breakdown: Breakdown) -> list[str]:
    """The bill of materials against the piece, and the price against the bill."""
    wrong = []
    counted = {line.sku: line.quantity for line in resolved.bom if line.unit == "piece"}
    for sku, quantity in counted.items():
        if sum(fitting.sku == sku for fitting in resolved.fittings) != quantity:
            wrong.append(f"{sku} is counted wrongly")
    cut = sum(strap.cut_mm for strap in resolved.straps)
    if resolved.bom[0].quantity != cut:
        wrong.append("the webbing bought is not the webbing cut")
    materials = [line for line in breakdown.lines if line.sku]
    if [line.sku for line in materials] != [line.sku for line in resolved.bom]:
        wrong.append("the price does not follow the bill of materials")
    for line, priced in zip(resolved.bom, materials, strict=False):
        cents = _catalogue_cents(resolved, line)
        if priced.amount.cents != cents:
            wrong.append(f"{line.sku} costs {priced.amount.cents} cents, not {cents}")
    return wrong


def _catalogue_cents(resolved: Resolved, line: BomLine) -> int:
    """What a line costs by the workshop's data files, worked out apart from `price`."""
    look, width = resolved.design.look, resolved.design.width_mm
    materials, hardware = library.table("materials"), library.table("hardware")
    if line.sku == "THREAD":
        return ceil(line.quantity / 1000 * materials["thread"]["cost_cents_per_m"])
    if line.unit == "mm":
        metre = materials[look.material]["cost_cents_per_m_25mm"] / 25 * width
        return ceil(round(line.quantity / 1000 * metre, 6))
    stem = line.sku.partition("-")[0]
    piece = next(row for row in hardware.values() if row.get("sku") == stem)
    extra = hardware["finish_surcharge_cents"][look.finish] if stem == "DRG" else 0
    return line.quantity * (piece["sizes"][str(width)]["cost_cents"] + extra)
