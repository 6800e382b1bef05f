"""Photographs from strangers: drawn afresh, or refused with a sentence."""

import struct
import zlib
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from pet_app.core.errors import Invalid, TooLarge
from pet_app.order.photo import afresh
from pet_app.order.photo_limits import LARGEST_BYTES, SIDE_PX


def picture(format: str = "JPEG", size: tuple[int, int] = (300, 200), **told: object) -> bytes:
    with BytesIO() as file:
        shade = Image.linear_gradient("L").resize(size).convert("RGB")
        shade.save(file, format, **told)  # pyright: ignore[reportArgumentType]
        return file.getvalue()


def placed(turn: int = 1) -> bytes:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = turn, "Canary camera"
    exif.get_ifd(0x8825)[1] = "N"
    return picture(exif=exif.tobytes(), comment=b"Canary comment")


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_a_photograph_becomes_a_webp_of_ours(format: str) -> None:
    with Image.open(BytesIO(afresh(picture(format)))) as found:
        assert (found.format, found.size, found.mode) == ("WEBP", (300, 200), "RGB")


def test_nothing_of_the_file_that_came_is_kept() -> None:
    data = placed()
    assert b"Canary" in data
    clean = afresh(data)
    assert b"Canary" not in clean
    with Image.open(BytesIO(clean)) as found:
        assert not found.getexif()
        assert set(found.info) <= {"loop", "background", "timestamp", "duration"}


def test_it_stands_upright() -> None:
    with Image.open(BytesIO(afresh(placed(turn=6)))) as found:
        assert found.size == (200, 300)


def test_a_large_one_is_made_smaller() -> None:
    with Image.open(BytesIO(afresh(picture(size=(3200, 1000))))) as found:
        assert found.size == (SIDE_PX, 500)


def test_what_hides_behind_a_picture_is_gone() -> None:
    polyglot = picture("PNG") + b"<script>alert(1)</script>PK\x03\x04"
    assert b"script" not in afresh(polyglot)


def bomb(side: int) -> bytes:
    """A PNG of a few kilobytes that says it is `side` pixels wide and high."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\x00" * 1_000_000, 9)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("side", [5000, 30_000, 2_000_000_000])
def test_a_picture_that_unfolds_into_gigabytes_is_not_unfolded(side: int) -> None:
    with pytest.raises((TooLarge, Invalid)):
        afresh(bomb(side))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a" + bytes(200),
        b"%PDF-1.7",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>",
        b"\xff\xd8\xff" + bytes(500),
        b"\x89PNG\r\n\x1a\n",
        b"RIFF\x00\x00\x00\x00WAVE" + bytes(64),
        b"\x00\x00\x00\x18ftypheic" + bytes(64),
        picture("BMP"),
        picture("TIFF"),
    ],
)
def test_what_is_no_photograph_is_refused(data: bytes) -> None:
    with pytest.raises(Invalid):
        afresh(data)


def test_too_many_bytes_and_too_little_to_see_are_refused() -> None:
    with pytest.raises(TooLarge):
        afresh(picture() + bytes(LARGEST_BYTES))
    with pytest.raises(Invalid):
        afresh(picture(size=(20, 20)))


WHOLE = {name: picture(name, (96, 80)) for name in ("JPEG", "PNG", "WEBP")}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    name=st.sampled_from(sorted(WHOLE)),
    at=st.integers(0, 10_000),
    bits=st.binary(min_size=1, max_size=8),
    cut=st.integers(0, 400),
)
def test_a_broken_photograph_is_drawn_or_refused_and_never_more(
    name: str, at: int, bits: bytes, cut: int
) -> None:
    data = bytearray(WHOLE[name])
    place = at % len(data)
    data[place : place + len(bits)] = bits
    try:
        clean = afresh(bytes(data[: len(data) - cut] if cut % 2 else data))
    except (Invalid, TooLarge):
        return
    assert clean.startswith(b"RIFF")
