"""Check a pet licence certificate without a connection: one file, nothing but Python 3.10 or newer.

    python verify_licence.py --keys keys.json CERTIFICATE.pdf | CARD.png | 'TEXT OF THE QR CODE'

See docs/verify-a-licence.md. Exit status: 0 genuine and valid today, 1 not, 2 could not be checked.
"""

import argparse
import base64
import binascii
import hashlib
import json
import re
import sys
from datetime import date, datetime
from pathlib import Path

try:
    import zxingcpp
    from PIL import Image
except ImportError:
    # Without these two it reads no photographs, and everything else.
    zxingcpp = Image = None

LINE = re.compile(
    r"L1\.(?P<key>[A-Z0-9]{8})\.(?P<town>[a-z0-9-]{1,60})\.(?P<number>[A-Za-z0-9-]{1,40})"
    r"\.(?P<serial>[1-9][0-9]{0,8})\.(?P<species>[a-z]{1,20})\.(?P<begins>[0-9]{8})"
    r"\.(?P<ends>[0-9]{8}|life)\.(?P<issued>[0-9]{8})\.(?P<signature>[A-Za-z0-9_-]{86})"
)
GOOD, BAD, UNCHECKED = 0, 1, 2
LARGEST = 20_000_000


class CannotCheck(Exception):
    """Nothing can be said, and why."""


# Ed25519 as RFC 8032 gives it, on points (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z.

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)
Point = tuple[int, int, int, int]
ZERO: Point = (0, 1, 1, 0)


def add(one: Point, two: Point) -> Point:
    """The sum of two points."""
    a = (one[1] - one[0]) * (two[1] - two[0]) % P
    b = (one[1] + one[0]) * (two[1] + two[0]) % P
    c = 2 * one[3] * two[3] * D % P
    d = 2 * one[2] * two[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(count: int, point: Point) -> Point:
    """A point added to itself `count` times."""
    total = ZERO
    while count:
        if count & 1:
            total = add(total, point)
        point = add(point, point)
        count >>= 1
    return total


def same(one: Point, two: Point) -> bool:
    """Whether two points are one."""
    return not ((one[0] * two[2] - two[0] * one[2]) % P or (one[1] * two[2] - two[1] * one[2]) % P)


def point_of(raw: bytes) -> Point | None:
    """The point that 32 bytes stand for, or None."""
    y = int.from_bytes(raw, "little")
    odd, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (x == 0 and odd):
        return None
    if x & 1 != odd:
        x = P - x
    return (x, y, 1, x * y % P)


BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether this signature is the key's over the message."""
    if len(public) != 32 or len(signature) != 64:
        return False
    key, nonce = point_of(public), point_of(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if key is None or nonce is None or BASE is None or scalar >= ORDER:
        return False
    told = hashlib.sha512(signature[:32] + public + message).digest()
    challenge = int.from_bytes(told, "little") % ORDER
    return same(times(scalar, BASE), add(nonce, times(challenge, key)))


def text_in(what: str) -> str:
    """The signed line in a file, or in the text that was given itself."""
    if LINE.search(what):
        return only({found[0] for found in LINE.finditer(what)})
    file = Path(what)
    try:
        with file.open("rb") as opened:
            data = opened.read(LARGEST + 1)
    except OSError as error:
        raise CannotCheck("This is neither the text of a certificate nor a file.") from error
    if len(data) > LARGEST:
        raise CannotCheck("This file is larger than any certificate.")
    # Our PDF and PNG hold the line as it is; the picture of the code has to say the same.
    written = {found[0] for found in LINE.finditer(data.decode("latin-1"))}
    return only(written | shown_in(file))


def shown_in(file: Path) -> set[str]:
    """What the QR codes in a picture say, where Pillow and zxing-cpp are there to read them."""
    if file.suffix.lower() not in (".png", ".jpg", ".jpeg", ".webp"):
        return set()
    if zxingcpp is None or Image is None:
        return set()
    try:
        with Image.open(file) as picture:
            codes = zxingcpp.read_barcodes(picture.convert("L"))
    except (OSError, Image.DecompressionBombError) as error:
        raise CannotCheck("This picture cannot be opened.") from error
    return {found[0] for code in codes if (found := LINE.search(code.text))}


def only(lines: set[str]) -> str:
    """The one line there is. Raises `CannotCheck` for none, and for two that differ."""
    if not lines:
        raise CannotCheck(
            "No certificate was found in it. Scan its QR code with a phone and give the text, or "
            "install the packages pillow and zxing-cpp, which read codes from photographs."
        )
    if len(lines) > 1:
        raise CannotCheck("It says two different things: what is printed was put together.")
    return lines.pop()


def read_keys(file: Path) -> dict[str, dict[str, str]]:
    """The keys by name, as the licence site gives them out."""
    try:
        return {key["id"]: key for key in json.loads(file.read_text("utf-8"))["keys"]}
    except FileNotFoundError as error:
        raise CannotCheck(f"There is no file {file}; fetch the keys first.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise CannotCheck(f"{file} is not a list of keys.") from error


def check(line: str, keys: dict[str, dict[str, str]], today: date) -> tuple[int, list[str]]:
    """The exit status, and what to say. Raises `CannotCheck`."""
    found = LINE.fullmatch(line)
    if found is None:
        raise CannotCheck("This is not the text of a certificate.")
    key = keys.get(found["key"])
    if key is None:
        return BAD, [f"NOT GENUINE as far as these keys go: none is called {found['key']}."]
    try:
        public = base64.b64decode(key["public"], validate=True)
        signature = base64.urlsafe_b64decode(found["signature"] + "==")
    except (binascii.Error, KeyError) as error:
        raise CannotCheck("The key or the signature cannot be read.") from error
    spelt = base64.urlsafe_b64encode(signature).decode().rstrip("=")
    if spelt != found["signature"] or not is_signed(
        public, line.rpartition(".")[0].encode(), signature
    ):
        return BAD, ["NOT GENUINE: the signature does not fit. Somebody made or changed this."]
    if key.get("revoked"):
        return BAD, [f"DOES NOT COUNT: key {found['key']} was withdrawn on {key['revoked'][:10]}."]
    begins, ends = day(found["begins"]), None if found["ends"] == "life" else day(found["ends"])
    facts = [
        f"  licence      {found['number']}, certificate {found['serial']}",
        f"  town         {found['town']}",
        f"  animal       {found['species']}",
        f"  valid        {begins} to {ends or 'the end of its life'}",
        f"  issued       {day(found['issued'])}, key {found['key']}",
        "Compare this with the paper: what is not in this list, no signature vouches for.",
        "Whether it was revoked or replaced since, only the site knows.",
    ]
    if today < begins:
        return BAD, [f"GENUINE, but not valid yet on {today}.", *facts]
    if ends is not None and today > ends:
        return BAD, [f"GENUINE, but it had run out on {today}.", *facts]
    return GOOD, [f"GENUINE, and valid on {today}.", *facts]


def local_day() -> date:
    """The day it is here."""
    return datetime.now().astimezone().date()


def day(text: str) -> date:
    """The day `YYYYMMDD` stands for. Raises `CannotCheck`."""
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError as error:
        raise CannotCheck(f"{text} is no day.") from error


def main(arguments: list[str]) -> int:
    """Check what was named, and say so."""
    asked = argparse.ArgumentParser(description="Check a pet licence without a connection.")
    asked.add_argument("what", help="a certificate's PDF, a card's PNG, or the text of a QR code")
    asked.add_argument("--keys", type=Path, default=Path("keys.json"), help="the keys, as fetched")
    asked.add_argument("--today", type=date.fromisoformat, default=None, help="another day")
    given = asked.parse_args(arguments)
    try:
        line = text_in(given.what)
        # The day is the reader's own: without a connection nobody knows the town's.
        status, words = check(line, read_keys(given.keys), given.today or local_day())
    except CannotCheck as problem:
        status, words = UNCHECKED, [f"COULD NOT BE CHECKED: {problem}"]
    sys.stdout.write("\n".join(words) + "\n")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
