"""Rabies certificates that are marked as specimens, as photographs and as PDFs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from secrets import token_bytes

from PIL import Image, ImageDraw, ImageFont

import pet_app.core
from pet_app.core import clock, storage
from pet_app.licensing.form import Form
from pet_app.licensing.sample import cases

FONTS = Path(pet_app.core.__file__).parent / "fonts"
SIZE = (1000, 1290)
INK, PALE = (38, 42, 48), (214, 208, 196)
PAPER = (252, 250, 244)
QUALITY = 70


@dataclass(frozen=True)
class Specimen:
    """A paper that is stored: private keys of the file and of its page, and what it is."""

    file_key: str
    page_key: str
    media_type: str
    digest: str


def papers() -> Mapping[int, Specimen]:
    """The certificates of the cases in the queue, by their place in it; stored at once."""
    now = clock.now()
    return {
        number: _stored(
            certificate(cases.told(number, case, now), case.oddity == "other pet"), case.paper
        )
        for number, case in enumerate(cases.QUEUE)
        if case.paper
    }


def certificate(told: Form, of_another: bool = False) -> Image.Image:
    """A rabies certificate that says what a form says, or names another pet."""
    page = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(page)
    page.paste(_mark(), (90, 330), _mark())
    draw.rectangle((36, 36, SIZE[0] - 36, SIZE[1] - 36), outline=INK, width=2)
    draw.text((80, 80), "Rabies Vaccination Certificate", INK, _font("semibold", 46))
    draw.text((80, 142), "A specimen for demonstrations: no such animal.", INK, _font(size=22))
    y = 214
    for label, text in _lines(told, of_another):
        draw.text((80, y), label.upper(), (120, 116, 108), _font(size=19))
        draw.text((80, y + 24), text or "–", INK, _font("semibold", 28))
        draw.line((80, y + 64, SIZE[0] - 80, y + 64), fill=PALE, width=1)
        y += 80
    _sign(draw, y + 40, told.vaccination.vet)
    return page


@cache
def _mark() -> Image.Image:
    mark = Image.new("RGBA", (900, 190), (0, 0, 0, 0))
    ImageDraw.Draw(mark).text((0, 0), "SPECIMEN", (*PALE, 255), _font("semibold", 160))
    return mark.rotate(32, expand=True)


def _lines(told: Form, of_another: bool) -> list[tuple[str, str]]:
    animal, shot, home = told.animal, told.vaccination, told.holder.address
    name = next(name for name in cases.PETS if name != animal.name) if of_another else animal.name
    return [
        ("Owner", told.holder.name),
        ("Address", f"{home['street_address']}, {home['city']}, {home['country_area']}"),
        ("Animal", f"{name}, {animal.breed}, {animal.colours}"),
        ("Sex, born", f"{animal.sex}, {_day(animal.born)}"),
        ("Microchip", animal.microchip),
        ("Vaccine, serial number", f"{shot.product}, {shot.serial}"),
        ("Given", _day(shot.given)),
        ("Next due", _day(shot.until)),
        ("Tag", shot.tag),
        ("Veterinarian, licence", f"{shot.vet}, {shot.vet_licence}"),
    ]


def _sign(draw: ImageDraw.ImageDraw, y: int, name: str) -> None:
    points = [(560 + 12 * step, y + (17 if step % 2 else -11) + step % 5) for step in range(24)]
    draw.line(points, fill=(44, 62, 110), width=3, joint="curve")
    draw.line((540, y + 44, 900, y + 44), fill=INK, width=1)
    draw.text((540, y + 52), name, INK, _font(size=20))


def _stored(page: Image.Image, kind: str) -> Specimen:
    picture = _file(page, "JPEG")
    page_key = _kept(picture, ".jpg")
    if kind == "jpeg":
        return Specimen(page_key, page_key, "image/jpeg", sha256(picture).hexdigest())
    paper = _file(page, "PDF")
    return Specimen(_kept(paper, ".pdf"), page_key, "application/pdf", sha256(paper).hexdigest())


def _kept(data: bytes, suffix: str) -> str:
    key = storage.private_key(token_bytes(32), "specimen", suffix)
    storage.put_private(key, BytesIO(data))
    return key


def _file(page: Image.Image, kind: str) -> bytes:
    with BytesIO() as file:
        page.save(file, kind, quality=QUALITY, resolution=120)
        return file.getvalue()


def _day(iso: str) -> str:
    return date.fromisoformat(iso).strftime("%-d %B %Y")


@cache
def _font(weight: str = "regular", size: int = 20) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"instrument-sans-{weight}.ttf", size)
