"""A paper somebody sent, judged and drawn afresh; runs in a child process of its own."""

import re
import resource
import sys
import warnings
import zlib
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO

import pypdfium2 as pdfium
from fpdf import FPDF
from PIL import Image, ImageOps, UnidentifiedImageError

from pet_app.core.errors import Invalid, TooLarge
from pet_app.licensing.papers import limits
from pet_app.licensing.papers.shape import Drawn

PDF_START = re.compile(rb"\A[\s\x00-\x08\xef\xbb\xbf]{0,16}%PDF-\d")
JPEG_START, PNG_START = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
ROOM_BYTES = 1 << 30
QUALITY = 82
LEAST_CONTRAST = 24
"""Of 255: less between the darkest and the lightest point, and nothing is written there."""
PDF_PASSWORD = 4
"""PDFium's word for a file that asks for a password."""

PROGRAMS = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA)(?![A-Za-z])")
STREAM, STREAM_ENDS = re.compile(rb"stream\r?\n"), b"endstream"
OBJECTS = re.compile(rb"/ObjStm[^\x00]{0,400}?stream\r?\n", re.DOTALL)
MOST_STREAMS = 200
MOST_UNPACKED = 4 << 20
MOST_UNPACKED_IN_ALL = 16 << 20
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


def afresh(data: bytes) -> Drawn:
    """A paper as we draw it: upright, at most 2000 px a side, with nothing of the file that came.

    Raises `Invalid` with `document` for what is no paper of the kinds we take, is locked, damaged,
    holds programs, or shows nothing; `TooLarge` for too many bytes, pages or pixels.
    """
    _stay_small()
    if len(data) > limits.LARGEST_BYTES:
        raise TooLarge(limits.TOO_LARGE)
    try:
        return _by_kind(data)
    except MemoryError as error:
        raise TooLarge(limits.TOO_MANY_PIXELS) from error


def _by_kind(data: bytes) -> Drawn:
    # What a file is called counts for nothing; what it begins with says how it is read.
    if data.startswith(JPEG_START):
        return Drawn("image/jpeg", (_jpeg(_picture(data, "JPEG")),))
    if data.startswith(PNG_START):
        return Drawn("image/jpeg", (_jpeg(_picture(data, "PNG")),))
    if PDF_START.match(data):
        pages = _pages(data)
        return Drawn("application/pdf", pages, _bound(pages))
    raise _no(limits.NOT_ONE)


def _picture(data: bytes, kind: str) -> Image.Image:
    try:
        with warnings.catch_warnings():
            # Pillow only warns of a file that unfolds into gigabytes.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=(kind,)) as found:
                width, height = found.size
                if width * height > limits.MOST_PIXELS:
                    raise TooLarge(limits.TOO_MANY_PIXELS)
                if min(width, height) < limits.LEAST_PX:
                    raise _no(limits.TOO_SMALL)
                # JPEG is read at a fraction of its size where that is enough.
                found.draft("RGB", (limits.LONG_SIDE_PX, limits.LONG_SIDE_PX))
                upright = ImageOps.exif_transpose(found)
                picture = _small(_on_white(upright))
                if _is_blank(picture):
                    raise _no(limits.BLANK)
                return picture
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise TooLarge(limits.TOO_MANY_PIXELS) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise _no(limits.NOT_ONE) from error


def _pages(data: bytes) -> tuple[bytes, ...]:
    # What stands in streams is packed, where any three letters come up by chance.
    outside = _outside_streams(data)
    if _names_programs(outside) or any(map(_names_programs, _packed_objects(data))):
        raise _no(limits.SCRIPTED)
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = getattr(error, "err_code", None) == PDF_PASSWORD
        raise _no(limits.ENCRYPTED if locked else limits.BROKEN) from error
    try:
        if _has_programs(document):
            raise _no(limits.SCRIPTED)
        if len(document) == 0:
            raise _no(limits.EMPTY)
        if len(document) > limits.MOST_PAGES:
            words = limits.MANY_PAGES.format(pages=len(document), most=limits.MOST_PAGES)
            raise _no(words)
        drawn = [_page(document, place) for place in range(len(document))]
        if all(map(_is_blank, drawn)):
            raise _no(limits.BLANK)
        return tuple(map(_jpeg, drawn))
    except pdfium.PdfiumError as error:
        raise _no(limits.BROKEN) from error
    finally:
        document.close()


def _outside_streams(data: bytes) -> bytes:
    """A file without its streams; each byte is looked at once, however many begin and never end."""
    kept, at = list[bytes](), 0
    while begins := STREAM.search(data, at):
        ends = data.find(STREAM_ENDS, begins.end())
        if ends < 0:
            break
        kept.append(data[at : begins.start()])
        at = ends + len(STREAM_ENDS)
    return b"".join((*kept, data[at:]))


def _names_programs(text: bytes) -> bool:
    # A name may be written with signs escaped: /J#61vaScript.
    plain = ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), text)
    return PROGRAMS.search(plain) is not None


def _packed_objects(data: bytes) -> Iterator[bytes]:
    """What the streams of packed objects hold, the first megabytes of each."""
    unpacked = 0
    for number, found in enumerate(OBJECTS.finditer(data)):
        if number >= MOST_STREAMS or unpacked > MOST_UNPACKED_IN_ALL:
            raise _no(limits.BROKEN)
        with suppress(zlib.error):
            text = zlib.decompressobj().decompress(data[found.end() :], MOST_UNPACKED)
            unpacked += len(text)
            yield text


def _has_programs(document: pdfium.PdfDocument) -> bool:
    """Whether the opened file holds scripts or other files, however they were packed."""
    raw = document.raw
    return (
        pdfium.raw.FPDFDoc_GetJavaScriptActionCount(raw) > 0
        or pdfium.raw.FPDFDoc_GetAttachmentCount(raw) > 0
        or document.get_formtype()
        in (pdfium.raw.FORMTYPE_XFA_FULL, pdfium.raw.FORMTYPE_XFA_FOREGROUND)
    )


def _page(document: pdfium.PdfDocument, place: int) -> Image.Image:
    page = document[place]
    try:
        width, height = page.get_size()
        if not 0 < min(width, height) <= max(width, height) < 1e5:
            raise _no(limits.BROKEN)
        scale = min(limits.LONG_SIDE_PX / max(width, height), 4.0)
        if min(width, height) * scale < limits.LEAST_PX / 4:
            raise _no(limits.BROKEN)
        drawn = page.render(scale=scale, may_draw_forms=False, draw_annots=True)
        return _small(_on_white(drawn.to_pil()))
    finally:
        page.close()


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.has_transparency_data:
        seen = picture.convert("RGBA")
        white = Image.new("RGBA", seen.size, "white")
        return Image.alpha_composite(white, seen).convert("RGB")
    return picture.convert("RGB")


def _small(picture: Image.Image) -> Image.Image:
    """As large as anybody needs to read it, and nothing but its pixels."""
    picture.thumbnail((limits.LONG_SIDE_PX, limits.LONG_SIDE_PX))
    bare = Image.new("RGB", picture.size)
    bare.paste(picture)
    return bare


def _is_blank(picture: Image.Image) -> bool:
    used = [level for level, count in enumerate(picture.convert("L").histogram()) if count]
    return used[-1] - used[0] < LEAST_CONTRAST


def _jpeg(picture: Image.Image) -> bytes:
    with BytesIO() as file:
        picture.save(file, "JPEG", quality=QUALITY, optimize=True)
        return file.getvalue()


def _bound(pages: tuple[bytes, ...]) -> bytes:
    """The drawn pages as one PDF of ours, each as large as A4 lets it be."""
    book = FPDF(unit="pt")
    book.set_margin(0)
    book.set_auto_page_break(False)
    for page in pages:
        with Image.open(BytesIO(page)) as picture:
            width, height = picture.size
        scale = 842 / max(width, height)
        size = (width * scale, height * scale)
        book.add_page(format=size)
        book.image(BytesIO(page), 0, 0, *size)
    return bytes(book.output())


def _stay_small() -> None:
    """Never take more memory than any paper needs; only in the child, which works on nothing
    else."""
    main = sys.modules["__main__"].__spec__
    if main is not None and main.name == "pet_app.core.offload_child":
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (ROOM_BYTES, most))


def _no(words: str) -> Invalid:
    return Invalid(words, {"document": words})
