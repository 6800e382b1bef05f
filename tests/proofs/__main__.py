"""Proves many random designs: `python -m tests.proofs [count] [seed]`."""

import sys
from collections import defaultdict

from pet_app.builder.geometry.build import build, glb
from pet_app.builder.price import price
from pet_app.builder.resolve import resolve
from tests.builder.factory import random_designs
from tests.proofs.proof import faults, lengths, validator_findings
from tests.proofs.tape import unpack


def main(count: int = 500, seed: int = 1) -> int:
    """Print what failed and how far lengths were off at worst; 1 when anything failed."""
    worst: dict[str, float] = defaultdict(float)
    files: dict[str, bytes] = {}
    wrong: list[str] = []
    for number, design in enumerate(random_designs(count, seed)):
        data, resolved = glb(build(design)), resolve(design)
        meshes = unpack(data)
        for deviation in lengths(meshes, resolved):
            worst[deviation.what] = max(worst[deviation.what], deviation.size_mm)
        wrong += [f"{design}: {fault}" for fault in faults(meshes, resolved, price(resolved))]
        files[f"{number:05}"] = data
    for name, found in validator_findings(files).items():
        wrong += [f"{name}: {finding}" for finding in found]
    for fault in wrong:
        print(fault)
    print("Furthest from what was promised, in mm:")
    for what, size in sorted(worst.items(), key=lambda item: -item[1]):
        print(f"  {what:<24}{size:6.2f}")
    print(f"{count} designs, {len(wrong)} faults")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(*(int(argument) for argument in sys.argv[1:])))
