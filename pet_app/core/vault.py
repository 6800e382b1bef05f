"""Values sealed so that only the shop reads them, each person's under a key of their own.

Deleting a person's key makes noise of every value that was sealed for them, wherever a copy lies.
"""

import base64
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlmodel import Session, col, delete

from pet_app.core import clock, db
from pet_app.core.models import PersonKey
from pet_app.core.settings import settings

NONCE_BYTES = 12
KEY_BYTES = 32


class Unreadable(Exception):
    """The key is gone, or the value was changed or sealed under another secret."""


def derived(purpose: str) -> bytes:
    """A key of 32 bytes of the shop's own for one purpose, always the same for one SECRET_KEY."""
    secret = settings().secret_key.encode()
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=purpose.encode()).derive(secret)


def seal(session: Session, person: str, text: str) -> str:
    """`text` as only `unseal` with the same person reads it; their key is made when missing."""
    return _lock(_key_of(session, person) or _new_key(session, person), person, text)


def unseal(session: Session, person: str, sealed: str) -> str:
    """What was sealed for this person. Raises `Unreadable`."""
    key = _key_of(session, person)
    if key is None:
        raise Unreadable(person)
    return _unlock(key, person, sealed)


def seal_for_shop(purpose: str, text: str) -> str:
    """`text` as only this shop reads it, for what belongs to nobody yet."""
    return _lock(derived(purpose), purpose, text)


def unseal_for_shop(purpose: str, sealed: str) -> str:
    """What `seal_for_shop` sealed. Raises `Unreadable`."""
    return _unlock(derived(purpose), purpose, sealed)


def destroy_key(session: Session, person: str) -> None:
    """Make everything that was sealed for this person unreadable, for ever."""
    session.exec(delete(PersonKey).where(col(PersonKey.person) == person))


def _key_of(session: Session, person: str) -> bytes | None:
    row = session.get(PersonKey, person)
    if row is None:
        return None
    return base64.b64decode(_unlock(derived("person keys"), person, row.wrapped))


def _new_key(session: Session, person: str) -> bytes:
    fresh = base64.b64encode(AESGCM.generate_key(8 * KEY_BYTES)).decode()
    # Two requests may be the first at once; one key wins, and both go on with that one.
    session.connection().execute(
        db.insert(PersonKey)
        .values(
            person=person,
            wrapped=_lock(derived("person keys"), person, fresh),
            created=clock.now(),
        )
        .on_conflict_do_nothing()
    )
    key = _key_of(session, person)
    assert key is not None
    return key


def _lock(key: bytes, about: str, text: str) -> str:
    nonce = os.urandom(NONCE_BYTES)
    locked = AESGCM(key).encrypt(nonce, text.encode(), about.encode())
    return base64.urlsafe_b64encode(nonce + locked).decode()


def _unlock(key: bytes, about: str, sealed: str) -> str:
    try:
        raw = base64.urlsafe_b64decode(sealed)
        return AESGCM(key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], about.encode()).decode()
    except (InvalidTag, ValueError) as fault:
        raise Unreadable(about) from fault
