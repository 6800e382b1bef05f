"""The status of a product page: 404 when there is no such product."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pet_app.catalog import service as catalog
from pet_app.core import db
from pet_app.core.errors import Invalid, NotFound, Unavailable

PRODUCTS = "/product/"


class Absence:
    """ASGI middleware. One page stands for every product added after the build, and is always
    found; so whether the product itself is there has to be asked."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if scope["type"] != "http" or not path.startswith(PRODUCTS) or await _is_there(path):
            await self.app(scope, receive, send)
            return

        async def send_as_missing(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                message = {**message, "status": 404}
            await send(message)

        await self.app(scope, receive, send_as_missing)


async def _is_there(path: str) -> bool:
    try:
        await db.read(catalog.product_by_handle, path.removeprefix(PRODUCTS).rstrip("/"))
    except (NotFound, Invalid):
        return False
    except Unavailable:
        # The page is built already; better shown than withheld because nobody could be asked.
        return True
    return True
