"""What QR codes say: signed, readable by both our checks, and refused when anything is changed."""

import base64
import re
from datetime import date

import pytest

from pet_app.licensing import signing
from pet_app.licensing.signing import Claim, Unreadable, is_signed, new_pair, read, sign
from tools import verify_licence as tool

CLAIM = Claim(
    key_id="K7TMQXR4",
    town_id="us-oh-franklin-county",
    number="OH-7K4M9-QXPRT",
    serial=3,
    species="dog",
    begins=date(2026, 11, 21),
    ends=date(2027, 11, 20),
    issued=date(2026, 11, 21),
)
PRIVATE = bytes(range(32))
PUBLIC = base64.b64encode(
    signing.Ed25519PrivateKey.from_private_bytes(PRIVATE).public_key().public_bytes_raw()
).decode()
TEXT = sign(CLAIM, PRIVATE)


def holds(text: str) -> bool:
    """Whether our own check takes a text."""
    try:
        read(text)
        return is_signed(text, PUBLIC)
    except Unreadable:
        return False


def tool_holds(text: str) -> bool:
    """Whether the published tool takes a text, whatever the day."""
    keys = {CLAIM.key_id: {"id": CLAIM.key_id, "public": PUBLIC}}
    try:
        return tool.check(text, keys, CLAIM.begins)[0] == tool.GOOD
    except tool.CannotCheck:
        return False


def test_what_is_signed_is_read_again() -> None:
    assert read(TEXT) == CLAIM
    assert holds(TEXT)
    assert tool_holds(TEXT)


def test_a_licence_for_life_says_so() -> None:
    claim = Claim(**{**vars(CLAIM), "ends": None})
    text = sign(claim, PRIVATE)
    assert ".life." in text
    assert read(text) == claim
    assert tool_holds(text)


def test_every_changed_sign_is_refused() -> None:
    for place, sign_there in enumerate(TEXT):
        for other in "A1.":
            changed = TEXT[:place] + other + TEXT[place + 1 :]
            if sign_there != other:
                assert not holds(changed), place


@pytest.mark.parametrize("place", [0, 4, 14, 40, 55, 60, 66, 75, 85, 100, 165, -1])
def test_the_tool_refuses_changed_signs_too(place: int) -> None:
    other = "A" if TEXT[place] != "A" else "B"
    changed = list(TEXT)
    changed[place] = other
    assert not tool_holds("".join(changed))


def test_one_signature_has_one_spelling() -> None:
    body, _, signature = TEXT.rpartition(".")
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    twin = letters[letters.index(signature[-1]) ^ 1]
    assert base64.urlsafe_b64decode(f"{signature[:-1]}{twin}==") == base64.urlsafe_b64decode(
        f"{signature}=="
    )
    for spelt in (f"{signature[:-1]}{twin}", f"{signature}==", f"{signature}="):
        assert not holds(f"{body}.{spelt}")
        assert not tool_holds(f"{body}.{spelt}")


def test_another_key_vouches_for_nothing() -> None:
    private, public = new_pair()
    assert not is_signed(TEXT, public)
    assert is_signed(sign(CLAIM, private), public)
    assert not holds(sign(CLAIM, private))


@pytest.mark.parametrize(
    "text", ["", ".", "L1", "L1." + "x" * 500, "L2" + TEXT[2:], TEXT + "\n", "ä" + TEXT]
)
def test_what_is_no_certificate_is_unreadable(text: str) -> None:
    with pytest.raises(Unreadable):
        read(text)


def test_nothing_but_plain_signs_stand_in_the_line() -> None:
    assert re.fullmatch(r"[A-Za-z0-9._-]{120,180}", TEXT)


@pytest.mark.parametrize(
    ("public", "message", "signature"),
    [
        (
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            (
                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bac"
                "c61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
            ),
        ),
        (
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            (
                "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290"
                "ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
            ),
        ),
    ],
    ids=["test 1", "test 3"],
)
def test_the_tool_agrees_with_the_vectors_of_rfc_8032(
    public: str, message: str, signature: str
) -> None:
    key, told, signed = (bytes.fromhex(text) for text in (public, message, signature))
    assert tool.is_signed(key, told, signed)
    assert not tool.is_signed(key, told + b"x", signed)
    assert not tool.is_signed(key, told, signed[:-1] + bytes([signed[-1] ^ 1]))
    # A signature whose second half is counted once round the group says the same; it is no other.
    scalar = int.from_bytes(signed[32:], "little") + tool.ORDER
    assert not tool.is_signed(key, told, signed[:32] + scalar.to_bytes(32, "little"))
