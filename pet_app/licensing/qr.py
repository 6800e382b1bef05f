"""QR codes as squares, for paper, picture and page."""

from collections.abc import Iterator
from dataclasses import dataclass

import segno

QUIET = 4
"""How many modules around a code have to stay light."""


@dataclass(frozen=True)
class Code:
    """A code of `side` modules, the light edge left out; `runs` are (x, y, length) of dark ones."""

    side: int
    runs: tuple[tuple[int, int, int], ...]

    @property
    def path(self) -> str:
        """The dark modules as the path of an SVG, `box` its view box."""
        return "".join(f"M{x} {y}h{length}v1h-{length}z" for x, y, length in self.runs)

    @property
    def box(self) -> str:
        whole = self.side + 2 * QUIET
        return f"{-QUIET} {-QUIET} {whole} {whole}"


def code_of(text: str) -> Code:
    """The code that says `text`; a seventh of it may be worn off."""
    made = segno.make(text, micro=False, error="m", boost_error=False)
    rows = [bytes(row) for row in made.matrix]
    return Code(len(rows), tuple(run for y, row in enumerate(rows) for run in _runs(row, y)))


def _runs(row: bytes, y: int) -> Iterator[tuple[int, int, int]]:
    begin = None
    for x, dark in enumerate((*row, 0)):
        if dark and begin is None:
            begin = x
        elif not dark and begin is not None:
            yield begin, y, x - begin
            begin = None
