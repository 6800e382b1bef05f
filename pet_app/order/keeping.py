"""The private files of orders: invoices and the photographs that come with requests."""

from io import BytesIO

from pet_app.core import offload, storage, vault
from pet_app.core.ids import new_id
from pet_app.order.invoice_facts import Invoice

DRAW = "pet_app.order.invoice:draw"
AFRESH = "pet_app.order.photo:afresh"
DRAW_TIMEOUT_S = 60.0
PHOTO_TIMEOUT_S = 20.0


def keep_invoice(order_id: str, invoice: Invoice) -> str:
    """Draw an invoice and store it; its key, the same each time. Blocks."""
    data = offload.call("workshop", DRAW, invoice, timeout=DRAW_TIMEOUT_S)
    return _kept(f"invoice {order_id}", data, "pdf")


def keep_photo(data: bytes) -> str:
    """Store a photograph, drawn afresh; its key. Blocks. Raises `Invalid` and `TooLarge`."""
    clean = offload.call("workshop", AFRESH, data, timeout=PHOTO_TIMEOUT_S)
    return _kept(f"photo {new_id()}", clean, "webp")


def _kept(name: str, data: bytes, suffix: str) -> str:
    key = storage.private_key(vault.derived("files of orders"), name, suffix)
    storage.put_private(key, BytesIO(data))
    return key
