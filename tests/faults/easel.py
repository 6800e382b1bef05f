"""What draws for `tests.faults.painter`: it takes its time, and leaves a mark for every drawing."""

import time
from collections.abc import Mapping, Sequence
from typing import Any

from pet_app.builder.subject import content_key
from pet_app.core.settings import settings
from tests.builder.sketching import sketch
from tests.builder.studio import Files

TAKES_S = 0.02
DRAWN = "drawn.txt"


def draw(kinds: Sequence[str], data: Mapping[str, Any]) -> Files:
    """Draw, and note that it was done."""
    time.sleep(TAKES_S)
    with (settings().data_dir / DRAWN).open("a") as marks:
        marks.write(f"{content_key(data)}\n")
    return sketch(kinds, data)
