"""The keys that certificates are signed with: one at a time, the ones before kept to check."""

import base64
import secrets

from sqlmodel import Session, col, select

from pet_app.core import clock, vault
from pet_app.core.errors import NotFound
from pet_app.licensing import signing
from pet_app.licensing.models import SigningKey
from pet_app.licensing.tag import SIGNS

PURPOSE = "licence certificates"
ID_LENGTH = 8
NO_KEY = "There is no key of that name."


def signing_key(session: Session) -> tuple[str, bytes]:
    """The key that signs now, by id, and its private half; made when there is none yet.

    Two that are made in the same moment are both good; the later one signs on.
    """
    current = _current(session)
    if current is not None:
        try:
            return current.id, base64.b64decode(vault.unseal_for_shop(PURPOSE, current.sealed))
        except vault.Unreadable:
            # Sealed under a SECRET_KEY that this shop has no more: it goes on with a new one.
            _retire(current)
    made, private = _new_key()
    session.add(made)
    session.flush()
    return made.id, private


def rotate_key(session: Session) -> SigningKey:
    """Sign with a new key from now on. What the ones before have signed stays good."""
    for key in session.exec(select(SigningKey).where(col(SigningKey.retired).is_(None))):
        _retire(key)
    made, _ = _new_key()
    session.add(made)
    session.flush()
    return made


def revoke_key(session: Session, key_id: str) -> SigningKey:
    """Nothing that this key has signed is good any more. Raises `NotFound`.

    Certificates that count get a new one by `granting.sign_again`.
    """
    key = session.get(SigningKey, key_id, with_for_update=True)
    if key is None:
        raise NotFound(NO_KEY)
    _retire(key)
    key.revoked = key.revoked or clock.now()
    session.add(key)
    session.flush()
    return key


def list_keys(session: Session) -> list[SigningKey]:
    """Every key there ever was, the newest first."""
    return list(session.exec(select(SigningKey).order_by(col(SigningKey.created).desc())))


def key_of(session: Session, key_id: str) -> SigningKey | None:
    """One key, or None."""
    return session.get(SigningKey, key_id)


def _current(session: Session) -> SigningKey | None:
    good = (
        select(SigningKey)
        .where(col(SigningKey.retired).is_(None), col(SigningKey.revoked).is_(None))
        .order_by(col(SigningKey.created).desc(), col(SigningKey.id))
        .limit(1)
    )
    return session.exec(good).first()


def _new_key() -> tuple[SigningKey, bytes]:
    private, public = signing.new_pair()
    sealed = vault.seal_for_shop(PURPOSE, base64.b64encode(private).decode())
    key_id = "".join(secrets.choice(SIGNS) for _ in range(ID_LENGTH))
    return SigningKey(id=key_id, public=public, sealed=sealed, created=clock.now()), private


def _retire(key: SigningKey) -> None:
    key.retired = key.retired or clock.now()
    key.sealed = ""
