"""A town's licences and cases as CSV, streamed, with nothing a spreadsheet would run."""

from collections.abc import Iterator
from typing import Literal

from pet_app.core.security import Identity


def export_csv(
    identity: Identity, town_id: str, what: Literal["licences", "applications"]
) -> Iterator[bytes]:
    """Piece by piece, UTF-8; opens its own transactions. Raises `NotFound` before the first."""
    raise NotImplementedError
