"""The ZIP file of a copy: a list of everything as JSON, pictures and models, and a word on each."""

import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from pet_app.core.personal import Shown

MOST_BYTES = 250_000_000
"""Pictures and models beyond this are left out and named; the lists are always whole."""

README = """Your data at Harness Hero
=========================

Made on {at:%d %B %Y at %H:%M} UTC. It holds everything we keep about you:

{parts}

Lengths are millimetres, weights grams, prices cents, times UTC. Files ending in .json open in
any text editor. Pictures (.webp) open in any browser, models (.glb) in most 3D programs.

Passwords, codes and the secrets of tokens are not here: we keep none of them in a form that
anybody could read.
{left_out}"""

LEFT_OUT = """
These files would have made the copy too large. Open the designs in the shop to see them:

{names}
"""


@dataclass(frozen=True)
class Written:
    """A finished archive: its size in bytes, and the files that did not fit."""

    size: int
    left_out: tuple[str, ...]


def write(
    file: BinaryIO,
    shown: Mapping[str, Shown],
    at: datetime,
    read: Callable[[str], bytes | None],
    on_progress: Callable[[int], None],
) -> Written:
    """Write the archive to an open `file`. Blocks.

    `read` gives a stored file, or None for one that is lost; `on_progress` is told the percentage.
    """
    files = {name: key for part in shown.values() for name, key in sorted(part.files.items())}
    total, left_out = 0, []
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as archive:
        for section, part in shown.items():
            if part.rows:
                archive.writestr(f"{section}.json", _json(part))
        # Pictures before models, so that it is models that do not fit.
        for done, name in enumerate(sorted(files, key=lambda name: (name.endswith(".glb"), name))):
            data = read(files[name])
            if data is not None and total + len(data) > MOST_BYTES:
                left_out.append(name)
            elif data is not None:
                total += len(data)
                # Pictures are packed already.
                packed = zipfile.ZIP_DEFLATED if name.endswith(".glb") else zipfile.ZIP_STORED
                archive.writestr(name, data, packed)
            on_progress(10 + 85 * (done + 1) // len(files))
        archive.writestr("README.txt", _readme(shown, at, left_out))
    return Written(file.tell(), tuple(left_out))


def _json(part: Shown) -> str:
    return json.dumps(part.rows, ensure_ascii=False, indent=2)


def _readme(shown: Mapping[str, Shown], at: datetime, left_out: list[str]) -> str:
    parts = [
        f"- {section}.json: "
        + ", ".join(f"{name} ({len(rows)})" for name, rows in part.rows.items())
        for section, part in shown.items()
        if part.rows
    ]
    names = LEFT_OUT.format(names="\n".join(left_out)) if left_out else ""
    return README.format(at=at, parts="\n".join(parts), left_out=names)
