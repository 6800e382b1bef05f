"""How much a request may send, and how slowly: what is longer or later is refused."""

import asyncio
import re
import time
from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pet_app.core.errors import TooLarge
from pet_app.core.http import problem_response

LARGEST_BODY = 2 * 1024 * 1024
PIECE_WITHIN_S = 20.0
WHOLE_WITHIN_S = 60.0
TOO_LARGE = "That is more than we accept at once. Send less."
TOO_SLOW = "That took too long to arrive. Check your connection and try again."


class _Refused(HTTPException):
    """What ends a request while its body is read; FastAPI passes it on from within a route."""


class BodyLimit:
    """ASGI middleware around every body: 413 past `largest` bytes, announced or not; 408 when a
    piece of it takes longer than `piece_within_s`, or all of it longer than `whole_within_s`.

    Paths that fit a pattern in `larger` may be sent as many bytes as it says there. Without limits
    a few hundred connections that send one byte now and then would hold every worker.
    """

    def __init__(
        self,
        app: ASGIApp,
        largest: int = LARGEST_BODY,
        larger: Mapping[str, int] = MappingProxyType({}),
        piece_within_s: float = PIECE_WITHIN_S,
        whole_within_s: float = WHOLE_WITHIN_S,
    ) -> None:
        self.app = app
        self.largest = largest
        self.larger = [(re.compile(pattern), most) for pattern, most in larger.items()]
        self.piece_within_s = piece_within_s
        self.whole_within_s = whole_within_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        largest = self._most(scope["path"])
        if _announced(scope) > largest:
            await _answer(_too_large(), scope, receive, send)
            return
        body = _Body(self, receive, largest)
        answered = False

        async def send_and_note(message: Message) -> None:
            nonlocal answered
            answered = True
            await send(message)

        try:
            await self.app(scope, body.receive, send_and_note)
        except _Refused as refused:
            # Not every application behind this knows what to answer.
            if answered:
                raise
            await _answer(refused, scope, receive, send)

    def _most(self, path: str) -> int:
        return next((most for fits, most in self.larger if fits.fullmatch(path)), self.largest)


class _Body:
    """One body as it arrives. What is received after its end, a disconnect, may take its time."""

    def __init__(self, limit: BodyLimit, receive: Receive, largest: int) -> None:
        self._limit = limit
        self._largest = largest
        self._receive = receive
        self._received = 0
        self._ended = False
        self._deadline = time.monotonic() + limit.whole_within_s

    async def receive(self) -> Message:
        if self._ended:
            return await self._receive()
        message = await self._in_time()
        self._received += len(message.get("body", b""))
        self._ended = not message.get("more_body", False)
        if self._received > self._largest:
            raise _too_large()
        return message

    async def _in_time(self) -> Message:
        left = min(self._limit.piece_within_s, self._deadline - time.monotonic())
        try:
            return await asyncio.wait_for(self._receive(), max(0.0, left))
        except TimeoutError:
            # The rest of the body would be taken for the next request.
            headers = {"Connection": "close"}
            raise _Refused(HTTPStatus.REQUEST_TIMEOUT, TOO_SLOW, headers) from None


def _too_large() -> _Refused:
    return _Refused(TooLarge.status, TOO_LARGE)


async def _answer(refused: _Refused, scope: Scope, receive: Receive, send: Send) -> None:
    title = HTTPStatus(refused.status_code).phrase
    answer = problem_response(refused.status_code, title, refused.detail)
    answer.headers.update(refused.headers or {})
    await answer(scope, receive, send)


def _announced(scope: Scope) -> int:
    length = dict(scope["headers"]).get(b"content-length", b"0")
    # Python reads no number of thousands of digits; twenty say already that it is too much.
    return int(length[:20]) if length.isdigit() else 0
