"""What the QR code of a certificate says: a line that anybody can read, signed with Ed25519.

    L1.KEY.TOWN.NUMBER.SERIAL.SPECIES.BEGINS.ENDS.ISSUED.SIGNATURE

Days are `YYYYMMDD` in the town, ENDS is `life` where a licence has no end. The signature is over
every byte before its dot, in base64 for addresses, without `=`. Nothing in it is about a person.
"""

import base64
import binascii
import re
from dataclasses import dataclass
from datetime import date

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

FORMAT = "L1"
FOR_LIFE = "life"
SIGNATURE_BYTES = 64
LONGEST = 400
BODY = re.compile(
    r"L1\.(?P<key>[A-Z0-9]{8})\.(?P<town>[a-z0-9-]{1,60})\.(?P<number>[A-Za-z0-9-]{1,40})"
    r"\.(?P<serial>[1-9][0-9]{0,8})\.(?P<species>[a-z]{1,20})\.(?P<begins>[0-9]{8})"
    r"\.(?P<ends>[0-9]{8}|life)\.(?P<issued>[0-9]{8})"
)


class Unreadable(ValueError):
    """This is not the text of a certificate."""


@dataclass(frozen=True)
class Claim:
    """What a certificate says of a licence; `ends` is None for the animal's life."""

    key_id: str
    town_id: str
    number: str
    serial: int
    species: str
    begins: date
    ends: date | None
    issued: date

    @property
    def body(self) -> str:
        """What is signed."""
        return ".".join(
            (
                *(FORMAT, self.key_id, self.town_id, self.number, str(self.serial), self.species),
                _written(self.begins),
                _written(self.ends) if self.ends else FOR_LIFE,
                _written(self.issued),
            )
        )


def sign(claim: Claim, private: bytes) -> str:
    """The text for a claim; `private` is the raw key of 32 bytes."""
    body = claim.body
    if not BODY.fullmatch(body):
        raise Unreadable(body)
    signature = Ed25519PrivateKey.from_private_bytes(private).sign(body.encode())
    return f"{body}.{_to_text(signature)}"


def read(text: str) -> Claim:
    """What a text says, signed or not. Raises `Unreadable`."""
    body, _ = _halves(text)
    found = BODY.fullmatch(body)
    if found is None:
        raise Unreadable(text[:LONGEST])
    ends = found["ends"]
    return Claim(
        key_id=found["key"],
        town_id=found["town"],
        number=found["number"],
        serial=int(found["serial"]),
        species=found["species"],
        begins=_day(found["begins"]),
        ends=None if ends == FOR_LIFE else _day(ends),
        issued=_day(found["issued"]),
    )


def is_signed(text: str, public: str) -> bool:
    """Whether a text was signed with the key whose public half, in base64, this is."""
    body, signature = _halves(text)
    try:
        Ed25519PublicKey.from_public_bytes(base64.b64decode(public)).verify(
            signature, body.encode()
        )
    except InvalidSignature:
        return False
    return True


def new_pair() -> tuple[bytes, str]:
    """A fresh key: its private half, raw, and its public half in base64."""
    key = Ed25519PrivateKey.generate()
    public = base64.b64encode(key.public_key().public_bytes_raw()).decode()
    return key.private_bytes_raw(), public


def _halves(text: str) -> tuple[str, bytes]:
    body, dot, signature = text.rpartition(".")
    if len(text) > LONGEST or not dot or not text.isascii():
        raise Unreadable(text[:LONGEST])
    try:
        raw = base64.urlsafe_b64decode(f"{signature}==")
    except (binascii.Error, ValueError) as fault:
        raise Unreadable(text) from fault
    # Base64 has several spellings for some bytes; one certificate has one text.
    if len(raw) != SIGNATURE_BYTES or _to_text(raw) != signature:
        raise Unreadable(text)
    return body, raw


def _to_text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _written(day: date) -> str:
    return day.strftime("%Y%m%d")


def _day(text: str) -> date:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError as fault:
        raise Unreadable(text) from fault
