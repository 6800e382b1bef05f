"""What a town lets its desk approve by itself."""

from collections.abc import Collection

from sqlmodel import Session

from pet_app.core import clock
from pet_app.core.errors import Invalid
from pet_app.core.security import Identity
from pet_app.licensing.models import DeskPolicy
from pet_app.licensing.rules.standing import Kind
from pet_app.licensing.service.desk.access import clerk, must_serve
from pet_app.licensing.service.desk.shown import Names
from pet_app.licensing.service.desk.views import Policy
from pet_app.licensing.service.history import add_step
from pet_app.licensing.towns import Town

ALWAYS = (Kind.REPLACEMENT, Kind.TRANSFER)
"""Of these nothing is left to judge: who has the licence asked for it, and paid."""
POSSIBLE = (Kind.NEW, Kind.RENEWAL, Kind.BOOSTER)
AUDIT_PERCENT = 10
NO_SUCH_KIND = "Choose among new licences, renewals and newer vaccinations."
NO_PERCENT = "Have between 0 and 100 percent looked at."


def policy_of(session: Session, identity: Identity, town_id: str) -> Policy:
    """A town's policy; nothing is automatic where it has said nothing. Raises `NotFound`."""
    where = must_serve(session, identity, town_id)
    return _shown(session, where, session.get(DeskPolicy, town_id))


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
    where = must_serve(session, identity, town_id)
    if set(automatic) - set(POSSIBLE):
        raise Invalid(NO_SUCH_KIND, {"automatic": NO_SUCH_KIND})
    if not 0 <= audit_percent <= 100:
        raise Invalid(NO_PERCENT, {"audit_percent": NO_PERCENT})
    found = session.get(DeskPolicy, town_id, with_for_update=True)
    row = found or DeskPolicy(town_id=town_id, changed=clock.now())
    before = (sorted(row.automatic), row.audit_percent)
    row.automatic = [kind.value for kind in POSSIBLE if kind in automatic]
    row.audit_percent = audit_percent
    row.changed_by, row.changed = identity.user_id or "", clock.now()
    session.add(row)
    facts = {
        "town": town_id,
        "automatic": [before[0], sorted(row.automatic)],
        "audit_percent": [before[1], audit_percent],
    }
    add_step(session, "policy", clerk(identity), internal=True, facts=facts)
    return _shown(session, where, row)


def approves(policy: DeskPolicy | None, kind: Kind) -> bool:
    """Whether applications of a kind need no clerk where their papers are in order."""
    return kind in ALWAYS or (policy is not None and kind in policy.automatic)


def _shown(session: Session, where: Town, row: DeskPolicy | None) -> Policy:
    return Policy(
        town=where,
        always=tuple(kind.value for kind in ALWAYS),
        possible=tuple(kind.value for kind in POSSIBLE),
        automatic=tuple(row.automatic) if row else (),
        audit_percent=row.audit_percent if row else AUDIT_PERCENT,
        changed_by=Names(session).of(row.changed_by) if row else "",
        changed=row.changed if row else None,
    )
