"""What stands between a cart and its order: always a list, each with a sentence to act on."""

from collections.abc import Sequence
from dataclasses import dataclass

from pet_app.checkout.rules import Trouble
from pet_app.core.errors import Conflict


@dataclass(frozen=True)
class Found:
    """One thing to see to. `field` is what it is about: the field of a form, the id of a line, or
    the key of a code; it may be empty."""

    code: Trouble
    sentence: str
    field: str = ""


class Problems(Conflict):
    """An order cannot be placed as it stands; nothing was kept or charged. `found` says why."""

    title = "A few things need another look"

    def __init__(self, found: Sequence[Found]) -> None:
        self.found = tuple(found)
        fields: dict[str, str] = {}
        for one in found:
            fields.setdefault(one.field or one.code, one.sentence)
        super().__init__(" ".join(dict.fromkeys(one.sentence for one in found)), fields)
