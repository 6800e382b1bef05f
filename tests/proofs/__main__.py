"""Proves many random designs: `python -m tests.proofs [count] [seed]`."""

import sys
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np

from tests.builder.factory import random_designs
from tests.proofs.proof import validator_findings
from tests.proofs.prove import prove

PROCESSES = 2


def main(count: int = 2000, seed: int = 1) -> int:
    """Print what failed and how far lengths were off at worst; 1 when anything failed."""
    worst: dict[str, float] = defaultdict(float)
    off: dict[str, list[float]] = defaultdict(list)
    sizes: dict[str, list[int]] = defaultdict(list)
    files: dict[str, bytes] = {}
    wrong: list[str] = []
    with ProcessPoolExecutor(PROCESSES, get_context("spawn")) as pool:
        proofs = pool.map(prove, random_designs(count, seed), chunksize=8)
        for number, proof in enumerate(proofs):
            for deviation in proof.deviations:
                worst[deviation.what] = max(worst[deviation.what], deviation.size_mm)
            for gap in proof.gaps:
                off[gap.strap] += [gap.least_mm, gap.most_mm]
            sizes[proof.kind].append(len(proof.data))
            files[f"{number:05}"] = proof.data
            wrong += proof.faults
    for name, found in validator_findings(files).items():
        wrong += [f"{name}: {finding}" for finding in found]
    for fault in wrong:
        print(fault)
    print("Furthest from what was promised, in mm:")
    for what, size in sorted(worst.items(), key=lambda item: -item[1]):
        if size >= 0.005:
            print(f"  {what:<28}{size:6.2f}")
    print("Off the coat, least and most, in mm:")
    for strap, distances in sorted(off.items()):
        print(f"  {strap:<28}{min(distances):6.2f}{max(distances):8.2f}")
    print("Files, median and largest, in kB:")
    for kind, bytes_each in sorted(sizes.items()):
        middle, largest = np.median(bytes_each) / 1000, max(bytes_each) / 1000
        print(f"  {kind:<28}{middle:6.0f}{largest:8.0f}")
    every = np.concatenate([np.array(one) for one in sizes.values()])
    print(f"  {'all':<28}{np.median(every) / 1000:6.0f}{every.max() / 1000:8.0f}")
    print(f"{count} designs, {len(wrong)} faults")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(*(int(argument) for argument in sys.argv[1:])))
