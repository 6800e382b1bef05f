"""Certificates: what checking them says, who may have them, and that each is drawn once."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader
from pypdfium2 import PdfDocument
from sqlmodel import col, func, select

from pet_app.core import clock, db, offload, storage
from pet_app.core.errors import NotFound
from pet_app.core.security import Identity
from pet_app.licensing import card, certificate, signing
from pet_app.licensing import service as licensing
from pet_app.licensing.events import LicenceIssued
from pet_app.licensing.models import Certificate, Clerkship, Licence, SigningKey
from pet_app.licensing.rules.standing import Kind, LicenceState
from pet_app.licensing.service import Outcome
from pet_app.licensing.service.keys import signing_key
from pet_app.messaging.bus import load_reactions
from pet_app.messaging.models import OutboxRow
from pet_app.messaging.outbox import publish
from tests.licensing.factory_certificates import (
    ADMIN,
    CLERK,
    ELSEWHERE,
    OLIVE,
    OTTO,
    TOWN,
    licensed,
    make_licence,
    seen,
    text_of,
    today,
)
from tests.messaging.factory import drain
from tools import verify_licence as tool

PERSONAL = ("Olive", "Biscuit", "Harbor", "olive@example.com", "92101", "0olive")


def outcome(text: str) -> Outcome:
    """What checking a text says."""
    with db.reading() as session:
        return licensing.verify(session, text).outcome


def ready(licence_id: str) -> Certificate:
    """The newest certificate of a licence."""
    with db.reading() as session:
        found = (
            select(Certificate)
            .where(Certificate.licence_id == licence_id)
            .order_by(col(Certificate.serial).desc())
        )
        return session.exec(found).first() or pytest.fail("there is none")


@pytest.fixture
def drawing() -> Iterator[None]:
    """Papers are drawn in this process."""
    was = offload._inline
    offload.inline()
    yield
    offload._inline = was


def test_a_certificate_is_valid_by_its_text_its_link_and_its_number(database: str) -> None:
    licence_id, text = licensed()
    number = seen(licence_id).number
    with db.reading() as session:
        for asked in (text, f"https://example.com/licensing/verify#{text}", f" {text}\n"):
            found = licensing.verify(session, asked)
            assert (found.outcome, found.good) == (Outcome.VALID, True)
            assert found.licence is not None
            assert (found.licence.number, found.licence.serial) == (number, 1)
        found = licensing.verify(session, number.lower().replace("-", " "))
        assert found.good
        assert found.licence is not None
        assert found.licence.serial == 0


def test_checking_tells_nothing_personal(database: str) -> None:
    licence_id, text = licensed()
    with db.reading() as session:
        told = repr(licensing.verify(session, text)) + repr(licensing.verify(session, text[:60]))
    assert not [word for word in PERSONAL if word in told or word in text]
    assert seen(licence_id).tag_code not in told + text


def test_the_last_day_counts_in_full_and_the_next_no_more(database: str) -> None:
    with db.writing() as session:
        # It ends with its vaccination.
        begins = today() - timedelta(days=10)
        good = text_of(session, make_licence(session, handed_in=begins, rabies_days=10))
        bad = text_of(session, make_licence(session, handed_in=begins, rabies_days=9))
    assert signing.read(good).ends == today()
    assert outcome(good) is Outcome.VALID
    assert outcome(bad) is Outcome.EXPIRED


def test_a_licence_that_begins_later_is_not_valid_yet(database: str) -> None:
    _, text = licensed(handed_in=today() + timedelta(days=3))
    assert outcome(text) is Outcome.NOT_YET


def test_an_older_certificate_is_told_from_the_one_that_counts(database: str) -> None:
    licence_id, old = licensed()
    with db.writing() as session:
        licence = session.get_one(Licence, licence_id)
        make_licence(session, Kind.TRANSFER, licence=licence, owner=OTTO)
        new = text_of(session, licence)
    assert outcome(old) is Outcome.REPLACED
    assert outcome(new) is Outcome.VALID


@pytest.mark.parametrize("place", [5, 20, 40, 70, 120, -1], ids=str)
def test_a_changed_certificate_is_a_forgery(sqlite_database: str, place: int) -> None:
    _, text = licensed()
    signs = list(text)
    signs[place] = "A" if signs[place] != "A" else "B"
    changed = "".join(signs)
    assert outcome(changed) in (Outcome.FORGED, Outcome.UNREADABLE)


def test_later_days_than_were_signed_are_a_forgery(database: str) -> None:
    _, text = licensed()
    claim = signing.read(text)
    assert claim.ends is not None
    later = text.replace(f".{claim.ends:%Y%m%d}.", ".20991231.")
    assert later != text
    assert outcome(later) is Outcome.FORGED


def test_a_revoked_licence_is_not_good_until_it_is_given_back(database: str) -> None:
    licence_id, text = licensed()
    with db.writing() as session:
        licensing.revoke(session, ADMIN, licence_id, "It is another dog.")
    assert outcome(text) is Outcome.REVOKED
    with db.writing() as session:
        licensing.restore(session, ADMIN, licence_id, "It is the same dog after all.")
        new = text_of(session, session.get_one(Licence, licence_id))
    assert outcome(new) is Outcome.VALID
    assert outcome(text) is Outcome.REPLACED


@pytest.mark.parametrize(
    ("state", "said"),
    [(LicenceState.MOVED, Outcome.MOVED), (LicenceState.ENDED, Outcome.ENDED)],
    ids=str,
)
def test_a_licence_that_was_closed_is_not_good(
    database: str, state: LicenceState, said: Outcome
) -> None:
    licence_id, text = licensed()
    with db.writing() as session:
        licence = licensing.held_licence(session, licence_id)
        assert licence is not None
        licensing.close(session, licence, state, "town")
    assert outcome(text) is said


def test_after_a_new_key_the_old_certificates_stay_good(database: str) -> None:
    _, old = licensed()
    with db.writing() as session:
        licensing.rotate_key(session)
    _, new = licensed()
    assert signing.read(old).key_id != signing.read(new).key_id
    assert outcome(old) is outcome(new) is Outcome.VALID
    with db.reading() as session:
        signs = [key for key in licensing.list_keys(session) if key.retired is None]
        assert [key.id for key in signs] == [signing.read(new).key_id]
        assert [bool(key.sealed) for key in licensing.list_keys(session)] == [True, False]


def test_what_a_revoked_key_signed_is_refused_and_signed_again(database: str) -> None:
    licence_id, old = licensed()
    closed_id, closed = licensed()
    key = signing.read(old).key_id
    with db.writing() as session:
        licensing.revoke(session, ADMIN, closed_id, "It is another dog.")
        licensing.revoke_key(session, key)
    assert outcome(old) is outcome(closed) is Outcome.KEY_REVOKED
    with db.writing() as session:
        assert licensing.sign_again(session, key, 10) == 1
    with db.writing() as session:
        assert licensing.sign_again(session, key, 10) == 0
        new = text_of(session, session.get_one(Licence, licence_id))
    assert outcome(new) is Outcome.VALID
    assert signing.read(new).key_id != key


def test_a_stolen_key_makes_nothing_that_is_in_the_books(database: str) -> None:
    _, text = licensed()
    claim = signing.read(text)
    with db.writing() as session:
        key_id, private = signing_key(session)
    assert key_id == claim.key_id
    for lie in ({"ends": date(2099, 1, 1)}, {"serial": 7}, {"number": "CA-AAAAA-AAAAA"}):
        forged = signing.sign(signing.Claim(**{**vars(claim), **lie}), private)
        assert outcome(forged) is Outcome.FORGED


def test_a_key_that_cannot_be_opened_any_more_makes_room_for_another(database: str) -> None:
    _, old = licensed()
    with db.writing() as session:
        key = session.exec(select(SigningKey)).one()
        key.sealed = "sealed under another secret"
        session.add(key)
    _, new = licensed()
    assert signing.read(new).key_id != signing.read(old).key_id
    assert outcome(old) is outcome(new) is Outcome.VALID


@pytest.mark.parametrize(
    "text",
    ["", " ", "?", "CA-", "x" * 5000, "L1.", "' OR 1=1 --", "\x00", "☃" * 40, "#" * 50],
    ids=range(10),
)
def test_nonsense_is_unreadable_or_unknown(sqlite_database: str, text: str) -> None:
    licensed()
    assert outcome(text) in (Outcome.UNREADABLE, Outcome.UNKNOWN)


@pytest.mark.usefixtures("drawing")
def test_the_certificate_is_drawn_once_and_verifies_without_us(
    database: str, tmp_path: Path
) -> None:
    licence_id, text = licensed()
    with db.reading() as session:
        paper = licensing.paper_of(session, licence_id, 1)
        keys = licensing.list_keys(session)
    assert paper is not None
    data = certificate.draw(paper)
    assert data == certificate.draw(paper)
    pages = PdfReader(BytesIO(data)).pages
    words = pages[0].extract_text()
    assert len(pages) == 1
    for part in ("Biscuit", "Olive Owner", paper.facts[0][1], "SAN DIEGO HUMANE SOCIETY"):
        assert part in words
    file, given = tmp_path / "certificate.pdf", tmp_path / "keys.json"
    file.write_bytes(data)
    given.write_text(json.dumps({"keys": [{"id": key.id, "public": key.public} for key in keys]}))
    assert tool.main([str(file), "--keys", str(given)]) == tool.GOOD
    assert tool.main([text, "--keys", str(given), "--today", "2020-01-01"]) == tool.BAD
    assert tool.main([text, "--keys", str(given), "--today", "2199-01-01"]) == tool.BAD
    file.write_bytes(data.replace(text.encode(), text.replace(".dog.", ".cat.").encode()))
    assert tool.main([str(file), "--keys", str(given)]) == tool.BAD
    assert tool.main([str(given), "--keys", str(given)]) == tool.UNCHECKED
    assert tool.main([text, "--keys", str(tmp_path / "none.json")]) == tool.UNCHECKED


def test_the_codes_on_paper_and_phone_are_read_by_a_scanner(
    sqlite_database: str, tmp_path: Path
) -> None:
    licence_id, text = licensed()
    with db.reading() as session:
        paper = licensing.paper_of(session, licence_id, 1)
        phone = licensing.card_of(session, OLIVE, licence_id)
    assert paper is not None
    with PdfDocument(certificate.draw(paper)) as document:
        # As a telephone sees a page at arm's length.
        printed = document[0].render(scale=2).to_pil()
    with Image.open(BytesIO(card.draw(phone.picture))) as picture:
        shown = picture.convert("L")
    for image in (printed, shown):
        (code,) = zxingcpp.read_barcodes(image)
        assert code.text == paper.link
        assert code.text.endswith(f"/licensing/verify#{text}")
    photograph = tmp_path / "photograph.jpg"
    printed.convert("RGB").rotate(7, expand=True, fillcolor="grey").save(photograph, quality=70)
    assert tool.text_in(str(photograph)) == text


def test_the_tool_refuses_what_a_revoked_key_signed(sqlite_database: str) -> None:
    _, text = licensed()
    with db.reading() as session:
        key = licensing.list_keys(session)[0]
    told = {key.id: {"id": key.id, "public": key.public, "revoked": "2026-11-21T00:00:00Z"}}
    assert tool.check(text, told, today())[0] == tool.BAD
    assert tool.check(text, {}, today())[0] == tool.BAD


@pytest.mark.usefixtures("drawing")
def test_the_reaction_is_safe_twice(database: str) -> None:
    load_reactions()
    licence_id, _ = licensed()
    drain()
    drawn = ready(licence_id)
    with db.writing() as session:
        publish(session, LicenceIssued(licence_id, 1, "new"))
    drain()
    assert ready(licence_id).file_key == drawn.file_key
    assert b"".join(storage.read_private(drawn.file_key)).startswith(b"%PDF")
    with db.writing() as session:
        assert not licensing.attach(session, licence_id, 1, drawn.file_key)
        told = select(func.count()).where(OutboxRow.name == "licence.certificate_ready")
        assert session.exec(told).one() == 1


def test_what_was_replaced_meanwhile_is_not_drawn(database: str) -> None:
    licence_id, _ = licensed()
    with db.writing() as session:
        licence = session.get_one(Licence, licence_id)
        make_licence(session, Kind.TRANSFER, licence=licence, owner=OTTO)
        assert licensing.paper_of(session, licence_id, 1) is None
        assert licensing.paper_of(session, licence_id, 2) is not None


def test_owner_and_clerks_of_the_town_have_the_certificate_and_nobody_else(database: str) -> None:
    licence_id, _ = licensed()
    with db.writing() as session:
        licensing.attach(session, licence_id, 1, "private/" + "ab" * 32 + ".pdf")
        row = {"user_id": CLERK.user_id, "created": clock.now()}
        session.add(Clerkship(**row, town_id=ELSEWHERE))

    def may(identity: Identity) -> bool:
        with db.writing() as session:
            try:
                return bool(licensing.certificate_file(session, identity, licence_id)[0])
            except NotFound:
                return False

    assert [may(who) for who in (OLIVE, ADMIN, OTTO, CLERK)] == [True, True, False, False]
    with db.writing() as session:
        session.add(Clerkship(**row, town_id=TOWN))
    assert may(CLERK)
    with db.reading() as session, pytest.raises(NotFound):
        licensing.card_of(session, OTTO, licence_id)


def test_whoever_gave_a_licence_away_has_its_certificate_no_more(database: str) -> None:
    licence_id, _ = licensed()
    with db.writing() as session:
        licensing.attach(session, licence_id, 1, "private/" + "ab" * 32 + ".pdf")
        licence = session.get_one(Licence, licence_id)
        make_licence(session, Kind.TRANSFER, licence=licence, owner=OTTO)
    for identity in (OLIVE, OTTO):
        # The new owner's is not drawn yet, and the old one names somebody else.
        with db.reading() as session, pytest.raises(NotFound):
            licensing.certificate_file(session, identity, licence_id)


def test_the_card_of_a_phone_holds_the_line_and_says_nothing_of_its_holder(
    sqlite_database: str,
) -> None:
    licence_id, text = licensed()
    with db.reading() as session:
        found = licensing.card_of(session, OLIVE, licence_id)
    assert found.picture.good
    assert not [word for word in ("Olive", "Harbor", "92101") if word in repr(found)]
    with Image.open(BytesIO(card.draw(found.picture))) as picture:
        assert picture.size == (card.WIDE, card.HIGH)
        assert picture.info["Licence"] == text


@pytest.mark.parametrize(
    "name",
    ["Žofie Ιωάννα Владимир בִּיסְקְוִיט بسكويت 小饼干", "x" * 200, "", "a\x00b\n"],
    ids=["any script", "too long", "none", "odd signs"],
)
def test_any_name_can_be_drawn(sqlite_database: str, name: str) -> None:
    licence_id, _ = licensed(name=name)
    with db.reading() as session:
        paper = licensing.paper_of(session, licence_id, 1)
        picture = licensing.card_of(session, OLIVE, licence_id).picture
    assert paper is not None
    assert len(PdfReader(BytesIO(certificate.draw(paper))).pages) == 1
    assert card.draw(picture).startswith(b"\x89PNG")
