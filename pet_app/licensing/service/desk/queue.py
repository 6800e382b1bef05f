"""The queue of cases by town, with filters and how long they wait."""

from sqlmodel import Session

from pet_app.core.security import Identity
from pet_app.licensing.service.desk.views import QueueAsked, QueuePage


def queue(session: Session, identity: Identity, asked: QueueAsked) -> QueuePage:
    """One page of the cases of the towns somebody decides for.

    Raises `NotFound` for a town of others, and `Invalid` for an `after` that is none of ours.
    """
    raise NotImplementedError
