"""What of somebody's licences wants their attention now."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from pet_app.core.security import Identity, Permission
from pet_app.licensing.models import Application
from pet_app.licensing.rules.standing import LicenceState, Reminding, Status
from pet_app.licensing.service.reading import Act, LicenceView, licences_of

MINE = "/dashboard/licensing"
APPLICATION = "/licensing/applications/{id}"
MOST = 5


@dataclass(frozen=True)
class Attention:
    """Something to see to: a sentence, where to do it, and what that is called. `reminder` says
    that it is one of those that people may turn off."""

    text: str
    href: str
    action: str
    reminder: bool


def attention_of(session: Session, identity: Identity) -> list[Attention]:
    """What clerks ask and what waits to be paid, then the licences that come to their end: as the
    letters say it, and quiet where these are."""
    identity.must(Permission.ACCOUNT)
    return [*_asked(session, identity), *_ending(session, identity)]


def _asked(session: Session, identity: Identity) -> list[Attention]:
    wanted = (Status.NEEDS_MORE.value, Status.AWAITING_PAYMENT.value)
    found = select(Application).where(
        col(Application.owner).in_(identity.owners), col(Application.status).in_(wanted)
    )
    rows = session.exec(found.order_by(col(Application.id)).limit(MOST))
    return [_of_application(row) for row in rows]


def _of_application(row: Application) -> Attention:
    name = (row.form or {}).get("animal", {}).get("name") or "your pet"
    href = APPLICATION.format(id=row.id)
    if row.status == Status.NEEDS_MORE:
        words = f"The clerk asks you something about {name}."
        return Attention(words, href, "Answer", reminder=False)
    words = f"The application for {name} is handed in and waits for its fee."
    return Attention(words, href, "Pay", reminder=False)


def _ending(session: Session, identity: Identity) -> list[Attention]:
    found = [one for one in licences_of(session, identity) if _is_told(one)]
    return [_of_licence(one) for one in found[:MOST]]


def _is_told(view: LicenceView) -> bool:
    with_town = any(one.status is Status.IN_REVIEW for one in view.applications)
    open_still = view.state is LicenceState.ISSUED and not view.archived
    return open_still and view.stage is not None and not with_town


def _of_licence(view: LicenceView) -> Attention:
    name = view.animal_name or "your pet"
    action = "Add the vaccination" if Act.BOOSTER in view.may else "Renew"
    return Attention(f"The licence of {name} {_when(view)}.", MINE, action, reminder=True)


def _when(view: LicenceView) -> str:
    left = view.days_left or 0
    if view.stage is Reminding.OVERDUE:
        return "has run out"
    if left == 0:
        return "ends today"
    return "ends tomorrow" if left == 1 else f"ends in {left} days"
