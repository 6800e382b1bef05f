"""What a town lets its desk approve by itself."""

from collections.abc import Collection

from sqlmodel import Session

from pet_app.core.security import Identity
from pet_app.licensing.service.desk.views import Policy


def policy_of(session: Session, identity: Identity, town_id: str) -> Policy:
    """A town's policy; nothing is automatic where it has said nothing. Raises `NotFound`."""
    raise NotImplementedError


def change_policy(
    session: Session,
    identity: Identity,
    town_id: str,
    automatic: Collection[str],
    audit_percent: int,
) -> Policy:
    """Have other kinds approved automatically, or more of them looked at afterwards.

    Raises `NotFound`, `Invalid`.
    """
    raise NotImplementedError
