"""What stands between a cart and its order: always a list, each with a sentence to act on."""

from collections.abc import Sequence
from dataclasses import dataclass

from pet_app.checkout.rules import Trouble
from pet_app.core.errors import Conflict


@dataclass(frozen=True)
class Found:
    """One thing to see to. `line_id` names the line it is about, `field` the field, `code` the
    promotion code or gift card; each may be empty."""

    trouble: Trouble
    sentence: str
    line_id: str = ""
    field: str = ""
    code: str = ""


class Problems(Conflict):
    """An order cannot be placed as it stands; nothing was kept or charged. `found` says why."""

    title = "A few things need another look"

    def __init__(self, found: Sequence[Found]) -> None:
        self.found = tuple(found)
        fields: dict[str, str] = {}
        for one in found:
            fields.setdefault(one.line_id or one.field or one.code or one.trouble, one.sentence)
        super().__init__(" ".join(dict.fromkeys(one.sentence for one in found)), fields)
