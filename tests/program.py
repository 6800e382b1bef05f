"""A program that asks the API thousands of things."""

import asyncio
from types import TracebackType
from typing import Any, Self

from httpx import ASGITransport, AsyncClient, Response
from starlette.types import ASGIApp


class Program:
    """Asks within one loop of its own, without the threads and loops a test client begins for every
    request. It follows no redirect and keeps no cookie."""

    def __init__(self, app: ASGIApp) -> None:
        transport = ASGITransport(app, raise_app_exceptions=False, client=("program", 50_000))
        self._client = AsyncClient(transport=transport, base_url="http://shop.test")
        self._loop = asyncio.Runner()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._loop.run(self._client.aclose())
        self._loop.close()

    def request(self, method: str, path: str, **sent: Any) -> Response:
        """The answer to one request; `sent` is what httpx takes: headers, json, files."""
        answer = self._loop.run(self._client.request(method, path, **sent))
        self._client.cookies.clear()
        return answer

    def get(self, path: str, **sent: Any) -> Response:
        """What is there."""
        return self.request("GET", path, **sent)
