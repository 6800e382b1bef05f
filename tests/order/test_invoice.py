"""The invoice says what was agreed, in any script, the same each time."""

from io import BytesIO

from pypdf import PdfReader

from pet_app.order.billing import invoice_of
from pet_app.order.invoice import draw
from tests.order.test_letters import LINES, order


def words(data: bytes) -> str:
    return " ".join(
        " ".join(page.extract_text().split()) for page in PdfReader(BytesIO(data)).pages
    )


def test_it_says_every_amount_of_the_order() -> None:
    paid = order(invoice_number="HH-2026-000042")
    said = words(draw(invoice_of(paid, LINES)))
    for text in ("HH-2026-000042", "HH-7K2M-9QXP", "Olive Owner", "10969 Berlin", "Germany"):
        assert text in said
    for amount in ("$130.00", "-$4.00", "$5.00", "$13.00", "$144.00", "$10.00", "$134.00"):
        assert amount in said
    assert "3 May 2026" in said


def test_the_same_order_gives_the_same_file() -> None:
    paid = order(invoice_number="HH-2026-000042")
    assert draw(invoice_of(paid, LINES)) == draw(invoice_of(paid, LINES))


def test_a_hundred_lines_and_any_name_find_room() -> None:
    name = "Ελένη Ольга مريم \x00\udcff " + "x" * 200
    paid = order(invoice_number="HH-2026-000042", address={"country": "US", "name": name})
    pages = PdfReader(BytesIO(draw(invoice_of(paid, LINES * 50)))).pages
    assert 3 < len(pages) < 12
    fonts = [font for page in pages for font in page["/Resources"]["/Font"].values()]  # pyright: ignore
    assert fonts
    assert all("+" in font.get_object()["/BaseFont"] for font in fonts)
