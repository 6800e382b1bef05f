"""Somebody leaves: nothing of theirs is anywhere, and nothing of anybody else's is missing."""

import json
import logging
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from sqlmodel import SQLModel, select

from pet_app.builder import service as builder
from pet_app.builder.design import Design
from pet_app.builder.pictures import PictureKind
from pet_app.builder.service import Assignment
from pet_app.core import db, security, storage, vault
from pet_app.core.engine import UtcDateTime
from pet_app.core.ids import new_id
from pet_app.core.models import LetterRow
from pet_app.core.security import Identity, fingerprint, user_owner
from pet_app.licensing import service as licensing
from pet_app.pet.models import Pet
from pet_app.user import service as users
from pet_app.user.client import Client
from pet_app.user.models import LinkedIdentity, TakeoutState, User
from pet_app.user.postal import checked
from pet_app.user.service import takeout as takeouts
from pet_app.user.service import tokens
from tests import servers
from tests.builder.factory import make_design
from tests.builder.keeping import save
from tests.licensing.factory import in_review, put_paper
from tests.licensing.factory_licences import make_licence
from tests.messaging.factory import drain
from tests.pet.factory import make_pet
from tests.user.factory import GUEST, PASSWORD, letters, make_user, proof_of, protect, sign_in, who

EMAIL = "wolkenkuckuck@canary.example"
BEFORE = "aus-frueherer-zeit@canary.example"
NAME = "Þórgunnur 山田 Wolkenkuckuck"
DEVICE = "Quetzalcoatlus 7 on Ähnlich"
PLACE = Client("203.0.113.77", loopback=False, device=DEVICE)
ELSEWHERE = Client("198.51.100.88", loopback=False, device="Nightjar on Moa")
PICTURE = b"a picture of Zzyzxhund and nobody else"
CANARIES = (
    EMAIL,
    BEFORE,
    NAME,
    DEVICE,
    PLACE.address,
    "203.0.113.0/24",
    "Nightjar on Moa",
    "Żółwiątko",
    "Schnürlesteig 9¾",
    "ბიძინა",
    "Ṃoñkéyhund",
    "Zzyzxhund",
    "Old Zzyzx Text",
    "Bench Zzyzx",
    "Меч-кладенец",
    "subject-at-a-provider-4711",
    "مفتاح الطباخ",
    "Ødegård auf dem Formular",
    "Übers Moor verschwunden",
    "Impfpass 0815-Ñ",
    fingerprint(EMAIL),
)
"""What must be nowhere. Every one is somewhere before, or in a log it must not be in."""


@dataclass(frozen=True)
class Leaving:
    """Who leaves; the files only they used, and those others use too."""

    identity: Identity
    own: list[str]
    shared: list[str]


def picture(design: Design, content: bytes) -> str:
    """The rendered picture of a design, without the minute it takes."""
    stored = storage.put(content, ".webp")
    with db.writing() as session:
        kinds = (PictureKind.PHOTO, PictureKind.THUMB)
        work = Assignment(design.content_key(), "", kinds, {})
        builder.attach_pictures(session, work, [stored, stored])
    return stored


def model(design: Design, content: bytes) -> str:
    stored = storage.put(content, ".glb")
    with db.writing() as session:
        builder.attach_model(session, design.geometry_key(), stored, len(content))
    return stored


def live_with_us(neighbour: Identity) -> Leaving:
    """Somebody uses all there is."""
    with db.writing() as session:
        user = make_user(session, EMAIL, name=NAME)
        session.add(
            LinkedIdentity(
                provider="acme",
                subject="subject-at-a-provider-4711",
                user_id=user.id,
                email=BEFORE,
                created=user.created,
                synced=user.created,
            )
        )
    here = who(sign_in(EMAIL, client=PLACE).token)
    sign_in(EMAIL, client=ELSEWHERE)
    protect(here)
    with db.writing() as session:
        lines = {
            "name": "Żółwiątko",
            "street_address": "Schnürlesteig 9¾",
            "postal_code": "10243",
            "city": "Berlin",
        }
        users.add_address(session, here, users.Address("DE", checked("DE", lines), "ბიძინა"))
        tokens.make_token(session, here, "مفتاح الطباخ", ["pets:read"], 30)
        security.open_family(
            session,
            user_id=user.id,
            role=security.Role.USER,
            name=NAME,
            email=EMAIL,
            device=DEVICE,
        )
        make_pet(session, here, "Ṃoñkéyhund")
        users.forgot_password(session, EMAIL, PLACE)
        builder.keep_draft(session, here, {"kind": "tag", "text": "Bench Zzyzx"})
    with db.writing() as session:
        users.begin_sign_in(session, EMAIL, PLACE)
    own = [license_pet(here)]
    first = make_design("tag", text="Old Zzyzx Text")
    design = make_design("tag", text="Zzyzxhund")
    kept = save(here, first, "Меч-кладенец")
    own += [picture(first, PICTURE + b", once"), model(first, b"model of " + PICTURE)]
    save(here, design, "Меч-кладенец", design_id=kept.id)
    own += [picture(design, PICTURE), model(design, b"another model of " + PICTURE)]
    both = make_design("harness", colour="pine")
    save(here, both)
    save(neighbour, both)
    shared = [picture(both, b"a harness"), model(both, b"model of a harness")]
    with db.writing() as session:
        takeouts.ask_for_copy(session, here)
    letters(EMAIL)
    with db.reading() as session:
        copy = takeouts.latest_copy(session, here)
        assert copy
        assert copy.state == TakeoutState.READY
        own.append(takeouts.copy_file(session, here, copy.id)[0])
    return Leaving(here, own, shared)


def license_pet(here: Identity) -> str:
    """A licence whose pet is lost and was found, an application that is paid; the paper's file."""
    with db.writing() as session:
        animal = {"name": "Ṃoñkéyhund", "species": "dog", "altered": "yes"}
        licence = make_licence(
            session, here, holder={"name": "Ødegård auf dem Formular"}, animal=animal
        )
        licensing.set_lost(session, here, licence.id, True, "Übers Moor verschwunden")
        licensing.write_to_owner(session, licence.tag_code, "Here it is", "", ELSEWHERE)
        paid = in_review(session, here, "us-ca-vista")
        paper = put_paper(session, paid)
        paper.name, paper.page_keys = "Impfpass 0815-Ñ", []
        paper.file_key = storage.private_key(b"k" * 32, paper.id, ".pdf")
        storage.put_private(paper.file_key, BytesIO("Impfpass 0815-Ñ".encode()))
        session.add(paper)
        return paper.file_key


def leave_and_be_forgotten(here: Identity) -> None:
    proof = proof_of(here)
    with db.writing() as session:
        user = session.get_one(User, here.user_id)
        # The second step has a test of its own.
        users.remove_second_factor(session, user)
    with db.writing() as session:
        users.leave(session, here, proof, PLACE, "")
    letters(EMAIL)
    let_pass(users.GRACE)
    with db.writing() as session:
        users.forget_expired(session)
    with db.writing() as session:
        users.call_due(session)
    drain()


def let_pass(time: timedelta) -> None:
    """Put every moment in the database back, as if so much time had passed."""
    with db.writing() as session:
        for mapper in SQLModel._sa_registry.mappers:
            moments = [c.key for c in mapper.columns if isinstance(c.type, UtcDateTime)]
            for row in session.exec(select(mapper.class_)).all() if moments else ():
                for name in moments:
                    if (before := getattr(row, name)) is not None:
                        setattr(row, name, before - time)
                session.add(row)


def dump(url: str) -> bytes:
    """Every row of every table, as a backup holds them; what SQLite keeps on the disk besides."""
    if url.startswith("sqlite"):
        path = Path(url.removeprefix("sqlite:///"))
        backup = path.with_name(f"{new_id()}.backup")
        with closing(sqlite3.connect(path)) as ours, closing(sqlite3.connect(backup)) as theirs:
            ours.backup(theirs)
        files = [file for file in path.parent.glob("shop.db*") if file.is_file()]
        found = b"".join(file.read_bytes() for file in (*files, backup))
        backup.unlink()
        return found
    program = servers.postgres().bin / "pg_dump"
    url = url.replace("postgresql+psycopg", "postgresql")
    # Inserts, since a COPY would write a backslash twice.
    done = subprocess.run([program, "--inserts", url], capture_output=True, check=True)
    return done.stdout


def stored(shop: Path) -> bytes:
    """Every byte of every file beside the database."""
    files = (file for file in shop.rglob("*") if file.is_file() and "shop.db" not in file.name)
    return b"".join(file.read_bytes() for file in files)


def spellings(canary: str) -> Iterator[bytes]:
    """A text as it may lie in a file."""
    yield canary.encode()
    yield json.dumps(canary).strip('"').encode()


def seen(where: bytes) -> set[str]:
    return {canary for canary in CANARIES if any(said in where for said in spellings(canary))}


def lives(database: str, shop: Path) -> set[str]:
    """The canaries on the disk of a shop that runs: closing it would tidy up the log."""
    return seen(dump(database) + stored(shop))


@pytest.fixture
def neighbour(database: str) -> Identity:
    """Somebody who stays, with one design that the other has too."""
    with db.writing() as session:
        make_user(session, "nora@example.com", name="Nora Neighbour")
    here = who(sign_in("nora@example.com").token)
    with db.writing() as session:
        make_pet(session, here, "Biscuit")
    return here


def test_nothing_of_who_left_is_anywhere(
    database: str, shop: Path, neighbour: Identity, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    gone = live_with_us(neighbour)
    assert lives(database, shop) == set(CANARIES)
    leave_and_be_forgotten(gone.identity)
    assert lives(database, shop) == set()
    assert seen(caplog.text.encode()) == set()
    with db.reading() as session:
        assert session.get(User, gone.identity.user_id) is None
        with pytest.raises(vault.Unreadable):
            vault.unseal(session, gone.identity.user_id or "", "x" * 80)
    for key in gone.own:
        assert not any(shop.rglob(Path(key).name)), key


def test_who_stays_misses_nothing(database: str, shop: Path, neighbour: Identity) -> None:
    gone = live_with_us(neighbour)
    leave_and_be_forgotten(gone.identity)
    with db.reading() as session:
        assert [pet.name for pet in session.exec(select(Pet))] == ["Biscuit"]
        (design,) = builder.list_designs(session, neighbour)
        assert design.picture
        assert design.picture.url
        assert session.exec(select(LetterRow).where(LetterRow.person != "")).all() == []
    assert all(storage.exists(key) for key in gone.shared)
    assert who(sign_in("nora@example.com", PASSWORD).token).name == "Nora Neighbour"


@pytest.mark.usefixtures("database")
def test_what_was_written_about_somebody_gone_is_swept_up() -> None:
    with db.writing() as session:
        vault.seal(session, "nobody", "left over")
        make_pet(session, Identity(user_id="nobody"), "Leftover")
        make_pet(session, GUEST, "Guest")
        make_user(session)
    with db.writing() as session:
        assert users.sweep(session) == 1
    with db.writing() as session:
        assert users.sweep(session) == 0
    with db.reading() as session:
        left = select(Pet.name).where(Pet.owner == user_owner("nobody"))
        assert session.exec(left).all() == []
        assert session.exec(select(Pet.name)).all() == ["Guest"]


@pytest.mark.usefixtures("sqlite_database")
def test_pictures_nobody_keeps_a_design_for_are_forgotten_after_a_month() -> None:
    design, kept = make_design("tag", text="Once"), make_design("tag", text="Kept")
    with db.writing() as session:
        builder.want_picture(session, PictureKind.PHOTO, design.to_dict())
    files = [picture(design, b"once"), model(design, b"once in 3D")]
    save(Identity(user_id="olive"), kept)
    files_kept = [picture(kept, b"kept"), model(kept, b"kept in 3D")]
    with db.writing() as session:
        assert builder.drop_loose(session) == []
    let_pass(timedelta(days=31))
    with db.writing() as session:
        assert set(builder.drop_loose(session)) == set(files)
    assert all(storage.exists(key) for key in files_kept)
