"""The papers of certificates: drawn once, read by scanners, for whom they are."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
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
from pet_app.licensing import card, certificate
from pet_app.licensing import service as licensing
from pet_app.licensing.events import LicenceIssued
from pet_app.licensing.models import Certificate, Clerkship, Licence
from pet_app.licensing.rules.standing import Kind
from pet_app.messaging.bus import load_reactions
from pet_app.messaging.models import OutboxRow
from pet_app.messaging.outbox import publish
from tests.licensing.factory_licences import (
    ADMIN,
    CLERK,
    ELSEWHERE,
    OLIVE,
    OTTO,
    TOWN,
    certified,
    granted_licence,
    today,
)
from tests.messaging.factory import drain
from tools import verify_licence as tool


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


@pytest.mark.usefixtures("drawing")
def test_the_certificate_is_drawn_once_and_verifies_without_us(
    database: str, tmp_path: Path
) -> None:
    licence_id, text = certified()
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
    licence_id, text = certified()
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
    _, text = certified()
    with db.reading() as session:
        key = licensing.list_keys(session)[0]
    told = {key.id: {"id": key.id, "public": key.public, "revoked": "2026-11-21T00:00:00Z"}}
    assert tool.check(text, told, today())[0] == tool.BAD
    assert tool.check(text, {}, today())[0] == tool.BAD


@pytest.mark.usefixtures("drawing")
def test_the_reaction_is_safe_twice(database: str) -> None:
    load_reactions()
    licence_id, _ = certified()
    drain()
    drawn = ready(licence_id)
    with db.writing() as session:
        publish(session, LicenceIssued(licence_id, 1, "new"))
    drain()
    assert ready(licence_id).file_key == drawn.file_key
    assert b"".join(storage.read_private(drawn.file_key)).startswith(b"%PDF")
    with db.writing() as session:
        assert licensing.attach(session, licence_id, 1, drawn.file_key)
        told = select(func.count()).where(OutboxRow.name == "licence.certificate_ready")
        assert session.exec(told).one() == 1


def test_what_was_replaced_meanwhile_is_not_drawn(database: str) -> None:
    licence_id, _ = certified()
    with db.writing() as session:
        licence = session.get_one(Licence, licence_id)
        granted_licence(session, Kind.TRANSFER, licence=licence, owner=OTTO)
        assert licensing.paper_of(session, licence_id, 1) is None
        assert licensing.paper_of(session, licence_id, 2) is not None


def test_a_paper_whose_licence_changed_while_it_was_drawn_is_not_kept(database: str) -> None:
    licence_id, _ = certified()
    key = "private/" + "ab" * 32 + ".pdf"
    with db.writing() as session:
        licence = session.get_one(Licence, licence_id)
        granted_licence(session, Kind.TRANSFER, licence=licence, owner=OTTO)
        assert not licensing.attach(session, licence_id, 1, key)
        assert licensing.attach(session, licence_id, 2, key)
        licence.holder = {}
        assert not licensing.attach(session, licence_id, 2, key)


def test_a_paper_is_dated_by_the_calendar_of_its_town(sqlite_database: str) -> None:
    licence_id, _ = certified()
    with db.writing() as session:
        certificate = session.get_one(Certificate, ready(licence_id).id)
        certificate.issued = datetime(2027, 1, 2, 3, tzinfo=UTC)
    with db.reading() as session:
        paper = licensing.paper_of(session, licence_id, 1)
    assert paper
    assert "Issued 1 January 2027" in paper.small


def test_owner_and_clerks_of_the_town_have_the_certificate_and_nobody_else(database: str) -> None:
    licence_id, _ = certified()
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
    licence_id, _ = certified()
    with db.writing() as session:
        licensing.attach(session, licence_id, 1, "private/" + "ab" * 32 + ".pdf")
        licence = session.get_one(Licence, licence_id)
        granted_licence(session, Kind.TRANSFER, licence=licence, owner=OTTO)
    for identity in (OLIVE, OTTO):
        # The new owner's is not drawn yet, and the old one names somebody else.
        with db.reading() as session, pytest.raises(NotFound):
            licensing.certificate_file(session, identity, licence_id)


def test_the_card_of_a_phone_holds_the_line_and_says_nothing_of_its_holder(
    sqlite_database: str,
) -> None:
    licence_id, text = certified()
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
    licence_id, _ = certified(name=name)
    with db.reading() as session:
        paper = licensing.paper_of(session, licence_id, 1)
        picture = licensing.card_of(session, OLIVE, licence_id).picture
    assert paper is not None
    assert len(PdfReader(BytesIO(certificate.draw(paper))).pages) == 1
    assert card.draw(picture).startswith(b"\x89PNG")
