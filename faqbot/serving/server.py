"""Run the service: uvicorn, with time-outs against slow clients, and a stop that loses no reply."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import socket
import sys
from collections.abc import Callable
from http import HTTPStatus
from types import FrameType
from typing import Final

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from faqbot.serving import guard
from faqbot.serving.app import App

RECEIVED_WITHIN: Final = 10.0  # seconds for a whole request, or of silence between two
SILENT_FOR: Final = 5  # seconds between two requests of one connection
LINGER: Final = 0.5  # seconds for which a stopping server still answers what is on its way
STOPPED_WITHIN: Final = 30  # seconds after which a stopping server waits no longer for replies under way
MOST_CONNECTIONS: Final = 4_000
BACKLOG: Final = 2_048
CHECKED_EVERY: Final = 0.05  # seconds between looks at whether the workers could start
# Seconds after which the thread that answers lets the one that reads requests have a turn.
SWITCH: Final = 0.001


class TimedProtocol(H11Protocol):
    """HTTP/1.1 that closes connections whose request does not come within RECEIVED_WITHIN."""

    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        """Stop waiting where the request is whole."""
        super().data_received(data)
        self._watch()

    def on_response_complete(self) -> None:
        """Begin to wait for the next request, or for the client to take what it asked for."""
        self._unwatch()
        super().on_response_complete()
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._unwatch()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no HTTP as everything else is refused; where a reply has begun already, end the connection."""
        del msg
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            code = getattr(sys.exception(), "error_status_hint", 400)  # uvicorn is handling what h11 raised
            refusal = guard.no_http(code)
            begun = h11.Response(status_code=code, headers=refusal.raw_headers, reason=HTTPStatus(code).phrase)
            for event in (begun, h11.Data(data=bytes(refusal.body)), h11.EndOfMessage()):
                self.transport.write(self.conn.send(event) or b"")
        if self.cycle:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        self.transport.close()

    def shutdown(self) -> None:
        """Answer what is on its way, and close what stays silent."""
        if self.cycle is None or self.cycle.response_complete:
            self.loop.call_later(LINGER, super().shutdown)
        else:
            self.cycle.keep_alive = False

    def _watch(self) -> None:
        is_awaited = self.conn.their_state in (h11.IDLE, h11.SEND_BODY) or self.transport.is_closing()
        if not is_awaited:
            self._unwatch()
        elif self._timer is None:
            self._timer = self.loop.call_later(RECEIVED_WITHIN, self.transport.abort)

    def _unwatch(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None


class _Server(uvicorn.Server):
    """uvicorn that leaves with status 0 when it is told to stop, and says `connection: close` from then on."""

    def __init__(self, config: uvicorn.Config, app: App) -> None:
        super().__init__(config)
        self._app = app

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop; at once where it is the second time."""
        del sig, frame
        if self.should_exit:  # what is then cancelled under way is no error
            logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        self.force_exit = self.should_exit
        self.should_exit = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Accept what has connected already, then no more, and answer all of it."""
        self._app.asgi.is_stopping = True
        loop = asyncio.get_running_loop()
        accepted = []
        for listener in sockets or []:
            with contextlib.suppress(OSError):
                while True:
                    connection, _ = listener.accept()
                    connection.setblocking(False)
                    accepted.append(loop.connect_accepted_socket(self._protocol, connection))
        await asyncio.gather(*accepted)
        await super().shutdown(sockets)

    def _protocol(self) -> asyncio.Protocol:
        return TimedProtocol(self.config, self.server_state, self.lifespan.state)


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens.

    Raises:
        OSError: there is no such address here, or something listens there already.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except UnicodeError:  # a label that is empty or too long, which the codec of names does not take
        raise OSError(errno.EADDRNOTAVAIL, "this is not the name of a host") from None
    found = socket.socket(family, kind, protocol)
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind(address)
        found.listen(BACKLOG)
        found.setblocking(False)
    except BaseException:
        found.close()
        raise
    return found


def run(app: App, listener: socket.socket, ready: Callable[[], None]) -> None:
    """Serve until a signal says to stop.

    Args:
        app: what is served.
        listener: takes the connections.
        ready: called once questions are answered without delay.

    Raises:
        FaqbotError: the workers cannot start.
    """
    _allow_connections()
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)  # strangers must not fill the log with bad requests
    sys.setswitchinterval(SWITCH)
    config = uvicorn.Config(
        app.asgi, http=TimedProtocol, ws="none", lifespan="on", log_config=None, access_log=False, proxy_headers=False,
        server_header=False, limit_concurrency=MOST_CONNECTIONS, timeout_keep_alive=SILENT_FOR,
        timeout_graceful_shutdown=STOPPED_WITHIN, h11_max_incomplete_event_size=guard.LONGEST_HEAD, backlog=BACKLOG,
    )  # fmt: skip
    server = _Server(config, app)

    async def serve() -> None:
        telling = asyncio.create_task(tell())
        await server.serve(sockets=[listener])
        telling.cancel()

    async def tell() -> None:
        while not (app.is_ready or app.failure):
            await asyncio.sleep(CHECKED_EVERY)
        if app.failure:
            server.should_exit = True
        else:
            ready()

    asyncio.run(serve())
    if app.failure:
        raise app.failure


def _allow_connections() -> None:
    """Allow as many open files as connections, where the system lets a process decide that."""
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ModuleNotFoundError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CONNECTIONS + 200
    if soft < wanted:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted if hard < 0 else min(wanted, hard), hard))
