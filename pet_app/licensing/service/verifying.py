"""Whether a certificate, or a licence, is good today: what anybody may know, and no more."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlmodel import Session, select

from pet_app.licensing import number, signing
from pet_app.licensing.models import Certificate, Licence
from pet_app.licensing.rules.standing import LicenceState, standing
from pet_app.licensing.service.costs import today_in
from pet_app.licensing.service.keys import key_of
from pet_app.licensing.towns import town

LONGEST = 600


class Outcome(StrEnum):
    """What came of checking; only VALID is good."""

    VALID = "valid"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    REVOKED = "revoked"
    MOVED = "moved"
    ENDED = "ended"
    REPLACED = "replaced"
    FORGED = "forged"
    KEY_REVOKED = "key_revoked"
    UNKNOWN = "unknown"
    UNREADABLE = "unreadable"


WORDS: dict[Outcome, tuple[str, str]] = {
    Outcome.VALID: (
        "This licence is valid.",
        "Compare number, animal and dates with the paper or tag in front of you.",
    ),
    Outcome.NOT_YET: ("This licence is not valid yet.", "It begins on a later day."),
    Outcome.EXPIRED: ("This licence has run out.", "Its owner can renew it."),
    Outcome.REVOKED: ("This licence was revoked.", "The town has taken it away; it is not good."),
    Outcome.MOVED: ("This licence has ended.", "The animal is licensed in another town now."),
    Outcome.ENDED: ("This licence has ended.", "It was given back, or the animal has died."),
    Outcome.REPLACED: (
        "This certificate was replaced.",
        "It is real, but the town has issued a newer one. Ask to see that.",
    ),
    Outcome.FORGED: (
        "This is not a certificate of ours.",
        "Its signature does not fit what it says: somebody made or changed it.",
    ),
    Outcome.KEY_REVOKED: (
        "This certificate does not count any more.",
        "The key that signed it was withdrawn. Its owner has a new certificate.",
    ),
    Outcome.UNKNOWN: (
        "We have no such licence.",
        "Look at the number again, or scan the code on the certificate.",
    ),
    Outcome.UNREADABLE: (
        "We can't read that.",
        "Scan the code again, or type the licence number as it stands on the certificate.",
    ),
}


@dataclass(frozen=True)
class LicenceShown:
    """What a licence says that is about nobody; `ends` is None for the animal's life.

    `serial` is the certificate that was checked, 0 where only a number was typed; `issued` is its
    day.
    """

    number: str
    town_id: str
    town_name: str
    region: str
    issuer: str
    species: str
    begins: date
    ends: date | None
    serial: int = 0
    issued: date | None = None


@dataclass(frozen=True)
class Verified:
    """What came of checking, in words, and the licence where there is one to speak of."""

    outcome: Outcome
    title: str
    words: str
    today: date | None = None
    licence: LicenceShown | None = None

    @property
    def good(self) -> bool:
        return self.outcome is Outcome.VALID


def verify(session: Session, text: str) -> Verified:
    """What is known of a certificate's text, or its link, or a licence number, today.

    It tells nothing about a person or an animal beyond its kind, and never raises.
    """
    told = "".join(text[:LONGEST].rpartition("#")[2].split())
    try:
        claim = signing.read(told)
    except signing.Unreadable:
        return _by_number(session, text)
    key = key_of(session, claim.key_id)
    if key is None or not signing.is_signed(told, key.public):
        return _said(Outcome.FORGED)
    if key.revoked is not None:
        return _said(Outcome.KEY_REVOKED)
    found = (
        select(Licence, Certificate)
        .join(Certificate)
        .where(Licence.number == claim.number, Certificate.serial == claim.serial)
    )
    row = session.exec(found).one_or_none()
    if row is None or row[1].text != told:
        # Signed by us and in no book of ours: the key is in other hands.
        return _said(Outcome.FORGED)
    licence, certificate = row
    replaced = licence.certificate != certificate.serial
    if replaced and licence.state == LicenceState.ISSUED:
        return _said(Outcome.REPLACED, licence, claim)
    return _said(None, licence, claim)


def _by_number(session: Session, typed: str) -> Verified:
    plain = " ".join(typed[:LONGEST].split())
    wanted = number.read_number(plain) or plain
    if not number.ANY.fullmatch(wanted):
        return _said(Outcome.UNREADABLE)
    licence = session.exec(select(Licence).where(Licence.number == wanted)).one_or_none()
    return _said(Outcome.UNKNOWN) if licence is None else _said(None, licence)


def _said(
    outcome: Outcome | None, licence: Licence | None = None, claim: signing.Claim | None = None
) -> Verified:
    if licence is None:
        assert outcome is not None
        return Verified(outcome, *WORDS[outcome])
    where = town(licence.town_id)
    today = today_in(where)
    if outcome is None:
        outcome = Outcome(standing(licence.state, licence.begins, licence.ends, today))
    shown = LicenceShown(
        number=licence.number,
        town_id=where.id,
        town_name=where.name,
        region=where.region,
        issuer=where.issuer,
        species=licence.species,
        begins=claim.begins if claim else licence.begins,
        ends=claim.ends if claim else licence.ends,
        serial=claim.serial if claim else 0,
        issued=claim.issued if claim else None,
    )
    return Verified(outcome, *WORDS[outcome], today, shown)
