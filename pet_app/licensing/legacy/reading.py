"""A CSV file of licences from elsewhere, read line by line.

Nothing of a file is held in memory but the numbers and tag codes met so far.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pet_app.licensing.legacy.checking import COLUMNS, Checker, Fault, Row
from pet_app.licensing.rules import Town

MOST_ROWS = 100_000
LONGEST_LINE = 20_000
DELIMITERS = (",", ";", "\t")
NOT_TEXT = "The file is not plain text in UTF-8. Save it as “CSV UTF-8” and send it again."
NOT_CSV = "The file cannot be read as CSV from here on: {what}."
EMPTY = "The file is empty."
NO_ROWS = "The file has a header and no line below it."
TOO_MANY = f"The file has more than {MOST_ROWS:,} lines. Send it in parts."
MISSING = "The file has no column called {name}."
UNKNOWN = "We know no column called {name}. Take it out, or call it as we do."
TWICE = "There are two columns called {name}."
CELLS = "This line has {found} cells; the header has {wanted}."


class Unusable(Exception):
    """Nothing of the file can be taken in; `faults` say why."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(fault.words for fault in faults))
        self.faults = faults


def rows(pieces: Iterable[bytes], where: Town) -> Iterator[Row]:
    """The lines of a file in their order. Raises `Unusable`, at once or when it comes to that."""
    text = io.TextIOWrapper(io.BufferedReader(_Pieces(pieces)), "utf-8-sig", newline="")
    try:
        header = text.readline(LONGEST_LINE)
        if not header.strip():
            raise Unusable(Fault(1, "", EMPTY))
        delimiter = max(DELIMITERS, key=header.count)
        names = [
            name.strip().casefold() for name in next(csv.reader([header], delimiter=delimiter))
        ]
        _check_header(names)
        reader = csv.reader(_lines(text), delimiter=delimiter, strict=True)
        yield from _checked(reader, names, where)
    except UnicodeDecodeError:
        raise Unusable(Fault(1, "", NOT_TEXT)) from None
    except csv.Error as error:
        raise Unusable(Fault(1, "", NOT_CSV.format(what=error))) from None


def _checked(reader: Any, names: Sequence[str], where: Town) -> Iterator[Row]:
    checker = Checker(where)
    count, line = 0, 1
    for cells in reader:
        # A cell may hold line breaks; what counts for a person is the line it begins on.
        line, begins = 1 + reader.line_num, line + 1
        filled = any(cell.strip() for cell in cells)
        count += filled
        # Empty lines are no licences, and take their time all the same.
        if count > MOST_ROWS or line > 3 * MOST_ROWS:
            raise Unusable(Fault(begins, "", TOO_MANY))
        if not filled:
            continue
        if len(cells) != len(names):
            words = CELLS.format(found=len(cells), wanted=len(names))
            yield Row(begins, None, (Fault(begins, "", words),))
            continue
        told = {name: cell.strip() for name, cell in zip(names, cells, strict=True)}
        yield checker.check(begins, told)
    if not count:
        raise Unusable(Fault(1, "", NO_ROWS))


def _check_header(names: Sequence[str]) -> None:
    faults = [
        Fault(1, name, MISSING.format(name=name))
        for name, (_, needed) in COLUMNS.items()
        if needed and name not in names
    ]
    for name in dict.fromkeys(names):
        if name not in COLUMNS:
            shown = name[:40] or "nothing"
            faults.append(Fault(1, shown, UNKNOWN.format(name=shown)))
        elif names.count(name) > 1:
            faults.append(Fault(1, name, TWICE.format(name=name)))
    if faults:
        raise Unusable(*faults)


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    """The lines of a text. One without end is cut, and so no CSV any more."""
    while line := text.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE:
            raise csv.Error("a line is longer than any line of licences")
        yield line


class _Pieces(io.RawIOBase):
    """Pieces of bytes, read like a file."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._left = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._left:
            try:
                self._left = memoryview(next(self._pieces))
            except StopIteration:
                return 0
        count = min(len(buffer), len(self._left))
        buffer[:count] = self._left[:count]
        self._left = self._left[count:]
        return count
