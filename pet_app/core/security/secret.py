"""Secrets nobody can guess, and what is kept in their place."""

import hashlib
import secrets

TOKEN_BYTES = 32
LONGEST_TOKEN = 128


def new_token() -> str:
    """A secret nobody can guess, safe in a cookie."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def fingerprint(token: str) -> str:
    """What is stored or compared instead of a secret token: its SHA-256 in hexadecimal."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def is_token(text: str) -> bool:
    """Whether this could be a token of ours; a hand-made short one is not worth trusting."""
    return 32 <= len(text) <= LONGEST_TOKEN and text.isascii() and text.isprintable()
