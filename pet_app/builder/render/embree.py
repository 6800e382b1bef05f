"""Embree's rays: the tree over a mesh's triangles, and the calls that compiled code makes into it.

The library is the one inside the `embreex` wheel. Compiled code calls its packet functions
directly: asking for rays one array at a time through Python costs several times the tracing itself.
"""

import ctypes
import importlib.util
import weakref
from functools import cache
from pathlib import Path

import llvmlite.binding
import numpy as np
from numba import types

from pet_app.core.errors import Unavailable

PACKET = 16
"""Rays that travel together."""

ROWS = 24
"""A packet is float32 (ROWS, PACKET). The ray: origin, nearest, direction, time, farthest, mask,
id, flags. The hit: normal, u, v, face, geometry, instance."""

MASK = 9
"""The row of the mask."""

TRIANGLES = 0
INDICES, POSITIONS = 0, 1
UINT3, FLOAT3 = 0x5003, 0x9003
MEDIUM_QUALITY = 1

BYTES_PER_FACE = 70
"""What a tree takes beside the arrays it shares; measured, and used to bound what is kept."""

_four_pointers = (types.intp,) * 4
occluded16 = types.ExternalFunction("rtcOccluded16", types.void(*_four_pointers))
intersect16 = types.ExternalFunction("rtcIntersect16", types.void(*_four_pointers))


class Tree:
    """The tree over one mesh; `handle` is what compiled code passes to Embree.

    vertices: float32 (n, 3) mm, followed by at least one spare row, for Embree reads 16 bytes at a
    time. faces: int32 (m, 3). Both are shared, not copied, and kept alive here.
    """

    def __init__(self, vertices: np.ndarray, faces: np.ndarray) -> None:
        library = _library()
        self._shared = (vertices, faces)
        geometry = library.rtcNewGeometry(_device(), TRIANGLES)
        for kind, form, array in ((POSITIONS, FLOAT3, vertices), (INDICES, UINT3, faces)):
            count = len(array) - (kind == POSITIONS)
            library.rtcSetSharedGeometryBuffer(
                geometry, kind, 0, form, array.ctypes.data, 0, array.strides[0], count
            )
        library.rtcSetGeometryBuildQuality(geometry, MEDIUM_QUALITY)
        library.rtcCommitGeometry(geometry)
        self.handle: int = library.rtcNewScene(_device())
        library.rtcSetSceneBuildQuality(self.handle, MEDIUM_QUALITY)
        library.rtcAttachGeometry(self.handle, geometry)
        library.rtcReleaseGeometry(geometry)
        library.rtcCommitScene(self.handle)
        self.nbytes = BYTES_PER_FACE * len(faces)
        weakref.finalize(self, library.rtcReleaseScene, self.handle)

    def tools(self) -> tuple[int, np.ndarray, np.ndarray, np.ndarray]:
        """What a loop traces with: `handle`, a packet that meets everything and is 0 besides, the
        same as whole numbers, and `valid`."""
        rays = packet()
        numbers = rays.view(np.int32)
        numbers[MASK] = -1
        return self.handle, rays, numbers, valid()


def packet() -> np.ndarray:
    """An empty packet, float32 (ROWS, PACKET), on the 64-byte boundary that Embree asks for."""
    room = np.zeros(ROWS * PACKET * 4 + 64, np.uint8)
    start = -room.ctypes.data % 64
    return room[start : start + ROWS * PACKET * 4].view(np.float32).reshape(ROWS, PACKET)


def valid() -> np.ndarray:
    """Which rays of a packet travel, all of them: int32 (PACKET,), aligned like the packet."""
    room = np.zeros(PACKET * 4 + 64, np.uint8)
    start = -room.ctypes.data % 64
    rays = room[start : start + PACKET * 4].view(np.int32)
    rays[:] = -1
    return rays


def available() -> bool:
    """Whether this machine has Embree: its wheel is not made for Linux on ARM."""
    return _path() is not None


@cache
def _path() -> Path | None:
    spec = importlib.util.find_spec("embreex")
    if spec is None or spec.origin is None:
        return None
    package = Path(spec.origin).parent
    for folder in (package.parent / "embreex.libs", package / ".dylibs", package):
        for found in sorted(folder.glob("*embree4*")):
            return found
    return None


@cache
def _library() -> ctypes.CDLL:
    path = _path()
    if path is None:
        raise Unavailable(
            "Pictures cannot be made on this machine: Embree is not installed for it."
        )
    library = ctypes.CDLL(str(path))
    pointer, number = ctypes.c_void_p, ctypes.c_uint
    for name, result, arguments in (
        ("rtcNewDevice", pointer, [ctypes.c_char_p]),
        ("rtcNewGeometry", pointer, [pointer, number]),
        ("rtcNewScene", pointer, [pointer]),
        ("rtcSetGeometryBuildQuality", None, [pointer, number]),
        ("rtcSetSceneBuildQuality", None, [pointer, number]),
        ("rtcCommitGeometry", None, [pointer]),
        ("rtcCommitScene", None, [pointer]),
        ("rtcAttachGeometry", number, [pointer, pointer]),
        ("rtcReleaseGeometry", None, [pointer]),
        ("rtcReleaseScene", None, [pointer]),
    ):
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    library.rtcSetSharedGeometryBuffer.restype = None
    library.rtcSetSharedGeometryBuffer.argtypes = [
        *(pointer, number, number, number, pointer),
        *(ctypes.c_size_t, ctypes.c_size_t, ctypes.c_size_t),
    ]
    return library


@cache
def _device() -> int:
    # One thread: pictures are made side by side in processes, one to a core.
    return _library().rtcNewDevice(b"threads=1,set_affinity=0")


if available():
    llvmlite.binding.load_library_permanently(str(_path()))
