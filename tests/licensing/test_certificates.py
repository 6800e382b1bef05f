"""Certificates: what checking them says, who may have them, and that each is drawn once."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from pet_app.core import db
from pet_app.licensing import service as licensing
from pet_app.licensing import signing
from pet_app.licensing.models import Licence, SigningKey
from pet_app.licensing.rules.standing import Kind, LicenceState
from pet_app.licensing.service import Outcome
from pet_app.licensing.service.keys import signing_key
from tests.licensing.factory_licences import (
    ADMIN,
    OTTO,
    certified,
    granted_licence,
    seen,
    text_of,
    today,
)

PERSONAL = ("Olive", "Biscuit", "Harbor", "olive@example.com", "92101", "0olive")


def outcome(text: str) -> Outcome:
    """What checking a text says."""
    with db.reading() as session:
        return licensing.verify(session, text).outcome


def test_a_certificate_is_valid_by_its_text_its_link_and_its_number(database: str) -> None:
    licence_id, text = certified()
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
    licence_id, text = certified()
    with db.reading() as session:
        told = repr(licensing.verify(session, text)) + repr(licensing.verify(session, text[:60]))
    assert not [word for word in PERSONAL if word in told or word in text]
    assert seen(licence_id).tag_code not in told + text


def test_the_last_day_counts_in_full_and_the_next_no_more(database: str) -> None:
    with db.writing() as session:
        # It ends with its vaccination.
        begins = today() - timedelta(days=10)
        good = text_of(session, granted_licence(session, handed_in=begins, rabies_days=10))
        bad = text_of(session, granted_licence(session, handed_in=begins, rabies_days=9))
    assert signing.read(good).ends == today()
    assert outcome(good) is Outcome.VALID
    assert outcome(bad) is Outcome.EXPIRED


def test_a_licence_that_begins_later_is_not_valid_yet(database: str) -> None:
    _, text = certified(handed_in=today() + timedelta(days=3))
    assert outcome(text) is Outcome.NOT_YET


def test_an_older_certificate_is_told_from_the_one_that_counts(database: str) -> None:
    licence_id, old = certified()
    with db.writing() as session:
        licence = session.get_one(Licence, licence_id)
        granted_licence(session, Kind.TRANSFER, licence=licence, owner=OTTO)
        new = text_of(session, licence)
    assert outcome(old) is Outcome.REPLACED
    assert outcome(new) is Outcome.VALID


@pytest.mark.parametrize("place", [5, 20, 40, 70, 120, -1], ids=str)
def test_a_changed_certificate_is_a_forgery(sqlite_database: str, place: int) -> None:
    _, text = certified()
    signs = list(text)
    signs[place] = "A" if signs[place] != "A" else "B"
    changed = "".join(signs)
    assert outcome(changed) in (Outcome.FORGED, Outcome.UNREADABLE)


def test_later_days_than_were_signed_are_a_forgery(database: str) -> None:
    _, text = certified()
    claim = signing.read(text)
    assert claim.ends is not None
    later = text.replace(f".{claim.ends:%Y%m%d}.", ".20991231.")
    assert later != text
    assert outcome(later) is Outcome.FORGED


def test_a_revoked_licence_is_not_good_until_it_is_given_back(database: str) -> None:
    licence_id, text = certified()
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
    licence_id, text = certified()
    with db.writing() as session:
        licence = licensing.held_licence(session, licence_id)
        assert licence is not None
        licensing.close(session, licence, state, "town")
    assert outcome(text) is said


def test_after_a_new_key_the_old_certificates_stay_good(database: str) -> None:
    _, old = certified()
    with db.writing() as session:
        licensing.rotate_key(session)
    _, new = certified()
    assert signing.read(old).key_id != signing.read(new).key_id
    assert outcome(old) is outcome(new) is Outcome.VALID
    with db.reading() as session:
        signs = [key for key in licensing.list_keys(session) if key.retired is None]
        assert [key.id for key in signs] == [signing.read(new).key_id]
        assert [bool(key.sealed) for key in licensing.list_keys(session)] == [True, False]


def test_what_a_revoked_key_signed_is_refused_and_signed_again(database: str) -> None:
    licence_id, old = certified()
    closed_id, closed = certified()
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
    _, text = certified()
    claim = signing.read(text)
    with db.writing() as session:
        key_id, private = signing_key(session)
    assert key_id == claim.key_id
    for lie in ({"ends": date(2099, 1, 1)}, {"serial": 7}, {"number": "CA-AAAAA-AAAAA"}):
        forged = signing.sign(signing.Claim(**{**vars(claim), **lie}), private)
        assert outcome(forged) is Outcome.FORGED


def test_a_key_that_cannot_be_opened_any_more_makes_room_for_another(database: str) -> None:
    _, old = certified()
    with db.writing() as session:
        key = session.exec(select(SigningKey)).one()
        key.sealed = "sealed under another secret"
        session.add(key)
    _, new = certified()
    assert signing.read(new).key_id != signing.read(old).key_id
    assert outcome(old) is outcome(new) is Outcome.VALID


@pytest.mark.parametrize(
    "text",
    ["", " ", "?", "CA-", "x" * 5000, "L1.", "' OR 1=1 --", "\x00", "☃" * 40, "#" * 50],
    ids=range(10),
)
def test_nonsense_is_unreadable_or_unknown(sqlite_database: str, text: str) -> None:
    certified()
    assert outcome(text) in (Outcome.UNREADABLE, Outcome.UNKNOWN)
