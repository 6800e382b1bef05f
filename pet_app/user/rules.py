"""What makes a usable e-mail address, name and password."""

import re
import unicodedata
from functools import cache
from importlib.resources import files
from itertools import pairwise

LONGEST_EMAIL = 254
LONGEST_LOCAL_PART = 64
LONGEST_NAME = 80
SHORTEST_PASSWORD = 8
LONGEST_PATH = 500
LONGEST_PASSWORD = 1024
"""Far past what anybody types; hashing a megabyte would only serve an attacker."""

LOCAL_PART = re.compile(r"[^\s@<>()\[\]\\,;:\"\x00-\x1f\x7f]+")
LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")

EMAIL_SENTENCE = "Enter an e-mail address, like name@example.com."
JOINERS = "\u200c\u200d"
JOINABLE = ("L", "M", "S")
"""What stands on both sides of a joiner in Persian, Hindi or a family of emoji."""

LOOKALIKES = str.maketrans("@43105$7!", "aaeiossti")


def normal_email(text: str) -> str:
    """The one spelling of an address that accounts are kept under.

    Raises `ValueError` with a sentence for the visitor when it cannot be an address.
    """
    local, _, domain = unicodedata.normalize("NFC", text).strip().casefold().rpartition("@")
    if (
        not LOCAL_PART.fullmatch(local)
        or not local.isprintable()
        or local.startswith(".")
        or local.endswith(".")
    ):
        raise ValueError(EMAIL_SENTENCE)
    domain = _ascii_domain(domain)
    labels = domain.split(".")
    if len(labels) < 2 or not all(LABEL.fullmatch(label) for label in labels):
        raise ValueError(EMAIL_SENTENCE)
    email = f"{local}@{domain}"
    if len(local) > LONGEST_LOCAL_PART or len(email) > LONGEST_EMAIL:
        raise ValueError("That e-mail address is too long.")
    return email


def clean_name(text: str) -> str:
    """A person's name with tidy spaces, in any script. Raises `ValueError` with a sentence."""
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not name:
        raise ValueError("Tell us what to call you.")
    if len(name) > LONGEST_NAME:
        raise ValueError(f"Use {LONGEST_NAME} characters or fewer.")
    if any(unicodedata.category(character) in ("Cc", "Cf", "Cs") for character in _bare(name)):
        raise ValueError("Use letters, spaces and punctuation only.")
    return name


def _bare(name: str) -> str:
    """A name without the joiners that stand between letters, as Persian and Hindi need them."""
    kinds = [unicodedata.category(sign)[0] for sign in name]
    return "".join(
        sign
        for place, sign in enumerate(name)
        if sign not in JOINERS
        or not 0 < place < len(name) - 1
        or not {kinds[place - 1], kinds[place + 1]} <= set(JOINABLE)
    )


def fault_in_password(password: str, *known: str) -> str | None:
    """Why this password should not be used, as a sentence, or None.

    `known` are words an attacker would try first, such as the person's own name and address.
    """
    if len(password) < SHORTEST_PASSWORD:
        return f"Use at least {SHORTEST_PASSWORD} characters. Four random words work well."
    if len(password) > LONGEST_PASSWORD:
        return f"Use {LONGEST_PASSWORD} characters or fewer."
    if _is_common(password):
        return "That is among the first passwords anybody would try. Please choose another."
    if any(_gives_away(password, word) for word in known):
        return "Choose a password without your own name or e-mail address in it."
    return None


def page_of_ours(path: str) -> str:
    """The path of a page to go to next, or nothing for what could lead elsewhere."""
    leads_away = path.startswith("//") or "\\" in path or not path.isprintable()
    return "" if leads_away or not path.startswith("/") or len(path) > LONGEST_PATH else path


def _ascii_domain(domain: str) -> str:
    try:
        return domain.encode("idna").decode()
    except UnicodeError:
        raise ValueError(EMAIL_SENTENCE) from None


def _is_common(password: str) -> bool:
    plain = password.casefold()
    bare = plain.strip("0123456789!@#$%^&*?._- ").translate(LOOKALIKES)
    simple = len(set(plain)) <= 2 or _is_a_run(plain)
    return simple or plain in common_passwords() or bare in common_passwords()


def _is_a_run(text: str) -> bool:
    """`abcdefgh`, `87654321`: every character one step from the last."""
    steps = {ord(after) - ord(before) for before, after in pairwise(text)}
    return steps in ({1}, {-1})


def _gives_away(password: str, word: str) -> bool:
    plain = word.casefold().strip()
    return len(plain) >= 4 and plain in password.casefold()


@cache
def common_passwords() -> frozenset[str]:
    """The words and runs people choose most, in lower case."""
    text = files("pet_app.user").joinpath("data/common_passwords.txt").read_text("utf-8")
    return frozenset(line.strip() for line in text.splitlines() if line.strip())
