"""Papers as owners send them, good and bad."""

import zlib
from collections.abc import Callable
from functools import cache
from io import BytesIO

from fpdf import FPDF
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    TextStringObject,
)

from pet_app.licensing.papers import limits
from tests.licensing.factory import jpeg, png

WOOF = TextStringObject("app.alert('woof')")


@cache
def pdf(pages: int = 1, words: str = "RABIES CERTIFICATE") -> bytes:
    """A vet's printout."""
    book = FPDF()
    book.set_font("helvetica", size=14)
    for _ in range(pages):
        book.add_page()
        book.text(20, 30, words)
    return bytes(book.output())


@cache
def encrypted() -> bytes:
    """One that asks for a password."""
    return _written(PdfWriter(clone_from=BytesIO(pdf())), password="biscuit")


@cache
def scripted() -> bytes:
    """One that would run a program when it is opened."""
    writer = PdfWriter(clone_from=BytesIO(pdf()))
    action = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): WOOF}
    writer._root_object[NameObject("/OpenAction")] = DictionaryObject(action)
    return _written(writer)


def escaped_script() -> bytes:
    """The same; names written with escaped signs are the same names to every reader."""
    return scripted().replace(b"/JavaScript", b"/J#61vaScript").replace(b"/JS", b"/J#53")


def packed_script() -> bytes:
    """The same, packed into a stream of objects, where no search of the file finds it."""
    within = b"7 0 << /S /JavaScript /JS (app.alert\\(1\\)) >>"
    packed = zlib.compress(within)
    head = b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>" % len(packed)
    extra = b"9 0 obj\n" + head + b"\nstream\n" + packed + b"\nendstream\nendobj\n"
    return pdf().replace(b"xref\n", extra + b"xref\n", 1)


@cache
def with_a_file() -> bytes:
    """One that carries another file."""
    writer = PdfWriter(clone_from=BytesIO(pdf()))
    writer.add_attachment("payload.exe", b"MZ")
    return _written(writer)


@cache
def bomb() -> bytes:
    """Some kilobytes that unfold into a gigabyte of drawing."""
    writer = PdfWriter(clone_from=BytesIO(pdf()))
    stream = DecodedStreamObject()
    packed = zlib.compress(zlib.compress(b"0 0 m 1 1 l S\n" * 3_000_000, 9), 9)
    stream.set_data(packed)
    twice = [NameObject("/FlateDecode"), NameObject("/FlateDecode")]
    stream[NameObject("/Filter")] = ArrayObject(twice)
    writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)
    return _written(writer)


@cache
def huge_page() -> bytes:
    """A page of kilometres."""
    book = FPDF(unit="pt", format=(14_000, 14_000))
    book.add_page()
    return bytes(book.output()).replace(b"14000.00 14000.00", b"9999999 99999999")


@cache
def pixel_bomb() -> bytes:
    """A picture of sixty-four million pixels in some kilobytes."""
    with BytesIO() as file:
        Image.new("L", (8000, 8000), 255).save(file, "PNG")
        return file.getvalue()


def pages_of(paper: bytes) -> int:
    """How many pages a PDF has."""
    return len(PdfReader(BytesIO(paper)).pages)


def _written(writer: PdfWriter, password: str = "") -> bytes:
    if password:
        writer.encrypt(password, algorithm="AES-256-R5")
    with BytesIO() as file:
        writer.write(file)
        return file.getvalue()


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (bytes, "can read"),
    "text": (lambda: b"This dog is vaccinated.", "can read"),
    "a web page": (lambda: b"<html><script>alert(1)</script></html>", "can read"),
    "svg": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", "can read"),
    "gif": (lambda: b"GIF89a" + b"\0" * 60, "can read"),
    "zip": (lambda: b"PK\x03\x04" + b"\0" * 60, "can read"),
    "half a jpeg": (lambda: jpeg()[: len(jpeg()) // 3], "can read"),
    "half a png": (lambda: png()[:300], "can read"),
    "jpeg start alone": (lambda: b"\xff\xd8\xff\xe0", "can read"),
    "pdf that is called so": (lambda: b"%PDF-1.7\nnot one at all", "damaged"),
    "half a pdf": (lambda: pdf()[:200], "damaged"),
    "locked pdf": (encrypted, "password"),
    "scripted pdf": (scripted, "programs"),
    "escaped script": (escaped_script, "programs"),
    "packed script": (packed_script, "programs"),
    "pdf with a file": (with_a_file, "programs"),
    "eleven pages": (lambda: pdf(11), "11 pages"),
    "tiny picture": (lambda: jpeg(60, 60), "too small"),
    "white paper": (lambda: pdf(1, " "), "nothing to be seen"),
    "huge page": (huge_page, "damaged"),
    "pixel bomb": (pixel_bomb, "too large"),
}
"""What is refused, by what is wrong with it: the file, and words of the answer."""


def endless_streams() -> bytes:
    """Streams that begin over and over and never end: who looks for each one's end looks for
    hours."""
    return b"%PDF-1.4\n" + b"stream\n" * (limits.LARGEST_BYTES // 8)


def unfolding() -> bytes:
    """A printout with some kilobytes besides, that unfold into tens of megabytes."""
    packed = zlib.compress(bytes(4 << 20))
    head = b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>" % len(packed)
    extra = b"9 0 obj\n" + head + b"\nstream\n" + packed + b"\nendstream\nendobj\n"
    return pdf().replace(b"xref\n", extra * 9 + b"xref\n", 1)
