"""The codes of gift cards: made from the card and a key of the shop's, and kept nowhere.

A code can be written into a letter again without being stored, and a copy of the tables opens no
card: what is kept of it is a keyed hash.
"""

import hashlib
import hmac

from pet_app.core import vault

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
TAKEN_FOR = str.maketrans("OIL", "011")
LENGTH = 16
GROUP = 4


def code_of(card_id: str) -> str:
    """The code of a card, in four groups of four: eighty bits that only the shop can work out."""
    made = hmac.digest(vault.derived("gift card codes"), card_id.encode(), hashlib.sha256)
    signs = "".join(SIGNS[byte & 31] for byte in made[:LENGTH])
    return "-".join(signs[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def key_of(code: str) -> str:
    """What is kept of a code as somebody typed it; empty when it can be none of ours."""
    signs = "".join(sign for sign in code.upper() if sign.isalnum()).translate(TAKEN_FOR)
    if len(signs) != LENGTH or set(signs) - set(SIGNS):
        return ""
    key = vault.derived("gift card lookup")
    return hmac.digest(key, signs.encode(), hashlib.sha256).hex()


def person_key(email: str) -> str:
    """What uses of a promotion are counted by: whose they are shows to nobody.

    Capitals, and what stands behind a plus sign, make nobody another person.
    """
    name, _, domain = email.strip().casefold().rpartition("@")
    plain = f"{name.partition('+')[0]}@{domain}"
    return hmac.digest(vault.derived("promotion uses"), plain.encode(), hashlib.sha256).hex()
