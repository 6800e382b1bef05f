"""How the renderer's loops are compiled, and where the result is kept.

numba keeps what it compiled by the file it came from and would not notice a change in another file
that was compiled into it, so the folder's name holds a hash of the whole package.
"""

import hashlib
import importlib
import os
import sys
from collections.abc import Callable
from pathlib import Path

import numba
from numba.core import config

from pet_app.builder import texels, tiles
from pet_app.core.settings import settings

HERE = Path(__file__).parent


def _version() -> str:
    digest = hashlib.sha256(numba.__version__.encode())
    for file in (*sorted(HERE.glob("*.py")), Path(tiles.__file__), Path(texels.__file__)):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _folder() -> Path:
    """Beside the code as Python's own files are, or with the data where code is read-only."""
    beside = HERE / "__pycache__"
    if os.access(beside if beside.exists() else HERE, os.W_OK):
        return beside / f"numba-{_version()}"
    return settings().data_dir / "numba" / _version()


if not os.environ.get("NUMBA_CACHE_DIR"):
    config.CACHE_DIR = str(_folder())  # pyright: ignore[reportAttributeAccessIssue]

BLAS = "scipy.linalg.cython_blas"


def _without_blas() -> None:
    """Load numba's own loops without the library that it would multiply matrices with: no loop of
    ours does, and all of scipy.linalg would come along."""
    if BLAS in sys.modules:
        return
    sys.modules[BLAS] = None  # pyright: ignore[reportArgumentType]  what is None is not found
    importlib.import_module("numba.np.arraymath")
    del sys.modules[BLAS]


_without_blas()

LOOSE = ("contract", "nsz", "arcp", "reassoc")
"""Liberties that move the last digit only; what is not finite keeps its meaning."""


def _compiler(fastmath: set[str] | bool = False) -> Callable[[Callable], Callable]:
    # What calls a loop holds it whole. Left out of line, it would be there twice, once alone and
    # once with its caller, optimised apart and off by a last digit; which of the two all would then
    # call depended on whether this process compiled them or read them from the disk.
    return numba.njit(
        cache=True, nogil=True, error_model="numpy", forceinline=True, fastmath=fastmath
    )


compiled = _compiler()
"""Compile a function of numbers and arrays, once per machine. What is divided by nothing is not
finite, as in numpy: looking for it first would keep loops from becoming vectors."""

streaming = _compiler(set(LOOSE))
"""Compile plain arithmetic over whole rows, which then runs on several numbers at a time; sums may
be taken in the order that is fastest, the same in every run."""

inlined = _compiler({"contract"})
"""Compile what is called from the midst of a loop: products and sums may be taken in one step."""
