"""Passwords are kept as argon2id hashes; hashing is slow on purpose, so call it from a thread."""

import secrets
import threading
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

HASHER = PasswordHasher(memory_cost=19_456, time_cost=2, parallelism=1)
"""The floor of OWASP ASVS 5.0: 19 MiB, two passes, one lane."""

AT_ONCE = threading.BoundedSemaphore(4)
"""Each hash takes 19 MiB, so a burst of sign-ins queues here instead of filling the memory."""


def hash_password(password: str) -> str:
    """The argon2id hash of the whole password, salted, in the usual `$argon2id$…` form."""
    with AT_ONCE:
        return HASHER.hash(_plain(password))


def password_matches(password_hash: str, password: str) -> bool:
    """Whether the password is the one that was hashed. Takes as long for a wrong one."""
    with AT_ONCE:
        try:
            return HASHER.verify(password_hash, _plain(password))
        except (VerificationError, InvalidHashError):
            return False


def _plain(password: str) -> bytes:
    """One spelling for passwords that look the same on every keyboard (NIST SP 800-63B)."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


DECOY = hash_password(secrets.token_urlsafe(32))
"""Verified against when there is no such account, so that the answer takes the same time."""
