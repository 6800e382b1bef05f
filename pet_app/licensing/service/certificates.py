"""Certificates: what stands on them, their papers, and who may have them."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from pet_app.core.errors import NotFound
from pet_app.core.ids import is_id
from pet_app.core.moments import day
from pet_app.core.security import Identity, Permission
from pet_app.core.settings import settings
from pet_app.licensing import tag
from pet_app.licensing.events import CertificateReady
from pet_app.licensing.facts import form_from
from pet_app.licensing.models import Certificate, Licence
from pet_app.licensing.printed import CardPicture, CertificatePaper
from pet_app.licensing.qr import code_of
from pet_app.licensing.rules import Species
from pet_app.licensing.rules.standing import Standing, standing
from pet_app.licensing.service.closing import held_licence
from pet_app.licensing.service.costs import today_in
from pet_app.licensing.service.desk import access
from pet_app.licensing.towns import town
from pet_app.messaging.outbox import publish
from pet_app.user import service as users

NO_LICENCE = "There is no such licence, or it is not for you to see."
NOT_YET = "The certificate is being drawn. Try again in a minute."
PLACE = "/licensing/verify"
LETTER_PAPER = ("us-", "ca-")
STANDING_WORDS = {
    Standing.VALID: "Valid",
    Standing.NOT_YET: "Not valid yet",
    Standing.EXPIRED: "Run out",
    Standing.REVOKED: "Revoked",
    Standing.MOVED: "Moved to another town",
    Standing.ENDED: "Ended",
}


@dataclass(frozen=True)
class Card:
    """A licence as it is shown on a phone: `path` and `box` draw its code."""

    licence_id: str
    picture: CardPicture
    path: str
    box: str
    certificate_ready: bool
    lost: bool


def paper_of(session: Session, licence_id: str, serial: int) -> CertificatePaper | None:
    """What is to be drawn; None when it is drawn already, or does not count any more."""
    licence = session.get(Licence, licence_id)
    certificate = _certificate(session, licence_id, serial)
    if licence is None or certificate is None or certificate.file_key:
        return None
    if licence.certificate != serial:
        # A newer one is under way, and the licence says what stands on that one.
        return None
    where = town(licence.town_id)
    form = form_from({"holder": licence.holder, "animal": licence.animal})
    # The day that was signed: it was issued on the town's calendar.
    issued = day(certificate.issued.astimezone(ZoneInfo(where.time_zone)).date())
    return CertificatePaper(
        title=f"{_animal(licence).capitalize()} licence",
        issuer=where.issuer,
        town=where.name,
        region=where.region,
        name=form.animal.name or f"This {_animal(licence)}",
        who=who(licence),
        validity=_validity(licence),
        year=str(licence.ends.year) if licence.ends else "Life",
        facts=_facts(licence, form.animal.microchip),
        keeper=(form.holder.name, *_address(form.holder.address)),
        small=f"Issued {issued} · Certificate {serial} · Key {certificate.key_id}",
        link=link_of(certificate.text),
        text=certificate.text,
        site=settings().site_url.partition("://")[2] + PLACE,
        letter_paper=licence.town_id.startswith(LETTER_PAPER),
        made=certificate.issued,
    )


def attach(session: Session, licence_id: str, serial: int, file_key: str) -> bool:
    """The paper of a certificate is drawn and stored. Safe twice.

    False for a file that nobody may keep: what stands on it counts no more, or its keeper left.
    """
    licence = held_licence(session, licence_id)
    certificate = _certificate(session, licence_id, serial)
    if licence is None or certificate is None or licence.certificate != serial:
        return False
    if not licence.holder:
        return False
    if certificate.file_key:
        return True
    certificate.file_key = file_key
    session.add(certificate)
    session.flush()
    publish(session, CertificateReady(licence_id, serial))
    return True


def certificate_file(session: Session, identity: Identity, licence_id: str) -> tuple[str, str]:
    """The storage key of the certificate that counts, and a name for the file; for the owner, and
    for a clerk of the town. Raises `NotFound`."""
    licence = visible_licence(session, identity, licence_id)
    certificate = _certificate(session, licence.id, licence.certificate)
    if certificate is None or not certificate.file_key:
        raise NotFound(NOT_YET)
    return certificate.file_key, f"licence-{licence.number}.pdf"


def desk_certificate(session: Session, identity: Identity, licence_id: str) -> tuple[str, str]:
    """The same for programs of a clerk's, who may see no licence but those of their towns."""
    identity.must(Permission.LICENCES)
    return certificate_file(session, identity, licence_id)


def card_of(session: Session, identity: Identity, licence_id: str) -> Card:
    """One's own licence as a card. Raises `NotSignedIn` and `NotFound`."""
    identity.must(Permission.ACCOUNT)
    licence = session.get(Licence, licence_id) if is_id(licence_id) else None
    if licence is None or licence.owner not in identity.owners:
        raise NotFound(NO_LICENCE)
    certificate = _certificate(session, licence.id, licence.certificate)
    if certificate is None:
        raise NotFound(NOT_YET)
    where = town(licence.town_id)
    found = standing(licence.state, licence.begins, licence.ends, today_in(where))
    animal = _animal(licence)
    link = link_of(certificate.text)
    code = code_of(link)
    picture = CardPicture(
        title=f"{animal.capitalize()} licence",
        issuer=where.issuer,
        town=where.name,
        name=(licence.animal or {}).get("name") or f"Your {animal}",
        who=who(licence),
        good=found is Standing.VALID,
        standing=STANDING_WORDS[found],
        until=day(licence.ends) if licence.ends else "For life",
        number=licence.number,
        tag=tag.shown(licence.tag_code),
        link=link,
        text=certificate.text,
    )
    return Card(licence.id, picture, code.path, code.box, bool(certificate.file_key), licence.lost)


def visible_licence(session: Session, identity: Identity, licence_id: str) -> Licence:
    """A licence for who it belongs to, and for a clerk of its town. Raises `NotFound`."""
    identity.must(Permission.ACCOUNT)
    licence = session.get(Licence, licence_id) if is_id(licence_id) else None
    if licence is None:
        raise NotFound(NO_LICENCE)
    if licence.owner in identity.owners or access.may_serve(session, identity, licence.town_id):
        return licence
    raise NotFound(NO_LICENCE)


def link_of(text: str) -> str:
    """What the QR code says: our page, with the signed text where no server reads it."""
    return f"{settings().site_url}{PLACE}#{text}"


def who(licence: Licence) -> str:
    """The animal in a few words, such as "spayed female Beagle, brown and white"."""
    animal = licence.animal or {}
    sex = animal.get("sex", "")
    altered = {"female": "spayed", "male": "neutered"}.get(sex, "altered")
    words = (altered if licence.altered else "", sex, animal.get("breed") or _animal(licence))
    first = " ".join(word for word in words if word)
    return ", ".join(part for part in (first, animal.get("colours", "")) if part)


def _certificate(session: Session, licence_id: str, serial: int) -> Certificate | None:
    found = select(Certificate).where(
        col(Certificate.licence_id) == licence_id, Certificate.serial == serial
    )
    return session.exec(found).one_or_none()


def _facts(licence: Licence, chip: str) -> tuple[tuple[str, str], ...]:
    rabies = licence.rabies_until
    told = (
        ("Licence", licence.number),
        ("Tag", tag.shown(licence.tag_code)),
        ("Microchip", chip),
        ("Rabies vaccination until", day(rabies) if rabies else ""),
    )
    return tuple((name, value) for name, value in told if value)


def _validity(licence: Licence) -> str:
    begins = day(licence.begins)
    if licence.ends is None:
        return f"from {begins}, for life"
    return f"from {begins} until {day(licence.ends)}"


def _address(told: dict[str, str]) -> tuple[str, ...]:
    country = told.get("country", "")
    return users.written(country, told)[:-1] if country in users.countries() else ()


def _animal(licence: Licence) -> str:
    return {Species.CAT: "cat", Species.DOG: "dog"}.get(Species(licence.species), "pet")
