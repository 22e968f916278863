"""MCP over streamable HTTP, as one route. Its SDK takes a second and 40 MB to load: whoever asks first waits for it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.types import Message, Receive, Scope, Send

from faqbot.errors import ExtraMissingError
from faqbot.serving import body
from faqbot.serving.guard import problem
from faqbot.serving.workers import Workers

if TYPE_CHECKING:
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager


class McpEndpoint:
    """The route `/mcp`: stateless, so that nothing is kept between requests.

    Args:
        workers: carry out the calls.
    """

    def __init__(self, workers: Workers) -> None:
        self._workers = workers
        self._starting: asyncio.Task[StreamableHTTPSessionManager] | None = None
        self._running: asyncio.Task[None] | None = None
        self._stopped = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        try:
            self._starting = self._starting or asyncio.create_task(self._start())
            manager = await asyncio.shield(self._starting)
        except ExtraMissingError as error:
            await problem(501, f"{error}.")(scope, receive, send)
            return
        sent = await body.read(Request(scope, receive), "application/json")
        messages: list[Message] = [{"type": "http.request", "body": sent}]

        async def replayed() -> Message:
            return messages.pop() if messages else await receive()

        await manager.handle_request(scope, replayed, send)

    async def stop(self) -> None:
        """End the requests under way, if there ever were any."""
        self._stopped.set()
        if self._running:
            await self._running

    async def _start(self) -> StreamableHTTPSessionManager:
        manager = await asyncio.to_thread(self._made)
        is_up = asyncio.Event()

        async def run() -> None:  # the manager has to be left by the task that entered it
            async with manager.run():
                is_up.set()
                await self._stopped.wait()

        self._running = asyncio.create_task(run())
        await is_up.wait()
        return manager

    def _made(self) -> StreamableHTTPSessionManager:
        from faqbot.serving import tools  # noqa: PLC0415 - see above

        return tools.over_http(self._workers, body.LARGEST)
