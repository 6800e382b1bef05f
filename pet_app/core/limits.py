"""How much a request may send: what is longer is refused before it fills the memory."""

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pet_app.core.errors import TooLarge
from pet_app.core.http import problem_response

LARGEST_BODY = 2 * 1024 * 1024
TOO_LARGE = "That is more than we accept at once. Send less."


class BodyLimit:
    """ASGI middleware that answers 413 to a body past `largest` bytes, announced or not."""

    def __init__(self, app: ASGIApp, largest: int = LARGEST_BODY) -> None:
        self.app = app
        self.largest = largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if _announced(scope) > self.largest:
            answer = problem_response(TooLarge.status, TooLarge.title, TOO_LARGE)
            await answer(scope, receive, send)
            return
        received = 0

        async def receive_so_much() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self.largest:
                # FastAPI passes this one on from within a route; other errors it calls a bad body.
                raise HTTPException(TooLarge.status, TOO_LARGE)
            return message

        await self.app(scope, receive_so_much, send)


def _announced(scope: Scope) -> int:
    length = dict(scope["headers"]).get(b"content-length", b"0")
    return int(length) if length.isdigit() else 0
