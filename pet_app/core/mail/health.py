"""Whether letters leave: how many wait, since when, and why the last one does."""

from datetime import timedelta

from sqlalchemy import func
from sqlmodel import col, select

from pet_app.core import db
from pet_app.core.health import Check
from pet_app.core.models import LetterRow, LetterState
from pet_app.core.settings import settings

LATE_S = 900
LATELY = timedelta(days=1)


def check_mail() -> Check:
    """Failing when a letter has waited for a quarter of an hour.

    Reasons are told in our words alone, for those of the server name things that are not public.
    """
    counted, waiting = func.count(), col(LetterRow.state) == LetterState.WAITING
    with db.reading() as session:
        now = db.database_now(session)
        number, oldest = session.exec(
            select(counted, func.min(LetterRow.created)).where(waiting)
        ).one()
        reasons = select(LetterRow.reason).where(waiting, col(LetterRow.reason) != "")
        last = session.exec(reasons.order_by(col(LetterRow.created).desc()).limit(1)).first()
        lately = select(counted).where(
            col(LetterRow.state) == LetterState.FAILED, col(LetterRow.ended) > now - LATELY
        )
        refused = session.exec(lately).one()
    age_s = round(max(0.0, (now - oldest).total_seconds()), 1) if oldest else 0.0
    figures = {
        "server": "set" if settings().mail_server else "none: letters are kept at /outbox",
        "waiting": number,
        "oldest_waiting_s": age_s,
        "last_reason": last.splitlines()[0] if last else "",
        "refused_in_a_day": refused,
    }
    return Check("failing" if age_s > LATE_S else "ok", figures)
