"""The same picture twice, byte for byte, and on plainer processors as near as no eye can tell.

Each runs in a process of its own, one of which compiles everything for a processor without vectors
of more than four numbers: with `PROCESSORS` set, as in `make proofs`.
"""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

LEAST_DB = 60.0
DRAW = """
import sys
import numpy as np
from tests.references.scenes import BY_NAME
from tests.references.score import ours
names = ("harness_plaid", "collar_leather", "tag_brass", "bowl_glaze")
np.save(sys.argv[1], np.stack([ours(BY_NAME[name]) for name in names]))
"""

pytestmark = pytest.mark.skipif(
    not os.environ.get("PROCESSORS"), reason="compiles for another processor: set PROCESSORS"
)


def _drawn(folder: Path, name: str, **environment: str) -> np.ndarray:
    file = folder / f"{name}.npy"
    subprocess.run(
        [sys.executable, "-c", DRAW, str(file)], env=os.environ | environment, check=True
    )
    return np.load(file)


def test_who_compiles_draws_the_same_bytes_as_who_finds_all_compiled(tmp_path):
    anew = {"NUMBA_CACHE_DIR": str(tmp_path / "compiled")}
    compiling, loading = (_drawn(tmp_path, name, **anew) for name in ("compiling", "loading"))
    assert np.array_equal(compiling, loading)
    assert np.array_equal(loading, _drawn(tmp_path, "here"))


def test_a_plainer_processor_draws_the_same_picture(tmp_path):
    here = _drawn(tmp_path, "here")
    generic = {
        "NUMBA_CPU_NAME": "generic",
        "NUMBA_CPU_FEATURES": "",
        "NUMBA_CACHE_DIR": str(tmp_path / "compiled"),
    }
    there = _drawn(tmp_path, "there", **generic)
    for one, other in zip(here, there, strict=True):
        error = np.mean((one.astype(float) - other) ** 2)
        found_db = 10 * np.log10(255**2 / max(error, 1e-9))
        print(f"{found_db:.1f} dB")
        assert found_db >= LEAST_DB
