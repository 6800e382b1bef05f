"""What last year's cases would have cost with other fees."""

from collections.abc import Sequence

from sqlmodel import Session

from pet_app.core.security import Identity
from pet_app.licensing.service.desk.views import RuleChange, Simulation


def simulate(
    session: Session, identity: Identity, town_id: str, changes: Sequence[RuleChange] = ()
) -> Simulation:
    """The decided cases of the last twelve months, priced once more; without changes every
    recorded fee comes out again. Raises `NotFound`, and `Invalid` for a rule there is not."""
    raise NotImplementedError
