"""A town's year in figures."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import String, case, cast
from sqlmodel import Session, col, func, or_, select

from pet_app.core import clock
from pet_app.core.errors import Invalid
from pet_app.core.money import Money
from pet_app.core.security import Identity
from pet_app.licensing import reasons
from pet_app.licensing.baselines import baseline
from pet_app.licensing.models import Application, Licence
from pet_app.licensing.rules import Town
from pet_app.licensing.rules.standing import DECIDED, Kind, LicenceState, Status
from pet_app.licensing.service.costs import today_in
from pet_app.licensing.service.desk.access import must_serve
from pet_app.licensing.service.desk.queue import WANTED
from pet_app.licensing.service.desk.reports import Compliance, Figures, Licensed, Month, Share

NO_YEAR = "There are no figures of that year."
MOST_YEARS = 10
WAITS = (("Less than 1 day", 1), ("1 to 2 days", 3), ("3 to 5 days", 6), ("6 days and more", 0))
"""Bands of waiting: what they are called, and from how many days on it is the next."""


@dataclass
class _Year:
    """What the decided cases of a year add up to."""

    decided: Counter[str] = field(default_factory=Counter)
    months: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    reasons: Counter[str] = field(default_factory=Counter)
    hours: list[float] = field(default_factory=list)
    by_clerk: list[float] = field(default_factory=list)
    renewed: int = 0
    late: int = 0
    automatic: int = 0
    audited: int = 0
    failed: int = 0
    cents: int = 0


def figures(session: Session, identity: Identity, town_id: str, year: int | None = None) -> Figures:
    """The figures of a year, this year's for None. Raises `NotFound`, `Invalid`."""
    where = must_serve(session, identity, town_id)
    today = today_in(where)
    years = _years(session, where, today)
    of = today.year if year is None else year
    if of not in years:
        raise Invalid(NO_YEAR, {"year": NO_YEAR})
    licensed = _licensed(session, where, today)
    found = _year(session, where, of)
    hours, by_clerk = sorted(found.hours), sorted(found.by_clerk)
    approved = found.decided[Status.APPROVED]
    expired = _expired(session, where, of, today)
    waiting, oldest = _waiting(session, where)
    return Figures(
        town=where,
        year=of,
        today=today,
        years=years,
        valid=sum(one.count for one in licensed),
        licensed=licensed,
        months=_months(found, of, today),
        approved=approved,
        rejected=found.decided[Status.REJECTED],
        withdrawn=found.decided[Status.WITHDRAWN],
        reasons=_reasons(found.reasons),
        late=Share(found.late, found.renewed),
        automatic=Share(found.automatic, approved),
        audits_failed=Share(found.failed, found.audited),
        median_hours=round(median(hours), 1) if hours else None,
        slowest_tenth_hours=round(hours[int(0.9 * (len(hours) - 1))], 1) if hours else None,
        by_clerk_median_hours=round(median(by_clerk), 1) if by_clerk else None,
        waiting=waiting,
        oldest_days=oldest,
        expired_not_renewed=Share(expired, expired + found.renewed),
        income=Money(found.cents, where.currency),
        compliance=_compliance(where, licensed),
    )


def bounds(where: Town, year: int) -> tuple[datetime, datetime]:
    """The first moment of a year in a town, and the first of the next, in UTC."""
    zone = ZoneInfo(where.time_zone)
    first, last = (datetime.combine(date(of, 1, 1), time(), zone) for of in (year, year + 1))
    return first.astimezone(UTC), last.astimezone(UTC)


def _years(session: Session, where: Town, today: date) -> tuple[int, ...]:
    first = session.exec(
        select(func.min(Application.decided)).where(Application.town_id == where.id)
    ).one()
    since = first.astimezone(ZoneInfo(where.time_zone)).year if first else today.year
    return tuple(range(today.year, max(since, today.year - MOST_YEARS + 1) - 1, -1))


def _licensed(session: Session, where: Town, today: date) -> tuple[Licensed, ...]:
    counted = (
        select(Licence.species, Licence.altered, func.count())
        .where(
            Licence.town_id == where.id,
            Licence.state == LicenceState.ISSUED.value,
            col(Licence.begins) <= today,
            or_(col(Licence.ends).is_(None), col(Licence.ends) >= today),
        )
        .group_by(col(Licence.species), col(Licence.altered))
    )
    known = {(species, altered): count for species, altered, count in session.exec(counted)}
    return tuple(
        Licensed(species.value, altered, known.get((species.value, altered), 0))
        for species in where.species
        for altered in (True, False)
    )


def _year(session: Session, where: Town, year: int) -> _Year:
    begins, ends = bounds(where, year)
    due = col(Application.case)["due"].as_string()
    is_late = case((due < cast(col(Application.handed_in), String), 1), else_=0)
    columns: tuple[Any, ...] = (
        *(Application.kind, Application.status, Application.submitted, Application.decided),
        *(Application.automatic, Application.audit, Application.reason, Application.fee_cents),
        is_late,
    )
    rows = session.exec(
        select(*columns)
        .where(
            Application.town_id == where.id,
            col(Application.decided) >= begins,
            col(Application.decided) < ends,
            col(Application.submitted).is_not(None),
            col(Application.status).in_(DECIDED),
        )
        .execution_options(yield_per=5000)
    )
    found, zone = _Year(), ZoneInfo(where.time_zone)
    for row in rows:
        _add(found, zone, *row)
    return found


def _add(
    found: _Year,
    zone: ZoneInfo,
    kind: str,
    status: str,
    submitted: datetime,
    decided: datetime,
    automatic: bool,
    audit: str,
    reason: str,
    cents: int,
    late: int,
) -> None:
    found.decided[status] += 1
    month = found.months[decided.astimezone(zone).strftime("%Y-%m")]
    if status == Status.WITHDRAWN:
        return
    hours = (decided - submitted).total_seconds() / 3600
    found.hours.append(hours)
    if not automatic:
        found.by_clerk.append(hours)
    if status == Status.REJECTED:
        month["rejected"] += 1
        found.reasons[reason] += 1
        return
    found.cents += cents
    found.automatic += automatic
    found.audited += audit not in ("", WANTED)
    found.failed += audit == "failed"
    if kind == Kind.NEW:
        month["issued"] += 1
    elif kind == Kind.RENEWAL:
        month["renewed"] += 1
        found.renewed += 1
        found.late += late


def _months(found: _Year, year: int, today: date) -> tuple[Month, ...]:
    last = today.month if year == today.year else 12
    names = [f"{year}-{month:02d}" for month in range(1, last + 1)]
    return tuple(
        Month(
            name,
            found.months[name]["issued"],
            found.months[name]["renewed"],
            found.months[name]["rejected"],
        )
        for name in names
    )


def _reasons(counted: Counter[str]) -> tuple[tuple[str, int], ...]:
    labels = {one.id: one.label for one in reasons.templates()}
    return tuple((labels.get(reason, reason), count) for reason, count in counted.most_common())


def _expired(session: Session, where: Town, year: int, today: date) -> int:
    """Licences that ran out within the year and were not renewed until today."""
    last = min(date(year, 12, 31), today - timedelta(days=1))
    counted = select(func.count()).where(
        Licence.town_id == where.id,
        col(Licence.ends) >= date(year, 1, 1),
        col(Licence.ends) <= last,
        Licence.state == LicenceState.ISSUED.value,
    )
    return session.exec(counted).one()


def _waiting(session: Session, where: Town) -> tuple[tuple[tuple[str, int], ...], int | None]:
    since = session.exec(
        select(Application.waiting_since).where(
            Application.town_id == where.id,
            Application.status == Status.IN_REVIEW.value,
            col(Application.waiting_since).is_not(None),
        )
    )
    now = clock.now()
    days = [(now - moment).days for moment in since if moment is not None]
    return _bands(days), max(days, default=None)


def _bands(days: Sequence[int]) -> tuple[tuple[str, int], ...]:
    found, low = list[tuple[str, int]](), 0
    for words, high in WAITS:
        found.append((words, sum(low <= day and (not high or day < high) for day in days)))
        low = high
    return tuple(found)


def _compliance(where: Town, licensed: Sequence[Licensed]) -> tuple[Compliance, ...]:
    found = list[Compliance]()
    for species in where.species:
        count = sum(one.count for one in licensed if one.species == species)
        known = baseline(where.id, species.value)
        animals = known.animals if known else None
        found.append(
            Compliance(
                species=species.value,
                licensed=count,
                animals=animals,
                percent=round(100 * count / animals, 1) if animals else None,
                baseline_percent=known.licensed_percent if known else None,
                baseline_year=known.year if known else None,
                source=known.source if known else "",
                assumption=known.assumption if known else True,
            )
        )
    return tuple(found)
