"""Licences as their owners see them: what they are worth today, and what can be done with them."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Session, col, or_, select

from pet_app.core import clock
from pet_app.core.security import Identity, Permission
from pet_app.licensing.models import Application, Certificate, Licence, TransferOffer
from pet_app.licensing.rules import Action, Species, Town
from pet_app.licensing.rules.standing import (
    UNDECIDED,
    Kind,
    LicenceState,
    OfferState,
    Reminding,
    Standing,
    Status,
    standing,
)
from pet_app.licensing.rules.when import reached
from pet_app.licensing.service.costs import today_in
from pet_app.licensing.service.extra_fees import extra_fee
from pet_app.licensing.service.rows import own_licence
from pet_app.licensing.towns import town
from pet_app.pet import service as pets


class Act(StrEnum):
    """What an owner can do with a licence."""

    RENEW = "renew"
    BOOSTER = "booster"
    REPLACE = "replace"
    TRANSFER = "transfer"
    TAKE_BACK = "take_back"
    MOVE = "move"
    LOST = "lost"
    END = "end"


RULED = {Act.REPLACE: Action.REPLACEMENT, Act.TRANSFER: Action.TRANSFER}
"""What a town has to have a rule for."""


@dataclass(frozen=True)
class OpenApplication:
    """An application of a licence that is not decided yet."""

    id: str
    kind: Kind
    status: Status


@dataclass(frozen=True)
class OfferView:
    """An offer of a licence to somebody else, as who made it sees it.

    `application_id` is what the other one asked the town for, once they agreed.
    """

    id: str
    email: str = field(repr=False)
    state: OfferState
    application_id: str
    created: datetime
    expires: datetime


@dataclass(frozen=True)
class LicenceView:
    """A licence as its owner sees it.

    `ends` is its last day and None for the animal's life; `days_left` counts from today in the
    town, 0 on the last day and less than 0 once it has run out. `stage` is the reminder it has
    come to. `cut_short` says that it ends with the vaccination, before its term does. `certificate`
    is the serial of the one that counts, `certificate_ready` that its PDF is drawn. `archived`
    says that its pet is only remembered. `may` holds values of `Act`; `no_rule_for` those that its
    town would have to be asked about, since we know of no rule.
    """

    id: str
    number: str
    tag_code: str
    town: Town
    state: LicenceState
    standing: Standing
    source: str
    pet_id: str
    animal_name: str
    holder_name: str = field(repr=False)
    species: Species
    altered: bool
    term: str
    term_words: str
    begins: date
    term_ends: date | None
    rabies_until: date | None
    ends: date | None
    days_left: int | None
    cut_short: bool
    stage: Reminding | None
    certificate: int
    certificate_ready: bool
    lost: bool
    lost_words: str = field(repr=False)
    archived: bool
    applications: tuple[OpenApplication, ...]
    offer: OfferView | None
    may: frozenset[str]
    no_rule_for: frozenset[str]

    @property
    def town_id(self) -> str:
        return self.town.id

    @property
    def town_name(self) -> str:
        return self.town.name


def licences_of(session: Session, identity: Identity) -> list[LicenceView]:
    """All licences of a person: those that hold first, by when they end."""
    identity.must(Permission.ACCOUNT)
    theirs = select(Licence).where(col(Licence.owner).in_(identity.owners))
    found = _views(session, identity, session.exec(theirs.order_by(col(Licence.id))).all())
    return sorted(
        found, key=lambda view: (view.state != LicenceState.ISSUED, view.ends or date.max)
    )


def licence_of(session: Session, identity: Identity, licence_id: str) -> LicenceView:
    """One licence of theirs. Raises `NotFound`, also for somebody else's."""
    identity.must(Permission.ACCOUNT)
    return _views(session, identity, [own_licence(session, identity, licence_id)])[0]


def can_renew(row: Licence, today: date) -> bool:
    """Whether a licence is near enough to its end, or past it."""
    if row.state != LicenceState.ISSUED or row.ends is None:
        return False
    return (row.ends - today).days <= town(row.town_id).renew_days


def can_bring_booster(row: Licence, today: date) -> bool:
    """Whether a newer vaccination would give a licence back some of its term."""
    if row.state != LicenceState.ISSUED or row.rabies_until is None:
        return False
    if not town(row.town_id).ends_with_rabies:
        return False
    return row.term_ends is None or (row.ends != row.term_ends and today <= row.term_ends)


def open_applications(
    session: Session, licence_ids: Collection[str]
) -> dict[str, list[OpenApplication]]:
    """What was asked for these licences and is not decided yet, by licence, the first first."""
    undecided = select(Application).where(
        col(Application.licence_id).in_(licence_ids), col(Application.status).in_(UNDECIDED)
    )
    found: dict[str, list[OpenApplication]] = {}
    for row in session.exec(undecided.order_by(col(Application.id))):
        one = OpenApplication(row.id, Kind(row.kind), Status(row.status))
        found.setdefault(row.licence_id, []).append(one)
    return found


def standing_offers(session: Session, licence_ids: Collection[str]) -> dict[str, TransferOffer]:
    """The offers that stand, by licence; not those whose time is over."""
    rows = session.exec(
        select(TransferOffer).where(
            col(TransferOffer.open_key).in_(licence_ids),
            or_(
                col(TransferOffer.state) != OfferState.OFFERED.value,
                col(TransferOffer.expires) > clock.now(),
            ),
        )
    )
    return {row.licence_id: row for row in rows}


def _views(session: Session, identity: Identity, rows: Collection[Licence]) -> list[LicenceView]:
    ids = [row.id for row in rows]
    if not ids:
        return []
    asked = open_applications(session, ids)
    offers = standing_offers(session, ids)
    drawn = set(
        session.exec(
            select(Certificate.licence_id, Certificate.serial).where(
                col(Certificate.licence_id).in_(ids), col(Certificate.file_key) != ""
            )
        ).all()
    )
    kept = pets.with_us(session, {row.pet_id for row in rows if row.pet_id})
    return [
        _view(
            row,
            tuple(asked.get(row.id, ())),
            offers.get(row.id),
            ready=(row.id, row.certificate) in drawn,
            archived=bool(row.pet_id) and row.pet_id not in kept,
        )
        for row in rows
    ]


def _view(
    row: Licence,
    asked: tuple[OpenApplication, ...],
    offer: TransferOffer | None,
    *,
    ready: bool,
    archived: bool,
) -> LicenceView:
    where = town(row.town_id)
    today = today_in(where)
    worth = standing(row.state, row.begins, row.ends, today)
    unruled = frozenset(act.value for act, kind in RULED.items() if extra_fee(row, kind) is None)
    term = where.term_on(row.begins, row.term)
    return LicenceView(
        id=row.id,
        number=row.number,
        tag_code=row.tag_code,
        town=where,
        state=LicenceState(row.state),
        standing=worth,
        source=row.source,
        pet_id=row.pet_id,
        animal_name=row.animal.get("name", ""),
        holder_name=row.holder.get("name", ""),
        species=Species(row.species),
        altered=row.altered,
        term=row.term,
        term_words=term.words if term else row.term,
        begins=row.begins,
        term_ends=row.term_ends,
        rabies_until=row.rabies_until,
        ends=row.ends,
        days_left=(row.ends - today).days if row.ends else None,
        cut_short=row.ends is not None and row.ends != row.term_ends,
        stage=reached(row.begins, row.ends, today) if row.state == LicenceState.ISSUED else None,
        certificate=row.certificate,
        certificate_ready=ready,
        lost=row.lost,
        lost_words=row.lost_words,
        archived=archived,
        applications=asked,
        offer=_offer(offer) if offer else None,
        may=_may(row, worth, today, asked, offer) - unruled,
        no_rule_for=unruled,
    )


def _may(
    row: Licence,
    worth: Standing,
    today: date,
    asked: tuple[OpenApplication, ...],
    offer: TransferOffer | None,
) -> frozenset[str]:
    if row.state != LicenceState.ISSUED:
        return frozenset()
    holds = worth is not Standing.EXPIRED
    under_way = {one.kind for one in asked}
    possible = {
        Act.RENEW: can_renew(row, today) and offer is None,
        Act.BOOSTER: can_bring_booster(row, today) and offer is None,
        Act.REPLACE: holds and offer is None,
        # Who has asked the town for something sees that through before the licence is another's.
        Act.TRANSFER: holds and offer is None and not under_way,
        Act.TAKE_BACK: offer is not None,
        Act.MOVE: offer is None,
        Act.LOST: True,
        Act.END: offer is None,
    }
    return frozenset(act.value for act, can in possible.items() if can)


def _offer(row: TransferOffer) -> OfferView:
    return OfferView(
        row.id, row.email, OfferState(row.state), row.application_id, row.created, row.expires
    )
